import { describe, expect, test } from 'vitest';
import { entryFault, movedByAccount, type Posting } from './rules.ts';

const good: Posting = { from: 'acc_owed', to: 'acc_had', amountMinor: 100n, currency: 'EUR', operation: 'payment' };

describe('an entry that is wrong is refused before the database is asked', () => {
  test.each([
    ['nothing moves', [], 'no_postings'],
    ['an amount of nothing', [good, { ...good, amountMinor: 0n }], 'amount_not_positive'],
    ['an amount below nothing', [{ ...good, amountMinor: -1n }], 'amount_not_positive'],
    ['from an account to itself', [{ ...good, to: 'acc_owed' }], 'same_account'],
    ['two currencies in one entry', [good, { ...good, currency: 'USD' }], 'mixed_currencies'],
    ['a good one', [good, { ...good, amountMinor: 1n }], undefined],
  ] as const)('%s', (_, postings, fault) => {
    expect(entryFault(postings)).toBe(fault);
  });
});

test('what leaves one account comes to another: the moves add up to zero', () => {
  const moved = movedByAccount([good, { ...good, from: 'acc_had', to: 'acc_third', amountMinor: 30n }]);
  expect(Object.fromEntries(moved)).toEqual({ acc_owed: -100n, acc_had: 70n, acc_third: 30n });
});
