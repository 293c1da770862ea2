import { Button, Group, TextInput } from '@mantine/core';
import { isDay } from '../calendar/calendar-days.ts';
import { useWords } from '../words.tsx';
import { periodOf, presetOf, presets } from './periods.ts';
import type { Period } from './reports-queries.ts';

/** The period: one of those that are asked for every day, or one's own. */
export function PeriodBar({ period, today, onPeriod }: { period: Period; today: string; onPeriod: (period: Period) => void }) {
  const { say, shortDay } = useWords();
  const chosen = presetOf(period, today);
  const set = (part: Partial<Period>) => {
    const next = { ...period, ...part };
    // the other end follows instead of refusing
    onPeriod(next.from <= next.to ? next : part.from ? { from: next.from, to: next.from } : { from: next.to, to: next.to });
  };
  return (
    <Group gap="xs" align="flex-end" role="group" aria-label={say('reports.period')}>
      <Group gap={6} className="reports-no-print">
        {presets.map((preset) => (
          <Button
            key={preset}
            size="xs"
            variant={preset === chosen ? 'filled' : 'default'}
            aria-pressed={preset === chosen}
            onClick={() => onPeriod(periodOf(preset, today))}
          >
            {say(`reports.period.${preset}`)}
          </Button>
        ))}
      </Group>
      <Group gap="xs" wrap="nowrap" className="reports-no-print">
        <TextInput
          type="date"
          size="xs"
          aria-label={say('reports.from')}
          key={`from ${period.from}`}
          defaultValue={period.from}
          onChange={({ currentTarget: { value } }) => isDay(value) && set({ from: value })}
        />
        <TextInput
          type="date"
          size="xs"
          aria-label={say('reports.to')}
          key={`to ${period.to}`}
          defaultValue={period.to}
          onChange={({ currentTarget: { value } }) => isDay(value) && set({ to: value })}
        />
      </Group>
      <span className="reports-only-print">
        {shortDay(period.from)} – {shortDay(period.to)}
      </span>
    </Group>
  );
}
