import { isSoft, localDay, type MoveBoard, type MoveRefusal } from '@holdfast/contract/move-rules';
import { rightMissing } from '../access/guard.ts';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { dayNumberOf, dayOfNumber } from '../schedule/local-day.ts';
import type { BookingRules } from './booking-rules.ts';
import { columnOf, hoursSince } from './calendar-column.ts';
import type { CalendarViewer } from './calendar-viewer.ts';
import type { BookingContext } from './context.ts';
import { freshRules } from './fresh-rules.ts';
import { areTheRules, occupyInstead, type TakenSpan, whatTakes } from './store-staff-changes.ts';

const TRIES = 4;

/** The column of the calendar where an appointment would stand, as the rule wants it. What else stands there only the database knows. */
export async function boardFor(
  ctx: BookingContext,
  viewer: CalendarViewer,
  rules: BookingRules,
  to: { staffId: string; startsAtMs: number; endsAtMs: number },
): Promise<MoveBoard> {
  const { timeZone } = rules.catalog.location;
  const board = {
    timeZone,
    nowMs: ctx.now().getTime(),
    appointments: [],
    blocks: [],
    may: { edit: viewer.place.rights.has('calendar.edit'), onlyStaffId: viewer.onlyStaffId ?? null },
  };
  if (!rules.catalog.staff.has(to.staffId)) return { ...board, staff: [] };
  const hours = await hoursSince(ctx, viewer.place.scope, rules, to.startsAtMs);
  const [first, last] = [localDay(timeZone, to.startsAtMs), localDay(timeZone, Math.max(to.startsAtMs, to.endsAtMs - 1))].map(dayNumberOf) as [
    number,
    number,
  ];
  const days = Array.from({ length: last - first + 1 }, (_, index) => dayOfNumber(first + index));
  return { ...board, staff: [columnOf(rules.catalog, hours, to.staffId, days)] };
}

/** The rule's refusal as an answer; `detail.reason` is the rule's own word. Undefined where staff insisted. */
export function refusalOf(refusal: MoveRefusal | undefined, outsideHours: boolean): Problem | undefined {
  if (!refusal) return undefined;
  if (isSoft(refusal)) {
    return outsideHours ? undefined : new Problem('outside_hours', 409, 'This is outside working hours.', { reason: refusal, which: refusal });
  }
  if (refusal === 'right_missing') return rightMissing('calendar.see_all');
  return new Problem('time_not_offered', 422, 'It cannot stand there.', { reason: refusal });
}

/** Takes the time for an appointment that has none or another one. Refuses with `time_taken` and what is there. */
export async function takeTime(tx: Tx, viewer: CalendarViewer, appointmentId: string, span: TakenSpan, at: Date): Promise<void> {
  const { scope } = viewer.place;
  if (await occupyInstead(tx, scope, appointmentId, span, at)) return;
  const there = await whatTakes(tx, scope, span, appointmentId);
  throw new Problem('time_taken', 409, 'Something else takes this time.', {
    reason: there && there.kind !== 'appointment' ? 'blocked' : 'time_taken',
    ...(there
      ? {
          by: there.kind,
          from: there.from.toISOString(),
          to: there.to.toISOString(),
          ...(there.kind === 'appointment' ? { appointmentId: there.id, clientName: there.clientName } : {}),
        }
      : {}),
  });
}

/** Runs a deed by the location's present rules; when they moved meanwhile, by the new ones. */
export async function byPresentRules<T>(
  ctx: BookingContext,
  viewer: CalendarViewer,
  prepare: (rules: BookingRules) => Promise<(tx: Tx) => Promise<T>>,
): Promise<T> {
  const { scope } = viewer.place;
  for (let again = 0; again < TRIES; again++) {
    // before the transaction: on a miss the rules are read, and that asks for a connection of its own
    const rules = await freshRules(ctx, scope);
    const deed = await prepare(rules);
    const done = await ctx.db.transaction(async (tx) =>
      (await areTheRules(tx, scope, rules.catalog.version)) ? { answer: await deed(tx) } : undefined,
    );
    if (done) return done.answer;
  }
  throw new Error(`the rules moved ${TRIES} times while an appointment was changed`);
}
