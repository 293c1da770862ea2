import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spreadByCost } from './spread-by-cost.ts';

test.each([
  ['in proportion', 6001n, [4001n, 2000n], [4001n, 2000n]],
  ['half of it', 3000n, [4001n, 2000n], [2000n, 1000n]],
  ['the cent that is left over goes to whoever was cut the most', 100n, [1n, 1n, 1n], [34n, 33n, 33n]],
  ['nothing costs anything: the first gets all', 100n, [0n, 0n], [100n, 0n]],
  ['what is taken back is taken back in the same way', -100n, [1n, 1n, 1n], [-34n, -33n, -33n]],
  ['nobody there', 100n, [], []],
] as const)('%s', (_, amount, costs, shares) => {
  expect(spreadByCost(amount, costs)).toEqual(shares);
});

test('every cent goes somewhere, and nobody gets a cent more than their share rounded up', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
      fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 8 }),
      (amount, costs) => {
        const shares = spreadByCost(amount, costs);
        expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(amount);
        const total = costs.reduce((sum, cost) => sum + cost, 0n);
        const size = amount < 0n ? -amount : amount;
        if (total > 0n)
          for (const [index, share] of shares.entries())
            expect((share < 0n ? -share : share) * total <= size * (costs[index] ?? 0n) + total).toBe(true);
      },
    ),
  );
});
