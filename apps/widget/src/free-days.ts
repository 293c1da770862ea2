import type { FreeTimes } from '@holdfast/contract/free-times';
import type { LocationPage } from '@holdfast/contract/location-page';
import { anyStaff, isComplete, type PickedAppointment } from './booking-draft.ts';
import { offerFor } from './offers.ts';

export type FreeDay = FreeTimes['days'][number];
export type FreeTime = FreeDay['times'][number];
export type PartOfDay = 'morning' | 'afternoon' | 'evening';

export function partOfDay(time: FreeTime): PartOfDay {
  if (time.local < '12:00') return 'morning';
  return time.local < '17:00' ? 'afternoon' : 'evening';
}

export function byPartOfDay(times: readonly FreeTime[]): [PartOfDay, FreeTime[]][] {
  const parts: PartOfDay[] = ['morning', 'afternoon', 'evening'];
  return parts
    .map((part): [PartOfDay, FreeTime[]] => [part, times.filter((time) => partOfDay(time) === part)])
    .filter(([, found]) => found.length > 0);
}

/**
 * Takes out the times that this same booking already uses. The server knows nothing of them yet, and would refuse the whole booking in the
 * end. Two appointments at one time with two people stay possible: that is how a mother and her daughter come together.
 */
export function withoutOwnTimes(
  days: readonly FreeDay[],
  page: LocationPage,
  wanted: PickedAppointment,
  others: readonly PickedAppointment[],
): FreeDay[] {
  const taken = others.filter(isComplete).map((other) => ({ staff: other.staff, ...spanOf(page, other, Date.parse(other.startsAt)) }));
  if (taken.length === 0) return [...days];
  return days.map(({ times, ...day }) => ({
    ...day,
    times: times.flatMap((time) => {
      const { from, to } = spanOf(page, wanted, Date.parse(time.at));
      const overlapping = taken.filter((other) => other.from < to && from < other.to);
      const someoneElse = overlapping.filter((other) => other.staff === anyStaff).length;
      const staff = time.staff.filter((id) => !overlapping.some((other) => other.staff === id));
      return staff.length > someoneElse ? [{ ...time, staff }] : [];
    }),
  }));
}

function spanOf(page: LocationPage, { serviceIds, staff }: PickedAppointment, from: number): { from: number; to: number } {
  return { from, to: from + (offerFor(page, serviceIds, staff)?.maxMinutes ?? 0) * 60_000 };
}

export function firstFreeDay(days: readonly FreeDay[]): string | null {
  return days.find(({ times }) => times.length > 0)?.day ?? null;
}
