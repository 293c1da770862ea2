import type { RefundReason, RefundSource } from '@holdfast/contract/refunds';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';

export interface NewRefund {
  /** Refunds of one cancellation belong together. */
  readonly caseId: string;
  readonly appointmentId: string;
  readonly source: RefundSource;
  readonly currency: string;
  readonly reason: RefundReason;
  readonly amountMinor: bigint;
  /** How the terms led to it. */
  readonly policy?: object;
  readonly words?: string;
  readonly by?: { readonly id: string; readonly name: string };
  /** Of the screen that asks: the same once more is the same refund. */
  readonly key?: string;
}

/**
 * Puts before a person that money is to go back (Finance → Refunds); of nothing, that it is kept. One that waits for the same payment is replaced by it; one that
 * is on its way is first: it keeps this until it is over ({@link openKept}), and the answer is undefined.
 */
export async function openRefund(tx: Tx, { newId }: Pick<Deps, 'newId'>, scope: Scope, at: Date, refund: NewRefund): Promise<string | undefined> {
  const { source, amountMinor, by } = refund;
  const kept = amountMinor === 0n;
  const { rows } = await sql<{ id: string }>`
    insert into refunds (chain_id, refund_id, location_id, case_id, appointment_id, source_kind, source_id, line_no, currency, reason, policy, proposed_minor, amount_minor,
                         status, words, key, opened_at, opened_by_id, opened_by_name, closed_at, closed_by_name)
    values (${scope.chainId}, ${newId('rfd')}, ${scope.locationId}, ${refund.caseId}, ${refund.appointmentId}, ${source.kind}, ${source.id}, ${source.lineNo},
            ${refund.currency}, ${refund.reason}, ${refund.policy ? JSON.stringify(refund.policy) : null}::jsonb, ${amountMinor}, ${amountMinor},
            ${kept ? 'declined' : 'open'}, ${refund.words ?? ''}, ${refund.key ?? null}, ${at}, ${by?.id ?? null}, ${by?.name ?? ''},
            ${kept ? at : null}, ${kept ? (by?.name ?? '') : null})
    on conflict (chain_id, source_kind, source_id, line_no) where status in ('open', 'approved', 'sending') do update
       set case_id = excluded.case_id, reason = excluded.reason, policy = excluded.policy, proposed_minor = excluded.proposed_minor, amount_minor = excluded.amount_minor,
           status = 'open', words = excluded.words, opened_by_id = excluded.opened_by_id, opened_by_name = excluded.opened_by_name,
           edited_at = null, edited_by_id = null, edited_by_name = null, approved_at = null, approved_by_id = null, approved_by_name = null, version = refunds.version + 1
     where refunds.status <> 'sending'
    returning refund_id id`.execute(tx);
  if (rows[0]) return rows[0].id;
  await sql`
    update refunds set afterwards = ${JSON.stringify({ ...refund, amountMinor: String(amountMinor) })}::jsonb
     where chain_id = ${scope.chainId} and source_kind = ${source.kind} and source_id = ${source.id} and line_no = ${source.lineNo} and status = 'sending'`.execute(
    tx,
  );
  return undefined;
}

/** The refund that was first is over: what it kept is put before a person now. `moreMinor`: what that one has not given back. */
export async function openKept(
  tx: Tx,
  deps: Pick<Deps, 'newId'>,
  scope: Scope,
  refundId: string,
  { moreMinor, at }: { moreMinor: bigint; at: Date },
): Promise<void> {
  const { rows } = await sql<{ kept: (Omit<NewRefund, 'amountMinor'> & { amountMinor: string }) | null }>`
    update refunds r set afterwards = null from refunds o
     where r.chain_id = ${scope.chainId} and r.refund_id = ${refundId} and o.chain_id = r.chain_id and o.refund_id = r.refund_id
     returning o.afterwards kept`.execute(tx);
  const kept = rows[0]?.kept;
  if (kept) await openRefund(tx, deps, scope, at, { ...kept, amountMinor: BigInt(kept.amountMinor) + moreMinor });
}

/** What led to them is undone, so nothing goes back of what has not been sent. */
export async function withdrawRefunds(tx: Tx, { chainId }: Scope, appointmentId: string, reason: RefundReason, by: string, at: Date): Promise<void> {
  await sql`
    update refunds set status = 'declined', closed_at = ${at}, closed_by_name = ${by}, version = version + 1
     where chain_id = ${chainId} and appointment_id = ${appointmentId} and reason = ${reason} and status in ('open', 'approved')`.execute(tx);
  await sql`
    update refunds set afterwards = null
     where chain_id = ${chainId} and appointment_id = ${appointmentId} and status = 'sending' and afterwards ->> 'reason' = ${reason}`.execute(tx);
}
