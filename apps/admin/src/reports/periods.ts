import { addDays } from './local-day.ts';
import type { Period } from './reports-queries.ts';

export const presets = ['today', 'yesterday', 'last_7', 'this_month', 'last_month', 'this_year'] as const;
export type Preset = (typeof presets)[number];

/** The days of a preset, seen from today. */
export function periodOf(preset: Preset, today: string): Period {
  const month = `${today.slice(0, 7)}-01`;
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'last_7':
      return { from: addDays(today, -6), to: today };
    case 'this_month':
      return { from: month, to: today };
    case 'last_month':
      return { from: `${addDays(month, -1).slice(0, 7)}-01`, to: addDays(month, -1) };
    case 'this_year':
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
  }
}

export function presetOf(period: Period, today: string): Preset | undefined {
  return presets.find((preset) => {
    const { from, to } = periodOf(preset, today);
    return from === period.from && to === period.to;
  });
}
