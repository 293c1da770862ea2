import { expect, test } from 'vitest';
import { type RefundFacts, type WayFacts, whyNotApprove, whyNotChange, whyNotSend, whyNotWay } from './refund-rules.ts';

const facts: RefundFacts = { status: 'open', caseMinor: 5000n, lastBy: null, approvedBy: null, secondPersonFromMinor: null };
const viewer = { userId: 'usr_a', mayMake: true, limitMinor: undefined };

test.each([
  ['as proposed by the terms', {}, {}, undefined],
  ['without the right', {}, { mayMake: false }, 'right_missing'],
  ['exactly at the role’s limit', {}, { limitMinor: 5000n }, undefined],
  ['one cent above it', {}, { limitMinor: 4999n }, 'over_limit'],
  ['by who changed it, exactly at the location’s limit', { lastBy: 'usr_a', secondPersonFromMinor: 5000n }, {}, undefined],
  ['by who changed it, one cent above', { lastBy: 'usr_a', secondPersonFromMinor: 4999n }, {}, 'second_person'],
  ['by somebody else', { lastBy: 'usr_b', secondPersonFromMinor: 0n }, {}, undefined],
  ['of what the client asked for', { lastBy: null, secondPersonFromMinor: 0n }, {}, undefined],
  ['once more', { status: 'approved' }, {}, 'closed'],
  ['on its way', { status: 'sending' }, {}, 'under_way'],
  ['when it is over', { status: 'given_back' }, {}, 'closed'],
] as const)('approving %s', (_what, moreFacts, moreViewer, why) => {
  expect(whyNotApprove({ ...facts, ...moreFacts }, { ...viewer, ...moreViewer })).toBe(why);
});

test('nothing is sent that is not approved, and nothing is changed on its way', () => {
  expect(whyNotSend(facts, viewer)).toBe('not_approved');
  expect(whyNotSend({ ...facts, status: 'approved' }, viewer)).toBeUndefined();
  expect(whyNotSend({ ...facts, status: 'approved' }, { ...viewer, limitMinor: 1n })).toBe('over_limit');
  expect(whyNotChange({ ...facts, status: 'sending' }, viewer)).toBe('under_way');
  const mine = { ...facts, status: 'approved', approvedBy: 'usr_a' } as const;
  expect(whyNotSend({ ...mine, secondPersonFromMinor: 4999n }, viewer)).toBe('second_person');
  expect(whyNotSend({ ...mine, secondPersonFromMinor: 5000n }, viewer)).toBeUndefined();
  expect(whyNotSend({ ...mine, approvedBy: 'usr_b', secondPersonFromMinor: 0n }, viewer)).toBeUndefined();
});

const paid: WayFacts = {
  source: { kind: 'payment', id: 'pay', lineNo: 0 },
  placed: 'applied',
  amountMinor: 5000n,
  disputedMinor: 0n,
  leftMinor: 5000n,
  refunds: 'partial',
  capturedMinor: 5000n,
  refundedMinor: 0n,
  spendableMinor: 0n,
  register: true,
};
test.each([
  ['provider', 'all of it', {}, undefined],
  ['provider', 'none by a call', { refunds: 'none' }, 'provider_cannot'],
  ['provider', 'a whole one', { refunds: 'full_only' }, undefined],
  ['provider', 'only whole ones', { refunds: 'full_only', amountMinor: 4000n }, 'only_in_full'],
  ['provider', 'cash', { source: { kind: 'desk', id: 'dpm', lineNo: 0 }, refunds: undefined }, 'not_by_provider'],
  ['provider', 'more than is left', { leftMinor: 4999n }, 'nothing_left'],
  ['provider', 'spent', { placed: 'credited', spendableMinor: 4999n }, 'not_on_account'],
  ['provider', 'still on the account', { placed: 'credited', spendableMinor: 5000n }, undefined],
  ['account', 'from the account', { placed: 'credited', spendableMinor: 5000n }, 'already_on_account'],
  ['account', 'to the account', {}, undefined],
  ['register', 'no register', { register: false }, 'no_register'],
  ['register', 'spent, in cash', { placed: 'credited', spendableMinor: 0n }, 'not_on_account'],
] as const)('by %s: %s', (way, _what, more, why) => {
  expect(whyNotWay(way, { ...paid, ...more } as WayFacts)).toBe(why);
});
