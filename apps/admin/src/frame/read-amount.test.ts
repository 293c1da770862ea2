import { expect, test } from 'vitest';
import { readAmount, writeAmount } from './read-amount.ts';

const minor = (amountMinor: number) => ({ amountMinor });

test('comma and point are both a decimal sign, whatever the language', () => {
  for (const locale of ['en-GB', 'uk', 'pt-PT']) {
    expect(readAmount('45.50', 'EUR', locale)).toEqual(minor(4550));
    expect(readAmount('45,50', 'EUR', locale)).toEqual(minor(4550));
    expect(readAmount('45,5', 'EUR', locale)).toEqual(minor(4550));
    expect(readAmount('45', 'EUR', locale)).toEqual(minor(4500));
    expect(readAmount(' 1 234,50 ', 'UAH', locale)).toEqual(minor(123_450));
    expect(readAmount('45.', 'EUR', locale)).toEqual(minor(4500));
    expect(readAmount('0', 'EUR', locale)).toEqual(minor(0));
  }
});

test('thousands may be written as the language writes them', () => {
  expect(readAmount('1,234', 'EUR', 'en-GB')).toEqual(minor(123_400));
  expect(readAmount('1,234.50', 'EUR', 'en-GB')).toEqual(minor(123_450));
  expect(readAmount('1.234,50', 'EUR', 'pt-PT')).toEqual(minor(123_450));
  expect(readAmount('1.234.567', 'EUR', 'pt-PT')).toEqual(minor(123_456_700));
  expect(readAmount('1 234', 'UAH', 'uk')).toEqual(minor(123_400));
});

test('what could be meant in two ways is not guessed', () => {
  expect(readAmount('1,234', 'EUR', 'pt-PT')).toBe('wrong');
  expect(readAmount('1.234', 'EUR', 'en-GB')).toBe('wrong');
  expect(readAmount('1.2.3', 'EUR', 'en-GB')).toBe('wrong');
  expect(readAmount('12,34.56', 'EUR', 'en-GB')).toBe('wrong');
});

test('each currency has its own number of decimals', () => {
  expect(readAmount('500', 'JPY', 'en-GB')).toEqual(minor(500));
  expect(readAmount('1,500', 'JPY', 'en-GB')).toEqual(minor(1500));
  expect(readAmount('5.5', 'JPY', 'en-GB')).toBe('wrong');
  expect(readAmount('1.250', 'KWD', 'en-GB')).toEqual(minor(1250));
  expect(readAmount('1,250', 'KWD', 'uk')).toEqual(minor(1250));
  expect(readAmount('4.555', 'EUR', 'en-GB')).toBe('wrong');
});

test('nothing is nothing, and words, signs and endless numbers are no amounts', () => {
  expect(readAmount('  ', 'EUR', 'en-GB')).toBe('nothing');
  for (const text of ['free', '-5', '+5', '1e3', '=1+1', '<script>', '€5', ',5', '٤٥', '9'.repeat(17), '5 5.5.5'])
    expect(readAmount(text, 'EUR', 'en-GB'), text).toBe('wrong');
});

test('an amount that is written into the field is read back as the same', () => {
  for (const locale of ['en-GB', 'uk', 'pt-PT'])
    for (const currency of ['EUR', 'JPY', 'KWD'])
      for (const amount of [0, 1, 9, 99, 100, 101, 4550, 123_456_789])
        expect(readAmount(writeAmount(amount, currency, locale), currency, locale), `${amount} ${currency} ${locale}`).toEqual(minor(amount));
});
