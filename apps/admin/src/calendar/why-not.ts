import type { Calendar, CalendarAppointment } from '@holdfast/contract/calendar';
import { isSoft, lockedBecause, type MoveBoard, type MoveRefusal, type MoveTo, whyNotMove, whyNotThere } from '@holdfast/contract/move-rules';
import type { TextKey } from '../words.tsx';

/** Why something cannot stand there: the rule that the server refuses by, and what only the screen knows. */
export type Refusal = MoveRefusal | 'offline' | 'saving';

export const refusalTexts: Readonly<Record<Refusal, TextKey>> = {
  right_missing: 'calendar.why.right_missing',
  over: 'calendar.why.over',
  payment_in_progress: 'calendar.why.payment_in_progress',
  has_arrived: 'calendar.why.has_arrived',
  in_the_past: 'calendar.why.in_the_past',
  too_far: 'calendar.why.too_far',
  too_long: 'calendar.why.too_long',
  archived: 'calendar.why.archived',
  does_not_do_it: 'calendar.why.does_not_do_it',
  time_taken: 'calendar.why.time_taken',
  blocked: 'calendar.why.blocked',
  in_break: 'calendar.why.in_break',
  day_off: 'calendar.why.day_off',
  before_hours: 'calendar.why.before_hours',
  after_hours: 'calendar.why.after_hours',
  offline: 'calendar.why.offline',
  saving: 'calendar.why.saving',
};

/** Staff who say that they mean it may do it all the same. */
export function mayInsist(refusal: Refusal): refusal is MoveRefusal {
  return refusal !== 'offline' && refusal !== 'saving' && isSoft(refusal);
}

/** What these codes of the server mean on a board. Others have their common words. */
export const troubleTexts: Readonly<Record<string, TextKey>> = {
  time_taken: 'calendar.why.time_taken',
  payment_in_progress: 'calendar.why.payment_in_progress',
  outside_hours: 'calendar.why.after_hours',
  step_not_allowed: 'calendar.why.over',
  changed_meanwhile: 'calendar.trouble.changed_meanwhile',
  not_found: 'calendar.trouble.gone',
};

/** What is known where it is decided: the reading of those days, the role, and whether anything can be changed at all just now. */
export interface Ground {
  readonly may: MoveBoard['may'];
  readonly offline: boolean;
  readonly saving: ReadonlySet<string>;
}

export function whyNot(board: Calendar, ground: Ground, nowMs: number, appointment: CalendarAppointment, to: MoveTo): Refusal | undefined {
  const held = whyNotNow(ground, appointment);
  return held ?? whyNotMove(appointment, to, moveBoard(board, ground, nowMs));
}

/** Why nothing at all can be done with it just now; what depends on the place is not asked. */
export function whyNotNow({ offline, saving, may }: Ground, appointment: CalendarAppointment): Refusal | undefined {
  if (offline) return 'offline';
  if (!may.edit || (may.onlyStaffId !== null && may.onlyStaffId !== appointment.staffId)) return 'right_missing';
  return saving.has(appointment.id) ? 'saving' : undefined;
}

export function whyLocked(ground: Ground, nowMs: number, appointment: CalendarAppointment): Refusal | undefined {
  return whyNotNow(ground, appointment) ?? lockedBecause(appointment, nowMs);
}

/** Why nothing new can be booked there. Services are chosen afterwards, and so their buffers. */
export function whyNotNew(board: Calendar, ground: Ground, nowMs: number, to: MoveTo): Refusal | undefined {
  if (ground.offline) return 'offline';
  return whyNotThere({ ...to, busyFromMs: to.startsAtMs, busyToMs: to.endsAtMs, serviceIds: [] }, moveBoard(board, ground, nowMs));
}

function moveBoard({ timeZone, staff, appointments, blocks }: Calendar, { may }: Ground, nowMs: number): MoveBoard {
  return { timeZone, staff, appointments, blocks, nowMs, may };
}
