import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

export interface AttentionRow {
  readonly id: string;
  readonly kind: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly attemptId: string | null;
  readonly reference: string | null;
  readonly provider: string | null;
  readonly connection: string | null;
  readonly appointmentId: string | null;
  readonly startsAt: Date | null;
  readonly serviceNames: readonly string[];
  readonly clientId: string | null;
  readonly clientName: string | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  readonly openedAt: Date;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: string | null;
  readonly resolution: string | null;
  readonly because: string;
}

const MOST = 500;

/** What waits here, oldest first, or what is over, newest first; one of them by its id, whichever it is. */
export async function attentionOf(
  q: Queryable,
  { chainId, locationId }: Scope,
  { state, id = null }: { state: 'open' | 'done' | 'any'; id?: string | null },
): Promise<readonly AttentionRow[]> {
  const { rows } = await sql<AttentionRow>`
    select t.attention_id id, t.kind, t.subject_kind "subjectKind", t.subject_id "subjectId", t.attempt_id "attemptId", p.reference, n.provider, n.label connection,
           a.appointment_id "appointmentId", a.starts_at "startsAt",
           coalesce((select jsonb_agg(s.name order by s.line_no) from appointment_services s where s.chain_id = t.chain_id and s.appointment_id = a.appointment_id), '[]') "serviceNames",
           c.client_id "clientId", c.name "clientName", t.amount_minor "amountMinor", t.currency, t.detail, t.opened_at "openedAt",
           t.resolved_at "resolvedAt", t.resolved_by "resolvedBy", t.resolution, t.because
      from attention t
      left join payment_attempts p on p.chain_id = t.chain_id and p.attempt_id = t.attempt_id
      left join provider_connections n on n.chain_id = t.chain_id and n.connection_id = p.connection_id
      left join lateral (
        select x.appointment_id, x.client_id, x.starts_at from appointments x where x.chain_id = t.chain_id
           and (x.appointment_id = t.subject_id and t.subject_kind in ('appointment', 'visit') or x.booking_id = t.subject_id and t.subject_kind = 'booking'
                or t.subject_kind in ('payment', 'dispute') and (x.booking_id = p.order_id and p.order_kind = 'booking' or x.appointment_id = p.order_id and p.order_kind = 'visit'))
         order by x.line_no limit 1) a on true
      left join lateral (
        select o.client_id from account_top_ups x join client_accounts o on o.chain_id = x.chain_id and o.owner_id = x.owner_id and o.currency = x.currency
         where x.chain_id = t.chain_id and p.order_kind = 'account_top_up' and x.top_up_id = p.order_id limit 1) u on true
      left join lateral (
        select x.client_id from memberships x where x.chain_id = t.chain_id and x.membership_id = t.subject_id and t.subject_kind = 'membership') m on true
      left join clients c on c.chain_id = t.chain_id and c.client_id = coalesce(a.client_id, u.client_id, m.client_id)
     where t.chain_id = ${chainId} and t.location_id = ${locationId} and (${id}::text is null or t.attention_id = ${id})
       and (${state} = 'any' or (t.resolved_at is null) = (${state} = 'open'))
     order by case when ${state} = 'done' then null else t.opened_at end, t.resolved_at desc nulls last, t.attention_id limit ${MOST}`.execute(q);
  return rows;
}

export async function countOpen(q: Queryable, { chainId, locationId }: Scope): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int n from attention where chain_id = ${chainId} and location_id = ${locationId} and resolved_at is null`.execute(q);
  return rows[0]?.n ?? 0;
}

export interface LeftOver {
  readonly lineNo: number;
  readonly leftMinor: bigint;
  /** The appointment it came for. */
  readonly appointmentId: string | null;
}

/** The lines of a payment whose money paid for nothing, as far as it has not gone back. */
export async function leftOverLines(
  q: Queryable,
  { chainId }: Scope,
  row: Pick<AttentionRow, 'attemptId' | 'subjectKind' | 'subjectId'>,
): Promise<readonly LeftOver[]> {
  const { rows } = await sql<LeftOver>`
    select line_no "lineNo", placed_minor - refunded_minor - charged_back_minor "leftMinor", case when purpose_kind = 'appointment' then purpose_id end "appointmentId"
      from payment_lines where chain_id = ${chainId} and attempt_id = ${row.attemptId} and outcome in ('credited', 'unplaced') and placed_minor > refunded_minor + charged_back_minor
       and (${row.subjectKind} <> 'appointment' or purpose_id = ${row.subjectId}) order by line_no`.execute(q);
  return rows;
}
