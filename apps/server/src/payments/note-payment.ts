import { toJsonAmount } from '@holdfast/contract/money';
import type { NotedPayment, NoteWish } from '@holdfast/contract/noted-payments';
import type { AttemptStatus } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Scope } from '../access/scope.ts';
import type { Place, Who } from '../access/who.ts';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import type { PaymentsContext } from './context.ts';
import { lookAtPayment } from './look-at-payment.ts';
import { openConnectionById } from './read-credentials.ts';
import { readNote } from './read-note.ts';
import { attemptById, type KeptPage } from './store.ts';

/** The payments of a connection at which money is noted by hand, newest first, 200 at most. A connection of another location is `not_found`. */
export async function readNotedPayments(q: Queryable, { chainId, locationId }: Scope, connectionId: string): Promise<NotedPayment[]> {
  const known = await sql`
    select 1 from provider_connections where chain_id = ${chainId} and location_id = ${locationId} and connection_id = ${connectionId}`.execute(q);
  if (known.rows.length === 0) throw new Problem('not_found', 404, 'There is no such payment connection.');
  const { rows } = await sql<{
    attempt_id: string;
    reference: string;
    amount_minor: bigint;
    currency: string;
    status: AttemptStatus;
    created_at: Date;
    payable_until: Date;
    page: KeptPage | null;
    captured_minor: bigint;
    refunded_minor: bigint;
  }>`
    select a.attempt_id, a.reference, a.amount_minor, a.currency, a.status, a.created_at, a.payable_until, a.page,
           coalesce(n.captured_minor, 0)::bigint captured_minor, coalesce(n.refunded_minor, 0)::bigint refunded_minor
      from payment_attempts a left join noted_payments n on n.chain_id = a.chain_id and n.attempt_id = a.attempt_id
     where a.chain_id = ${chainId} and a.connection_id = ${connectionId} and a.page_url is not null
     order by a.created_at desc, a.attempt_id desc limit 200`.execute(q);
  return rows.map((row) => ({
    id: row.attempt_id,
    reference: row.reference,
    lines: [...(row.page?.lines ?? [])],
    amountMinor: toJsonAmount(row.amount_minor),
    currency: row.currency,
    status: row.status,
    madeAt: row.created_at.toISOString(),
    payableUntil: row.payable_until.toISOString(),
    capturedMinor: toJsonAmount(row.captured_minor),
    refundedMinor: toJsonAmount(row.refunded_minor),
  }));
}

/**
 * Somebody notes what has come in for a payment, or gone back of it, by hand. From here on it is settled as any other payment. Both amounts only grow: a
 * mistake is undone by noting that it went back. Refuses with `not_found`, with `step_not_allowed` where the provider can be asked, `changed_meanwhile`
 * when somebody else has noted something else since.
 */
export async function notePayment(
  ctx: PaymentsContext,
  who: Who,
  { scope }: Place,
  { connectionId, attemptId }: { readonly connectionId: string; readonly attemptId: string },
  wish: NoteWish,
): Promise<void> {
  const { chainId, locationId } = scope;
  const attempt = await attemptById(ctx.db.read, chainId, attemptId);
  // one whose page was never made is in no list, and nobody would look at what is noted for it
  if (attempt?.locationId !== locationId || attempt.connectionId !== connectionId || !attempt.pageUrl)
    throw new Problem('not_found', 404, 'There is no such payment.');
  const { provider } = await openConnectionById(ctx, chainId, attempt.connectionId);
  if (!provider.capabilities.notedByHand) throw new Problem('step_not_allowed', 409, `${provider.title} says itself what was paid.`);
  const [captured, refunded] = [BigInt(wish.capturedMinor), BigInt(wish.refundedMinor)];
  await ctx.db.transaction(async (tx) => {
    await sql`select 1 from payment_attempts where chain_id = ${chainId} and attempt_id = ${attemptId} for update`.execute(tx);
    const before = (await readNote(tx, chainId, attemptId)) ?? { capturedMinor: 0n, refundedMinor: 0n };
    if (before.capturedMinor !== BigInt(wish.basedOn.capturedMinor) || before.refundedMinor !== BigInt(wish.basedOn.refundedMinor))
      throw new Problem('changed_meanwhile', 409, 'Somebody else has noted something about this payment.');
    if (captured < before.capturedMinor || refunded < before.refundedMinor || refunded > captured || captured === 0n)
      throw new Problem('invalid_request', 400, 'What was noted only grows, and no more goes back than came.', {
        fields: ['capturedMinor', 'refundedMinor'],
      });
    const at = ctx.now();
    await sql`
      insert into noted_payments (chain_id, location_id, attempt_id, captured_minor, refunded_minor, noted_at)
      values (${chainId}, ${locationId}, ${attemptId}, ${captured}, ${refunded}, ${at})
      on conflict (chain_id, attempt_id) do update set captured_minor = excluded.captured_minor, refunded_minor = excluded.refunded_minor,
         noted_at = excluded.noted_at`.execute(tx);
    await noteAudit(tx, ctx, who, {
      action: 'payment.noted',
      subject: { kind: 'payment', id: attemptId },
      locationId,
      before: { ...before },
      after: { capturedMinor: captured, refundedMinor: refunded },
    });
  });
  await lookAtPayment(ctx, attempt, 'poll');
}
