import { currencyExponent } from '@holdfast/contract/currency-exponent';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripeMinimumChargeMinor } from './minimum-charge.ts';
import { fromStripeAmount, fromStripeFee, toStripeAmount } from './stripe-amount.ts';

// biome-ignore format: a table reads better as one
const currencies = [
  'AED', 'ARS', 'AUD', 'BGN', 'BHD', 'BIF', 'BRL', 'CAD', 'CHF', 'CLP', 'CNY', 'COP', 'CZK', 'DJF', 'DKK', 'EGP', 'EUR', 'GBP', 'GEL', 'GNF', 'HKD',
  'HUF', 'IDR', 'ILS', 'INR', 'ISK', 'JOD', 'JPY', 'KES', 'KMF', 'KRW', 'KWD', 'KZT', 'MAD', 'MDL', 'MGA', 'MXN', 'MYR', 'NOK', 'NZD', 'OMR', 'PEN',
  'PHP', 'PLN', 'PYG', 'QAR', 'RON', 'RSD', 'RWF', 'SAR', 'SEK', 'SGD', 'THB', 'TND', 'TRY', 'TWD', 'UAH', 'UGX', 'USD', 'UYU', 'UZS', 'VND', 'VUV',
  'XAF', 'XOF', 'XPF', 'ZAR',
];
const threeDecimals = ['BHD', 'JOD', 'KWD', 'OMR', 'TND'];

describe('what Stripe is asked for', () => {
  it.each([
    ['ten euros', 10_00n, 'EUR', 1000],
    ['one cent', 1n, 'EUR', 1],
    ['five hundred yen', 500n, 'JPY', 500],
    ['one yen', 1n, 'JPY', 1],
    ['ten forints, which are ordinary', 10_00n, 'HUF', 1000],
    ['a forint with fillér', 10_55n, 'HUF', 1055],
    ['ten Taiwan dollars, which are ordinary', 10_00n, 'TWD', 1000],
    ['five Icelandic krónur, which Stripe wants with two zeros', 5n, 'ISK', 500],
    ['five Ugandan shillings, which Stripe wants with two zeros', 5n, 'UGX', 500],
    ['a dinar and a quarter of Kuwait', 1250n, 'KWD', 1250],
    ['ten fils', 10n, 'KWD', 10],
    ['one ariary, which ISO counts in hundredths and Stripe does not', 1_00n, 'MGA', 1],
    ['nothing', 0n, 'EUR', 0],
  ])('%s', (_, amountMinor, currency, amount) => {
    expect(toStripeAmount(amountMinor, currency)).toEqual({ amount });
    expect(fromStripeAmount(amount, currency)).toBe(amountMinor);
  });

  it.each([
    ['a dinar price that does not end in zero, instead of rounding it', 1234n, 'KWD', 'amount_not_chargeable'],
    ['one fils', 1n, 'BHD', 'amount_not_chargeable'],
    ['a part of an ariary', 1_50n, 'MGA', 'amount_not_chargeable'],
    ['less than nothing', -1n, 'EUR', 'amount_not_chargeable'],
    ['more than a JSON reader can hold', 2n ** 53n, 'EUR', 'amount_not_chargeable'],
    ['more than that only in Stripe’s figures', 2n ** 53n / 100n + 1n, 'ISK', 'amount_not_chargeable'],
    ['a currency nobody knows', 100n, 'XXX', 'currency_not_supported'],
    ['a currency in small letters', 100n, 'eur', 'currency_not_supported'],
  ])('refuses %s', (_, amountMinor, currency, refused) => {
    expect(toStripeAmount(amountMinor, currency)).toEqual({ refused });
  });

  it('the largest exact amount passes, the next does not', () => {
    expect(toStripeAmount(2n ** 53n - 1n, 'USD')).toEqual({ amount: Number.MAX_SAFE_INTEGER });
    expect(toStripeAmount(2n ** 53n, 'USD')).toEqual({ refused: 'amount_not_chargeable' });
  });

  it('whatever can be asked for comes back as the same amount, in every currency', () => {
    fc.assert(
      fc.property(fc.constantFrom(...currencies), fc.bigInt(0n, 10n ** 15n), (currency, amountMinor) => {
        const asked = toStripeAmount(amountMinor, currency);
        if ('refused' in asked) return;
        expect(fromStripeAmount(asked.amount, currency)).toBe(amountMinor);
        expect(fromStripeAmount(asked.amount, currency.toLowerCase())).toBe(amountMinor);
      }),
      { numRuns: 5000 },
    );
  });

  it('every whole unit of every currency can be charged, and is worth what it says', () => {
    for (const currency of currencies) {
      const oneUnit = 10n ** BigInt(currencyExponent(currency));
      const asked = toStripeAmount(oneUnit, currency);
      if ('refused' in asked) throw new Error(`one ${currency} is refused`);
      const zeroDecimal = ['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'].includes(
        currency,
      );
      expect({ currency, ...asked }).toEqual({ currency, amount: zeroDecimal ? 1 : threeDecimals.includes(currency) ? 1000 : 100 });
    }
  });
});

describe('what Stripe answers', () => {
  it('an amount finer than the currency is not rounded but refused', () => {
    expect(() => fromStripeAmount(1234, 'isk')).toThrow(RangeError);
    expect(() => fromStripeAmount(10.5, 'eur')).toThrow(RangeError);
    expect(() => fromStripeAmount(100, 'xxx')).toThrow(RangeError);
  });

  it('a fee finer than the currency is rounded up', () => {
    expect(fromStripeFee(1234, 'isk')).toBe(13n);
    expect(fromStripeFee(1200, 'isk')).toBe(12n);
    expect(fromStripeFee(61, 'eur')).toBe(61n);
    expect(fromStripeFee(0, 'isk')).toBe(0n);
  });
});

describe('the smallest charge', () => {
  it.each([
    ['EUR', 50n],
    ['GBP', 30n],
    ['HUF', 175_00n],
    ['JPY', 50n],
    ['UAH', 50_00n],
    ['KWD', 350n],
    ['ISK', 150n],
  ])('in %s is %s', (currency, minimum) => {
    expect(stripeMinimumChargeMinor(currency)).toBe(minimum);
  });

  it('has a figure for every currency we know, and each of them can be charged', () => {
    expect(currencies.filter((currency) => 'refused' in toStripeAmount(stripeMinimumChargeMinor(currency), currency))).toEqual([]);
  });
});
