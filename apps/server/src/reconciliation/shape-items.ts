import type { SettlementItem } from '@holdfast/contract/reconciliation';
import { sql } from 'kysely';
import type { Place } from '../access/who.ts';
import type { Queryable } from '../kit/database.ts';
import { netOf } from './settlement-rules.ts';
import type { ItemRow } from './store-items.ts';

export type PaidAppointment = SettlementItem['appointments'][number];

/** What payments were for: appointments, with the client where they may be seen. */
export async function appointmentsOf(
  q: Queryable,
  { scope, rights }: Place,
  attemptIds: readonly string[],
): Promise<ReadonlyMap<string, readonly PaidAppointment[]>> {
  if (attemptIds.length === 0) return new Map();
  const { rows } = await sql<{ attemptId: string; appointmentId: string; startsAt: Date; clientName: string | null; services: string | null }>`
    select distinct l.attempt_id "attemptId", a.appointment_id "appointmentId", a.starts_at "startsAt", c.name "clientName",
           (select string_agg(s.name, ', ' order by s.line_no) from appointment_services s where s.chain_id = a.chain_id and s.appointment_id = a.appointment_id) services
      from payment_lines l
      join appointments a on a.chain_id = l.chain_id and a.appointment_id = l.purpose_id and a.location_id = ${scope.locationId}
      left join clients c on c.chain_id = a.chain_id and c.client_id = a.client_id
     where l.chain_id = ${scope.chainId} and l.purpose_kind = 'appointment' and l.attempt_id = any (${sql.val([...new Set(attemptIds)])}::text[])
     order by a.starts_at, a.appointment_id`.execute(q);
  const found = new Map<string, PaidAppointment[]>();
  for (const { attemptId, appointmentId, startsAt, clientName, services } of rows) {
    const all = found.get(attemptId) ?? [];
    all.push({
      appointmentId,
      startsAt: startsAt.toISOString(),
      clientName: rights.has('clients.see') ? clientName : null,
      services: services ?? '',
    });
    found.set(attemptId, all);
  }
  return found;
}

/** Lines as screens and the API see them. */
export async function shapeItems(q: Queryable, place: Place, items: readonly ItemRow[]): Promise<SettlementItem[]> {
  const appointments = await appointmentsOf(
    q,
    place,
    items.flatMap(({ attemptId }) => attemptId ?? []),
  );
  return items.map((item) => ({
    id: item.itemId,
    connectionId: item.connectionId,
    lineId: item.lineId,
    kind: item.kind,
    status: item.status,
    source: item.source,
    amountMinor: Number(item.amountMinor),
    feeMinor: Number(item.feeMinor),
    netMinor: Number(netOf(item)),
    currency: item.currency,
    at: item.at.toISOString(),
    reference: item.reference,
    providerPaymentId: item.providerPaymentId,
    payoutId: item.payoutId,
    note: item.note,
    differenceMinor: Number(item.differenceMinor),
    attemptId: item.attemptId,
    appointments: [...(appointments.get(item.attemptId ?? '') ?? [])],
    versions: item.versionNo,
    revision: item.revision,
  }));
}
