import type { SimulatedFact } from '@holdfast/contract/simulation';
import type { TextKey, Words } from '../words.tsx';

/** One fact of a timeline as a sentence. */
export function sayFact({ say, money }: Pick<Words, 'say' | 'money'>, fact: SimulatedFact): string {
  const amount = 'amountMinor' in fact && fact.amountMinor !== null && fact.currency !== null ? money(fact.amountMinor, fact.currency) : '';
  const who = 'who' in fact && fact.who ? say(`simulator.who.${fact.who}`) : '';
  switch (fact.lane) {
    case 'client':
      return say(fact.what === 'refused' ? (refusals[fact.code ?? ''] ?? 'simulator.client.refused.other') : `simulator.client.${fact.what}`, {
        who,
      });
    case 'provider':
      return say(`simulator.provider.${fact.what}`, { who, amount, count: fact.times });
    case 'calendar': {
      const change = say(changeKey(fact), { what: fact.what });
      return fact.who === 'second' ? say('simulator.calendar.of_second', { change }) : change;
    }
    case 'money': {
      const [from, to] = [say(`simulator.place.${fact.from}`), say(`simulator.place.${fact.to}`)];
      if (fact.to === 'clearing') return say('simulator.money.comes', { amount, place: from });
      if (fact.from === 'clearing') return say('simulator.money.goes', { amount, place: to });
      return say('simulator.money.moves', { amount, from, to });
    }
    case 'messages': {
      const message = say('simulator.message', { kind: say(`messages.kind.${fact.kind}`), channel: say(`messages.channel.${fact.channel}`) });
      return fact.who === 'second' ? say('simulator.message.to_second', { message }) : message;
    }
    case 'attention':
      return say('simulator.attention', { what: say(attentions[fact.kind] ?? 'simulator.attention.other') });
  }
}

const refusals: Readonly<Record<string, TextKey>> = {
  time_taken: 'simulator.client.refused.time_taken',
  time_not_offered: 'simulator.client.refused.time_taken',
  provider_unreachable: 'simulator.client.refused.provider_unreachable',
  page_broken: 'simulator.client.refused.page_broken',
};

const changes: Readonly<Record<string, TextKey>> = {
  paid: 'simulator.calendar.paid',
  expired: 'simulator.calendar.expired',
  restored: 'simulator.calendar.restored',
  refunded: 'simulator.calendar.refunded',
  cancelled: 'simulator.calendar.cancelled',
  hold_extended: 'simulator.calendar.hold_extended',
};

function changeKey({ what, status }: Extract<SimulatedFact, { lane: 'calendar' }>): TextKey {
  if (what === 'booked') return status === 'held' ? 'simulator.calendar.held' : 'simulator.calendar.waiting';
  return changes[what] ?? 'simulator.calendar.other';
}

const attentions: Readonly<Record<string, TextKey>> = {
  late_payment: 'simulator.attention.late_payment',
  amount_mismatch: 'simulator.attention.amount_mismatch',
  currency_mismatch: 'simulator.attention.currency_mismatch',
  paid_more: 'simulator.attention.paid_more',
  refunded_at_provider: 'simulator.attention.refunded_at_provider',
  unknown_payment: 'simulator.attention.unknown_payment',
  refund_failed: 'simulator.attention.refund_failed',
};
