import type { EventChange, EventTime, WhichEvents } from '@holdfast/contract/events';
import { differences, noteAudit } from '../access/note-audit.ts';
import type { BookingRules } from '../booking/booking-rules.ts';
import type { CalendarViewer } from '../booking/calendar-viewer.ts';
import type { BookingContext } from '../booking/context.ts';
import { lockPlaces, movePlaces } from '../booking/move-places.ts';
import { byPresentRules } from '../booking/take-time.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { dayNumberOf, dayOfNumber } from '../schedule/local-day.ts';
import { type PlannedTime, planDates, refuseDates, timesOn } from './plan-dates.ts';
import { wallClockOf } from './series-days.ts';
import { type EventRow, eventById, giveUpTime, openOfSeries, shiftSeries, takeSpan, updateEvent } from './store.ts';

const TRIES = 5;
class SomebodyBooked extends Error {}

/**
 * Another time, person, number of places or other words, for one event or for those of its series. Who has places keeps them, and is told of another time. All of the
 * events or none. Refuses with `changed_meanwhile`, `more_than_left` (fewer places than are taken: how many), `time_taken` and `outside_hours` (with the dates),
 * `time_not_offered`, `step_not_allowed`, `not_found`.
 */
export async function changeEvent(ctx: BookingContext, viewer: CalendarViewer, eventId: string, wish: EventChange): Promise<void> {
  for (let again = 0; ; again++) {
    try {
      return await change(ctx, viewer, eventId, wish);
    } catch (error) {
      if (!(error instanceof SomebodyBooked) || again >= TRIES) throw error;
    }
  }
}

/** What a drag on the calendar does. */
export async function moveEvent(ctx: BookingContext, viewer: CalendarViewer, eventId: string, to: EventTime): Promise<void> {
  const row = await seenRow(ctx, viewer, eventId);
  const rules = await ctx.rules.get(viewer.place.scope);
  const { title, description, capacity } = row;
  const when = wallClockOf(rules?.catalog.location.timeZone ?? 'UTC', new Date(to.startsAt));
  const { version, staffId, durationMinutes, outsideHours } = to;
  await changeEvent(ctx, viewer, eventId, { version, which: 'this', staffId, title, description, capacity, durationMinutes, outsideHours, ...when });
}

async function change(ctx: BookingContext, viewer: CalendarViewer, eventId: string, wish: EventChange): Promise<void> {
  const { scope } = viewer.place;
  await byPresentRules(ctx, viewer, async (rules) => {
    const seen = await seenRow(ctx, viewer, eventId);
    refuseStale(seen, wish.version);
    const events = await concerned(ctx, viewer, seen, wish.which);
    const ids = events.map((one) => one.eventId);
    const moved = new Map(events.map((one) => [one.eventId, timeFor(rules, seen, one, wish)]));
    const others = events.filter((one) => !sameTime(one, moved.get(one.eventId)));
    const times = others.map((one) => moved.get(one.eventId) as PlannedTime);
    refuseDates(await planDates(ctx, viewer, rules, { serviceId: seen.serviceId, times, own: ids }), wish.outsideHours);
    return async (tx) => {
      const at = ctx.now();
      const taken = await lockPlaces(tx, scope, ids);
      if (!taken) throw new SomebodyBooked();
      for (const before of events) {
        const now = await eventById(tx, scope, before.eventId);
        if (!now || now.revision !== before.revision) throw changedMeanwhile();
        const inUse = now.placesTaken + now.placesOffered;
        if (wish.capacity < inUse) {
          throw new Problem('more_than_left', 409, 'More places than that are taken.', {
            placesTaken: inUse,
            eventId: now.eventId,
            startsAt: now.startsAt.toISOString(),
          });
        }
      }
      await giveUpTime(
        tx,
        scope,
        others.map((one) => one.eventId),
      );
      const shift = dayNumberOf(wish.day) - dayNumberOf(wallClockOf(rules.catalog.location.timeZone, seen.startsAt).day);
      if (seen.seriesId && wish.which !== 'this' && shift !== 0) await shiftSeries(tx, scope, seen.seriesId, shift, at);
      for (const before of events) {
        const time = moved.get(before.eventId) ?? before;
        const anew = !sameTime(before, time);
        if (anew && !(await takeSpan(tx, scope, before.eventId, time, at))) {
          refuseDates(await planDates(ctx, viewer, rules, { serviceId: seen.serviceId, times, own: ids, q: tx }), true);
          throw new Problem('time_taken', 409, 'Something else takes this time.', { reason: 'blocked' });
        }
        const after = { ...time, title: wish.title, description: wish.description, capacity: wish.capacity };
        const differ = differences(summary(before), summary(after));
        if (Object.keys(differ.after).length === 0) continue;
        await updateEvent(tx, scope, before.eventId, after, at);
        const staffName = rules.catalog.staff.get(time.staffId)?.name ?? '';
        const theirs = taken.filter((one) => one.eventId === before.eventId);
        if (anew) await movePlaces(tx, ctx, scope, viewer.who, theirs, { ...time, staffName }, at);
        await noteAudit(tx, ctx, viewer.who, {
          action: 'event.changed',
          subject: { kind: 'event', id: before.eventId },
          locationId: scope.locationId,
          ...differ,
        });
        await tell(tx, scope.chainId, {
          id: ctx.newId('out'),
          topic: 'event.changed',
          subjectId: before.eventId,
          payload: { by: 'staff', ...differ },
          at,
        });
      }
    };
  });
}

/** An open event that this viewer sees and may still change. */
export async function seenRow(ctx: BookingContext, viewer: CalendarViewer, eventId: string): Promise<EventRow> {
  const row = await eventById(ctx.db.read, viewer.place.scope, eventId);
  if (!row || (viewer.onlyStaffId !== undefined && row.staffId !== viewer.onlyStaffId))
    throw new Problem('not_found', 404, 'There is no such event.');
  if (row.status !== 'open') throw new Problem('step_not_allowed', 409, 'This event is cancelled.', { reason: 'cancelled' });
  return row;
}

export function refuseStale(row: EventRow, version: number): void {
  if (row.revision !== version) throw changedMeanwhile();
}

function changedMeanwhile(): Problem {
  return new Problem('changed_meanwhile', 409, 'Somebody else has changed this event.');
}

/** The event itself first. What has begun is left as it was. */
export async function concerned(ctx: BookingContext, viewer: CalendarViewer, seen: EventRow, which: WhichEvents): Promise<readonly EventRow[]> {
  if (which === 'this' || !seen.seriesId) return [seen];
  const { scope } = viewer.place;
  const from = which === 'all' || seen.startsAt < ctx.now() ? ctx.now() : seen.startsAt;
  const others = await openOfSeries(ctx.db.read, scope, seen.seriesId, from);
  return [seen, ...others.filter((one) => one.eventId !== seen.eventId && (viewer.onlyStaffId === undefined || one.staffId === viewer.onlyStaffId))];
}

/** As many days earlier or later as the one that was changed, at the same minute of the wall clock, whatever daylight saving does in between. */
function timeFor(rules: BookingRules, seen: EventRow, one: EventRow, wish: EventChange): PlannedTime {
  const { timeZone } = rules.catalog.location;
  const was = wallClockOf(timeZone, seen.startsAt);
  const sameWall = was.day === wish.day && was.atMinute === wish.atMinute;
  const lengthMs = one.endsAt.getTime() - one.startsAt.getTime();
  // what keeps its time and person keeps it to the minute, also what was moved by itself before
  const keeps = sameWall && seen.staffId === wish.staffId && wish.durationMinutes * 60_000 === seen.endsAt.getTime() - seen.startsAt.getTime();
  if (keeps) return one;
  const its = wallClockOf(timeZone, one.startsAt);
  const day = dayOfNumber(dayNumberOf(its.day) + dayNumberOf(wish.day) - dayNumberOf(was.day));
  const atMinute = sameWall ? its.atMinute : wish.atMinute;
  const durationMinutes = one === seen ? wish.durationMinutes : keepsLength(seen, wish) ? lengthMs / 60_000 : wish.durationMinutes;
  const staffId = one === seen || wish.staffId !== seen.staffId ? wish.staffId : one.staffId;
  const [time] = timesOn(rules, { serviceId: one.serviceId, staffId, atMinute, durationMinutes }, [day]);
  return time as PlannedTime;
}

function keepsLength(seen: EventRow, { durationMinutes }: EventChange): boolean {
  return durationMinutes * 60_000 === seen.endsAt.getTime() - seen.startsAt.getTime();
}

function sameTime(one: PlannedTime, other: PlannedTime | undefined): boolean {
  return (
    other !== undefined &&
    one.staffId === other.staffId &&
    one.startsAt.getTime() === other.startsAt.getTime() &&
    one.endsAt.getTime() === other.endsAt.getTime()
  );
}

function summary({ staffId, startsAt, endsAt, title, description, capacity }: PlannedTime & Pick<EventRow, 'title' | 'description' | 'capacity'>) {
  return { staffId, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), title, description, capacity };
}
