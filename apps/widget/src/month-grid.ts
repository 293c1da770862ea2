/** Calendar arithmetic on plain dates (`YYYY-MM-DD`) and months (`YYYY-MM`). No time zone takes part: a day at the salon is a name, not an instant. */

const dayMs = 86_400_000;
const utc = (day: string) => Date.parse(`${day}T00:00:00Z`);

export function addDays(day: string, days: number): string {
  return new Date(utc(day) + days * dayMs).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((utc(to) - utc(from)) / dayMs);
}

export const monthOf = (day: string) => day.slice(0, 7);

export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

export const firstDayOf = (month: string) => `${month}-01`;
export const lastDayOf = (month: string) => addDays(firstDayOf(addMonths(month, 1)), -1);

/** 1 = Monday … 7 = Sunday, as ISO 8601 counts. */
export function weekdayOf(day: string): number {
  return new Date(utc(day)).getUTCDay() || 7;
}

/** The weeks of a month, each seven days long; null where a cell belongs to a neighbour month. */
export function monthGrid(month: string, weekStartsOn: number): (string | null)[][] {
  const lead = (weekdayOf(firstDayOf(month)) - weekStartsOn + 7) % 7;
  const length = daysBetween(firstDayOf(month), lastDayOf(month)) + 1;
  const weeks = Math.ceil((lead + length) / 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, column) => {
      const number = week * 7 + column - lead;
      return number >= 0 && number < length ? addDays(firstDayOf(month), number) : null;
    }),
  );
}

/** Where a key takes the focus from a day, kept inside what can be booked. Null: not a key of the calendar. */
export function dayAfterKey(key: string, day: string, weekStartsOn: number, rightToLeft: boolean): string | null {
  const step = rightToLeft ? -1 : 1;
  const column = (weekdayOf(day) - weekStartsOn + 7) % 7;
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -step);
    case 'ArrowRight':
      return addDays(day, step);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'Home':
      return addDays(day, -column);
    case 'End':
      return addDays(day, 6 - column);
    case 'PageUp':
      return sameDayIn(addMonths(monthOf(day), -1), day);
    case 'PageDown':
      return sameDayIn(addMonths(monthOf(day), 1), day);
    default:
      return null;
  }
}

function sameDayIn(month: string, day: string): string {
  const last = lastDayOf(month);
  const wanted = `${month}-${day.slice(8)}`;
  return wanted > last ? last : wanted;
}

export function clampDay(day: string, first: string, last: string): string {
  if (day < first) return first;
  return day > last ? last : day;
}
