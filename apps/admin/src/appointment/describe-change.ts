import type { Appointment } from '@holdfast/contract/calendar';
import type { TextKey, Words } from '../words.tsx';

type Change = Appointment['changes'][number];

/** Who did it, in words; a user's name stays one. */
export function byWhom(by: string, { say }: Pick<Words, 'say'>): string {
  const known: Readonly<Record<string, TextKey>> = {
    client: 'appointment.by.client',
    clock: 'appointment.by.clock',
    payment: 'appointment.by.payment',
    staff: 'appointment.by.staff',
  };
  const key = Object.hasOwn(known, by) ? known[by] : undefined;
  return key ? say(key) : by;
}

/** One line of the history as a sentence. What this version does not know is named as it is, so that no change is kept from anybody. */
export function describeChange({ what, detail }: Change, { currency, timeZone }: Pick<Appointment, 'currency' | 'timeZone'>, words: Words): string {
  const { say, money, when, minutes } = words;
  const text = (name: string) => (typeof detail[name] === 'string' && detail[name] !== '' ? (detail[name] as string) : undefined);
  const number = (name: string) => (typeof detail[name] === 'number' ? (detail[name] as number) : undefined);
  const amount = number('amountMinor') ?? number('paidMinor');
  const paid = amount === undefined ? undefined : money(amount, currency);
  const startsAt = text('startsAt');
  switch (what) {
    case 'paid':
      return paid ? say('appointment.change.paid', { amount: paid }) : say('appointment.change.paid_plain');
    case 'credited':
    case 'refunded':
    case 'taken_at_desk':
      return say(`appointment.change.${what}`, { amount: paid ?? '' });
    case 'moved': {
      if (!startsAt) break;
      const staff = text('staffName');
      const moved = when(startsAt, timeZone);
      return staff ? say('appointment.change.moved_to', { when: moved, staff }) : say('appointment.change.moved', { when: moved });
    }
    case 'resized':
      return say('appointment.change.resized', { length: minutes(number('durationMinutes') ?? 0) });
    case 'services':
      return say('appointment.change.services', { services: Array.isArray(detail['services']) ? detail['services'].map(String).join(', ') : '' });
    case 'price':
      return say('appointment.change.price', { before: money(number('before') ?? 0, currency), after: money(number('after') ?? 0, currency) });
    case 'desk_payment_reversed': {
      const because = text('because');
      const reversed = { amount: paid ?? '', because: because ?? '' };
      return say(because ? 'appointment.change.desk_payment_reversed_because' : 'appointment.change.desk_payment_reversed', reversed);
    }
    case 'payment_link_sent':
      return say(`appointment.change.payment_link_sent.${text('channel') === 'email' ? 'email' : 'sms'}`);
    case 'cancelled': {
      const because = text('because');
      return because ? say('appointment.change.cancelled_because', { because }) : say('appointment.change.cancelled');
    }
    case 'booked':
    case 'expired':
    case 'restored':
    case 'hold_extended':
    case 'comment':
    case 'confirm':
    case 'arrive':
    case 'undoArrive':
    case 'markNoShow':
    case 'undoNoShow':
    case 'keep_credit':
    case 'ask_refund':
    case 'payment_stopped':
    case 'payment_link_made':
      return say(`appointment.change.${what}`);
    default:
  }
  return say('appointment.change.other', { what });
}
