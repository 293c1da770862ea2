import type { DayHours } from '@holdfast/contract/schedule';
import { ActionIcon, Button, Group, Paper, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconColorPicker, IconPlus, IconTrash } from '@tabler/icons-react';
import { useWords } from '../words.tsx';
import { clockOf, minutesOf } from './hours-text.ts';

interface TypedSpan {
  readonly from: string;
  readonly to: string;
}

/** What is painted with: hours, a day off, or (for a date) back to every week's hours. */
export interface Brush {
  readonly kind: 'hours' | 'off' | 'usual';
  readonly works: readonly TypedSpan[];
  readonly breaks: readonly TypedSpan[];
}

export const firstBrush: Brush = { kind: 'hours', works: [{ from: '09:00', to: '18:00' }], breaks: [] };

export function brushOf({ works, breaks }: DayHours): Brush {
  const typed = (spans: DayHours['works']) => spans.map(({ from, to }) => ({ from: clockOf(from), to: to === 1440 ? '00:00' : clockOf(to) }));
  return works.length === 0 ? { ...firstBrush, kind: 'off' } : { kind: 'hours', works: typed(works), breaks: typed(breaks) };
}

/** What a stroke makes of a day; undefined: what is typed are no hours. */
export function strokeOf(brush: Brush, isDate: boolean): DayHours | null | undefined {
  if (brush.kind === 'usual') return null;
  if (brush.kind === 'off') return isDate ? { works: [], breaks: [] } : null;
  const [works, breaks] = [read(brush.works), read(brush.breaks)];
  return works && breaks && works.length > 0 ? { works, breaks } : undefined;
}

function read(spans: readonly TypedSpan[]): DayHours['works'] | undefined {
  const all = spans.map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to, true) }));
  const good = all.filter((one): one is { from: number; to: number } => one.from !== undefined && one.to !== undefined && one.from < one.to);
  return good.length === all.length ? good.sort((a, b) => a.from - b.from) : undefined;
}

/** The hours to paint with, typed: the same for mouse, finger and keyboard. */
export function HoursBrush({
  brush,
  onChange,
  dates,
  picking,
  onPick,
}: {
  brush: Brush;
  onChange: (brush: Brush) => void;
  dates: boolean;
  /** The next day that is clicked gives its hours instead of taking them. */
  picking: boolean;
  onPick: (picking: boolean) => void;
}) {
  const { say } = useWords();
  const wrong = strokeOf(brush, dates) === undefined;
  const spans = (field: 'works' | 'breaks') => {
    const set = (next: readonly TypedSpan[]) => onChange({ ...brush, [field]: next });
    return brush[field].map((span, line) => {
      const time = (end: 'from' | 'to') => (
        <TextInput
          type="time"
          size="sm"
          w={136}
          label={say(`schedule.${field}.${end}`)}
          value={span[end]}
          onChange={({ currentTarget }) => set(brush[field].map((one, at) => (at === line ? { ...one, [end]: currentTarget.value } : one)))}
        />
      );
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its place
        <Group key={line} gap="xs" align="flex-end" wrap="nowrap">
          {time('from')}
          {time('to')}
          {(field === 'breaks' || brush.works.length > 1) && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={say(`schedule.${field}.remove`)}
              onClick={() => set(brush[field].filter((_, at) => at !== line))}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          )}
        </Group>
      );
    });
  };
  const add = (field: 'works' | 'breaks', span: TypedSpan) => (
    <Button
      size="xs"
      variant="subtle"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => onChange({ ...brush, [field]: [...brush[field], span] })}
    >
      {say(`schedule.${field}.add`)}
    </Button>
  );
  return (
    <Paper withBorder p="md" component="section" aria-label={say('schedule.brush')}>
      <Stack gap="sm">
        <Group gap="sm">
          <SegmentedControl
            aria-label={say('schedule.brush')}
            value={brush.kind}
            onChange={(kind) => onChange({ ...brush, kind: kind as Brush['kind'] })}
            data={[
              { value: 'hours', label: say('schedule.brush.hours') },
              { value: 'off', label: say('schedule.brush.off') },
              ...(dates ? [{ value: 'usual', label: say('schedule.brush.usual') }] : []),
            ]}
          />
          <Button
            variant={picking ? 'light' : 'default'}
            aria-pressed={picking}
            leftSection={<IconColorPicker size={18} aria-hidden />}
            onClick={() => onPick(!picking)}
          >
            {say('schedule.pick')}
          </Button>
        </Group>
        {brush.kind === 'hours' && (
          <Group gap="lg" align="flex-start">
            <Stack gap={6} align="flex-start">
              {spans('works')}
              {brush.works.length < 4 && add('works', { from: '', to: '' })}
            </Stack>
            <Stack gap={6} align="flex-start">
              {spans('breaks')}
              {brush.breaks.length < 4 && add('breaks', { from: '13:00', to: '14:00' })}
            </Stack>
          </Group>
        )}
        <Text size="sm" c={wrong ? 'var(--hf-bad)' : 'dimmed'} role="status">
          {say(wrong ? 'schedule.brush.wrong' : picking ? 'schedule.pick.more' : 'schedule.brush.more')}
        </Text>
      </Stack>
    </Paper>
  );
}
