import fc from 'fast-check';
import type { Death } from './crashing.ts';

/** What clients do themselves with what they have on their accounts. */
export const depositDeeds = ['book_with_part', 'pay_part', 'top_up_by_client', 'look_at_top_ups', 'pages_stay_open'] as const;
/** Every way in which money moves, is promised, is looked at or goes back. */
export const moneyDeeds = [
  'pay_online',
  'pay_online',
  'pay_by_link',
  'pay_other_amount',
  'pay_in_dollars',
  'pay_in_yen',
  'pay_in_dinars',
  'pay_open_pages',
  'come_back',
  'cash',
  'card',
  'reverse_desk',
  'top_up',
  'top_up',
  'top_up_there',
  'top_up_by_link',
  'reverse_top_up',
  'pay_from_account',
  'pay_from_account',
  'hold',
  'hold',
  'release',
  'put_back',
  'cancel_by_client',
  'cancel_by_staff',
  'take_step',
  'propose_refund',
  'approve_refund',
  'send_refund',
  'send_refund',
  'decline_refund',
  'refund_there',
  'refunds_pend',
  'refunds_fail',
  'answer_is_lost',
  'write_by_hand',
  'transfer',
  'opening',
  'delete_transaction',
  'attention',
  'close_day',
  'reopen_day',
  'webhooks',
  'chores',
  'minutes_pass',
  'a_day_passes',
  'clock_goes_back',
  'pay_there',
  'dispute',
  'dispute',
  'inquiry',
  'answer_dispute',
  'decide_dispute',
  'decide_dispute',
  'read_provider_books',
  'payouts_wait',
  'accept_difference',
  'undo_difference',
  ...depositDeeds,
  'book_with_part',
  'pay_part',
] as const;
export type MoneyDeed = (typeof moneyDeeds)[number];

export interface MoneyStep {
  readonly deed: MoneyDeed;
  /** Which of the history's visits. */
  readonly visit: number;
  readonly amountMinor: number;
  /** Whatever else has to be chosen. */
  readonly choice: number;
  /** The same request comes again afterwards, or twice at once. */
  readonly again: 'no' | 'after' | 'at_once';
  /** It is done while the one before is being done. */
  readonly meanwhile: boolean;
}

const step: fc.Arbitrary<MoneyStep> = fc.record({
  deed: fc.constantFrom(...moneyDeeds),
  visit: fc.nat(2),
  amountMinor: fc.integer({ min: 1, max: 14 }).map((n) => n * 100),
  choice: fc.nat(11),
  again: fc.constantFrom('no' as const, 'no' as const, 'after' as const, 'at_once' as const),
  meanwhile: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
});

const say = (deed: MoneyDeed, visit: number, amountMinor = 0, choice = 2): MoneyStep => ({
  deed,
  visit,
  amountMinor,
  choice,
  again: 'no',
  meanwhile: false,
});
/** There is money to do something with. */
const beginnings = fc.subarray([
  say('top_up', 0, 1400),
  say('top_up', 1, 700),
  say('top_up_there', 0, 300),
  say('top_up_by_link', 1, 300),
  say('pay_online', 2),
  say('pay_by_link', 1),
]);
/** Ways that chance alone seldom goes to their end. */
const turns = fc.constantFrom<MoneyStep[]>(
  [],
  [say('pay_online', 2), say('webhooks', 2), say('cancel_by_client', 2), say('send_refund', 2, 0, 0)],
  [say('top_up_there', 0, 900), say('pay_from_account', 0, 900, 1), say('cancel_by_staff', 0, 0, 1), say('send_refund', 0, 0, 1)],
  [say('top_up', 1, 700), say('hold', 1, 400, 1), say('pay_by_link', 1), say('webhooks', 1)],
  [say('pay_online', 2), say('webhooks', 2), say('dispute', 2, 300, 3), say('webhooks', 2), say('decide_dispute', 2, 0, 1), say('webhooks', 2)],
  [
    say('pay_by_link', 1),
    say('webhooks', 1),
    say('dispute', 1, 0, 0),
    say('chores', 1),
    say('decide_dispute', 1, 0, 0),
    say('cancel_by_staff', 1, 0, 1),
  ],
  [
    say('top_up_by_link', 1, 300),
    say('webhooks', 1),
    say('dispute', 1, 0, 0),
    say('decide_dispute', 1, 0, 1),
    say('webhooks', 1),
    say('pay_from_account', 1, 300, 1),
  ],
  [say('top_up', 0, 900), say('pay_there', 0, 900, 1)],
  [
    say('payouts_wait', 0, 0, 1),
    say('pay_in_dollars', 1, 700),
    say('webhooks', 1),
    say('a_day_passes', 0),
    say('a_day_passes', 0),
    say('read_provider_books', 0),
    say('accept_difference', 0, 0, 0),
  ],
  [say('cash', 1, 500, 0), say('cancel_by_staff', 1, 0, 1), say('send_refund', 1, 0, 2)],
  // half from the balance, the rest online; the whole of another one; both are given up again
  [
    say('top_up', 0, 1400),
    say('book_with_part', 0, 500),
    say('pay_online', 0),
    say('webhooks', 0),
    say('cancel_by_client', 0),
    say('send_refund', 0, 0, 0),
    say('send_refund', 0, 0, 1),
  ],
  [
    say('top_up_by_client', 1, 1400),
    say('look_at_top_ups', 1),
    say('book_with_part', 1, 0, 3),
    say('cancel_by_staff', 1, 0, 1),
    say('send_refund', 1, 0, 1),
  ],
  // the rest is paid when the time was let go, and the part with it
  [
    say('top_up', 0, 1400),
    say('book_with_part', 0, 400),
    say('pay_online', 0, 0, 0),
    say('pages_stay_open', 0, 0, 11),
    say('minutes_pass', 0, 0, 8),
    say('pay_open_pages', 0),
    say('webhooks', 0),
  ],
  [
    say('top_up', 0, 1400),
    say('pay_part', 0, 300),
    say('book_with_part', 0, 400),
    say('pay_online', 0, 0, 0),
    say('pages_stay_open', 0, 0, 11),
    say('a_day_passes', 0),
    say('pay_from_account', 0, 1400, 1),
    say('pay_open_pages', 0),
    say('webhooks', 0),
  ],
);
export const moneyHistory = fc
  .tuple(beginnings, turns, fc.array(step, { minLength: 10, maxLength: 20, size: 'max' }))
  .map(([first, turn, wild]) => [...first, say('webhooks', 0), ...turn, ...wild]);
/** One of everything, in an order that goes round from history to history: a run shows nothing about a deed that was never played. */
export function dealt(history: number, count: number, choice: number): readonly MoneyStep[] {
  const deck = [...new Set(moneyDeeds)];
  return Array.from({ length: count }, (_, n) => {
    const no = history * count + n;
    return say(deck[no % deck.length] ?? 'chores', (choice + n) % 3, 100 * (1 + ((choice + n) % 14)), (choice + no) % 12);
  });
}

const side = fc.constantFrom('before' as const, 'after' as const);
/** When each process of a history dies: at any step, or at one of the few calls to the provider. */
export const deaths: fc.Arbitrary<readonly Death[]> = fc.array(
  fc.oneof(
    fc.record({ step: fc.integer({ min: 1, max: 700 }), side }),
    fc.record({ step: fc.integer({ min: 1, max: 8 }), side, surface: fc.constant('provider' as const) }),
  ),
  { maxLength: 3 },
);
