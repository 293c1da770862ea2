import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { currentGuide } from './role-table.ts';

test('the guide shows what the built-in roles allow today', () => {
  const guide = readFileSync(new URL('../docs/guides/roles.md', import.meta.url), 'utf8');
  expect(guide, 'run: node tools/role-table.ts').toBe(currentGuide(guide));
});

test('a guide of yesterday would be noticed', () => {
  const guide = readFileSync(new URL('../docs/guides/roles.md', import.meta.url), 'utf8');
  expect(currentGuide(guide.replace('(`clients.erase`) | yes', '(`clients.erase`) | '))).toBe(guide);
});
