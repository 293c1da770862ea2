import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant } from '../kit/problem.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';

/** Who says it; a later one of these is believed more. */
export const feeSources = ['assumed', 'payment', 'line', 'accepted'] as const;
export type FeeSource = (typeof feeSources)[number];

export interface Fee {
  readonly connectionId: string;
  readonly feeKey: string;
  readonly attemptId: string | undefined;
  readonly currency: string;
  readonly feeMinor: bigint;
  readonly source: FeeSource;
  /** When it was kept. */
  readonly at: Date;
  readonly by?: { readonly id: string; readonly name: string };
}

/** What of a fee is in the books, and who said so; undefined: nobody has said anything. */
export interface KnownFee {
  readonly feeKey: string;
  readonly currency: string;
  readonly toldMinor: bigint;
  readonly postedMinor: bigint;
  readonly source: FeeSource;
}

/**
 * A fee as it is known now: posted is the difference to what was posted before, from clearing to fees, or back where the provider gives some of it back.
 * What a better source has said stands. Answers the difference.
 */
export async function postFee(tx: Tx, ctx: Pick<Deps, 'newId' | 'now'>, scope: Scope, fee: Fee): Promise<bigint> {
  const { connectionId, feeKey, currency, feeMinor, source, at } = fee;
  const { rows } = await sql<{ posted: bigint; steps: number }>`
    insert into provider_fees (chain_id, connection_id, fee_key, location_id, attempt_id, currency, told_minor, source, told_at)
    values (${scope.chainId}, ${connectionId}, ${feeKey}, ${scope.locationId}, ${fee.attemptId ?? null}, ${currency}, ${feeMinor}, ${source}, ${ctx.now()})
    on conflict (chain_id, connection_id, fee_key, currency) do update
       set told_minor = excluded.told_minor, source = excluded.source, told_at = excluded.told_at
     where array_position(${sql.val([...feeSources])}::text[], provider_fees.source) <= array_position(${sql.val([...feeSources])}::text[], excluded.source)
    returning posted_minor posted, steps`.execute(tx);
  const [kept] = rows;
  if (!kept) return 0n;
  const difference = feeMinor - kept.posted;
  const step = difference === 0n ? 0 : 1;
  await sql`
    update provider_fees set posted_minor = ${feeMinor}, due = false, steps = steps + ${step}
     where chain_id = ${scope.chainId} and connection_id = ${connectionId} and fee_key = ${feeKey} and currency = ${currency}`.execute(tx);
  if (difference === 0n) return 0n;
  const clearing = await openAccount(tx, ctx, scope, { kind: 'clearing', ownerId: connectionId, currency });
  const fees = await openAccount(tx, ctx, scope, { kind: 'fees', ownerId: connectionId, currency });
  const keeps = difference > 0n;
  const posted = await postEntry(tx, ctx, {
    scope,
    cause: { kind: 'provider_fee', id: `${connectionId}/${feeKey}/${currency}:${kept.steps + 1}` },
    happenedAt: at,
    memo: source === 'assumed' ? 'assumed: the provider does not tell its fee' : (fee.attemptId ?? feeKey),
    ...(fee.by ? { by: fee.by } : {}),
    postings: [
      {
        from: keeps ? clearing : fees,
        to: keeps ? fees : clearing,
        amountMinor: keeps ? difference : -difference,
        currency,
        operation: 'fee',
        itemId: 'acquiring',
      },
    ],
  });
  invariant(posted === 'posted', `the step ${kept.steps + 1} of ${feeKey} was not counted but in the books`);
  return difference;
}

/** What is known of these fees of a connection. */
export async function knownFees(
  q: Queryable,
  chainId: string,
  connectionId: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, KnownFee>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql<KnownFee>`
    select fee_key "feeKey", currency, told_minor "toldMinor", posted_minor "postedMinor", source from provider_fees
     where chain_id = ${chainId} and connection_id = ${connectionId} and fee_key = any (${sql.val([...keys])}::text[])`.execute(q);
  return new Map(rows.map((row) => [`${row.feeKey} ${row.currency}`, row]));
}
