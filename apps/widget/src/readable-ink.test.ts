import { expect, test } from 'vitest';
import { initials, readableInk } from './readable-ink.ts';

test('initials are read on light and on dark colours', () => {
  expect(readableInk('#ffffff')).toBe('#000000');
  expect(readableInk('#f2c94c')).toBe('#000000');
  expect(readableInk('#1b1f1e')).toBe('#ffffff');
  expect(readableInk('#7b2d26')).toBe('#ffffff');
});

test('initials are the first and the last word’s, in any script', () => {
  expect(initials('Олена')).toBe('О');
  expect(initials('anna  maria  lopes')).toBe('AL');
  expect(initials('')).toBe('');
});
