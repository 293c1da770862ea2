import type { EventDate } from '@holdfast/contract/events';
import { isSoft, whyNotThere } from '@holdfast/contract/move-rules';
import type { BookingRules } from '../booking/booking-rules.ts';
import type { CalendarViewer } from '../booking/calendar-viewer.ts';
import type { BookingContext } from '../booking/context.ts';
import { boardFor } from '../booking/take-time.ts';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { MINUTE_MS } from '../schedule/local-day.ts';
import { instantOf, wallClockOf } from './series-days.ts';
import { whatIsThere } from './store.ts';

/** One event that is to stand in a team member's column. */
export interface PlannedTime {
  readonly staffId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly busyFrom: Date;
  readonly busyTo: Date;
}

export interface PlannedWish {
  readonly serviceId: string;
  readonly staffId: string;
  readonly atMinute: number;
  readonly durationMinutes: number;
}

/** With the buffers of its service. Refuses (`time_not_offered`) what is no event's service, or what this team member does not do. */
export function timesOn(rules: BookingRules, wish: PlannedWish, days: readonly string[]): readonly PlannedTime[] {
  const { catalog } = rules;
  const service = catalog.services.get(wish.serviceId);
  const offer = catalog.offers.get(wish.staffId)?.get(wish.serviceId);
  const refuse = (reason: string) => new Problem('time_not_offered', 422, 'Such an event cannot be made.', { reason, serviceId: wish.serviceId });
  if (service?.kind !== 'event') throw refuse('no_event_service');
  if (service.archived) throw refuse('archived');
  if (!offer) throw refuse('does_not_do_it');
  return days.map((day) => {
    const startsAt = instantOf(catalog.location.timeZone, day, wish.atMinute);
    const endsAt = new Date(startsAt.getTime() + wish.durationMinutes * MINUTE_MS);
    return { staffId: wish.staffId, startsAt, endsAt, ...busyWith(offer, startsAt, endsAt) };
  });
}

function busyWith(offer: { bufferBeforeMinutes: number; bufferAfterMinutes: number }, startsAt: Date, endsAt: Date) {
  return {
    busyFrom: new Date(startsAt.getTime() - offer.bufferBeforeMinutes * MINUTE_MS),
    busyTo: new Date(endsAt.getTime() + offer.bufferAfterMinutes * MINUTE_MS),
  };
}

/** What each of these times would meet: working hours by the rules, other things by the database. `own`: events that give up their time for it. */
export async function planDates(
  ctx: BookingContext,
  viewer: CalendarViewer,
  rules: BookingRules,
  { serviceId, times, own = [], q = ctx.db.read }: { serviceId: string; times: readonly PlannedTime[]; own?: readonly string[]; q?: Queryable },
): Promise<readonly EventDate[]> {
  const { timeZone } = rules.catalog.location;
  const there = await whatIsThere(q, viewer, times, own);
  const dates: EventDate[] = [];
  for (const [index, time] of times.entries()) {
    const [startsAtMs, endsAtMs] = [time.startsAt.getTime(), time.endsAt.getTime()];
    const place = {
      staffId: time.staffId,
      startsAtMs,
      endsAtMs,
      busyFromMs: time.busyFrom.getTime(),
      busyToMs: time.busyTo.getTime(),
      serviceIds: [serviceId],
    };
    const why = whyNotThere(place, await boardFor(ctx, viewer, rules, place));
    const by = there.get(index) ?? null;
    const refusal =
      why !== undefined && !isSoft(why) ? why : by ? (by.kind === 'appointment' ? ('time_taken' as const) : ('blocked' as const)) : (why ?? null);
    dates.push({
      day: wallClockOf(timeZone, time.startsAt).day,
      startsAt: time.startsAt.toISOString(),
      endsAt: time.endsAt.toISOString(),
      refusal,
      soft: refusal !== null && isSoft(refusal),
      by,
    });
  }
  return dates;
}

/** Refuses all of it where one date cannot be; which of them, and what is there, is in the answer. Nothing is made by half. */
export function refuseDates(dates: readonly EventDate[], outsideHours: boolean): void {
  const hard = dates.filter(({ refusal, soft }) => refusal !== null && !soft);
  if (hard.length > 0) {
    const [first] = hard;
    const raced = hard.some(({ refusal }) => refusal === 'time_taken' || refusal === 'blocked');
    throw new Problem(raced ? 'time_taken' : 'time_not_offered', raced ? 409 : 422, 'It cannot stand there.', {
      reason: first?.refusal,
      dates: hard,
    });
  }
  const outside = dates.filter(({ refusal }) => refusal !== null);
  if (outside.length === 0 || outsideHours) return;
  throw new Problem('outside_hours', 409, 'This is outside working hours.', {
    reason: outside[0]?.refusal,
    which: outside[0]?.refusal,
    dates: outside,
  });
}
