import type { DayHours } from '@holdfast/contract/schedule';

/** `540` → `09:00`; the end of the day is `24:00`. */
export function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** `09:00` → `540`; undefined: no time. As the end of something midnight is the end of the day. */
export function minutesOf(clock: string, isEnd = false): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})/.exec(clock) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  const all = Number(hours) * 60 + Number(minutes);
  return isEnd && all === 0 ? 1440 : all;
}

export function spansText(spans: DayHours['works']): string {
  return spans.map(({ from, to }) => `${clockOf(from)}–${clockOf(to)}`).join(', ');
}

const DAY_MS = 86_400_000;

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** ISO: 1 = Monday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** The first day of its week, in the user's way of counting weeks. */
export function weekStart(day: string, weekStartsOn: number): string {
  return addDays(day, -((weekdayOf(day) - weekStartsOn + 7) % 7));
}
