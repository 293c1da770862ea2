/** Every event that a webhook can tell, by what it is about. No zod here: the admin app reads this list too. */
export const webhookTypes = [
  'appointment.booked',
  'appointment.confirmed',
  'appointment.moved',
  'appointment.changed',
  'appointment.cancelled',
  'appointment.expired',
  'appointment.arrived',
  'appointment.no_show',
  'payment.captured',
  'payment.refunded',
  'payment.taken_at_desk',
  'payment.reversed_at_desk',
  'client.created',
  'client.changed',
  'client.merged',
  'client.erased',
] as const;
export type WebhookType = (typeof webhookTypes)[number];
