import type { BookingLink, SentEvents } from '@holdfast/contract/booking-links';
import { type WidgetEventName, widgetEvents } from '@holdfast/contract/widget-events';
import { Code, Stack, Table, Text } from '@mantine/core';
import { Part } from '../frame/part.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useSentEvents } from './links-query.ts';

/** What each event means, and the last ones with what became of them. */
export function MeasuredEvents({ link }: { link: BookingLink }) {
  const { say } = useWords();
  return (
    <Stack gap="lg">
      <Part title={say('links.events')} order={2}>
        <Stack component="dl" gap={0} m={0}>
          {widgetEvents.map((name) => (
            <div
              key={name}
              style={{
                display: 'flex',
                flexWrap: 'wrap',
                gap: '2px 12px',
                padding: '8px 0',
                borderTop: '1px solid var(--mantine-color-default-border)',
              }}
            >
              <dt style={{ flex: '0 0 210px' }}>
                <Code>{name}</Code>
              </dt>
              <Text component="dd" size="sm" m={0} style={{ flex: '1 1 220px' }}>
                {say(`links.event.${name}`)}
              </Text>
            </div>
          ))}
        </Stack>
      </Part>
      {link.measurementId && <LastEvents linkId={link.id} />}
    </Stack>
  );
}

function LastEvents({ linkId }: { linkId: string }) {
  const { say } = useWords();
  const sent = useSentEvents(linkId);
  return (
    <Part title={say('links.events.last')} order={2}>
      {sent.isError && <TroubleNotice error={sent.error} onRetry={() => void sent.refetch()} />}
      {sent.data?.events.length === 0 && (
        <Text size="sm" c="dimmed">
          {say('links.events.none')}
        </Text>
      )}
      {sent.data && sent.data.events.length > 0 && <EventsTable events={sent.data.events} />}
    </Part>
  );
}

function EventsTable({ events }: { events: SentEvents['events'] }) {
  const { say, when, money } = useWords();
  const { timeZone } = useLocationHere();
  const worthOf = ({ params }: SentEvents['events'][number]) => {
    const { valueMinor, currency } = params;
    return typeof valueMinor === 'number' && typeof currency === 'string' ? money(valueMinor, currency) : '';
  };
  return (
    <Table.ScrollContainer minWidth={560} mah={420}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('links.events.when')}</Table.Th>
            <Table.Th>{say('links.events.name')}</Table.Th>
            <Table.Th ta="right">{say('links.events.value')}</Table.Th>
            <Table.Th>{say('links.events.sender')}</Table.Th>
            <Table.Th>{say('links.events.outcome')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {events.map((event) => (
            <Table.Tr key={event.id}>
              <Table.Td>{when(event.at, timeZone)}</Table.Td>
              <Table.Td title={say(`links.event.${event.name as WidgetEventName | 'purchase'}`)}>
                <Code>{event.name}</Code>
              </Table.Td>
              <Table.Td ta="right">{worthOf(event)}</Table.Td>
              <Table.Td>{say(`links.sender.${event.sender}`)}</Table.Td>
              <Table.Td>{say(`links.outcome.${event.outcome}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
