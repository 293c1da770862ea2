import type { Words } from '../words.tsx';

/** Actions for which there is a sentence; whatever else is in the log is read from its name. */
export const knownActions = [
  'account.opened',
  'account.top_up_link_cancelled',
  'account.top_up_link_made',
  'account.top_up_link_sent',
  'account.top_up_refund_asked',
  'account.top_up_reversed',
  'account.topped_up',
  'account_type.added',
  'account_type.changed',
  'attention.decided',
  'booking.changed',
  'business.changed',
  'categories.ordered',
  'category.archived',
  'category.changed',
  'category.created',
  'category.deleted',
  'category.restored',
  'chain.created',
  'client.changed',
  'client.created',
  'client.erased',
  'client.exported',
  'client.merged',
  'clients.exported',
  'company.changed',
  'day.closed',
  'day.reopened',
  'location.changed',
  'location.created',
  'locations.settled',
  'message_channel.changed',
  'message_kind.changed',
  'message_template.changed',
  'payment.noted',
  'payment.reversed_at_desk',
  'payment.stopped',
  'payment.taken_at_desk',
  'payment_connection.archived',
  'payment_connection.changed',
  'payment_connection.credentials_replaced',
  'payment_connection.made',
  'payment_connection.test_given_back',
  'payment_connection.test_started',
  'payment_connection.webhook_set_up',
  'payment_item.archived',
  'payment_item.changed',
  'payment_item.created',
  'payment_item.restored',
  'payment_items.ordered',
  'payment_method.switched',
  'position.changed',
  'position.created',
  'position.deleted',
  'receipt.sent',
  'receipts.changed',
  'reconciliation.changed',
  'refund.approved',
  'refund.declined',
  'refund.edited',
  'refund.proposed',
  'refund.sent',
  'refund_settings.changed',
  'register.archived',
  'register.changed',
  'register.created',
  'register.restored',
  'registers.ordered',
  'role.changed',
  'role.created',
  'role.deleted',
  'schedule.changed',
  'service.archived',
  'event.cancelled',
  'event.changed',
  'event.created',
  'event.series_extended',
  'service.changed',
  'service.created',
  'service.deleted',
  'service.restored',
  'services.ordered',
  'session.ended',
  'sessions.ended',
  'settlement.accepted',
  'settlement.dismissed',
  'settlement.matched',
  'settlement.payout_noted',
  'settlement.undone',
  'settlement_file.discarded',
  'settlement_file.started',
  'staff.archived',
  'staff.changed',
  'staff.created',
  'staff.deleted',
  'staff.ordered',
  'staff.restored',
  'tax_rate.changed',
  'tax_rate.created',
  'tax_rate.ended',
  'taxes.changed',
  'transaction.deleted',
  'transaction.opening',
  'transaction.transfer',
  'transaction.written',
  'user.changed',
  'user.disabled',
  'user.enabled',
  'user.invitation_accepted',
  'user.invited',
  'user.invited_again',
  'user.password_changed',
  'user.password_reset',
  'user.recovery_code_used',
  'user.reset_asked',
  'user.role_changed',
  'user.role_given',
  'user.role_taken',
  'user.second_factor_off',
  'user.second_factor_on',
  'user.second_factor_taken',
  'user.sessions_ended',
  'user.signed_in',
  'visit.account_hold_released',
  'visit.account_payment_reversed',
  'visit.held_on_account',
  'visit.paid_from_account',
] as const;
type KnownAction = (typeof knownActions)[number];

/** What happened, in words. An action of which this version knows nothing still reads like one: `gift_card.sold` → "Gift card: sold". */
export function actionWords(say: Words['say'], action: string): string {
  if ((knownActions as readonly string[]).includes(action)) return say(`users.audit.action.${action as KnownAction}`);
  const [noun = '', ...deed] = action.split('.');
  return deed.length === 0 ? humane(noun) : `${humane(noun)}: ${deed.join(' ').replaceAll('_', ' ')}`;
}

/** `refundLimitMinor` → "Refund limit minor": better than a name from a program. */
export function humane(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replaceAll(/[_.]/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value of before or after, for reading. */
export function shownValue(value: unknown, { yes, no }: { yes: string; no: string }): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return value ? yes : no;
  const inside = (one: unknown) => shownValue(one, { yes, no });
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(inside).join(', ');
  if (typeof value !== 'object') return String(value as string | number);
  const parts = Object.entries(value).map(([name, one]) => `${humane(name)}: ${inside(one)}`);
  return parts.length === 0 ? '–' : parts.join('; ');
}
