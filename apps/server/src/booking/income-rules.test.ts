import { expect, test } from 'vitest';
import { taxIn, withTax } from '../catalog/tax-rules.ts';
import { differences, type EarningVisit, earnedBy, inProportion, partsOf } from './income-rules.ts';

const at = new Date('2026-03-02T10:00:00Z');
const visit: EarningVisit = { status: 'confirmed', endsAt: at, costMinor: 5000n, paidMinor: 3000n, refundOpen: false, earnedMinor: 0n };

test('a visit earns what was paid for it the moment it is over, and nothing a second before', () => {
  expect(earnedBy(visit, at)).toBe(3000n);
  expect(earnedBy(visit, new Date(at.getTime() - 1000))).toBe(0n);
  expect(earnedBy({ ...visit, status: 'arrived' }, new Date(at.getTime() - 1000))).toBe(0n);
  expect(earnedBy({ ...visit, paidMinor: 6000n }, at), 'what was paid on top stays owed').toBe(5000n);
});

test('who did not come or cancelled leaves behind what nobody gives back', () => {
  for (const status of ['no_show', 'cancelled'] as const) {
    expect(earnedBy({ ...visit, status }, at)).toBe(3000n);
    expect(earnedBy({ ...visit, status, refundOpen: true }, at)).toBe(0n);
    expect(earnedBy({ ...visit, status, refundOpen: true, earnedMinor: 3000n, paidMinor: 1000n }, at)).toBe(1000n);
  }
  for (const status of ['held', 'expired'] as const) expect(earnedBy({ ...visit, status }, at)).toBe(0n);
});

test('tax is in a price to half a unit, also where a currency has none or three digits', () => {
  expect(taxIn(12_300n, 2300)).toBe(2300n);
  expect(taxIn(100n, 2300)).toBe(19n); // 18.699
  expect(taxIn(1100n, 1000)).toBe(100n); // ¥1100
  expect(taxIn(15n, 1000)).toBe(1n); // 1.3636
  expect(taxIn(21n, 10_000)).toBe(11n); // 10.5 up
  expect(taxIn(10_500n, 500)).toBe(500n); // KWD 10.500
  expect(taxIn(777n, 0)).toBe(0n);
  // what is added to a price is found in it again, to the unit
  for (const basisPoints of [0, 600, 1000, 2000, 2300, 2325]) {
    for (let price = 0n; price < 400n; price++) {
      const gross = withTax(price, { rateId: 'r', name: 'VAT', basisPoints, inclusive: false });
      expect(gross - taxIn(gross, basisPoints)).toBe(price);
    }
  }
  expect(withTax(1000n, { rateId: 'r', name: 'VAT', basisPoints: 2300, inclusive: true })).toBe(1000n);
});

test('what is shared out is neither more nor less than what there was', () => {
  expect(inProportion(100n, [1n, 1n, 1n])).toEqual([33n, 33n, 34n]);
  expect(inProportion(7000n, [5000n, 2000n])).toEqual([5000n, 2000n]);
  expect(inProportion(5n, [0n, 0n])).toEqual([5n, 0n]);
  for (let amount = 0n; amount < 50n; amount++) {
    const shares = inProportion(amount, [3n, 0n, 7n, 11n]);
    expect(shares.reduce((sum, one) => sum + one, 0n)).toBe(amount);
    expect(shares.every((one) => one >= 0n)).toBe(true);
  }
});

test('net and tax by rate add up to what was earned, whatever part of the visit was paid', () => {
  const lines = [
    { costMinor: 5000n, tax: { rateId: 'normal', basisPoints: 2300 } },
    { costMinor: 1999n, tax: { rateId: 'reduced', basisPoints: 600 } },
    { costMinor: 1n, tax: undefined },
    { costMinor: 333n, tax: { rateId: 'normal', basisPoints: 2300 } },
  ];
  for (const earned of [0n, 1n, 2n, 99n, 3666n, 7333n]) {
    expect(partsOf(earned, lines).reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(earned);
  }
  expect(partsOf(7333n, lines)).toEqual([
    { kind: 'income', rateId: 'normal', amountMinor: 4065n + 271n },
    { kind: 'tax', rateId: 'normal', amountMinor: 935n + 62n },
    { kind: 'income', rateId: 'reduced', amountMinor: 1886n },
    { kind: 'tax', rateId: 'reduced', amountMinor: 113n },
    { kind: 'income', rateId: '', amountMinor: 1n },
  ]);
  expect(partsOf(10n, [])).toEqual([{ kind: 'income', rateId: '', amountMinor: 10n }]);
});

test('only the difference is posted, in both directions', () => {
  const wanted = partsOf(1230n, [{ costMinor: 1230n, tax: { rateId: 'n', basisPoints: 2300 } }]);
  expect(differences(wanted, wanted)).toEqual([]);
  expect(differences(wanted, [{ kind: 'income', rateId: '', amountMinor: 1230n }])).toEqual([
    { kind: 'income', rateId: '', amountMinor: -1230n },
    { kind: 'income', rateId: 'n', amountMinor: 1000n },
    { kind: 'tax', rateId: 'n', amountMinor: 230n },
  ]);
});
