import { expect, test } from 'vitest';
import { slugFault, slugFrom } from './slug.ts';

test.each([
  ['Linden & Salt, Porto', 'linden-salt-porto'],
  ['Inês São', 'ines-sao'],
  ['  ', ''],
  ['Поділ', 'podil'],
  ['Сонце & Sea', 'sontse-sea'],
  ['Об’їзна', 'obizna'],
  ['東京', ''],
  [`${'a'.repeat(59)} b`, 'a'.repeat(59)],
])('%s suggests the address "%s"', (name, slug) => {
  expect(slugFrom(name)).toBe(slug);
  if (slug) expect(slugFault(slug)).toBeUndefined();
});

test.each([
  ['a', 'location.slug.length'],
  ['a'.repeat(61), 'location.slug.length'],
  ['Ab', 'location.slug.letters'],
  ['a--b', 'location.slug.letters'],
  ['-ab', 'location.slug.letters'],
  ['<script>', 'location.slug.letters'],
])('%s cannot be an address', (slug, fault) => {
  expect(slugFault(slug)).toBe(fault);
});
