import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { openAttention } from '../payments/open-attention.ts';

/**
 * What a visit costs was changed: whatever was paid beyond that is put before a person, without what Refunds gives back already. One row for a visit, with the
 * amount as it is now; it closes by itself when nothing is too much. The visit is locked.
 */
export async function lookAtPaidAboveCost(tx: Tx, deps: Pick<Deps, 'newId'>, scope: Scope, appointmentId: string, at: Date): Promise<void> {
  if (await followPaidAboveCost(tx, scope.chainId, appointmentId, at)) return;
  const { rows } = await sql<{ tooMuch: bigint; currency: string }>`
    select ${tooMuch} "tooMuch", a.currency from appointments a where a.chain_id = ${scope.chainId} and a.appointment_id = ${appointmentId}`.execute(
    tx,
  );
  const [visit] = rows;
  if (!visit || visit.tooMuch <= 0n) return;
  const subject = { kind: 'appointment', id: appointmentId };
  await openAttention(tx, deps, scope, at, { kind: 'paid_above_cost', subject, amountMinor: visit.tooMuch, currency: visit.currency });
}

/** What waits for a person says what is too much now, or is over. False: nothing waits. */
async function followPaidAboveCost(tx: Tx, chainId: string, appointmentId: string, at: Date): Promise<boolean> {
  return follow(tx, chainId, appointmentId, at, tooMuch);
}

/** Money of the visit went back, or all of it is decided in Refunds: less waits for a person, or nothing. What goes back by a refund that is still open counts once. */
export async function lessPaidAboveCost(tx: Tx, chainId: string, appointmentId: string, at: Date): Promise<void> {
  await follow(tx, chainId, appointmentId, at, aboveCost);
}

async function follow(tx: Tx, chainId: string, appointmentId: string, at: Date, now: RawBuilder<unknown>): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update attention t set amount_minor = case when x.too_much > 0 then ${now === tooMuch ? sql`x.too_much` : sql`least(x.too_much, t.amount_minor)`} else t.amount_minor end,
           resolved_at = case when x.too_much > 0 then null else ${at}::timestamptz end, resolution = case when x.too_much > 0 then null else 'cleared_up' end
      from (select ${now} too_much from appointments a where a.chain_id = ${chainId} and a.appointment_id = ${appointmentId}) x
     where t.chain_id = ${chainId} and t.kind = 'paid_above_cost' and t.subject_kind = 'appointment' and t.subject_id = ${appointmentId}
       and t.resolved_at is null`.execute(tx);
  return numAffectedRows === 1n;
}

// a visit that does not take place is decided in Refunds, payment by payment
const aboveCost = sql`case when a.status in ('cancelled', 'expired', 'no_show') then 0 else a.paid_minor - a.cost_minor end`;
const tooMuch = sql`${aboveCost}
  - coalesce((select sum(f.amount_minor) from refunds f where f.chain_id = a.chain_id and f.appointment_id = a.appointment_id and f.closed_at is null), 0)::bigint`;
