import type { Appointment } from '@holdfast/contract/calendar';
import type { TextKey, Words } from '../words.tsx';

type Change = Appointment['changes'][number];
type Place = Pick<Appointment, 'currency' | 'timeZone'>;

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

/** One line of the history as a sentence. */
export function describeChange(change: Change, place: Place, words: Words): string {
  const said = sentence(change, place, words);
  return 'outsideHours' in change.detail ? words.say('appointment.change.outside_hours', { change: said }) : said;
}

function sentence({ what, detail }: Change, { currency, timeZone }: Place, words: Words): string {
  const { say, money } = words;
  const amountMinor = numberIn(detail, 'amountMinor') ?? numberIn(detail, 'paidMinor');
  const amount = amountMinor === undefined ? undefined : money(amountMinor, currency);
  const because = textIn(detail, 'because');
  switch (what) {
    case 'paid':
      return amount ? say('appointment.change.paid', { amount }) : say('appointment.change.paid_plain');
    case 'refunded': {
      const way = textIn(detail, 'way');
      const how = way === 'account' || way === 'register' ? (`refunded_${way}` as const) : what;
      return say(`appointment.change.${how}`, { amount: amount ?? '' });
    }
    case 'credited':
    case 'taken_at_desk':
    case 'paid_from_account':
    case 'held_on_account':
    case 'account_hold_released':
    case 'account_hold_spent':
      return say(`appointment.change.${what}`, { amount: amount ?? '' });
    case 'covered_by_membership':
    case 'membership_cover_undone':
      return say(`appointment.change.${what}`, { membership: textIn(detail, 'membership') ?? '' });
    case 'desk_payment_reversed':
    case 'account_payment_reversed':
      return because
        ? say(`appointment.change.${what}_because`, { amount: amount ?? '', because })
        : say(`appointment.change.${what}`, { amount: amount ?? '' });
    case 'payment_link_sent':
      return say(`appointment.change.payment_link_sent.${textIn(detail, 'channel') === 'email' ? 'email' : 'sms'}`);
    case 'moved':
      return moved(detail, timeZone, words);
    case 'places_changed':
      return say('appointment.change.places_changed', { before: placesIn(detail['before']), after: placesIn(detail['after']) });
    case 'resized':
    case 'services_changed': {
      const describe = what === 'resized' ? lengthOf : servicesOf;
      return say(`appointment.change.${what}`, {
        before: describe(detail['before'], words, currency),
        after: describe(detail['after'], words, currency),
      });
    }
    case 'commented':
      return commented(detail, words);
    case 'confirmed':
      return say(detail['prepaymentWaived'] === true ? 'appointment.change.confirmed_waived' : 'appointment.change.confirmed');
    case 'cancelled':
      return because ? say('appointment.change.cancelled_because', { because }) : say('appointment.change.cancelled');
    case 'booked':
    case 'expired':
    case 'restored':
    case 'hold_extended':
    case 'arrived':
    case 'arrival_undone':
    case 'no_show':
    case 'no_show_undone':
    case 'keep_credit':
    case 'ask_refund':
    case 'payment_stopped':
    case 'payment_link_made':
      return say(`appointment.change.${what}`);
    default:
      // what this version does not know is named as it is: no change is kept from anybody
      return say('appointment.change.other', { what });
  }
}

function moved(detail: Change['detail'], timeZone: string, words: Words): string {
  const { say, when } = words;
  const to = textIn(detail, 'startsAt');
  // the client chose another time
  if (to) return say('appointment.change.moved_to', { when: when(to, timeZone) });
  const isOtherPerson = textIn(detail['before'], 'staffId') !== textIn(detail['after'], 'staffId');
  const place = (side: unknown) => {
    const startsAt = textIn(side, 'startsAt');
    const moment = startsAt ? when(startsAt, timeZone) : '';
    return isOtherPerson ? `${moment}, ${textIn(side, 'staffName') ?? ''}` : moment;
  };
  return say('appointment.change.moved', { before: place(detail['before']), after: place(detail['after']) });
}

function commented(detail: Change['detail'], { say }: Words): string {
  const before = textIn(detail['before'], 'comment') ?? '';
  const after = textIn(detail['after'], 'comment') ?? '';
  if (before === '') return say('appointment.change.commented_new', { after });
  return after === '' ? say('appointment.change.commented_gone', { before }) : say('appointment.change.commented', { before, after });
}

function lengthOf(side: unknown, { minutes }: Words): string {
  const [from, to] = [textIn(side, 'startsAt'), textIn(side, 'endsAt')];
  return from && to ? minutes(Math.round((Date.parse(to) - Date.parse(from)) / 60_000)) : '';
}

function servicesOf(side: unknown, { money }: Words, currency: string): string {
  const services = isRecord(side) && Array.isArray(side['services']) ? (side['services'] as unknown[]) : [];
  return services
    .map((one) => {
      const cost = numberIn(one, 'costMinor');
      return `${textIn(one, 'name') ?? ''}${cost === undefined ? '' : ` (${money(cost, currency)})`}`;
    })
    .join(', ');
}

function textIn(side: unknown, name: string): string | undefined {
  const value = isRecord(side) ? side[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numberIn(side: unknown, name: string): number | undefined {
  const value = isRecord(side) ? side[name] : undefined;
  return typeof value === 'number' ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function placesIn(part: unknown): number {
  return Number((part as { places?: unknown } | null)?.places ?? 0);
}
