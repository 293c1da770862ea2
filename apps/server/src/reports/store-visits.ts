import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

type Span = { readonly from: Date; readonly until: Date };

export interface VisitMoney {
  readonly appointmentId: string;
  readonly currency: string;
  readonly staffId: string;
  readonly staffName: string;
  readonly costMinor: bigint;
  readonly paidMinor: bigint;
  /** It was over, and of this period. */
  readonly tookPlace: boolean;
  /** What the books call income of it in this period, its tax included. */
  readonly earnedMinor: bigint;
  readonly lines: readonly { readonly serviceId: string; readonly name: string; readonly costMinor: bigint }[];
}

// what is owed stands below zero: income (and its tax) makes it good, and what is taken back owes it again
const earned = ({ chainId, locationId }: Scope, { from, until }: Span) => sql`
  select p.purpose_kind, p.purpose_id, p.currency, p.happened_at,
         case when t.kind = 'prepayments' then p.amount_minor else -p.amount_minor end amount
    from ledger_postings p join ledger_accounts f on f.chain_id = p.chain_id and f.account_id = p.from_account_id
    join ledger_accounts t on t.chain_id = p.chain_id and t.account_id = p.to_account_id
   where p.chain_id = ${chainId} and p.location_id = ${locationId} and p.operation in ('income', 'tax') and p.happened_at >= ${from} and p.happened_at < ${until}
     and (f.kind = 'prepayments') <> (t.kind = 'prepayments')`;

/** The visits that took place in a period, and those that earned something in it: a visit may be paid on another day than it was. */
export async function visitMoney(q: Queryable, scope: Scope, span: Span, now: Date): Promise<readonly VisitMoney[]> {
  const { chainId, locationId } = scope;
  const { rows } = await sql<Omit<VisitMoney, 'lines'> & { lines: { serviceId: string; name: string; costMinor: string }[] | null }>`
    with earned as (select purpose_id, sum(amount)::bigint amount from (${earned(scope, span)}) e where purpose_kind = 'appointment' group by 1),
    visits as (
      select appointment_id from appointments
       where chain_id = ${chainId} and location_id = ${locationId} and starts_at >= ${span.from} and starts_at < ${span.until}
         and status in ('waiting', 'confirmed', 'arrived') and ends_at <= ${now}
      union select purpose_id from earned),
    lines as (
      select l.appointment_id, jsonb_agg(jsonb_build_object('serviceId', l.service_id, 'name', coalesce(s.name, l.name),
               'costMinor', coalesce(l.cost_minor, l.price_min_minor)::text) order by l.line_no) lines
        from visits v join appointment_services l on l.chain_id = ${chainId} and l.appointment_id = v.appointment_id
        left join services s on s.chain_id = ${chainId} and s.location_id = ${locationId} and s.service_id = l.service_id
       group by 1)
    select a.appointment_id "appointmentId", a.currency, a.staff_id "staffId", coalesce(s.name, '') "staffName", a.cost_minor "costMinor", a.paid_minor "paidMinor",
           (a.starts_at >= ${span.from} and a.starts_at < ${span.until} and a.status in ('waiting', 'confirmed', 'arrived') and a.ends_at <= ${now}) "tookPlace",
           coalesce(e.amount, 0)::bigint "earnedMinor", l.lines
      from visits v join appointments a on a.chain_id = ${chainId} and a.appointment_id = v.appointment_id
      left join earned e on e.purpose_id = v.appointment_id
      left join lines l on l.appointment_id = v.appointment_id
      left join staff s on s.chain_id = ${chainId} and s.location_id = ${locationId} and s.staff_id = a.staff_id`.execute(q);
  return rows.map((row) => ({ ...row, lines: (row.lines ?? []).map((line) => ({ ...line, costMinor: BigInt(line.costMinor) })) }));
}

/** All that the books call income of a period, whatever it was for. */
export async function earnedInBooks(q: Queryable, scope: Scope, span: Span): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await sql<{ currency: string; amount: bigint }>`
    select currency, sum(amount)::bigint amount from (${earned(scope, span)}) e where purpose_kind = 'appointment' group by 1`.execute(q);
  return new Map(rows.map(({ currency, amount }) => [currency, amount]));
}

export async function earnedByDay(q: Queryable, scope: Scope, span: Span, timeZone: string) {
  const { rows } = await sql<{ day: string; currency: string; valueMinor: bigint }>`
    select (happened_at at time zone ${timeZone})::date::text as day, currency, sum(amount)::bigint "valueMinor"
      from (${earned(scope, span)}) e where purpose_kind = 'appointment' group by 1, 2 having sum(amount) <> 0 order by 1, 2`.execute(q);
  return rows;
}

export interface MissedVisit {
  readonly appointmentId: string;
  readonly currency: string;
  readonly status: 'no_show' | 'cancelled';
  readonly clientName: string;
  readonly startsAt: Date;
  readonly costMinor: bigint;
  readonly paidMinor: bigint;
}

/** Visits of a period to which nobody came, and cancelled ones of which money was kept. */
export async function missedVisits(q: Queryable, { chainId, locationId }: Scope, { from, until }: Span): Promise<readonly MissedVisit[]> {
  const { rows } = await sql<MissedVisit>`
    select a.appointment_id "appointmentId", a.currency, a.status, coalesce(c.name, '') "clientName", a.starts_at "startsAt", a.cost_minor "costMinor",
           a.paid_minor "paidMinor"
      from appointments a left join clients c on c.chain_id = a.chain_id and c.client_id = a.client_id
     where a.chain_id = ${chainId} and a.location_id = ${locationId} and a.starts_at >= ${from} and a.starts_at < ${until}
       and (a.status = 'no_show' or (a.status = 'cancelled' and a.paid_minor > 0)) order by a.starts_at, a.appointment_id`.execute(q);
  return rows;
}
