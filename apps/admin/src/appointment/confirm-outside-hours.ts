import type { Trouble } from '../api.ts';
import { confirmed } from '../frame/confirm.tsx';
import type { Words } from '../words.tsx';
import { reasonKey } from './change-trouble.tsx';

/** Outside working hours or in a break: possible, if it is meant. */
export function confirmOutsideHours({ detail }: Trouble, say: Words['say']): Promise<boolean> {
  const more = say(reasonKey(detail) ?? 'appointment.outside_hours.more');
  return confirmed({ title: say('appointment.outside_hours'), more, yes: say('appointment.outside_hours.yes') });
}
