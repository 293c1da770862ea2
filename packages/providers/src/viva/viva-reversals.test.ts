import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRefund, type Reversal } from './viva-reversals.ts';

const gone = (...amounts: readonly (bigint | 'pending 100')[]): Reversal[] =>
  amounts.map((amount, at) => ({ id: `back-${at}`, amountMinor: amount === 'pending 100' ? 100n : amount, pending: amount === 'pending 100' }));
const find = (reversals: readonly Reversal[], refundedBeforeMinor: bigint, amountMinor: bigint) => {
  const found = findRefund(reversals, { refundedBeforeMinor, amountMinor });
  return found.kind === 'found' ? `${found.fact.providerRefundId} ${found.fact.state}` : found.kind;
};

describe('whether a refund has been done, by what has gone back', () => {
  it.each<[string, Reversal[], bigint, bigint, string]>([
    ['nothing has gone back', gone(), 0n, 100n, 'not_yet'],
    ['as much as before', gone(50n), 50n, 100n, 'not_yet'],
    ['as much as before, and this', gone(50n, 100n), 50n, 100n, 'back-1 refunded'],
    ['it is on its way', gone('pending 100'), 0n, 100n, 'back-0 pending'],
    ['a later one has followed', gone(100n, 70n), 0n, 100n, 'back-0 refunded'],
    ['the later one of two that are the same', gone(100n, 100n), 100n, 100n, 'back-1 refunded'],
    ['it went in two steps', gone(60n, 40n), 0n, 100n, 'back-1 refunded'],
    ['two steps, one on its way', gone('pending 100', 40n), 0n, 140n, 'back-1 pending'],
    ['another amount than is known', gone(70n), 0n, 100n, 'unclear'],
    ['more than is known', gone(130n), 0n, 100n, 'unclear'],
    ['less than before', gone(30n), 50n, 100n, 'unclear'],
    ['nothing, though some had', gone(), 50n, 100n, 'unclear'],
    ['what had gone back is no sum of these', gone(30n, 40n), 50n, 20n, 'unclear'],
  ])('%s', (_, reversals, before, amount, expected) => {
    expect(find(reversals, before, amount)).toBe(expected);
  });

  it('whatever was given back before and after: each refund finds itself, and one that was not made finds nothing', () => {
    const amount = fc.bigInt({ min: 1n, max: 5n });
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 8 }), amount, (amounts, another) => {
        const reversals = gone(...amounts);
        let before = 0n;
        for (const [at, one] of amounts.entries()) {
          expect(find(reversals, before, one)).toBe(`back-${at} refunded`);
          before += one;
        }
        expect(find(reversals, before, another)).toBe('not_yet');
      }),
    );
  });
});
