import { ActionIcon, Button, Group, MultiSelect, SegmentedControl, Select, TextInput, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconHourglass, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import type { TeamMember, View } from './board-columns.ts';
import { isDay } from './calendar-days.ts';
import { SignKey } from './sign-key.tsx';

interface Props {
  readonly day: string;
  readonly today: string;
  readonly view: View;
  readonly staff: readonly TeamMember[];
  /** Whose columns are shown; empty: everybody's. */
  readonly chosen: readonly string[];
  /** One column at a time: on a phone. */
  readonly narrow: boolean;
  readonly zoom: { readonly canIn: boolean; readonly canOut: boolean; change(by: 1 | -1): void };
  readonly onDay: (day: string) => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onView: (view: View) => void;
  readonly onStaff: (ids: readonly string[]) => void;
}

/** Which day, whose columns, how large. */
export function CalendarBar({ day, today, view, staff, chosen, narrow, zoom, onDay, onStep, onView, onStaff }: Props) {
  const { say } = useWords();
  const here = useLocationHere();
  const people = staff.map(({ id, name }) => ({ value: id, label: name }));
  const one = narrow || view === 'week';
  const step = (by: 1 | -1) =>
    say(view === 'week' ? (by < 0 ? 'calendar.week_before' : 'calendar.week_after') : by < 0 ? 'calendar.day_before' : 'calendar.day_after');
  return (
    <Group gap="xs" className="cal-bar" role="toolbar" aria-label={say('calendar.bar')}>
      <Group gap={4} wrap="nowrap">
        <ActionIcon variant="default" size={36} onClick={() => onStep(-1)} aria-label={step(-1)}>
          <IconChevronLeft size={18} aria-hidden />
        </ActionIcon>
        <Button variant="default" px="sm" onClick={() => onDay(today)} aria-pressed={day === today}>
          {say('calendar.today')}
        </Button>
        <ActionIcon variant="default" size={36} onClick={() => onStep(1)} aria-label={step(1)}>
          <IconChevronRight size={18} aria-hidden />
        </ActionIcon>
      </Group>
      <TextInput
        type="date"
        w={150}
        aria-label={say('calendar.date')}
        key={day}
        defaultValue={day}
        onChange={({ currentTarget: { value } }) => isDay(value) && onDay(value)}
      />
      <SegmentedControl
        aria-label={say('calendar.view')}
        value={view}
        onChange={(next) => onView(next === 'week' ? 'week' : 'day')}
        data={[
          { value: 'day', label: say('calendar.view.day') },
          { value: 'week', label: say('calendar.view.week') },
        ]}
      />
      {one ? (
        <Select
          className="cal-people"
          aria-label={say('calendar.whose')}
          data={view === 'week' ? [{ value: '', label: say('calendar.everybody') }, ...people] : people}
          value={chosen[0] ?? ''}
          allowDeselect={false}
          onChange={(id) => onStaff(id ? [id] : [])}
        />
      ) : (
        <MultiSelect
          className="cal-people"
          aria-label={say('calendar.whose')}
          placeholder={chosen.length === 0 ? say('calendar.everybody') : ''}
          data={people}
          value={[...chosen]}
          onChange={onStaff}
          clearable
          clearButtonProps={{ 'aria-label': say('calendar.everybody') }}
        />
      )}
      <Tooltip label={say('waiting.day')}>
        <ActionIcon
          component={Link}
          to={`/${here.slug}/waiting?day=${day}` as never}
          variant="subtle"
          size={36}
          ml="auto"
          aria-label={say('waiting.day')}
        >
          <IconHourglass size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Group gap={4} wrap="nowrap" visibleFrom="sm">
        <Tooltip label={say('calendar.zoom_out')}>
          <ActionIcon variant="subtle" size={36} disabled={!zoom.canOut} onClick={() => zoom.change(-1)} aria-label={say('calendar.zoom_out')}>
            <IconZoomOut size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={say('calendar.zoom_in')}>
          <ActionIcon variant="subtle" size={36} disabled={!zoom.canIn} onClick={() => zoom.change(1)} aria-label={say('calendar.zoom_in')}>
            <IconZoomIn size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <SignKey />
      </Group>
    </Group>
  );
}
