import type { ServiceTax } from '@holdfast/contract/taxes';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import type { StandingMembership } from './membership-rules.ts';

/** A membership that was sold, or is offered by a link. */
export interface MembershipRow extends StandingMembership {
  readonly id: string;
  readonly version: number;
  readonly locationId: string;
  readonly locationName: string;
  readonly clientId: string;
  readonly typeId: string;
  readonly name: string;
  readonly currency: string;
  readonly periodCount: number | null;
  readonly periodUnit: 'days' | 'months' | null;
  readonly begins: 'sale' | 'first_visit';
  readonly serviceIds: readonly string[] | null;
  readonly serviceNames: readonly string[];
  readonly lateHours: number | null;
  readonly freezeDays: number;
  readonly freezeTimes: number;
  readonly frozenTimes: number;
  readonly tax: ServiceTax | null;
  readonly timeZone: string;
  readonly way: 'register' | 'account' | 'link';
  readonly key: string;
  readonly registerId: string | null;
  readonly accountTypeId: string | null;
  readonly attemptId: string | null;
  readonly madeAt: Date;
  readonly userName: string;
  readonly incomeDueAt: Date | null;
  readonly incomeSteps: number;
}

const rowsWhere = (where: ReturnType<typeof sql>) => sql<MembershipRow>`
  select m.membership_id id, m.version, m.location_id "locationId", l.name "locationName", m.client_id "clientId", m.type_id "typeId", m.name, m.currency,
         m.price_minor "priceMinor", m.visits, m.period_count "periodCount", m.period_unit "periodUnit", m.begins, m.service_ids "serviceIds",
         coalesce((select array_agg(s.name order by s.name) from services s where s.chain_id = m.chain_id and s.service_id = any (m.service_ids)), '{}') "serviceNames",
         m.late_hours "lateHours", m.freeze_days "freezeDays", m.freeze_times "freezeTimes", m.tax, m.time_zone "timeZone", m.way, m.key,
         m.register_id "registerId", m.account_type_id "accountTypeId", m.attempt_id "attemptId", m.made_at "madeAt", m.user_name "userName", m.sold_at "soldAt",
         m.cancelled_at "cancelledAt", m.begins_at "beginsAt", m.ends_at "endsAt", m.visits_reserved reserved, m.visits_used used, m.frozen_from "frozenFrom",
         m.frozen_until "frozenUntil", m.frozen_days "frozenDays", m.frozen_times "frozenTimes", m.refunding_since "refundingSince",
         m.refunded_minor "refundedMinor", m.ended_at "endedAt", m.income_due_at "incomeDueAt", m.income_steps "incomeSteps",
         (select a.status from payment_attempts a where a.chain_id = m.chain_id and a.order_kind = 'membership' and a.order_id = m.membership_id
             and m.sold_at is null and a.status in ('open', 'processing') order by a.status = 'processing' desc limit 1) paying
    from memberships m join locations l on l.chain_id = m.chain_id and l.location_id = m.location_id
   where ${where} order by m.ended_at is not null, m.ends_at nulls last, m.made_at desc, m.membership_id limit 200`;

/** Where it was sold. */
export async function membershipById(q: Queryable, { chainId, locationId }: Scope, id: string): Promise<MembershipRow | undefined> {
  const { rows } = await rowsWhere(sql`m.chain_id = ${chainId} and m.location_id = ${locationId} and m.membership_id = ${id}`).execute(q);
  return rows[0];
}

/** What this try of a screen has become. */
export async function membershipByKey(q: Queryable, { chainId, locationId }: Scope, key: string): Promise<MembershipRow | undefined> {
  const { rows } = await rowsWhere(sql`m.chain_id = ${chainId} and m.location_id = ${locationId} and m.key = ${key}`).execute(q);
  return rows[0];
}

/** What a client was offered by this try and has not paid, if its terms are still those on sale. */
export async function offerStanding(
  q: Queryable,
  { chainId, locationId }: Scope,
  { key, clientId, typeId }: { key: string; clientId: string; typeId: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select m.membership_id id from memberships m join membership_types t on t.chain_id = m.chain_id and t.type_id = m.type_id
     where m.chain_id = ${chainId} and m.location_id = ${locationId} and m.client_id = ${clientId} and m.type_id = ${typeId}
       and (m.key = ${key} or starts_with(m.key, ${`${key}/`})) and m.sold_at is null and m.cancelled_at is null
       and (m.name, m.price_minor, m.visits, m.period_count, m.period_unit, m.begins, m.location_ids, m.service_ids, m.freeze_days, m.freeze_times, m.late_hours)
           is not distinct from
           (t.name, t.price_minor, t.visits, t.period_count, t.period_unit, t.begins, t.location_ids, t.service_ids, t.freeze_days, t.freeze_times, t.late_hours)
     order by m.made_at desc, m.membership_id limit 1`.execute(q);
  return rows[0]?.id;
}

export async function membershipsOf(q: Queryable, chainId: string, clientId: string): Promise<readonly MembershipRow[]> {
  const { rows } = await rowsWhere(sql`m.chain_id = ${chainId} and m.client_id = ${clientId}`).execute(q);
  return rows;
}

/** By the payment that brought it. */
export async function membershipByAttempt(q: Queryable, { chainId, locationId }: Scope, attemptId: string): Promise<MembershipRow | undefined> {
  const { rows } = await rowsWhere(sql`m.chain_id = ${chainId} and m.location_id = ${locationId} and m.attempt_id = ${attemptId}`).execute(q);
  return rows[0];
}

/** Nobody else changes it until the transaction ends. Appointments are locked before it, attempts and ledger accounts after it. */
export async function lockMembership(tx: Tx, { chainId }: Scope, id: string): Promise<void> {
  await sql`select 1 from memberships where chain_id = ${chainId} and membership_id = ${id} for update`.execute(tx);
}

export interface NewMembership {
  readonly id: string;
  readonly clientId: string;
  readonly typeId: string;
  readonly way: MembershipRow['way'];
  readonly key: string;
  readonly registerId: string | null;
  readonly accountTypeId: string | null;
  readonly by: { readonly id: string | null; readonly name: string };
  readonly at: Date;
}

/** With the terms of its type, and the tax of the place, as they are now. */
export async function insertMembership(tx: Tx, { chainId, locationId }: Scope, made: NewMembership): Promise<void> {
  await sql`
    insert into memberships (chain_id, membership_id, location_id, client_id, type_id, name, currency, price_minor, visits, period_count, period_unit, begins,
                             location_ids, service_ids, freeze_days, freeze_times, late_hours, tax, time_zone, way, key, register_id, account_type_id, made_at,
                             user_id, user_name)
    select t.chain_id, ${made.id}, l.location_id, ${made.clientId}, t.type_id, t.name, t.currency, t.price_minor, t.visits, t.period_count, t.period_unit, t.begins,
           t.location_ids, t.service_ids, t.freeze_days, t.freeze_times, t.late_hours,
           (select jsonb_build_object('rateId', r.rate_id, 'name', r.name, 'basisPoints', r.basis_points, 'inclusive', true) from tax_rates r
             where r.chain_id = l.chain_id and r.location_id = l.location_id and r.rate_id = l.tax_rate_id),
           l.time_zone, ${made.way}, ${made.key}, ${made.registerId}, ${made.accountTypeId}, ${made.at}, ${made.by.id}, ${made.by.name}
      from membership_types t join locations l on l.chain_id = t.chain_id and l.location_id = ${locationId}
     where t.chain_id = ${chainId} and t.type_id = ${made.typeId}`.execute(tx);
}

/** It is paid for: from now on it can be used. */
export async function noteSold(tx: Tx, { chainId }: Scope, id: string, { attemptId, at }: { attemptId: string | null; at: Date }): Promise<void> {
  await sql`
    update memberships set sold_at = ${at}, cancelled_at = null, attempt_id = ${attemptId}, begins_at = case when begins = 'sale' then ${at}::timestamptz end,
           ends_at = case when begins = 'sale' then membership_ends(${at}, period_count, period_unit, time_zone, 0) end, income_due_at = ${at}, version = version + 1
     where chain_id = ${chainId} and membership_id = ${id}`.execute(tx);
}

export async function noteOfferCancelled(tx: Tx, { chainId }: Scope, id: string, at: Date): Promise<void> {
  await sql`update memberships set cancelled_at = ${at}, version = version + 1 where chain_id = ${chainId} and membership_id = ${id}`.execute(tx);
}

/** Money of it has gone back. `ended`: nothing of it can be used any more. */
export async function noteRefunded(
  tx: Tx,
  { chainId }: Scope,
  id: string,
  { amountMinor, ended, at }: { amountMinor: bigint; ended: boolean; at: Date },
): Promise<void> {
  await sql`
    update memberships set refunded_minor = refunded_minor + ${amountMinor}, ended_at = case when ${ended} then coalesce(ended_at, ${at}) else ended_at end,
           refunding_since = case when ${ended} then null else refunding_since end, income_due_at = ${at}, version = version + 1
     where chain_id = ${chainId} and membership_id = ${id}`.execute(tx);
}

export async function noteRefunding(tx: Tx, { chainId }: Scope, id: string, { refundId, at }: { refundId: string; at: Date }): Promise<void> {
  await sql`
    update memberships set refund_id = ${refundId}, refunding_since = ${at}, version = version + 1
     where chain_id = ${chainId} and membership_id = ${id}`.execute(tx);
}

/** Not used for so many days, which are added at its end. */
export async function noteFrozen(tx: Tx, { chainId }: Scope, id: string, { days, at }: { days: number; at: Date }): Promise<void> {
  await sql`
    update memberships set frozen_from = ${at}, frozen_until = ((${at}::timestamptz at time zone time_zone) + make_interval(days => ${days}::int)) at time zone time_zone,
           frozen_days = frozen_days + ${days}, frozen_times = frozen_times + 1,
           ends_at = membership_ends(begins_at, period_count, period_unit, time_zone, frozen_days + ${days}::int), income_due_at = ${at}, version = version + 1
     where chain_id = ${chainId} and membership_id = ${id}`.execute(tx);
}

/** Whole days that were not needed are taken off its end again. */
export async function noteUnfrozen(tx: Tx, { chainId }: Scope, id: string, { daysBack, at }: { daysBack: number; at: Date }): Promise<void> {
  await sql`
    update memberships set frozen_from = null, frozen_until = null, frozen_days = frozen_days - ${daysBack},
           ends_at = membership_ends(begins_at, period_count, period_unit, time_zone, frozen_days - ${daysBack}::int), income_due_at = ${at}, version = version + 1
     where chain_id = ${chainId} and membership_id = ${id}`.execute(tx);
}

export async function visitsReservedUntil(q: Queryable, { chainId }: Scope, id: string, until: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int n from membership_visits v join appointments a on a.chain_id = v.chain_id and a.appointment_id = v.appointment_id
     where v.chain_id = ${chainId} and v.membership_id = ${id} and v.status = 'reserved' and a.starts_at < ${until}`.execute(q);
  return rows[0]?.n ?? 0;
}
