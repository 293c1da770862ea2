import type { Repeat } from '@holdfast/contract/events';
import { Chip, Group, Input, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { readable } from '../frame/readable.ts';
import { useWords } from '../words.tsx';

/** As it is typed. */
export interface TypedRepeat {
  readonly every: 'no' | 'day' | 'week';
  readonly interval: number;
  readonly weekdays: readonly number[];
  readonly ends: 'count' | 'until';
  readonly count: number;
  readonly until: string;
}

export const noRepeat: TypedRepeat = { every: 'no', interval: 1, weekdays: [], ends: 'count', count: 10, until: '' };

/** The rule; null: it does not repeat. */
export function repeatOf({ every, interval, weekdays, ends, count, until }: TypedRepeat, except: readonly string[]): Repeat | null {
  if (every === 'no') return null;
  const end = ends === 'until' && until !== '' ? { until, count: null } : { until: null, count };
  return { every, interval, weekdays: every === 'week' ? [...weekdays].sort((a, b) => a - b) : [], ...end, except: [...except] };
}

/** Every so many weeks on these days, or days, and until when. */
export function RepeatFields({ value, onChange }: { value: TypedRepeat; onChange: (value: TypedRepeat) => void }) {
  const { say, weekday, weekStartsOn } = useWords();
  const set = (more: Partial<TypedRepeat>) => onChange({ ...value, ...more });
  const days = Array.from({ length: 7 }, (_, index) => ((weekStartsOn - 1 + index) % 7) + 1);
  return (
    <Stack gap="sm">
      <Group grow align="flex-start">
        <Select
          label={say('events.repeat')}
          allowDeselect={false}
          data={(['no', 'week', 'day'] as const).map((every) => ({ value: every, label: say(`events.repeat.${every}`) }))}
          value={value.every}
          onChange={(every) => every && set({ every: every as TypedRepeat['every'] })}
          comboboxProps={{ zIndex: 600 }}
        />
        {value.every !== 'no' && (
          <NumberInput
            label={say(`events.interval.${value.every}`)}
            min={1}
            max={52}
            allowDecimal={false}
            value={value.interval}
            onChange={(typed) => set({ interval: typeof typed === 'number' ? Math.max(1, typed) : 1 })}
          />
        )}
      </Group>
      {value.every === 'week' && (
        <Input.Wrapper label={say('events.weekdays')} labelElement="div">
          <Chip.Group multiple value={value.weekdays.map(String)} onChange={(chosen) => set({ weekdays: chosen.map(Number) })}>
            <Group gap={6} mt={4}>
              {days.map((day) => (
                <Chip key={day} value={String(day)} size="sm">
                  {weekday(day, 'short')}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Input.Wrapper>
      )}
      {value.every !== 'no' && (
        <Group grow align="flex-start">
          <Select
            label={say('events.ends')}
            allowDeselect={false}
            data={(['count', 'until'] as const).map((ends) => ({ value: ends, label: say(`events.ends.${ends}`) }))}
            value={value.ends}
            onChange={(ends) => ends && set({ ends: ends as TypedRepeat['ends'] })}
            comboboxProps={{ zIndex: 600 }}
          />
          {value.ends === 'count' ? (
            <NumberInput
              label={say('events.count')}
              min={1}
              max={200}
              allowDecimal={false}
              value={value.count}
              onChange={(typed) => set({ count: typeof typed === 'number' ? Math.max(1, typed) : 1 })}
            />
          ) : (
            <TextInput
              type="date"
              label={say('events.until')}
              required
              styles={readable}
              value={value.until}
              onChange={({ currentTarget }) => set({ until: currentTarget.value })}
            />
          )}
        </Group>
      )}
    </Stack>
  );
}
