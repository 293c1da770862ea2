import { clockOf } from '@holdfast/contract/say-waiting';
import type { DayWish } from './lines.ts';

/** What "join again" carries in the address: places at an event, or a day and its hours. */
export function readAgain(text: string): { readonly places: number } | Pick<DayWish, 'day' | 'from' | 'to'> | null {
  if (/^[1-9]\d?$/.test(text)) return { places: Number(text) };
  const [, day, from = '', to = ''] = /^(\d{4}-\d\d-\d\d)(?:,(\d{0,4}),(\d{0,4}))?$/.exec(text) ?? [];
  return day ? { day, from: clockFieldOf(from), to: clockFieldOf(to) } : null;
}

function clockFieldOf(minutes: string): string {
  return minutes === '' || Number(minutes) >= 1440 ? '' : clockOf(Number(minutes));
}
