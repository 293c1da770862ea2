import { expect, test } from 'vitest';
import { readAmount } from '../read-amount.ts';
import { topUpAmounts, typedAmount } from './top-up-amounts.ts';

test.each([
  [{ costMinor: 4500, missingMinor: 3000, leastMinor: 50 }, [3000, 5000, 10_000, 20_000]],
  [{ costMinor: 5000, missingMinor: 5000, leastMinor: 50 }, [5000, 10_000, 20_000]],
  [{ costMinor: 0, missingMinor: 0, leastMinor: 50 }, [50, 100, 200]],
  [{ costMinor: 850_00, missingMinor: 0, leastMinor: 1 }, [1000_00, 2000_00, 5000_00]],
  // less than can be charged is missing
  [{ costMinor: 2000, missingMinor: 20, leastMinor: 50 }, [50, 2000, 5000, 10_000]],
])('of %j these are offered', (facts, offered) => {
  expect(topUpAmounts(facts)).toEqual(offered);
});

test.each(['EUR', 'JPY', 'KWD'])('an amount in %s is typed so that it is read as itself', (currency) => {
  for (const minor of [1, 50, 1000, 12_345, 200_000]) expect(readAmount(typedAmount(minor, currency), currency)).toBe(minor);
});
