import type { ScheduleChanged } from '@holdfast/contract/schedule';
import { Alert, Anchor, List } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';

const SHOWN = 12;

/** Appointments that no longer fit the hours. Nothing was moved: somebody has to decide. */
export function OutsideNotice({ outside }: { outside: ScheduleChanged['outside'] }) {
  const { say, when } = useWords();
  const here = useLocationHere();
  return (
    <Alert
      role="alert"
      icon={<IconAlertTriangle aria-hidden />}
      title={say('schedule.outside', { count: outside.length })}
      bg="var(--hf-warm-soft)"
      styles={{ title: { color: 'var(--hf-warm-ink)' }, icon: { color: 'var(--hf-warm-ink)' } }}
    >
      <List size="sm">
        {outside.slice(0, SHOWN).map(({ appointmentId, staffName, startsAt }) => (
          <List.Item key={appointmentId}>
            <Anchor
              component={Link}
              to={`/${here.slug}/calendar`}
              search={{ appointment: appointmentId } as never}
              size="sm"
              py={3}
              display="inline-block"
              c="inherit"
              underline="always"
            >
              {staffName}, {when(startsAt, here.timeZone)}
            </Anchor>
          </List.Item>
        ))}
        {outside.length > SHOWN && <List.Item>{say('schedule.outside.more', { count: outside.length - SHOWN })}</List.Item>}
      </List>
    </Alert>
  );
}
