import type { ServiceTax } from '@holdfast/contract/taxes';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

/** A visit as a document about its money names it. */
export interface BilledVisit {
  readonly clientId: string;
  readonly clientName: string;
  readonly language: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly lines: readonly { readonly name: string; readonly costMinor: bigint; readonly tax: ServiceTax | undefined }[];
}

/** Undefined: there is no such appointment here. */
export async function readBilledVisit(q: Queryable, scope: Scope, appointmentId: string): Promise<BilledVisit | undefined> {
  const { rows } = await sql<Omit<BilledVisit, 'lines'> & { lines: readonly { name: string; cost: string; tax: ServiceTax | null }[] }>`
    select a.client_id "clientId", c.name "clientName", b.language, a.starts_at "startsAt", a.ends_at "endsAt",
           (select coalesce(jsonb_agg(jsonb_build_object('name', l.name || case when a.places > 1 then ' × ' || a.places else '' end, 'cost', coalesce(l.cost_minor, l.price_min_minor)::text, 'tax', l.tax) order by l.line_no), '[]')
              from appointment_services l where l.chain_id = a.chain_id and l.appointment_id = a.appointment_id) lines
      from appointments a join bookings b on b.chain_id = a.chain_id and b.booking_id = a.booking_id
      join clients c on c.chain_id = a.chain_id and c.client_id = a.client_id
     where a.chain_id = ${scope.chainId} and a.location_id = ${scope.locationId} and a.appointment_id = ${appointmentId}`.execute(q);
  const [row] = rows;
  return row && { ...row, lines: row.lines.map(({ name, cost, tax }) => ({ name, costMinor: BigInt(cost), tax: tax ?? undefined })) };
}
