import type { WaitingLine as Line, WaitingInLine } from '@holdfast/contract/waiting';
import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { TimeLeft } from '../calendar/time-left.tsx';
import { Empty } from '../frame/empty.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { FairnessLog } from './fairness-log.tsx';
import { lineQuery, type WhichLine } from './line-query.ts';
import { RemoveDialog } from './remove-dialog.tsx';

/** Who waits, in order, and what has happened. Nobody can change the order here. */
export function WaitingLine({ which, onOpen }: { which: WhichLine; onOpen: (appointmentId: string) => void }) {
  const here = useLocationHere();
  const reading = useQuery(lineQuery(here.id, which));
  if (reading.data) return <ShownLine line={reading.data} which={which} onOpen={onOpen} />;
  return reading.isPending ? <PageLoading /> : <TroubleNotice error={reading.error} onRetry={() => void reading.refetch()} />;
}

function ShownLine({ line, which, onOpen }: { line: Line; which: WhichLine; onOpen: (appointmentId: string) => void }) {
  const { say } = useWords();
  const may = useMay();
  const [removing, setRemoving] = useState<WaitingInLine>();
  if (line.entries.length === 0) return <Empty title={say('waiting.none')} />;
  const waiting = line.entries.filter(({ position }) => position !== null);
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {say('waiting.about', { minutes: line.offerMinutes })}
      </Text>
      <Table.ScrollContainer minWidth={640}>
        <Table verticalSpacing="xs" withTableBorder>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={60}>{say('waiting.position')}</Table.Th>
              <Table.Th>{say('waiting.client')}</Table.Th>
              <Table.Th>{'eventId' in which ? say('waiting.places') : say('waiting.wants')}</Table.Th>
              <Table.Th>{say('waiting.promise')}</Table.Th>
              <Table.Th>{say('waiting.status')}</Table.Th>
              <Table.Th w={120}>{say('waiting.deeds')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {line.entries.map((entry) => (
              <Table.Tr key={entry.id} data-gone={entry.position === null ? '' : undefined}>
                <Table.Td>{entry.position ?? '—'}</Table.Td>
                <Table.Td>
                  <Text size="sm">{entry.name || say('waiting.number', { number: entry.lineNo })}</Text>
                  <Text size="xs" c="dimmed">
                    {[entry.phone, entry.byStaff ? say('waiting.by_staff') : undefined].filter(Boolean).join(' · ')}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Wanted entry={entry} />
                </Table.Td>
                <Table.Td>
                  <Text size="sm">{say(`waiting.promise.${entry.promise}`)}</Text>
                </Table.Td>
                <Table.Td>
                  <Status entry={entry} timeZone={line.timeZone} />
                </Table.Td>
                <Table.Td>
                  <Group gap="xs">
                    {entry.appointmentId !== null && (
                      <Button size="compact-sm" variant="subtle" onClick={() => onOpen(entry.appointmentId ?? '')}>
                        {say('waiting.open')}
                      </Button>
                    )}
                    {entry.position !== null && may('calendar.edit') && (
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        aria-label={say('waiting.remove_of', { name: entry.name || String(entry.lineNo) })}
                        onClick={() => setRemoving(entry)}
                      >
                        {say('waiting.remove')}
                      </Button>
                    )}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {waiting.length === 0 && <Text size="sm">{say('waiting.nobody_now')}</Text>}
      <FairnessLog line={line} />
      {removing && <RemoveDialog entry={removing} onClose={() => setRemoving(undefined)} />}
    </Stack>
  );
}

function Wanted({ entry }: { entry: WaitingInLine }) {
  const { say } = useWords();
  if (entry.services.length === 0) return <Text size="sm">{entry.places}</Text>;
  const { fromMinute, toMinute } = entry;
  const window =
    fromMinute === null && toMinute === null ? undefined : say('waiting.between', { from: wall(fromMinute ?? 0), to: wall(toMinute ?? 1440) });
  return (
    <>
      <Text size="sm">{entry.services.join(', ')}</Text>
      <Text size="xs" c="dimmed">
        {[entry.staffName ?? say('waiting.anybody'), window].filter(Boolean).join(' · ')}
      </Text>
    </>
  );
}

function Status({ entry, timeZone }: { entry: WaitingInLine; timeZone: string }) {
  const { say, when, time } = useWords();
  const { status, offeredUntil, offeredStartsAt } = entry;
  if (status !== 'offered' || offeredUntil === null) {
    return (
      <Badge variant="light" tt="none" color={status === 'taken' ? 'teal' : 'gray'}>
        {say(`waiting.status.${status}`)}
      </Badge>
    );
  }
  return (
    <Stack gap={2} align="flex-start">
      <Badge variant="light" tt="none" color="blue">
        {say('waiting.status.offered')}
      </Badge>
      {offeredStartsAt && <Text size="xs">{say('waiting.offered_time', { time: time(offeredStartsAt, timeZone) })}</Text>}
      <Text size="xs">
        {say('waiting.until', { at: when(offeredUntil, timeZone) })}{' '}
        <span aria-hidden>
          (<TimeLeft until={offeredUntil} />)
        </span>
      </Text>
    </Stack>
  );
}

/** "09:30" of a day's minutes. */
function wall(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
