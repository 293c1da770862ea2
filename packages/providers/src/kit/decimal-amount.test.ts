import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromDecimal, toDecimal } from './decimal-amount.ts';

describe('amounts in whole coins of people', () => {
  it.each([
    [750_10n, 'UAH', '750.10'],
    [1n, 'UAH', '0.01'],
    [0n, 'UAH', '0.00'],
    [-1n, 'UAH', '-0.01'],
    [-750_00n, 'EUR', '-750.00'],
    [5000n, 'JPY', '5000'],
    [12_350n, 'KWD', '12.350'],
    [90_071_992_547_409_93n, 'UAH', '90071992547409.93'],
  ])('%s minor units of %s are %s', (minor, currency, decimal) => {
    expect(toDecimal(minor, currency)).toBe(decimal);
    expect(fromDecimal(decimal, currency)).toBe(minor);
  });

  it.each([
    ['10.1', 'UAH', 10_10n],
    ['10', 'UAH', 10_00n],
    ['10.1000', 'UAH', 10_10n],
    ['0010.10', 'UAH', 10_10n],
    ['5000.00', 'JPY', 5000n],
    ['-0.5', 'UAH', -50n],
  ])('%s %s is read too', (text, currency, minor) => {
    expect(fromDecimal(text, currency)).toBe(minor);
  });

  it.each(['', '.', '1.', '.1', '1e2', '1,50', ' 1', '1 ', '+1', '--1', 'NaN', '٣', '1'.repeat(40)])('%j is no amount', (text) => {
    expect(() => fromDecimal(text, 'UAH')).toThrow(RangeError);
  });

  it('what the currency has no coin for is never rounded', () => {
    expect(() => fromDecimal('10.101', 'UAH')).toThrow(RangeError);
    expect(() => fromDecimal('5000.5', 'JPY')).toThrow(RangeError);
    expect(() => fromDecimal('1', 'XXX')).toThrow(RangeError);
  });

  it('there and back is the same amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.constantFrom('UAH', 'JPY', 'KWD'), (minor, currency) => {
        expect(fromDecimal(toDecimal(minor, currency), currency)).toBe(minor);
      }),
    );
  });
});
