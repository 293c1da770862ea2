import { ActionIcon, Button, Group, Menu, SegmentedControl, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconCopy } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useWords } from '../words.tsx';
import { addDays } from './hours-text.ts';
import type { ScheduleSearch } from './routes.tsx';

/** What is painted: every week or dates; which dates; and copying a week. */
export function ScheduleTools({ view, from, onCopyWeek }: { view: ScheduleSearch['view']; from: string; onCopyWeek: (weeks: number) => void }) {
  const { say, shortDay } = useWords();
  const navigate = useNavigate();
  const go = (search: Partial<ScheduleSearch>) => void navigate({ to: '.', search: { view, from, ...search }, replace: true });
  const length = view === 'month' ? 28 : 7;
  return (
    <Group gap="sm">
      <SegmentedControl
        aria-label={say('schedule.view')}
        value={view}
        onChange={(next) => go({ view: next as ScheduleSearch['view'] })}
        data={[
          { value: 'every-week', label: say('schedule.view.every_week') },
          { value: 'week', label: say('schedule.view.week') },
          { value: 'month', label: say('schedule.view.month') },
        ]}
      />
      {view !== 'every-week' && (
        <Group gap={4} wrap="nowrap">
          <ActionIcon variant="default" size="lg" aria-label={say('schedule.earlier')} onClick={() => go({ from: addDays(from, -length) })}>
            <IconChevronLeft size={18} aria-hidden />
          </ActionIcon>
          <Text size="sm" fw={550} px="xs" role="status">
            {say('schedule.stretch', { from: shortDay(from), to: shortDay(addDays(from, length - 1)) })}
          </Text>
          <ActionIcon variant="default" size="lg" aria-label={say('schedule.later')} onClick={() => go({ from: addDays(from, length) })}>
            <IconChevronRight size={18} aria-hidden />
          </ActionIcon>
        </Group>
      )}
      {view === 'week' && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="default" leftSection={<IconCopy size={18} aria-hidden />}>
              {say('schedule.copy_week')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {[1, 2, 4, 7].map((count) => (
              <Menu.Item key={count} onClick={() => onCopyWeek(count)}>
                {say('schedule.copy_week.to', { count })}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  );
}
