import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unaskedRefund } from './asked-refunds.ts';

const asked = (beforeMinor: bigint, amountMinor: bigint) => ({ beforeMinor, amountMinor });

describe('money that went back: did we ask for it?', () => {
  test.each<[string, ReturnType<typeof asked>[], bigint, bigint, bigint]>([
    ['nobody here asked', [], 0n, 500n, 500n],
    ['exactly what was asked', [asked(0n, 500n)], 0n, 500n, 0n],
    ['more than was asked', [asked(0n, 500n)], 0n, 700n, 200n],
    ['less than was asked, so far', [asked(0n, 500n)], 0n, 200n, 0n],
    ['some in the dashboard first, ours after it', [asked(200n, 300n)], 200n, 500n, 0n],
    ['both seen in one look', [asked(200n, 300n)], 0n, 500n, 200n],
    ['ours was seen before, this is the dashboard’s', [asked(0n, 300n)], 300n, 500n, 200n],
    ['two of ours, seen at once', [asked(0n, 100n), asked(100n, 400n)], 0n, 500n, 0n],
  ])('%s', (_, refunds, from, to, left) => {
    expect(unaskedRefund(refunds, from, to)).toBe(left);
  });

  test('however it is cut into looks, the parts nobody asked for add up to the same', () => {
    const amount = fc.bigInt({ min: 1n, max: 50n });
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, amount), { maxLength: 5 }), fc.array(amount, { minLength: 1, maxLength: 8 }), (gaps, steps) => {
        let at = 0n;
        const refunds = gaps.map(([gap, size]) => {
          const one = asked(at + gap, size);
          at += gap + size;
          return one;
        });
        let from = 0n;
        let parts = 0n;
        for (const step of steps) {
          parts += unaskedRefund(refunds, from, from + step);
          from += step;
        }
        expect(parts).toBe(unaskedRefund(refunds, 0n, from));
        expect(parts >= 0n).toBe(true);
      }),
    );
  });
});
