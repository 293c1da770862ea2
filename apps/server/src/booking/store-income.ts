import type { ServiceTax } from '@holdfast/contract/taxes';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import { triedAgainAt } from '../payments/put-aside.ts';
import type { EarnedLine, EarningVisit } from './income-rules.ts';

/** Appointments whose income has to be looked at. Nothing is taken: whoever comes second finds it done. */
export async function dueIncome(
  q: Queryable,
  at: Date,
  limit: number,
): Promise<readonly { readonly chainId: string; readonly locationId: string; readonly appointmentId: string }[]> {
  const { rows } = await sql<{ chainId: string; locationId: string; appointmentId: string }>`
    select chain_id "chainId", location_id "locationId", appointment_id "appointmentId" from appointment_income
     where due_at <= ${at} and (try_at is null or try_at <= ${at}) order by due_at limit ${limit}`.execute(q);
  return rows;
}

/** Locked for the rest of the transaction, if it is still due; undefined: somebody else has looked at it. The booking is locked. */
export async function lockDueIncome(
  tx: Tx,
  { chainId }: Scope,
  appointmentId: string,
  at: Date,
): Promise<{ dueAt: Date; steps: number; tries: number } | undefined> {
  const { rows } = await sql<{ dueAt: Date; steps: number; tries: number }>`
    select due_at "dueAt", steps, tries from appointment_income where chain_id = ${chainId} and appointment_id = ${appointmentId} and due_at <= ${at} for update`.execute(
    tx,
  );
  return rows[0];
}

export async function writeIncome(tx: Tx, { chainId }: Scope, appointmentId: string, is: { dueAt: Date | undefined; steps: number }): Promise<void> {
  await sql`
    update appointment_income set due_at = ${is.dueAt ?? null}, steps = ${is.steps}, tries = 0, try_at = null where chain_id = ${chainId} and appointment_id = ${appointmentId}`.execute(
    tx,
  );
}

/** It has failed once more, and waits; undefined: it is not due any more. */
export async function noteIncomeTry(tx: Tx, { chainId }: Scope, appointmentId: string, at: Date): Promise<number | undefined> {
  const { rows } = await sql<{ tries: number }>`
    select tries from appointment_income where chain_id = ${chainId} and appointment_id = ${appointmentId} and due_at <= ${at} for update`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) return undefined;
  const tries = Math.min(row.tries + 1, 30_000);
  await sql`
    update appointment_income set tries = ${tries}, try_at = ${triedAgainAt(at, tries)} where chain_id = ${chainId} and appointment_id = ${appointmentId}`.execute(
    tx,
  );
  return tries;
}

export async function earningVisit(
  tx: Tx,
  { chainId }: Scope,
  appointmentId: string,
): Promise<(Omit<EarningVisit, 'earnedMinor'> & { readonly currency: string; readonly lines: readonly EarnedLine[] }) | undefined> {
  const { rows } = await sql<Omit<EarningVisit, 'earnedMinor'> & { currency: string; lines: readonly { cost: string; tax: ServiceTax | null }[] }>`
    select a.status, a.ends_at "endsAt", a.cost_minor "costMinor", a.paid_minor "paidMinor", a.currency,
           exists (select 1 from refunds w where w.chain_id = a.chain_id and w.appointment_id = a.appointment_id and w.closed_at is null) "refundOpen",
           (select coalesce(jsonb_agg(jsonb_build_object('cost', coalesce(l.cost_minor, l.price_min_minor)::text, 'tax', l.tax) order by l.line_no), '[]')
              from appointment_services l where l.chain_id = a.chain_id and l.appointment_id = a.appointment_id) lines
      from appointments a where a.chain_id = ${chainId} and a.appointment_id = ${appointmentId}`.execute(tx);
  const [row] = rows;
  return row && { ...row, lines: row.lines.map(({ cost, tax }) => ({ costMinor: BigInt(cost), tax: tax ?? undefined })) };
}
