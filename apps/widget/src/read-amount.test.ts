import { expect, test } from 'vitest';
import { readAmount } from './read-amount.ts';

test.each([
  ['25', 'EUR', 2500],
  ['25,5', 'EUR', 2550],
  ['25.05', 'EUR', 2505],
  [' 1 200 ', 'UAH', 120_000],
  ['25.', 'EUR', 2500],
  ['300', 'JPY', 300],
  ['0', 'EUR', 0],
])('“%s” %s is %s', (typed, currency, minor) => {
  expect(readAmount(typed, currency)).toBe(minor);
});

test.each([
  ['', 'EUR'],
  ['-5', 'EUR'],
  ['5.001', 'EUR'],
  ['3.5', 'JPY'],
  ['1e3', 'EUR'],
  ['all', 'EUR'],
  ['9999999999', 'EUR'],
])('“%s” %s is no amount', (typed, currency) => {
  expect(readAmount(typed, currency)).toBeNull();
});
