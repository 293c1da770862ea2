import type { Appointment } from '@holdfast/contract/calendar';

/** What another person has changed between two looks at an appointment. */
export type Difference =
  | { readonly what: 'time'; readonly before: string; readonly after: string }
  | { readonly what: 'staff' | 'services' | 'comment'; readonly before: string; readonly after: string }
  | { readonly what: 'duration' | 'cost' | 'paid'; readonly before: number; readonly after: number }
  | { readonly what: 'status'; readonly before: Appointment['status']; readonly after: Appointment['status'] };

export function whatDiffers(before: Appointment, after: Appointment): readonly Difference[] {
  const found: Difference[] = [];
  const names = ({ services }: Appointment) => services.map(({ name }) => name).join(', ');
  if (before.status !== after.status) found.push({ what: 'status', before: before.status, after: after.status });
  if (before.startsAt !== after.startsAt) found.push({ what: 'time', before: before.startsAt, after: after.startsAt });
  if (before.staffId !== after.staffId) found.push({ what: 'staff', before: before.staffName, after: after.staffName });
  if (names(before) !== names(after)) found.push({ what: 'services', before: names(before), after: names(after) });
  if (before.durationMinutes !== after.durationMinutes)
    found.push({ what: 'duration', before: before.durationMinutes, after: after.durationMinutes });
  if (before.costMinor !== after.costMinor) found.push({ what: 'cost', before: before.costMinor, after: after.costMinor });
  if (before.paidMinor !== after.paidMinor) found.push({ what: 'paid', before: before.paidMinor, after: after.paidMinor });
  if (before.comment !== after.comment) found.push({ what: 'comment', before: before.comment, after: after.comment });
  return found;
}

/** Who did it, as far as the history tells: names in the order in which they came. */
export function whoChanged(before: Appointment, after: Appointment): readonly string[] {
  const last = Math.max(0, ...before.changes.map(({ no }) => no));
  const fresh = after.changes.filter(({ no }) => no > last).toSorted((one, other) => one.no - other.no);
  return [...new Set(fresh.map(({ by }) => by))];
}
