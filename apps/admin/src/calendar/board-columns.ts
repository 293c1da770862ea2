import type { Calendar, CalendarAppointment } from '@holdfast/contract/calendar';
import { type AxisDay, axisMinuteOf, type DayAxis, wallToAxis } from './day-axis.ts';
import { type Lane, overlapLanes } from './overlap-lanes.ts';

export type View = 'day' | 'week';
export type TeamMember = Calendar['staff'][number];

/** From, to in axis minutes. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface PlacedAppointment extends Stretch, Lane {
  readonly appointment: CalendarAppointment;
  readonly busyFrom: number;
  readonly busyTo: number;
}

/** One column of the board: a team member's day, or in the week of the whole team a day. */
export interface Column {
  readonly key: string;
  readonly day: AxisDay;
  readonly staff: readonly TeamMember[];
  readonly works: readonly Stretch[];
  readonly breaks: readonly Stretch[];
  readonly blocked: readonly (Stretch & { readonly kind: 'break' | 'event' })[];
  readonly placed: readonly PlacedAppointment[];
}

/** What a column is made of. The same parts make the same column, so a column that nothing happened to is not drawn anew. */
interface Parts {
  readonly axis: DayAxis;
  readonly day: AxisDay;
  readonly staff: readonly TeamMember[];
  readonly appointments: readonly CalendarAppointment[];
  readonly blocks: Calendar['blocks'];
}

/** Makes the columns of one board after the other, and gives back those that have not changed. */
export function columnMaker() {
  let kept = new Map<string, { parts: Parts; column: Column }>();
  return (board: Calendar, axis: DayAxis, view: View, shown: readonly TeamMember[]): readonly Column[] => {
    const wanted = view === 'day' ? shown.map((one) => ({ day: axis.days[0], staff: [one] })) : axis.days.map((day) => ({ day, staff: shown }));
    const next: typeof kept = new Map();
    const columns = wanted.flatMap(({ day, staff }) => {
      if (!day) return [];
      const ids = new Set(staff.map(({ id }) => id));
      const inDay = (from: string, to: string) => Date.parse(from) < day.endsAtMs && Date.parse(to) > day.startsAtMs;
      const parts: Parts = {
        axis,
        day,
        staff,
        appointments: board.appointments.filter((one) => ids.has(one.staffId) && inDay(one.startsAt, one.endsAt)),
        blocks: board.blocks.filter((one) => ids.has(one.staffId) && inDay(one.from, one.to)),
      };
      const key = `${day.day} ${view === 'day' ? staff[0]?.id : ''}`;
      const before = kept.get(key);
      const column = before && sameParts(before.parts, parts) ? before.column : makeColumn(key, parts);
      next.set(key, { parts, column });
      return [column];
    });
    kept = next;
    return columns;
  };
}

function sameParts(one: Parts, two: Parts): boolean {
  return (
    one.axis === two.axis &&
    one.day === two.day &&
    same(one.staff, two.staff) &&
    same(one.appointments, two.appointments) &&
    same(one.blocks, two.blocks)
  );
}

function same(one: readonly unknown[], two: readonly unknown[]): boolean {
  return one.length === two.length && one.every((each, index) => each === two[index]);
}

function makeColumn(key: string, { axis, day, staff, appointments, blocks }: Parts): Column {
  const at = (instant: string) => axisMinuteOf(axis, day, Date.parse(instant));
  const hours = staff.flatMap((one) => one.hours.filter((those) => those.day === day.day));
  const onAxis = (spans: readonly { from: number; to: number }[]) =>
    spans
      .map(({ from, to }) => ({ from: wallToAxis(axis, from), to: Math.min(axis.length, wallToAxis(axis, to)) }))
      .filter(({ from, to }) => from < to);
  const spans = appointments.map((one) => ({ id: one.id, from: at(one.startsAt), to: at(one.endsAt) }));
  const lanes = overlapLanes(spans);
  const placed = appointments.map((appointment, index): PlacedAppointment => {
    const { id, from, to } = spans[index] as (typeof spans)[number];
    const lane = lanes.get(id) ?? { lane: 0, lanes: 1 };
    return { appointment, from, to, busyFrom: at(appointment.busyFrom), busyTo: at(appointment.busyTo), ...lane };
  });
  return {
    key,
    day,
    staff,
    works: joined(onAxis(hours.flatMap(({ works }) => works))),
    // one person's break says nothing about the whole team's day
    breaks: staff.length === 1 ? joined(onAxis(hours.flatMap(({ breaks }) => breaks))) : [],
    blocked: staff.length === 1 ? blocks.map(({ kind, from, to }) => ({ kind, from: at(from), to: at(to) })) : [],
    placed: placed.sort((a, b) => a.from - b.from || a.lane - b.lane),
  };
}

/** In order, and those that overlap or touch as one. */
export function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const found: { from: number; to: number }[] = [];
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else found.push({ from, to });
  }
  return found;
}
