import { expect, test } from 'vitest';
import { acquiringFee } from './acquiring-fee.ts';

const register = (feeBasisPoints: number, feeFixedMinor = 0n, kind: 'cash' | 'cashless' = 'cashless') => ({ kind, feeBasisPoints, feeFixedMinor });

test.each([
  ['nothing where no fee is agreed', register(0), 10_000n, 0n],
  ['1.5 % of 100.00', register(150), 10_000n, 150n],
  ['half a cent is a cent', register(150), 100n, 2n],
  ['less than half a cent is nothing', register(150), 33n, 0n],
  ['a fixed part besides', register(150, 25n), 10_000n, 175n],
  ['never more than was paid', register(150, 25n), 20n, 20n],
  ['all of it at 100 %', register(10_000), 7n, 7n],
  ['cash costs nothing', register(150, 25n, 'cash'), 10_000n, 0n],
  ['whole yen', register(325), 1_000n, 33n],
  ['thousandths of a dinar', register(275, 100n), 12_345n, 439n],
])('%s', (_, of, amount, fee) => {
  expect(acquiringFee(of, amount)).toBe(fee);
});
