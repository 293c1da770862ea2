import type { Appointment } from '@holdfast/contract/calendar';
import { Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconMail, IconPhone } from '@tabler/icons-react';
import { Part } from '../frame/part.tsx';
import { useWords } from '../words.tsx';

/** Whom it is for: call them with one touch, know at a glance whether they come. */
export function ClientPart({ appointment }: { appointment: Appointment }) {
  const { say, when } = useWords();
  const { client, clientComment, clientPageUrl, otherAppointments, timeZone } = appointment;
  return (
    <Part title={say('appointment.client')}>
      {client ? (
        <Group gap="sm">
          {client.phone && (
            <Button
              component="a"
              href={`tel:${client.phone}`}
              variant="default"
              leftSection={<IconPhone size={16} aria-hidden />}
              aria-label={say('appointment.client.call', { phone: client.phone })}
            >
              {client.phone}
            </Button>
          )}
          {client.email && (
            <Button
              component="a"
              href={`mailto:${client.email}`}
              variant="default"
              maw="100%"
              leftSection={<IconMail size={16} aria-hidden />}
              aria-label={say('appointment.client.write', { email: client.email })}
            >
              {client.email}
            </Button>
          )}
          <Badge variant="light" color="gray" c="var(--mantine-color-text)" tt="none" fw={500} size="lg">
            {client.visits === 0 ? say('appointment.client.first') : say('appointment.client.visits', { count: client.visits })}
          </Badge>
          {client.noShows > 0 && (
            <Badge variant="light" bg="var(--hf-warm-soft)" c="var(--hf-warm-ink)" tt="none" fw={500} size="lg">
              {say('appointment.client.no_shows', { count: client.noShows })}
            </Badge>
          )}
        </Group>
      ) : (
        <Text size="sm" c="dimmed">
          {say('appointment.client.hidden')}
        </Text>
      )}
      {clientComment && (
        <Stack gap={2}>
          <Text size="sm" c="dimmed">
            {say('appointment.client.comment')}
          </Text>
          <Text
            size="sm"
            component="blockquote"
            m={0}
            pl="sm"
            style={{ borderLeft: '3px solid var(--mantine-color-default-border)', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
          >
            {clientComment}
          </Text>
        </Stack>
      )}
      {otherAppointments.length > 0 && (
        <Stack gap={2}>
          <Text size="sm" c="dimmed">
            {say('appointment.client.others')}
          </Text>
          {otherAppointments.map((other) => (
            <Text key={other.id} size="sm">
              <Anchor href={`?appointment=${encodeURIComponent(other.id)}`} inherit>
                {when(other.startsAt, timeZone)}
              </Anchor>
              {` · ${other.staffName} · ${say(`appointment.status.${other.status}`)}`}
            </Text>
          ))}
        </Stack>
      )}
      {clientPageUrl && (
        <Anchor href={clientPageUrl} target="_blank" rel="noreferrer" size="sm">
          {say('appointment.client.page')}
        </Anchor>
      )}
    </Part>
  );
}
