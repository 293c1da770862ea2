import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { costOf, type ServiceLine } from './wanted-services.ts';

/** The services of an appointment with what staff set for them. */
export async function serviceLines(tx: Tx, { chainId }: Scope, appointmentId: string): Promise<readonly ServiceLine[]> {
  const { rows } = await sql<{ lines: readonly ServiceLine[] }>`
    select coalesce(jsonb_agg(jsonb_build_object('serviceId', service_id, 'name', name, 'durationMinutes', duration_minutes, 'priceMinMinor', price_min_minor,
             'priceMaxMinor', price_max_minor, 'setCostMinor', cost_minor, 'tax', tax, 'policy', policy, 'pay', pay) order by line_no), '[]') lines
      from appointment_services where chain_id = ${chainId} and appointment_id = ${appointmentId}`.execute(tx);
  return (rows[0]?.lines ?? []).map(({ serviceId, name, durationMinutes, priceMinMinor, priceMaxMinor, setCostMinor, tax, policy, pay }) => {
    return { serviceId, name, durationMinutes, priceMinMinor, priceMaxMinor, setCostMinor, tax, policy, pay };
  });
}

/** These instead of whatever was there. */
export async function writeServices(tx: Tx, { chainId }: Scope, appointmentId: string, lines: readonly ServiceLine[]): Promise<void> {
  await sql`delete from appointment_services where chain_id = ${chainId} and appointment_id = ${appointmentId}`.execute(tx);
  await sql`
    insert into appointment_services (chain_id, appointment_id, line_no, service_id, name, duration_minutes, price_min_minor, price_max_minor, cost_minor, tax, policy, pay)
    select ${chainId}, ${appointmentId}, (no - 1)::smallint, l->>'serviceId', l->>'name', (l->>'durationMinutes')::smallint, (l->>'priceMinMinor')::bigint,
           (l->>'priceMaxMinor')::bigint, (l->>'setCostMinor')::bigint, nullif(l->'tax', 'null'::jsonb), l->'policy', l->>'pay'
      from jsonb_array_elements(${JSON.stringify(lines)}::jsonb) with ordinality x(l, no)`.execute(tx);
}

/** What the sums of an appointment are with these services. `setCostMinor` null: as it was booked. */
export function sumsOf(lines: readonly ServiceLine[]): { priceMinMinor: number; priceMaxMinor: number; setCostMinor: number | null } {
  const sum = (of: (line: ServiceLine) => number) => lines.reduce((total, line) => total + of(line), 0);
  return {
    priceMinMinor: sum((line) => line.priceMinMinor),
    priceMaxMinor: sum((line) => line.priceMaxMinor),
    setCostMinor: lines.every((line) => line.setCostMinor === null) ? null : sum(costOf),
  };
}

/** Another length, other sums, another prepayment. A hold that asks for nothing any more is a plain appointment. */
export async function rewriteAppointment(
  tx: Tx,
  scope: Scope,
  appointmentId: string,
  to: { endsAt: Date; busyFrom: Date; busyTo: Date; lines: readonly ServiceLine[]; dueMinor: bigint; letGo: boolean },
  at: Date,
): Promise<void> {
  const { priceMinMinor, priceMaxMinor, setCostMinor } = sumsOf(to.lines);
  await sql`
    update appointments set ends_at = ${to.endsAt}, busy = tstzrange(${to.busyFrom}, ${to.busyTo}), price_min_minor = ${priceMinMinor},
           price_max_minor = ${priceMaxMinor}, set_cost_minor = ${setCostMinor}, due_minor = ${to.dueMinor}, changed_at = ${at},
           required = ${to.lines.some(({ pay }) => pay === 'required')} and required,
           status = case when ${to.letGo} then 'waiting' else status end, hold_expires_at = case when ${to.letGo} then null else hold_expires_at end,
           frees_at = case when ${to.letGo} then null else frees_at end
     where chain_id = ${scope.chainId} and appointment_id = ${appointmentId}`.execute(tx);
  await writeServices(tx, scope, appointmentId, to.lines);
}
