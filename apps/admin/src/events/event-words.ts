import type { TextKey } from '../words.tsx';

/** What the deeds of events are refused with, in words. */
export const eventTroubles: Readonly<Record<string, TextKey>> = {
  event_full: 'events.trouble.event_full',
  membership_not_usable: 'events.trouble.membership_not_usable',
  time_taken: 'events.trouble.time_taken',
  outside_hours: 'events.trouble.outside_hours',
  step_not_allowed: 'events.trouble.not_allowed',
  payment_in_progress: 'events.trouble.payment',
  time_not_offered: 'events.trouble.not_offered',
  invalid_phone: 'events.trouble.phone',
};

/** "10:30" as minutes after midnight; undefined while it is being typed. */
export function minuteOf(time: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(time) ?? [];
  return hours === undefined || minutes === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

export function timeOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
