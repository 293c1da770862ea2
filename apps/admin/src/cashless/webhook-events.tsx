import type { PaymentConnection } from '@holdfast/contract/cashless';
import { Code, Group, Table, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { serverNow } from '../server-clock.ts';
import { useWords } from '../words.tsx';

/** The self-test: the types to tick, and which of them have really arrived. */
export function WebhookEvents({ events, timeZone }: { events: PaymentConnection['events']; timeZone: string }) {
  const { say, time, shortDay } = useWords();
  const dayOf = (at: string | number) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(at));
  const arrived = (at: string) => (dayOf(at) === dayOf(serverNow()) ? time(at, timeZone) : `${shortDay(dayOf(at))}, ${time(at, timeZone)}`);
  if (events.length === 0) return null;
  const ticked = events.some(({ asked }) => asked);
  return (
    <Table verticalSpacing={4} withRowBorders={false} aria-label={say('cashless.webhook.self_test')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{say(ticked ? 'cashless.webhook.events' : 'cashless.webhook.types')}</Table.Th>
          <Table.Th>{say('cashless.webhook.self_test')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {events.map(({ type, asked, arrivedAt }) => (
          <Table.Tr key={type}>
            <Table.Td>
              <Code style={{ overflowWrap: 'anywhere' }}>{type}</Code>
              {ticked && !asked && (
                <Text span size="xs" c="dimmed" ml={6}>
                  {say('cashless.webhook.not_asked')}
                </Text>
              )}
            </Table.Td>
            <Table.Td>
              {arrivedAt ? (
                <Group gap={4} wrap="nowrap" style={{ color: 'var(--hf-good)' }}>
                  <IconCircleCheck size={16} aria-hidden style={{ flexShrink: 0 }} />
                  <Text size="sm">{say('cashless.webhook.arrived', { time: arrived(arrivedAt) })}</Text>
                </Group>
              ) : (
                <Text size="sm" c="dimmed">
                  {say('cashless.webhook.not_yet')}
                </Text>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
