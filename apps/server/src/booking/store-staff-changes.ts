import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Who } from '../access/who.ts';
import type { Tx } from '../kit/database.ts';

/** Who did what to it last. */
export async function lastChange(
  tx: Tx,
  { chainId }: Scope,
  appointmentId: string,
): Promise<{ what: string; by: string; at: string } | Record<string, never>> {
  const { rows } = await sql<{ what: string; by: string; at: Date }>`
    select what, coalesce(detail->>'userName', by_whom) "by", at from appointment_changes
     where chain_id = ${chainId} and appointment_id = ${appointmentId} order by change_no desc limit 1`.execute(tx);
  const [last] = rows;
  return last ? { what: last.what, by: last.by, at: last.at.toISOString() } : {};
}

/** The status it had before the last step of this kind. */
export async function statusBefore(tx: Tx, { chainId }: Scope, appointmentId: string, what: string): Promise<string | undefined> {
  const { rows } = await sql<{ status: string | null }>`
    select detail->'before'->>'status' status from appointment_changes
     where chain_id = ${chainId} and appointment_id = ${appointmentId} and what = ${what} order by change_no desc limit 1`.execute(tx);
  return rows[0]?.status ?? undefined;
}

/** Adds to the appointment's history what somebody of the salon did, with their name as it was. */
export async function noteStaffChange(
  tx: Tx,
  { chainId }: Scope,
  { appointmentId, who, at, what, detail }: { appointmentId: string; who: Pick<Who, 'userId' | 'name'>; at: Date; what: string; detail?: object },
): Promise<void> {
  await sql`select note_change(${chainId}, ${appointmentId}, ${at}, ${what}, ${who.userId}, ${JSON.stringify({ userName: who.name, ...detail })}::jsonb)`.execute(
    tx,
  );
}

export interface TakenSpan {
  readonly staffId: string;
  readonly busyFrom: Date;
  readonly busyTo: Date;
  /** A hold's deadline goes along. */
  readonly freesAt: Date | undefined;
}

/** Gives up what the appointment occupies and takes this instead, or nothing is changed: the exclusion constraint decides. The caller rolls back on false. */
export async function occupyInstead(tx: Tx, { chainId, locationId }: Scope, appointmentId: string, span: TakenSpan, at: Date): Promise<boolean> {
  await sql`delete from occupancy where chain_id = ${chainId} and source_kind = 'appointment' and source_id = ${appointmentId}`.execute(tx);
  const { rows } = await sql<{ got: boolean }>`
    select claim_span(${chainId}, ${locationId}, ${span.staffId}, tstzrange(${span.busyFrom}, ${span.busyTo}), 'appointment', ${appointmentId},
                      ${span.freesAt ?? null}, ${at}) got`.execute(tx);
  return rows[0]?.got === true;
}

/** What takes that time, the first of it. */
export async function whatTakes(
  tx: Tx,
  { chainId, locationId }: Scope,
  { staffId, busyFrom, busyTo }: TakenSpan,
  appointmentId: string,
): Promise<{ kind: string; id: string; from: Date; to: Date; clientName: string | null } | undefined> {
  const { rows } = await sql<{ kind: string; id: string; from: Date; to: Date; clientName: string | null }>`
    select o.source_kind kind, o.source_id id, coalesce(a.starts_at, lower(o.span)) "from", coalesce(a.ends_at, upper(o.span)) "to", c.name "clientName"
      from occupancy o
      left join appointments a on o.source_kind = 'appointment' and a.chain_id = o.chain_id and a.appointment_id = o.source_id
      left join clients c on c.chain_id = a.chain_id and c.client_id = a.client_id
     where o.chain_id = ${chainId} and o.location_id = ${locationId} and o.resource_id = ${staffId} and o.span && tstzrange(${busyFrom}, ${busyTo})
       and not (o.source_kind = 'appointment' and o.source_id = ${appointmentId})
     order by lower(o.span) limit 1`.execute(tx);
  return rows[0];
}

/** The rules that were decided by are still the rules. */
export async function areTheRules(tx: Tx, { chainId, locationId }: Scope, version: bigint): Promise<boolean> {
  const { rows } =
    await sql`select 1 from locations where chain_id = ${chainId} and location_id = ${locationId} and rules_version = ${version}`.execute(tx);
  return rows.length === 1;
}

/** Orders whose payment would bring money for this appointment just now. */
export async function ordersPayingFor(tx: Tx, { chainId }: Scope, appointmentId: string): Promise<readonly { kind: string; id: string }[]> {
  const { rows } = await sql<{ kind: string; id: string }>`
    select distinct p.order_kind kind, p.order_id id from payment_lines l join payment_attempts p on p.chain_id = l.chain_id and p.attempt_id = l.attempt_id
     where l.chain_id = ${chainId} and l.purpose_kind = 'appointment' and l.purpose_id = ${appointmentId} and p.status in ('intended', 'open', 'processing')
     order by 1, 2`.execute(tx);
  return rows;
}
