import type { DayFigures } from '@holdfast/contract/reports';
import { appointmentStatuses } from '@holdfast/contract/steps';
import { Anchor, Badge, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';

/** How many visits of the day there are, by their status. */
export function DayVisits({ day }: { day: DayFigures }) {
  const { say } = useWords();
  const here = useLocationHere();
  const may = useMay();
  const some = appointmentStatuses.filter((status) => day.visits.byStatus[status] > 0);
  return (
    <Stack gap="xs" component="section" aria-labelledby="day-visits">
      <Group gap="md" justify="space-between">
        <Title order={3} size="h5" id="day-visits">
          {say('reports.visits')}
        </Title>
        {may('calendar.see') && (
          <Anchor component={Link} to={`/${here.slug}/calendar`} search={{ day: day.day } as never} size="sm" className="reports-no-print">
            {say('reports.to_calendar')}
          </Anchor>
        )}
      </Group>
      {some.length === 0 ? (
        <Text size="sm" c="dimmed">
          {say('reports.no_visits')}
        </Text>
      ) : (
        <Group gap="sm">
          {some.map((status) => (
            <Badge key={status} variant="light" color={status === 'arrived' || status === 'confirmed' ? undefined : 'gray'} size="lg" tt="none">
              {say(`appointment.status.${status}`)}: {day.visits.byStatus[status]}
            </Badge>
          ))}
        </Group>
      )}
    </Stack>
  );
}
