import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrastOf, isReadable, paletteOf, readableContrast } from './palette.ts';

test('black on white is 21 to 1, a colour on itself 1', () => {
  expect(contrastOf('#000000', '#ffffff')).toBe(21);
  expect(contrastOf('#7c3aed', '#7c3aed')).toBe(1);
  // as the examples of WCAG's technique G18 have it: the lightest grey that passes on white, and the next
  expect(contrastOf('#767676', '#ffffff')).toBeGreaterThanOrEqual(4.5);
  expect(contrastOf('#777777', '#ffffff')).toBeLessThan(4.5);
});

test('a colour that can be read stays as it is, a pale one becomes its nearest darker shade', () => {
  expect(paletteOf('#0d5f57').light.accent).toBe('#0d5f57');
  expect(isReadable('#0d5f57', 'light')).toBe(true);
  expect(isReadable('#f2c94c', 'light')).toBe(false);
  const { accent } = paletteOf('#f2c94c').light;
  expect(accent).not.toBe('#f2c94c');
  expect(contrastOf(accent, '#f6f5f1')).toBeLessThan(5.2);
});

test('whatever colour somebody likes, everything can be read', () => {
  const hex = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(hex, (liked) => {
      const { light, dark } = paletteOf(liked);
      for (const [{ accent, strong, onAccent, soft }, grounds] of [
        [light, ['#ffffff', '#f6f5f1']],
        [dark, ['#1b201f', '#121615']],
      ] as const) {
        for (const ground of [...grounds, soft]) expect(contrastOf(accent, ground)).toBeGreaterThanOrEqual(readableContrast);
        expect(contrastOf(onAccent, accent)).toBeGreaterThanOrEqual(readableContrast);
        expect(contrastOf(onAccent, strong)).toBeGreaterThanOrEqual(readableContrast);
      }
    }),
  );
});
