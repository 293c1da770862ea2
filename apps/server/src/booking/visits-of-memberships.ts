import type { NotCoveredReason } from '@holdfast/contract/membership-use';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';

/** Locks the memberships of an appointment's client, as claims do: after bookings, appointments and events, before payments. */
export async function lockMemberships(tx: Tx, { chainId }: Scope, appointmentId: string): Promise<void> {
  await sql`select lock_memberships_of(${chainId}, ${appointmentId})`.execute(tx);
}

/** Refuses with `membership_not_usable` (`reason`, `membershipName`, `endsAt`) a time at which a membership that pays for the appointment would not pay for it. */
export async function refuseBeyondMembership(q: Queryable, { chainId }: Scope, appointmentId: string, startsAt: Date): Promise<void> {
  const { rows } = await sql<{ name: string; reason: NotCoveredReason | null; ends: Date | null }>`
    select membership name, reason, ends from membership_not_lasting(${chainId}, ${appointmentId}, ${startsAt})`.execute(q);
  const [found] = rows;
  if (!found?.reason) return;
  throw new Problem('membership_not_usable', 409, 'The membership that pays for it does not cover that time.', {
    reason: found.reason,
    membershipName: found.name,
    endsAt: found.ends?.toISOString() ?? null,
  });
}

/**
 * As many visits are reserved as there are places by now; `had` were covered before, at `wasAt`. Those of places that are cut come back as if they had been cancelled:
 * late ones are used, unless staff give all back. They are locked. Refuses with `membership_not_usable` (`reason`).
 */
export async function visitsFollowPlaces(
  tx: Tx,
  { chainId }: Scope,
  appointmentId: string,
  { had, wasAt, allBack }: { had: number; wasAt: Date; allBack: boolean },
  at: Date,
): Promise<void> {
  try {
    await sql`select membership_visits_follow_places(${chainId}, ${appointmentId}, ${had}, ${wasAt}, ${allBack}, ${at})`.execute(tx);
  } catch (error) {
    if (isSqlError(error) && error.code === 'HF014')
      throw new Problem('membership_not_usable', 409, 'No membership of this client covers so many places.', { reason: error.detail ?? '' });
    throw error;
  }
}

/** Its client moves it: visits that cancelling would use by now it uses also afterwards. Before it is moved. */
export async function keepLate(tx: Tx, { chainId }: Scope, appointmentId: string, at: Date): Promise<void> {
  await sql`
    update membership_visits v set late_from = ${at} from memberships m, appointments a
     where v.chain_id = ${chainId} and v.appointment_id = ${appointmentId} and v.status = 'reserved' and v.late_from is null and m.chain_id = v.chain_id
       and m.membership_id = v.membership_id and a.chain_id = v.chain_id and a.appointment_id = v.appointment_id
       and membership_visit_is_late(m.late_hours, null, a.starts_at, ${at})`.execute(tx);
}

/** Just cancelled: what came back at the moment that counts comes back, although it is a little later by now. */
export async function visitsAsOf(tx: Tx, { chainId }: Scope, appointmentId: string, countsFrom: Date, at: Date): Promise<void> {
  if (countsFrom.getTime() === at.getTime()) return;
  await sql`
    update membership_visits v set status = 'returned', because = 'cancelled' from memberships m, appointments a
     where v.chain_id = ${chainId} and v.appointment_id = ${appointmentId} and v.because = 'late_cancel' and v.changed_at = ${at} and m.chain_id = v.chain_id
       and m.membership_id = v.membership_id and a.chain_id = v.chain_id and a.appointment_id = v.appointment_id
       and not membership_visit_is_late(m.late_hours, v.late_from, a.starts_at, ${countsFrom})`.execute(tx);
}

/** Visits of one membership that are reserved for an appointment. */
export interface StakedVisits {
  readonly appointmentId: string;
  readonly membershipName: string;
  readonly visits: number;
  /** Cancelled later than so long before it starts, they are used; null: they always come back. */
  readonly lateHours: number | null;
  /** Cancelling uses them whenever it is: since they were moved late. */
  readonly isLate: boolean;
}

/** What cancelling these appointments would decide about: visits that are counted. Of a membership for a period as many as they like are left. */
export async function stakedVisits(
  q: Queryable,
  { chainId }: Pick<Scope, 'chainId'>,
  appointmentIds: readonly string[],
): Promise<readonly StakedVisits[]> {
  if (appointmentIds.length === 0) return [];
  const { rows } = await sql<StakedVisits>`
    select v.appointment_id "appointmentId", m.name "membershipName", count(*)::int visits, case when v.late_from is distinct from 'infinity' then m.late_hours end "lateHours",
           coalesce(v.late_from <> 'infinity', false) "isLate"
      from membership_visits v join memberships m on m.chain_id = v.chain_id and m.membership_id = v.membership_id
     where v.chain_id = ${chainId} and v.appointment_id = any(${[...appointmentIds]}::text[]) and v.status = 'reserved' and m.visits is not null
     group by v.appointment_id, m.membership_id, m.name, 4, 5 order by m.membership_id, 5`.execute(q);
  return rows;
}
