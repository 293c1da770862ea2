import type { TextKey } from '../words.tsx';

/** What a refused change of an appointment means. `changed_meanwhile` has a notice of its own, with what to do. */
export const changeTroubles: Readonly<Record<string, TextKey>> = {
  time_taken: 'appointment.trouble.time_taken',
  time_not_offered: 'appointment.trouble.time_not_offered',
  payment_in_progress: 'appointment.trouble.payment_in_progress',
  step_not_allowed: 'appointment.trouble.step_not_allowed',
  invalid_phone: 'appointment.trouble.invalid_phone',
};
