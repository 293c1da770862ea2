import type { EventDates, EventWish } from '@holdfast/contract/events';
import { MOST_DATES } from '@holdfast/contract/events';
import { noteAudit } from '../access/note-audit.ts';
import type { CalendarViewer } from '../booking/calendar-viewer.ts';
import type { BookingContext } from '../booking/context.ts';
import { freshRules } from '../booking/fresh-rules.ts';
import { byPresentRules } from '../booking/take-time.ts';
import type { Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { type PlannedTime, planDates, refuseDates, timesOn } from './plan-dates.ts';
import { daysOf } from './series-days.ts';
import { insertEvent, insertSeries } from './store.ts';

/** What making these would meet, date by date. Changes nothing. */
export async function foreseeDates(ctx: BookingContext, viewer: CalendarViewer, wish: EventWish): Promise<EventDates> {
  const rules = await freshRules(ctx, viewer.place.scope);
  const times = timesOn(rules, wish, wishedDays(wish));
  return { dates: [...(await planDates(ctx, viewer, rules, { serviceId: wish.serviceId, times }))] };
}

/**
 * One event, or a series by a rule in local time: all of its dates or none. Days that are to be left out are named in the rule (`except`). Answers their ids. Refuses
 * with `time_taken` and `outside_hours` (each with the dates it is about), `time_not_offered`, `right_missing`.
 */
export async function makeEvents(ctx: BookingContext, viewer: CalendarViewer, wish: EventWish): Promise<readonly string[]> {
  const { scope } = viewer.place;
  const days = wishedDays(wish);
  return byPresentRules(ctx, viewer, async (rules) => {
    const times = timesOn(rules, wish, days);
    refuseDates(await planDates(ctx, viewer, rules, { serviceId: wish.serviceId, times }), wish.outsideHours);
    return async (tx) => {
      const at = ctx.now();
      const seriesId = wish.repeat ? ctx.newId('ser') : null;
      if (wish.repeat && seriesId) {
        const { every, interval, weekdays, except } = wish.repeat;
        const lastDay = days.at(-1) ?? wish.day;
        const series = { seriesId, serviceId: wish.serviceId, rule: { every, interval, weekdays }, firstDay: wish.day, lastDay, except };
        await insertSeries(tx, scope, series, at);
      }
      const made = await insertAll(tx, ctx, viewer, rules, { ...wish, seriesId }, times, at);
      const { serviceId, staffId, title, capacity, repeat } = wish;
      await noteAudit(tx, ctx, viewer.who, {
        action: 'event.created',
        subject: seriesId ? { kind: 'event_series', id: seriesId } : { kind: 'event', id: made[0] ?? '' },
        locationId: scope.locationId,
        after: { serviceId, staffId, title, capacity, startsAt: times.map(({ startsAt }) => startsAt.toISOString()), ...(repeat ? { repeat } : {}) },
      });
      return made;
    };
  });
}

type Made = Pick<EventWish, 'serviceId' | 'title' | 'description' | 'capacity'> & { readonly seriesId: string | null };

/** All of these, or a refusal that says which of them found something in its place since it was looked. */
export async function insertAll(
  tx: Tx,
  ctx: BookingContext,
  viewer: CalendarViewer,
  rules: Parameters<typeof planDates>[2],
  made: Made,
  times: readonly PlannedTime[],
  at: Date,
): Promise<readonly string[]> {
  const { scope } = viewer.place;
  const ids: string[] = [];
  for (const time of times) {
    const eventId = ctx.newId('evt');
    if (!(await insertEvent(tx, scope, { ...made, ...time, eventId }, at))) {
      refuseDates(await planDates(ctx, viewer, rules, { serviceId: made.serviceId, times, own: ids, q: tx }), true);
      throw new Problem('time_taken', 409, 'Something else takes this time.', { reason: 'blocked' });
    }
    await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'event.made', subjectId: eventId, payload: { by: 'staff' }, at });
    ids.push(eventId);
  }
  return ids;
}

function wishedDays({ day, repeat }: EventWish): readonly string[] {
  const days = daysOf(day, repeat);
  if (days.length === 0) throw new Problem('invalid_request', 400, 'No day is left.', { fields: [{ field: 'repeat.except' }] });
  if (days.length > MOST_DATES) {
    throw new Problem('invalid_request', 400, `At most ${MOST_DATES} at once: extend the series later.`, { fields: [{ field: 'repeat.until' }] });
  }
  return days;
}
