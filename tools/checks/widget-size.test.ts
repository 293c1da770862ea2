import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const assets = fileURLToPath(new URL('../../apps/widget/dist/assets/', import.meta.url));
const budgetBytes = 35_000;

/** A page is the script, the style and the words of one language. */
function heaviestPage(ending: '.br' | '.gz'): number {
  const sizes = readdirSync(assets)
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ name, bytes: statSync(assets + name).size }));
  const words = sizes.filter(({ name }) => /^(?:en|uk|pt|ar)-/.test(name));
  const shared = sizes.filter(({ name }) => name.startsWith('main-'));
  expect(words).toHaveLength(4);
  return shared.reduce((sum, { bytes }) => sum + bytes, 0) + Math.max(...words.map(({ bytes }) => bytes));
}

test('the booking page stays small in its heaviest language, however it is compressed', () => {
  expect(heaviestPage('.br')).toBeLessThanOrEqual(budgetBytes);
  expect(heaviestPage('.gz')).toBeLessThanOrEqual(budgetBytes);
});
