import type { MoveBoard } from '@holdfast/contract/move-rules';
import type { Scope } from '../access/scope.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { type Hours, hoursOn, type MinuteSpan } from '../schedule/hours.ts';
import { DAY_MS, dayNumberOf, weekdayOf } from '../schedule/local-day.ts';
import { readHours } from '../schedule/read-hours.ts';
import type { BookingRules } from './booking-rules.ts';
import type { BookingContext } from './context.ts';

type Column = MoveBoard['staff'][number];

/** A team member as the rule for moving looks at them: the same on the board and here. */
export function columnOf(catalog: Catalog, hours: Hours, staffId: string, days: readonly string[]): Column {
  return {
    id: staffId,
    archived: catalog.staff.get(staffId)?.archived ?? true,
    hours: days.map((day) => {
      const { works, breaks } = hoursOn(hours, staffId, day, weekdayOf(dayNumberOf(day)));
      return { day, works: written(works), breaks: written(breaks) };
    }),
    serviceIds: [...(catalog.offers.get(staffId)?.keys() ?? [])].filter((id) => catalog.services.get(id)?.archived === false),
  };
}

/** Working hours from that moment on; what is remembered begins the day before yesterday. */
export async function hoursSince(ctx: Pick<BookingContext, 'db' | 'now'>, scope: Scope, rules: BookingRules, fromMs: number): Promise<Hours> {
  return fromMs < ctx.now().getTime() - DAY_MS ? readHours(ctx.db.read, scope, new Date(fromMs)) : rules.hours;
}

function written(spans: readonly MinuteSpan[]) {
  return spans.map(([from, to]) => ({ from, to }));
}
