import type { Appointment } from '@holdfast/contract/calendar';
import type { Words } from '../words.tsx';
import type { Difference } from './what-differs.ts';

/** "Time: Sat, 21 Nov 2026, 14:30 → Sat, 21 Nov 2026, 15:00" */
export function describeDifference(difference: Difference, { currency, timeZone }: Pick<Appointment, 'currency' | 'timeZone'>, words: Words): string {
  const { say, money, minutes, when } = words;
  const [before, after] = [difference.before, difference.after].map((value): string => {
    if (difference.what === 'time') return when(String(value), timeZone);
    if (difference.what === 'status') return say(`appointment.status.${value as Appointment['status']}`);
    if (difference.what === 'duration') return minutes(Number(value));
    if (difference.what === 'cost' || difference.what === 'paid') return money(Number(value), currency);
    return String(value);
  });
  return say(`appointment.differs.${difference.what}`, { before: before ?? '', after: after ?? '' });
}
