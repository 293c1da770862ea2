import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useEffectEvent } from 'react';
import { isDay } from '../calendar/calendar-days.ts';
import { useWords } from '../words.tsx';
import { addDays } from './local-day.ts';

/** Which day: before, today, after, any. The arrow keys go from day to day wherever nothing is typed. */
export function DayBar({ day, today, onDay }: { day: string; today: string; onDay: (day: string) => void }) {
  const { say } = useWords();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    if (event.target instanceof Element && event.target.closest('input, textarea, select, [role=dialog], [role=tab], [contenteditable]')) return;
    if (event.key === 'ArrowLeft') onDay(addDays(day, -1));
    if (event.key === 'ArrowRight') onDay(addDays(day, 1));
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return (
    <Group gap="xs" role="toolbar" aria-label={say('reports.day.choose')} className="reports-no-print">
      <ActionIcon
        variant="default"
        size={36}
        onClick={() => onDay(addDays(day, -1))}
        aria-label={say('reports.day.before')}
        aria-keyshortcuts="ArrowLeft"
      >
        <IconChevronLeft size={18} aria-hidden />
      </ActionIcon>
      <Button variant="default" px="sm" onClick={() => onDay(today)} aria-pressed={day === today}>
        {say('reports.today')}
      </Button>
      <ActionIcon
        variant="default"
        size={36}
        onClick={() => onDay(addDays(day, 1))}
        aria-label={say('reports.day.after')}
        aria-keyshortcuts="ArrowRight"
      >
        <IconChevronRight size={18} aria-hidden />
      </ActionIcon>
      <TextInput
        type="date"
        w={150}
        aria-label={say('reports.day')}
        key={day}
        defaultValue={day}
        onChange={({ currentTarget: { value } }) => isDay(value) && onDay(value)}
      />
    </Group>
  );
}
