import type { EventClient, EventPage } from '@holdfast/contract/events';
import { ActionIcon, Anchor, Group, Stack, Table, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { StatusBadge } from '../appointment/status-badge.tsx';
import { Empty } from '../frame/empty.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';

/** Who comes, with how many places, and who has paid. */
export function ClientList({ event, onOpen, onChange }: { event: EventPage; onOpen: (id: string) => void; onChange: (client: EventClient) => void }) {
  const { say, money } = useWords();
  const may = useMay();
  if (event.clients.length === 0) return <Empty title={say('events.clients.none')} />;
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table verticalSpacing="xs" withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('events.client')}</Table.Th>
            <Table.Th visibleFrom="sm">{say('events.contact')}</Table.Th>
            <Table.Th w={80}>{say('events.capacity')}</Table.Th>
            <Table.Th visibleFrom="sm">{say('events.status')}</Table.Th>
            <Table.Th>{say('events.paid')}</Table.Th>
            <Table.Th w={110} visibleFrom="sm">
              {say('events.cost')}
            </Table.Th>
            <Table.Th w={50} className="ev-screen">
              <VisuallyHidden>{say('events.change_places')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {event.clients.map((client) => {
            const isGone = client.status === 'cancelled' || client.status === 'expired';
            const contact = [client.phone, client.email].filter(Boolean).join(' · ');
            return (
              <Table.Tr key={client.appointmentId} data-gone={isGone ? '' : undefined}>
                <Table.Td>
                  <Anchor
                    component="button"
                    type="button"
                    ta="start"
                    aria-label={say('events.open_client', { name: client.name })}
                    onClick={() => onOpen(client.appointmentId)}
                    {...(isGone ? { c: 'dimmed' } : {})}
                  >
                    {client.name}
                  </Anchor>
                  {client.comment && (
                    <Text size="xs" c="dimmed" lineClamp={2}>
                      {client.comment}
                    </Text>
                  )}
                  {/* a phone has no room for columns of their own */}
                  <Stack hiddenFrom="sm" gap={4} align="flex-start">
                    {contact && <Text size="xs">{contact}</Text>}
                    <StatusBadge status={client.status} />
                  </Stack>
                </Table.Td>
                <Table.Td visibleFrom="sm">
                  <Text size="sm">{contact || '—'}</Text>
                </Table.Td>
                <Table.Td>{client.places}</Table.Td>
                <Table.Td visibleFrom="sm">
                  <StatusBadge status={client.status} />
                </Table.Td>
                <Table.Td>
                  <Paid client={client} event={event} />
                </Table.Td>
                <Table.Td visibleFrom="sm">{money(client.costMinor, event.currency)}</Table.Td>
                <Table.Td className="ev-screen">
                  <Group justify="flex-end">
                    {!isGone && event.status === 'open' && may('calendar.edit') && (
                      <Tooltip label={say('events.change_places')}>
                        <ActionIcon variant="subtle" aria-label={say('events.change_of', { name: client.name })} onClick={() => onChange(client)}>
                          <IconArrowsExchange size={18} aria-hidden />
                        </ActionIcon>
                      </Tooltip>
                    )}
                  </Group>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Paid({ client, event }: { client: EventClient; event: EventPage }) {
  const { say, money, time } = useWords();
  const { prepayment, paidMinor, costMinor, holdExpiresAt, status } = client;
  if (prepayment === 'checking') return <Text size="sm">{say('events.paid.checking')}</Text>;
  if (prepayment === 'credited') return <Text size="sm">{say('events.paid.credited')}</Text>;
  if (status === 'held' && holdExpiresAt) return <Text size="sm">{say('events.paid.held', { time: time(holdExpiresAt, event.timeZone) })}</Text>;
  const amount = money(paidMinor, event.currency);
  if (paidMinor >= costMinor && paidMinor > 0) return <Text size="sm">{say('events.paid.paid', { amount })}</Text>;
  if (paidMinor > 0) return <Text size="sm">{say('events.paid.part', { paid: amount, cost: money(costMinor, event.currency) })}</Text>;
  return (
    <Text size="sm" c="dimmed">
      {say('events.paid.not')}
    </Text>
  );
}
