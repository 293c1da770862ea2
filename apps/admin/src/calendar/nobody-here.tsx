import type { Calendar } from '@holdfast/contract/calendar';
import { Button, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Empty } from '../frame/empty.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import type { TeamMember } from './board-columns.ts';

/** No team yet, or nobody at work: two different things, and neither is an error. */
export function NobodyHere({ board, shown }: { board: Calendar; shown: readonly TeamMember[] }) {
  const { say } = useWords();
  const here = useLocationHere();
  const may = useMay();
  if (board.staff.length === 0) {
    const action = may('catalog.edit') && (
      <Button component={Link} to={`/${here.slug}/settings/staff`}>
        {say('calendar.to_staff')}
      </Button>
    );
    const more = say(may('calendar.see_all') ? 'calendar.no_team.more' : 'calendar.no_column.more');
    return <Empty icon={<IconUsers size={40} stroke={1.2} aria-hidden />} title={say('calendar.no_team')} more={more} action={action} />;
  }
  if (shown.some(({ hours }) => hours.some(({ works }) => works.length > 0))) return null;
  return (
    <Text size="sm" c="dimmed" role="status">
      {say(board.days.length > 1 ? 'calendar.nobody_week' : 'calendar.nobody_works')}
    </Text>
  );
}
