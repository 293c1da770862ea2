import type { Appointment } from '@holdfast/contract/calendar';
import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Part } from '../frame/part.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';

/** Places at a group event: its time and services are the event's, and are changed there. */
export function EventPart({ appointment }: { appointment: Appointment }) {
  const { say, when, time } = useWords();
  const here = useLocationHere();
  const { event, startsAt, endsAt, timeZone, staffName } = appointment;
  if (!event) return null;
  return (
    <Part title={say('appointment.event')}>
      <Stack gap={4}>
        <Text size="sm" fw={600}>
          {event.title} · {say('appointment.event.places', { count: event.places })}
        </Text>
        <Text size="sm">
          {when(startsAt, timeZone)} – {time(endsAt, timeZone)} · {staffName}
        </Text>
        <Anchor component={Link} to={`/${here.slug}/events/${event.id}` as never} size="sm">
          {say('appointment.event.open')}
        </Anchor>
      </Stack>
    </Part>
  );
}
