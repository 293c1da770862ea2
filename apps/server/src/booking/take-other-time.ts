import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { whyNotOffered } from '../schedule/explain-time.ts';
import type { BookingRules } from './booking-rules.ts';
import { type Deal, dealsFor } from './deal.ts';
import { type AppointmentRow, lockResources, moveAppointment } from './store.ts';
import { occupyInstead } from './store-staff-changes.ts';

export interface OtherTime {
  readonly rules: BookingRules;
  readonly appointment: Pick<AppointmentRow, 'appointmentId' | 'staffId' | 'services' | 'startsAt' | 'endsAt' | 'priceMinMinor' | 'priceMaxMinor'>;
  /** Null: any team member. */
  readonly staffId: string | null;
  readonly startsAt: Date;
  readonly at: Date;
}

/**
 * Who could do the same visit then, as it was agreed: at its price and of its length. Refuses by the rules alone: `time_not_offered` (with the reason),
 * `quote_changed` where it would be another visit. Whether the time is free only the database knows.
 */
export function dealsThen({ rules, appointment, staffId, startsAt, at }: OtherTime): readonly Deal[] {
  if (staffId === null && !rules.catalog.location.anyStaff) {
    throw new Problem('time_not_offered', 422, 'A team member has to be chosen here.', { line: 0, reason: 'choose_staff' });
  }
  const serviceIds = appointment.services.map((one) => one.serviceId);
  let why = 'not_offered';
  const able = dealsFor(rules, staffId, serviceIds).filter((deal) => {
    const reason = whyNotOffered({ catalog: rules.catalog, hours: rules.hours, staffId: deal.staffId, serviceIds, startsAt, now: at });
    if (reason) why = reason;
    return !reason;
  });
  if (able.length === 0) throw new Problem('time_not_offered', 422, 'This time cannot be booked.', { line: 0, reason: why });
  const length = appointment.endsAt.getTime() - appointment.startsAt.getTime();
  const same = able.filter(
    (deal) => deal.priceMinMinor === appointment.priceMinMinor && deal.priceMaxMinor === appointment.priceMaxMinor && deal.time.lengthMs === length,
  );
  if (same.length === 0)
    throw new Problem('quote_changed', 409, 'With this team member it costs something else, or takes another time, than was agreed.');
  return same;
}

/** Gives up the appointment's time, if it has one, and takes another; its money and its price go along. Refuses as {@link dealsThen}, and with `time_taken`. */
export async function takeOtherTime(tx: Tx, scope: Scope, wish: OtherTime): Promise<Deal> {
  const { appointment, startsAt, at } = wish;
  const deals = dealsThen(wish);
  const staffIds = [appointment.staffId, ...deals.map(({ staffId }) => staffId)];
  await lockResources(tx, scope.chainId, staffIds);
  for (const deal of deals) {
    const endsAt = new Date(startsAt.getTime() + deal.time.lengthMs);
    const busyFrom = new Date(startsAt.getTime() - deal.time.beforeMs);
    const busyTo = new Date(endsAt.getTime() + deal.time.afterMs);
    const { staffId } = deal;
    if (await occupyInstead(tx, scope, appointment.appointmentId, { staffId, busyFrom, busyTo, freesAt: undefined }, at)) {
      await moveAppointment(tx, scope, appointment.appointmentId, { staffId, startsAt, endsAt, busyFrom, busyTo }, at);
      return deal;
    }
  }
  throw new Problem('time_taken', 409, 'Someone else has just taken this time.', { line: 0 });
}
