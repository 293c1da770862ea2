import { expect, test } from 'vitest';
import { canBeAdded, offerFor, staffForAll, taxesIn } from './offers.ts';
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

test('behind a price stand the taxes in it, each once, and none where there is none', () => {
  const taxed = (of: Readonly<Record<string, number>>) => ({
    ...plainPage,
    services: plainPage.services.map((service) => ({ ...service, tax: service.id in of ? { name: 'VAT', basisPoints: of[service.id] ?? 0 } : null })),
  });
  expect(taxesIn(plainPage, ['cut'])).toBe('');
  expect(taxesIn(taxed({ cut: 2300, colour: 2300 }), ['cut', 'colour'])).toBe('VAT 23%');
  expect(taxesIn(taxed({ cut: 2300, colour: 650 }), ['cut', 'colour'])).toBe('VAT 23%, VAT 6.5%');
  expect(taxesIn(taxed({ cut: 0 }), ['cut'])).toBe('');
});
