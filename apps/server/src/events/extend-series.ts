import { MOST_DATES, type SeriesExtension } from '@holdfast/contract/events';
import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { CalendarViewer } from '../booking/calendar-viewer.ts';
import type { BookingContext } from '../booking/context.ts';
import { byPresentRules } from '../booking/take-time.ts';
import { Problem } from '../kit/problem.ts';
import { insertAll } from './make-events.ts';
import { planDates, refuseDates, timesOn } from './plan-dates.ts';
import { daysAfter, wallClockOf } from './series-days.ts';
import { type EventRow, eventsBetween, seriesById } from './store.ts';

/**
 * A series goes on by its rule: what is made now is like its last event (time, team member, places, words). All of the days or none. Answers the ids. Refuses with
 * `not_found`, `time_taken` and `outside_hours` (each with the dates it is about), `invalid_request`.
 */
export async function extendSeries(ctx: BookingContext, viewer: CalendarViewer, seriesId: string, wish: SeriesExtension): Promise<readonly string[]> {
  const { scope } = viewer.place;
  return byPresentRules(ctx, viewer, async (rules) => {
    const series = await seriesById(ctx.db.read, scope, seriesId);
    const like = series && (await lastOf(ctx, viewer, seriesId));
    if (!series || !like) throw new Problem('not_found', 404, 'There is no such series.');
    const days = daysAfter(series.firstDay, series.rule, { after: series.lastDay, until: wish.until }).filter((day) => !wish.except.includes(day));
    if (days.length === 0 || days.length > MOST_DATES) {
      throw new Problem('invalid_request', 400, days.length === 0 ? 'No day is added by that.' : `At most ${MOST_DATES} at once.`, {
        fields: [{ field: 'until' }],
      });
    }
    const { atMinute } = wallClockOf(rules.catalog.location.timeZone, like.startsAt);
    const durationMinutes = (like.endsAt.getTime() - like.startsAt.getTime()) / 60_000;
    const times = timesOn(rules, { ...like, atMinute, durationMinutes }, days);
    refuseDates(await planDates(ctx, viewer, rules, { serviceId: series.serviceId, times }), wish.outsideHours);
    return async (tx) => {
      const at = ctx.now();
      // who extends it at the same time finds it longer already
      const { rows } = await sql`
        update event_series set last_day = ${days.at(-1)}, except_days = except_days || ${[...wish.except]}::date[], changed_at = ${at}
         where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and series_id = ${seriesId} and last_day = ${series.lastDay} returning 1`.execute(
        tx,
      );
      if (rows.length === 0) throw new Problem('changed_meanwhile', 409, 'Somebody has just extended it.');
      const made = await insertAll(tx, ctx, viewer, rules, { ...like, seriesId }, times, at);
      await noteAudit(tx, ctx, viewer.who, {
        action: 'event.series_extended',
        subject: { kind: 'event_series', id: seriesId },
        locationId: scope.locationId,
        before: { lastDay: series.lastDay },
        after: { lastDay: days.at(-1), events: made.length },
      });
      return made;
    };
  });
}

async function lastOf(ctx: BookingContext, viewer: CalendarViewer, seriesId: string): Promise<EventRow | undefined> {
  const all = await eventsBetween(ctx.db.read, viewer.place.scope, { from: new Date(0), to: new Date(8.64e15 / 4), staffId: viewer.onlyStaffId });
  const theirs = all.filter((one) => one.seriesId === seriesId);
  return theirs.findLast((one) => one.status === 'open') ?? theirs.at(-1);
}
