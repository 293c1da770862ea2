import { expect, test } from 'vitest';
import { readPercent, sayFee, writePercent } from './percent.ts';

test.each([
  ['', 0],
  ['0', 0],
  ['1.75', 175],
  ['1,75 %', 175],
  ['1,7', 170],
  ['2.', 200],
  ['100', 10_000],
  ['100.01', undefined],
  ['1.755', undefined],
  ['-1', undefined],
  ['one', undefined],
])('%j is so many hundredths of a percent: %s', (text, basisPoints) => {
  expect(readPercent(text)).toBe(basisPoints);
});

test('what was read is written as it was meant', () => {
  expect(writePercent(175, 'pt-PT')).toBe('1,75');
  expect(sayFee({ basisPoints: 175, fixedMinor: 5 }, (minor) => `€${minor}`, 'en-GB')).toBe('1.75% + €5');
  expect(sayFee({ basisPoints: 0, fixedMinor: 0 }, String, 'en-GB')).toBe('');
});
