import { expect, test } from 'vitest';
import { type VisitAtDesk, whyNotTaken } from './desk-rules.ts';

const at = new Date('2026-03-02T09:00:00Z');
const visit: VisitAtDesk = { status: 'confirmed', version: 3, costMinor: 5000n, paidMinor: 1000n, paymentBlockedUntil: undefined, live: undefined };
const why = (more: Partial<VisitAtDesk>, amountMinor = 4000n, version = 3) => whyNotTaken({ ...visit, ...more }, amountMinor, version, at)?.because;

test('the desk takes up to what is due, and not a cent more', () => {
  expect(why({})).toBeUndefined();
  expect(whyNotTaken(visit, 4001n, 3, at)).toEqual({ because: 'more_than_due', dueMinor: 4000n });
  expect(why({ paidMinor: 5000n }, 1n)).toBe('nothing_due');
  expect(why({ paidMinor: 6000n }, 1n)).toBe('nothing_due');
});

test('a client who is paying goes first: until the block is over, and as long as the provider is checking', () => {
  expect(why({ paymentBlockedUntil: new Date(at.getTime() + 1), live: 'open' })).toBe('payment_in_progress');
  expect(why({ paymentBlockedUntil: at, live: 'open' })).toBeUndefined();
  expect(why({ live: 'processing' })).toBe('payment_in_progress');
  // said before anything else: the page that was looked at is out of date just because of it
  expect(why({ live: 'processing' }, 4000n, 2)).toBe('payment_in_progress');
});

test('what does not take place is not paid, and what somebody has changed is looked at first; a hold that has just run out is still there', () => {
  expect(why({ status: 'cancelled' })).toBe('not_payable');
  expect(why({ status: 'expired' })).toBe('not_payable');
  expect(why({}, 4000n, 2)).toBe('changed_meanwhile');
  expect(why({ status: 'held' })).toBeUndefined();
});
