// Plain dates (YYYY-MM-DD), counted without any time zone.

export function addDays(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** The first day of its week; `weekStartsOn` 1 = Monday … 7 = Sunday. */
export function firstOfWeek(day: string, weekStartsOn: number): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  return addDays(day, -((weekday - weekStartsOn + 7) % 7));
}

/** A date that exists and that a calendar may be asked for. */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^20\d\d-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
