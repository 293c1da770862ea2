import type { SettlementLine } from '@holdfast/providers/payment-provider';
import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { lookAtPayment } from '../payments/look-at-payment.ts';
import { type OpenConnection, openConnectionById } from '../payments/read-credentials.ts';
import { findMissing } from './find-missing.ts';
import { judgeAgain } from './judge-again.ts';
import { ownLines } from './own-lines.ts';
import { postToldFees } from './post-told-fees.ts';
import { type BoundConnection, connectionHere } from './store-items.ts';
import { type CameLine, takeLines } from './take-lines.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Lines may come late, and what they were paid out with comes later still. */
const LOOK_BACK_DAYS = 3;
const LOOK_BACK_AT_MOST_DAYS = 90;
/** How long one process has a reading for itself. */
const LEASE_MS = 10 * 60_000;
const AT_ONCE = 300;

/** Reads the books of every connection whose hour has come. Safe in any number of processes; answers how many there were. */
export async function sweepProviderBooks(ctx: PaymentsContext, { limit }: { limit: number }): Promise<number> {
  const at = ctx.now();
  const { rows } = await sql<BoundConnection>`
    with due as (select chain_id, connection_id from reconciliation_settings where due_at <= ${at} order by due_at limit ${limit} for update skip locked)
    update reconciliation_settings s set due_at = ${new Date(at.getTime() + LEASE_MS)} from due
     where s.chain_id = due.chain_id and s.connection_id = due.connection_id
    returning s.chain_id "chainId", s.connection_id "connectionId", s.location_id "locationId"`.execute(ctx.db.read);
  for (const connection of rows) {
    try {
      await readProviderBooks(ctx, connection);
    } catch (error) {
      ctx.log.error({ err: error, connection: connection.connectionId }, 'the books of a connection could not be read; it is tried again');
      await noteRead(ctx, connection, { error: 'a fault of ours' }).catch(() => {});
    }
  }
  return rows.length;
}

/**
 * Reads what a provider's own books say since a while ago, takes it, asks about payments of which it says more than was heard of here, looks for what is
 * missing there, and judges all again that was open. Reading twice has one effect; dying anywhere leaves the rest for the next time.
 */
export async function readProviderBooks(ctx: PaymentsContext, bound: BoundConnection): Promise<void> {
  const scope = mintScope(bound.chainId, bound.locationId);
  const row = await connectionHere(ctx.db.read, scope, bound.connectionId);
  if (!row) return;
  const opened = await openConnectionById(ctx, bound.chainId, bound.connectionId);
  const { tellsFees } = opened.provider.capabilities;
  await postToldFees(ctx, bound, { told: tellsFees });
  const from = await readFrom(ctx, bound, row.createdAt);
  const to = ctx.now();
  const read = await linesSince(ctx, bound, opened, from, to);
  if (read.kind === 'trouble') {
    await noteRead(ctx, bound, { error: read.message });
    return;
  }
  const toAsk = new Set<string>();
  for (let start = 0; start < read.lines.length; start += AT_ONCE) {
    const lines = read.lines.slice(start, start + AT_ONCE);
    const taken = await ctx.db.transaction((tx) => takeLines(tx, ctx, bound, lines, { source: read.source }));
    for (const attemptId of taken.toAsk) toAsk.add(attemptId);
  }
  for (const attemptId of toAsk) await lookAtPayment(ctx, { chainId: bound.chainId, attemptId }, 'poll');
  await judgeAgain(ctx, bound);
  // from a provider that says nothing nothing can be missing
  if (read.source === 'api') await findMissing(ctx, bound);
  await noteRead(ctx, bound, { until: to });
}

type Read =
  | { readonly kind: 'read'; readonly source: 'api' | 'own'; readonly lines: readonly CameLine[] }
  | { readonly kind: 'trouble'; readonly message: string };

async function linesSince(
  ctx: PaymentsContext,
  bound: BoundConnection,
  { provider, credentials }: OpenConnection,
  from: Date,
  to: Date,
): Promise<Read> {
  if (!provider.readSettlements) return { kind: 'read', source: 'own', lines: await ownLines(ctx.db.read, bound) };
  const said = await provider.readSettlements(credentials, { from, to });
  if (said.kind !== 'done') return { kind: 'trouble', message: said.kind === 'declined' ? `${said.code}: ${said.message}` : said.message };
  return { kind: 'read', source: 'api', lines: said.value.map((line: SettlementLine): CameLine => line) };
}

/** From the oldest line on that is in no payout yet: only so it is learned which one it is in. */
async function readFrom(ctx: PaymentsContext, { chainId, connectionId }: BoundConnection, createdAt: Date): Promise<Date> {
  const { rows } = await sql<{ oldest: Date | null; until: Date | null }>`
    select (select min(at) from settlement_items i where i.chain_id = s.chain_id and i.connection_id = s.connection_id and payout_id is null and source = 'api'
               and kind <> 'payout') oldest, read_until until
      from reconciliation_settings s where chain_id = ${chainId} and connection_id = ${connectionId}`.execute(ctx.db.read);
  const now = ctx.now().getTime();
  const { oldest, until } = rows[0] ?? { oldest: null, until: null };
  const wished = Math.min(
    until ? until.getTime() - LOOK_BACK_DAYS * DAY_MS : createdAt.getTime() - DAY_MS,
    oldest ? oldest.getTime() - 1000 : Number.POSITIVE_INFINITY,
  );
  return new Date(Math.max(wished, now - LOOK_BACK_AT_MOST_DAYS * DAY_MS));
}

async function noteRead(ctx: PaymentsContext, { chainId, connectionId }: BoundConnection, how: { until: Date } | { error: string }): Promise<void> {
  const at = ctx.now();
  const trouble = 'error' in how ? how.error.slice(0, 500) : null;
  const until = 'until' in how ? how.until : null;
  // with trouble sooner at first: in 5, 10, 20 … minutes, at last every six hours
  await sql`
    update reconciliation_settings set last_error = ${trouble}, tries = case when ${trouble}::text is null then 0 else tries + 1 end,
           read_at = case when ${trouble}::text is null then ${at}::timestamptz else read_at end, read_until = coalesce(${until}::timestamptz, read_until),
           due_at = case when ${trouble}::text is null then ${new Date(at.getTime() + HOUR_MS)}::timestamptz
                         else ${at}::timestamptz + least(interval '6 hours', interval '5 minutes' * power(2, least(tries, 8))) end
     where chain_id = ${chainId} and connection_id = ${connectionId}`.execute(ctx.db.read);
}
