import { expect, test } from 'vitest';
import { canBeAdded, offerFor, staffForAll } from './offers.ts';
import { plainPage } from './testing/plain-page.ts';

test('several services back to back are done by somebody who does all of them', () => {
  expect(staffForAll(plainPage, ['cut']).map(({ id }) => id)).toEqual(['anna', 'bea']);
  expect(staffForAll(plainPage, ['cut', 'colour']).map(({ id }) => id)).toEqual(['anna']);
  expect(staffForAll(plainPage, ['cut', 'unknown'])).toEqual([]);
  expect(canBeAdded(plainPage, ['cut'], 'colour')).toBe(true);
  expect(canBeAdded(plainPage, ['cut'], 'unknown')).toBe(false);
});

test('"any team member" is a range over everybody who could do it', () => {
  expect(offerFor(plainPage, ['cut'], 'any')).toEqual({ priceMinMinor: 3000, priceMaxMinor: 5000, minMinutes: 45, maxMinutes: 60, mark: 'required' });
  expect(offerFor(plainPage, ['cut'], null)).toEqual(offerFor(plainPage, ['cut'], 'any'));
});

test('one person has one price and one duration, and the mark of what they ask for', () => {
  expect(offerFor(plainPage, ['cut'], 'bea')).toEqual({
    priceMinMinor: 3000,
    priceMaxMinor: 3000,
    minMinutes: 45,
    maxMinutes: 45,
    mark: 'not_available',
  });
  expect(offerFor(plainPage, ['cut', 'colour'], 'anna')).toMatchObject({ priceMinMinor: 13_000, minMinutes: 150, mark: 'required' });
});

test('nothing chosen, or nobody for it, is no offer', () => {
  expect(offerFor(plainPage, [], null)).toBeNull();
  expect(offerFor(plainPage, ['colour'], 'bea')).toBeNull();
});
