import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Question } from '../kit/ask-together.ts';
import { type ValueOfDay, valueOfDay } from './store.ts';

type Span = { readonly from: Date; readonly until: Date };

export interface VisitMoney {
  readonly appointmentId: string;
  readonly currency: string;
  readonly staffId: string;
  readonly costMinor: bigint;
  readonly paidMinor: bigint;
  /** How many people it was for: places at an event, else one. */
  readonly places: number;
  /** It was over, and of this period. */
  readonly tookPlace: boolean;
  /** What the books call income of it in this period, its tax included. */
  readonly earnedMinor: bigint;
  readonly lines: readonly { readonly serviceId: string; readonly name: string; readonly costMinor: bigint }[];
}

/** What the books call income in a period. Owed stands below zero: income (and its tax) makes it good, and what is taken back owes it again. */
function earned({ chainId, locationId }: Scope, { from, until }: Span) {
  const prepayments = sql`(select account_id from ledger_accounts where chain_id = ${chainId} and location_id = ${locationId} and kind = 'prepayments')`;
  return sql`
  select p.purpose_kind, p.purpose_id, p.currency, p.happened_at, case when p.to_account_id in ${prepayments} then p.amount_minor else -p.amount_minor end amount
    from ledger_postings p
   where p.chain_id = ${chainId} and p.location_id = ${locationId} and p.operation in ('income', 'tax') and p.happened_at >= ${from} and p.happened_at < ${until}
     and (p.from_account_id in ${prepayments}) <> (p.to_account_id in ${prepayments})`;
}

interface VisitRow extends Omit<VisitMoney, 'costMinor' | 'paidMinor' | 'earnedMinor' | 'lines'> {
  readonly cost: string;
  readonly paid: string;
  readonly earned: string;
  readonly lines: readonly (readonly [serviceId: string, name: string, cost: string])[] | null;
}

/**
 * The visits that took place in a period, and those that earned something in it: a visit may be paid on another day than it was. Whatever is not found by its
 * day is looked up by its id, so that it does not matter how many visits there are besides. `lines`: with their services.
 */
export function visitMoney(scope: Scope, span: Span, now: Date, { lines }: { lines: boolean }): Question<VisitMoney> {
  const { chainId, locationId } = scope;
  const services = sql`(
    select json_agg(json_build_array(o.service_id, o.name, coalesce(o.cost_minor, o.price_min_minor)::text) order by o.line_no)
      from appointment_services o where o.chain_id = ${chainId} and o.appointment_id = v.appointment_id)`;
  return {
    select: sql`
    with earned as materialized (select purpose_id, sum(amount)::bigint amount from (${earned(scope, span)}) e where purpose_kind = 'appointment' group by 1),
    happened as materialized (
      select appointment_id, currency, staff_id, cost_minor, paid_minor, places from appointments
       where chain_id = ${chainId} and location_id = ${locationId} and starts_at >= ${span.from} and starts_at < ${span.until}
         and status in ('waiting', 'confirmed', 'arrived') and ends_at <= ${now}),
    visits as (
      select h.*, true as took_place from happened h
      union all
      select a.*, false from earned e cross join lateral (
        select o.appointment_id, o.currency, o.staff_id, o.cost_minor, o.paid_minor, o.places from appointments o
         where o.chain_id = ${chainId} and o.appointment_id = e.purpose_id limit 1) a
       where e.purpose_id not in (select appointment_id from happened))
    select v.appointment_id "appointmentId", v.currency, v.staff_id "staffId", v.cost_minor::text cost, v.paid_minor::text paid, v.places, v.took_place "tookPlace",
           coalesce(e.amount, 0)::text earned, ${lines ? services : sql`null`} lines
      from visits v left join earned e on e.purpose_id = v.appointment_id`,
    read: ({ cost, paid, earned: sum, lines: told, ...row }: VisitRow) => ({
      ...row,
      costMinor: BigInt(cost),
      paidMinor: BigInt(paid),
      earnedMinor: BigInt(sum),
      lines: (told ?? []).map(([serviceId, name, of]) => ({ serviceId, name, costMinor: BigInt(of) })),
    }),
  };
}

/** What the services and the team members of a place are called now. */
export function namesNow({ chainId, locationId }: Scope): Question<readonly [id: string, name: string]> {
  return {
    select: sql`
    select service_id id, name from services where chain_id = ${chainId} and location_id = ${locationId}
    union all select staff_id, name from staff where chain_id = ${chainId} and location_id = ${locationId}`,
    read: ({ id, name }: { id: string; name: string }) => [id, name],
  };
}

/** All that the books call income of a period, of visits and of memberships, day by day. */
export function earnedByDay(scope: Scope, span: Span, timeZone: string): Question<ValueOfDay> {
  return {
    select: sql`
    select (happened_at at time zone ${timeZone})::date::text as day, currency, sum(amount)::bigint::text as value
      from (${earned(scope, span)}) e group by 1, 2 having sum(amount) <> 0 order by 1, 2`,
    read: valueOfDay,
  };
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

interface MissedRow extends Omit<MissedVisit, 'startsAt' | 'costMinor' | 'paidMinor'> {
  readonly startsAt: string;
  readonly cost: string;
  readonly paid: string;
}

/** Visits of a period to which nobody came, and cancelled ones of which money was kept. */
export function missedVisits({ chainId, locationId }: Scope, { from, until }: Span): Question<MissedVisit> {
  return {
    select: sql`
    select a.appointment_id "appointmentId", a.currency, a.status, coalesce(c.name, '') "clientName", a.starts_at "startsAt", a.cost_minor::text cost,
           a.paid_minor::text paid
      from appointments a left join clients c on c.chain_id = a.chain_id and c.client_id = a.client_id
     where a.chain_id = ${chainId} and a.location_id = ${locationId} and a.starts_at >= ${from} and a.starts_at < ${until}
       and (a.status = 'no_show' or (a.status = 'cancelled' and a.paid_minor > 0)) order by a.starts_at, a.appointment_id`,
    read: ({ startsAt, cost, paid, ...row }: MissedRow) => ({
      ...row,
      startsAt: new Date(startsAt),
      costMinor: BigInt(cost),
      paidMinor: BigInt(paid),
    }),
  };
}
