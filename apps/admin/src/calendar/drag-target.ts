import type { CalendarAppointment } from '@holdfast/contract/calendar';
import type { MoveTo } from '@holdfast/contract/move-rules';
import type { Column } from './board-columns.ts';
import { type AxisDay, axisMinuteOf, type DayAxis, snap } from './day-axis.ts';

/** What somebody has taken hold of. */
export type Grip =
  | {
      readonly kind: 'move';
      readonly appointment: CalendarAppointment /** axis minutes from its beginning to the pointer */;
      readonly grabbedAt: number;
    }
  | { readonly kind: 'resize'; readonly appointment: CalendarAppointment; readonly column: Column }
  | { readonly kind: 'create'; readonly column: Column; readonly anchor: number };

export interface Target extends MoveTo {
  readonly column: Column;
}

const MINUTE_MS = 60_000;

/** Where it would go if it were let go there. Moving keeps its length in real minutes, also over a change of the clocks. */
export function targetOf(grip: Grip, under: Column, axisMinute: number, axis: DayAxis, stepMinutes: number): Target {
  const stepMs = stepMinutes * MINUTE_MS;
  if (grip.kind === 'move') {
    const { appointment, grabbedAt } = grip;
    const startsAtMs = Math.min(snap(axis, under.day, axisMinute - grabbedAt, stepMinutes), under.day.endsAtMs - stepMs);
    const lasts = Date.parse(appointment.endsAt) - Date.parse(appointment.startsAt);
    const staffId = ownerOf(under, appointment.staffId);
    return { column: under, staffId, startsAtMs, endsAtMs: startsAtMs + lasts };
  }
  const { column } = grip;
  if (grip.kind === 'resize') {
    const startsAtMs = Date.parse(grip.appointment.startsAt);
    const endsAtMs = Math.max(snap(axis, column.day, axisMinute, stepMinutes), startsAtMs + stepMs);
    return { column, staffId: grip.appointment.staffId, startsAtMs, endsAtMs };
  }
  const [upper, lower] = [Math.min(grip.anchor, axisMinute), Math.max(grip.anchor, axisMinute)];
  const startsAtMs = Math.min(snap(axis, column.day, upper, stepMinutes, 'down'), column.day.endsAtMs - stepMs);
  const endsAtMs = Math.max(snap(axis, column.day, lower, stepMinutes), startsAtMs + stepMs);
  return { column, staffId: ownerOf(column, column.staff[0]?.id ?? ''), startsAtMs, endsAtMs };
}

export function sameTarget(one: MoveTo, two: MoveTo): boolean {
  return one.staffId === two.staffId && one.startsAtMs === two.startsAtMs && one.endsAtMs === two.endsAtMs;
}

/** Where the picture of a target stands in its column, in axis minutes. */
export function standsAt(axis: DayAxis, day: AxisDay, { startsAtMs, endsAtMs }: MoveTo): { from: number; to: number } {
  return { from: axisMinuteOf(axis, day, startsAtMs), to: axisMinuteOf(axis, day, endsAtMs) };
}

/** A column of the whole team is nobody's: what is dropped there stays whose it was. */
function ownerOf({ staff }: Column, otherwise: string): string {
  return staff.length === 1 ? (staff[0]?.id ?? otherwise) : otherwise;
}
