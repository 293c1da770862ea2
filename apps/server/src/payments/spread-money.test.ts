import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LineOutcome, type PlacedLine, spreadCaptured, spreadRefund } from './spread-money.ts';

const asked = [{ amountMinor: 3_000n }, { amountMinor: 2_000n }];
const sum = (parts: readonly bigint[]) => parts.reduce((total, part) => total + part, 0n);

describe('what came is spread over what was asked', () => {
  test.each([
    [5_000n, [3_000n, 2_000n]],
    [5_001n, [3_000n, 2_001n]],
    [4_999n, [3_000n, 1_999n]],
    [3_000n, [3_000n, 0n]],
    [1n, [1n, 0n]],
  ])('%s', (captured, parts) => {
    expect(spreadCaptured(asked, captured)).toEqual(parts);
  });

  test('to the cent, whatever was asked and whatever came', () => {
    const amounts = fc.array(
      fc.bigInt(1n, 10n ** 9n).map((amountMinor) => ({ amountMinor })),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(fc.property(amounts, fc.bigInt(0n, 10n ** 10n), (lines, captured) => sum(spreadCaptured(lines, captured)) === captured));
  });
});

describe('a refund made at the provider', () => {
  const line = (outcome: LineOutcome, placedMinor: bigint, refundedMinor = 0n): PlacedLine => ({ outcome, placedMinor, refundedMinor });

  test('takes what paid for nothing before what paid for a visit', () => {
    expect(spreadRefund([line('applied', 100n), line('credited', 50n)], 30n)).toEqual([0n, 30n]);
    expect(spreadRefund([line('applied', 100n), line('credited', 50n)], 60n)).toEqual([10n, 50n]);
  });

  test('takes the last line first, and nothing twice', () => {
    expect(spreadRefund([line('applied', 100n), line('applied', 100n, 80n)], 60n)).toEqual([40n, 20n]);
  });

  test('of more than there is left is refused', () => {
    expect(() => spreadRefund([line('applied', 100n, 80n)], 21n)).toThrow(RangeError);
  });
});
