import type { PaymentConnection } from '@holdfast/contract/cashless';
import { Alert, Button, Code, CopyButton, Group, Stack, Table, Text } from '@mantine/core';
import { IconCheck, IconCircleCheck, IconCopy } from '@tabler/icons-react';
import { serverNow } from '../server-clock.ts';
import { useWords } from '../words.tsx';

/** Where the provider is to report: the address to paste, the events to tick, and which of them have really arrived. */
export function WebhookBox({
  url,
  reachable,
  events,
  refused,
  timeZone,
}: {
  url: string;
  reachable: boolean;
  events: PaymentConnection['events'];
  refused?: PaymentConnection['refusedWebhook'];
  timeZone: string;
}) {
  const { say, time, when, shortDay } = useWords();
  const dayOf = (at: string | number) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(at));
  const arrived = (at: string) => (dayOf(at) === dayOf(serverNow()) ? time(at, timeZone) : `${shortDay(dayOf(at))}, ${time(at, timeZone)}`);
  return (
    <Stack gap="sm">
      <Text size="sm">{say('cashless.webhook.about')}</Text>
      <Group gap="sm" align="center">
        <Code style={{ overflowWrap: 'anywhere', flex: '1 1 260px' }} p="xs">
          {url}
        </Code>
        <CopyButton value={url}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              onClick={copy}
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            >
              <span aria-live="polite">{copied ? say('frame.copied') : say('cashless.webhook.copy')}</span>
            </Button>
          )}
        </CopyButton>
      </Group>
      {!reachable && (
        <Alert variant="light" color="yellow">
          {say('cashless.polling')}
        </Alert>
      )}
      {refused && (
        <Alert variant="light" color="red" role="alert">
          {say(refused.why === 'stale' ? 'cashless.webhook.stale' : 'cashless.webhook.refused', { when: when(refused.at, timeZone) })}
        </Alert>
      )}
      {events.length > 0 && (
        <Table verticalSpacing={4} withRowBorders={false} aria-label={say('cashless.webhook.events')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say('cashless.webhook.events')}</Table.Th>
              <Table.Th>{say('cashless.webhook.self_test')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {events.map(({ type, asked, arrivedAt }) => (
              <Table.Tr key={type}>
                <Table.Td>
                  <Code style={{ overflowWrap: 'anywhere' }}>{type}</Code>
                  {!asked && (
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
      )}
    </Stack>
  );
}
