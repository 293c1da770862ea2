import type { Calendar, CalendarAppointment } from './calendar.ts';

// What both sides decide by: the board refuses a drag with the reason, the server refuses the change by the same rule, and the database has the
// last word on what can be raced. No zod here, because browsers run this.

/** Why an appointment cannot stand there. */
export const moveRefusals = [
  'right_missing', // their role does not allow it, or it is somebody else's column
  'over', // cancelled, expired or a no-show: undo or restore it first
  'payment_in_progress', // the client is paying for it just now (A11)
  'has_arrived', // the client is here: the visit stays on its day
  'in_the_past', // more than a day back
  'too_far', // more than two years ahead
  'too_long', // longer than a day can hold
  'archived', // the team member does not work here any more
  'does_not_do_it', // the team member does not do one of the services
  'time_taken', // another appointment is there, with its buffers
  'blocked', // a dated break or an event is there
  'in_break', // soft, like the rest
  'day_off',
  'before_hours',
  'after_hours',
] as const;
export type MoveRefusal = (typeof moveRefusals)[number];

/** These may be done all the same by staff who say that they mean it (`outsideHours: true`). */
export const softRefusals = ['in_break', 'day_off', 'before_hours', 'after_hours'] as const satisfies readonly MoveRefusal[];
export type SoftRefusal = (typeof softRefusals)[number];

export function isSoft(refusal: MoveRefusal): refusal is SoftRefusal {
  return (softRefusals as readonly MoveRefusal[]).includes(refusal);
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** What has begun may still be written down, or moved a little, for a day. */
export const WRITTEN_DOWN_LATE_MS = DAY_MS;
export const FURTHEST_AHEAD_MS = 731 * DAY_MS;
/** With buffers; a row of `occupancy` is at most that long. */
export const LONGEST_BUSY_MS = 26 * 60 * MINUTE_MS;
/** A time whose hold has run out is really free so much later (A8). */
const GRACE_MS = 60_000;

/** What of the calendar's answer the rule looks at. Days that are not in `hours` are not judged here: the server does. */
export interface MoveBoard {
  readonly timeZone: string;
  readonly nowMs: number;
  readonly staff: readonly Pick<Calendar['staff'][number], 'id' | 'archived' | 'serviceIds' | 'hours'>[];
  readonly appointments: readonly Pick<CalendarAppointment, 'id' | 'staffId' | 'status' | 'busyFrom' | 'busyTo' | 'holdExpiresAt'>[];
  readonly blocks: Calendar['blocks'];
  /** `onlyStaffId`: without calendar.see_all, the team member they are; null: everybody's column. */
  readonly may: { readonly edit: boolean; readonly onlyStaffId: string | null };
}

export interface MoveTo {
  readonly staffId: string;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
}

export type MovedAppointment = Pick<
  CalendarAppointment,
  'id' | 'staffId' | 'status' | 'startsAt' | 'endsAt' | 'busyFrom' | 'busyTo' | 'serviceIds' | 'payment'
>;

/**
 * Undefined: it may be moved there (or resized). Hard refusals come before soft ones, so who is told a soft one may insist. The buffers before
 * and after go along, and so does the money.
 */
export function whyNotMove(appointment: MovedAppointment, to: MoveTo, board: MoveBoard): MoveRefusal | undefined {
  if (!mayEdit(board, appointment.staffId)) return 'right_missing';
  const locked = lockedBecause(appointment, board.nowMs);
  if (locked) return locked;
  const startedAtMs = Date.parse(appointment.startsAt);
  const same = startedAtMs === to.startsAtMs;
  if (appointment.status === 'arrived' && !same && localDay(board.timeZone, startedAtMs) !== localDay(board.timeZone, to.startsAtMs))
    return 'has_arrived';
  return whyNotThere(
    {
      ...to,
      busyFromMs: to.startsAtMs - (startedAtMs - Date.parse(appointment.busyFrom)),
      busyToMs: to.endsAtMs + (Date.parse(appointment.busyTo) - Date.parse(appointment.endsAt)),
      appointmentId: appointment.id,
      // whoever does it already goes on doing it, whatever the catalogue says by now
      serviceIds: to.staffId === appointment.staffId ? [] : appointment.serviceIds,
      startKept: same,
      theirs: to.staffId === appointment.staffId,
    },
    board,
  );
}

export interface WishedPlace extends MoveTo {
  readonly busyFromMs: number;
  readonly busyToMs: number;
  readonly serviceIds: readonly string[];
  /** The appointment that is moved or changed; left out: a new one. */
  readonly appointmentId?: string;
  /** It begins when it did: what is past already is no reason to refuse a change. */
  readonly startKept?: boolean;
  /** It is this team member's already: that they have left meanwhile is no reason either. */
  readonly theirs?: boolean;
}

/** Undefined: an appointment, new or changed, may stand there. */
export function whyNotThere(place: WishedPlace, board: MoveBoard): MoveRefusal | undefined {
  const { staffId, startsAtMs, endsAtMs, busyFromMs, busyToMs } = place;
  if (!mayEdit(board, staffId)) return 'right_missing';
  if (!place.startKept && startsAtMs < board.nowMs - WRITTEN_DOWN_LATE_MS) return 'in_the_past';
  if (startsAtMs > board.nowMs + FURTHEST_AHEAD_MS) return 'too_far';
  if (endsAtMs <= startsAtMs || busyToMs - busyFromMs > LONGEST_BUSY_MS) return 'too_long';
  const person = board.staff.find(({ id }) => id === staffId);
  if (!person) return 'does_not_do_it';
  if (!place.serviceIds.every((id) => person.serviceIds.includes(id))) return 'does_not_do_it';
  if (person.archived && !place.theirs) return 'archived';
  if (whoIsThere(place, board)) return 'time_taken';
  const meets = ({ from, to }: { from: string; to: string }) => Date.parse(from) < busyToMs && busyFromMs < Date.parse(to);
  if (board.blocks.some((block) => block.staffId === staffId && meets(block))) return 'blocked';
  return outsideHours(person.hours, place, board.timeZone);
}

/** The appointment in whose time this would stand. */
export function whoIsThere(
  { staffId, busyFromMs, busyToMs, appointmentId }: Pick<WishedPlace, 'staffId' | 'busyFromMs' | 'busyToMs' | 'appointmentId'>,
  { appointments, nowMs }: Pick<MoveBoard, 'appointments' | 'nowMs'>,
): MoveBoard['appointments'][number] | undefined {
  return appointments.find(
    (one) =>
      one.staffId === staffId &&
      one.id !== appointmentId &&
      one.status !== 'cancelled' &&
      one.status !== 'expired' &&
      !hasRunOut(one, nowMs) &&
      Date.parse(one.busyFrom) < busyToMs &&
      busyFromMs < Date.parse(one.busyTo),
  );
}

/** Why time, services and price cannot be changed now, wherever it would go. */
export function lockedBecause(
  { status, payment }: Pick<CalendarAppointment, 'status' | 'payment'>,
  nowMs: number,
): 'over' | 'payment_in_progress' | undefined {
  if (status === 'cancelled' || status === 'expired' || status === 'no_show') return 'over';
  if (payment?.attemptStatus === 'processing') return 'payment_in_progress';
  return payment?.blockedUntil && Date.parse(payment.blockedUntil) > nowMs ? 'payment_in_progress' : undefined;
}

function mayEdit({ may }: MoveBoard, staffId: string): boolean {
  return may.edit && (may.onlyStaffId === null || may.onlyStaffId === staffId);
}

function hasRunOut({ status, holdExpiresAt }: { status: string; holdExpiresAt: string | null }, nowMs: number): boolean {
  return status === 'held' && holdExpiresAt !== null && Date.parse(holdExpiresAt) + GRACE_MS <= nowMs;
}

type DayHours = MoveBoard['staff'][number]['hours'][number];

function outsideHours(hours: readonly DayHours[], { startsAtMs, endsAtMs }: MoveTo, timeZone: string): SoftRefusal | undefined {
  const firstDay = localDay(timeZone, startsAtMs);
  const lastDay = localDay(timeZone, endsAtMs - 1);
  const judged = hours.filter(({ day }) => day >= firstDay && day <= lastDay).sort((a, b) => (a.day < b.day ? -1 : 1));
  if (judged[0]?.day !== firstDay || judged.at(-1)?.day !== lastDay) return undefined;
  const spansOf = (part: 'works' | 'breaks') =>
    judged.flatMap(({ day, ...spans }) => spans[part].map(({ from, to }) => [instantOf(timeZone, day, from), instantOf(timeZone, day, to)] as const));
  const works = joined(spansOf('works'));
  const [first] = works;
  const last = works.at(-1);
  if (!first || !last) return 'day_off';
  if (startsAtMs < first[0]) return 'before_hours';
  if (endsAtMs > last[1]) return 'after_hours';
  const within = works.some(([from, to]) => from <= startsAtMs && endsAtMs <= to);
  const inBreak = spansOf('breaks').some(([from, to]) => from < endsAtMs && startsAtMs < to);
  return within && !inBreak ? undefined : 'in_break';
}

/** Hours that touch are one span, also over midnight. */
function joined(spans: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = found.at(-1);
    if (last && last[1] >= from) last[1] = Math.max(last[1], to);
    else if (from < to) found.push([from, to]);
  }
  return found;
}

/** `YYYY-MM-DD` there. */
export function localDay(timeZone: string, atMs: number): string {
  return new Date(atMs + offsetAt(timeZone, atMs)).toISOString().slice(0, 10);
}

/** A local wall-clock minute of that day. A minute that the clocks jump over is read as the later one; of one that comes twice the first is meant. */
export function instantOf(timeZone: string, day: string, minute: number): number {
  const wall = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE_MS;
  const [before, after] = [offsetAt(timeZone, wall - DAY_MS), offsetAt(timeZone, wall + DAY_MS)];
  const early = wall - before;
  if (offsetAt(timeZone, early) === before) return early;
  const late = wall - after;
  return offsetAt(timeZone, late) === after ? late : early;
}

const clocks = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** Local wall clock minus UTC. Zones change their offset on quarters of an hour, so an answer holds for one. */
function offsetAt(timeZone: string, atMs: number): number {
  const quarter = Math.floor(atMs / (15 * MINUTE_MS));
  const name = `${timeZone} ${quarter}`;
  const known = offsets.get(name);
  if (known !== undefined) return known;
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    clocks.set(timeZone, clock);
  }
  const from = quarter * 15 * MINUTE_MS;
  const part = Object.fromEntries(clock.formatToParts(from).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute'], part['second']);
  if (offsets.size > 5000) offsets.clear();
  offsets.set(name, wall - from);
  return wall - from;
}
