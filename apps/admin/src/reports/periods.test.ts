import { expect, test } from 'vitest';
import { periodOf, presetOf } from './periods.ts';

test.each([
  ['today', '2026-03-01', '2026-03-01', '2026-03-01'],
  ['yesterday', '2026-03-01', '2026-02-28', '2026-02-28'],
  ['last_7', '2026-03-01', '2026-02-23', '2026-03-01'],
  ['this_month', '2026-03-01', '2026-03-01', '2026-03-01'],
  ['last_month', '2026-03-31', '2026-02-01', '2026-02-28'],
  ['last_month', '2026-01-15', '2025-12-01', '2025-12-31'],
  ['this_year', '2024-02-29', '2024-01-01', '2024-02-29'],
] as const)('%s, seen from %s, is from %s to %s', (preset, today, from, to) => {
  expect(periodOf(preset, today)).toEqual({ from, to });
});

test('a period of one’s own is none of the presets', () => {
  expect(presetOf({ from: '2026-02-03', to: '2026-02-05' }, '2026-03-01')).toBeUndefined();
  expect(presetOf({ from: '2026-02-01', to: '2026-02-28' }, '2026-03-05')).toBe('last_month');
});
