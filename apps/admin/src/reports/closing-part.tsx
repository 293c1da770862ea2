import type { DayClosing, DayFigures } from '@holdfast/contract/reports';
import { Alert, Stack, Table, Text } from '@mantine/core';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useWords } from '../words.tsx';
import { placeName } from './item-name.ts';
import { ReopenDay } from './reopen-day.tsx';

/** Who closed the day, when, and what they counted. */
export function ClosingPart({ figures, closing }: { figures: DayFigures; closing: DayClosing }) {
  const { say, when, money } = useWords();
  const { reopened } = closing;
  return (
    <Stack gap="md" component="section" aria-label={say('reports.closing')}>
      <Alert
        color={reopened ? 'yellow' : 'gray'}
        variant="light"
        icon={reopened ? <IconLockOpen aria-hidden /> : <IconLock aria-hidden />}
        title={say('reports.closed_by', { name: closing.by, when: when(closing.closedAt, figures.timeZone) })}
      >
        {closing.note && <Text size="sm">{closing.note}</Text>}
        {reopened && (
          <Text size="sm">
            {say('reports.reopened_by', { name: reopened.by, when: when(reopened.at, figures.timeZone), because: reopened.because })}
          </Text>
        )}
        {!reopened && (
          <Text size="sm" className="reports-no-print">
            {say('reports.closed.more')}
          </Text>
        )}
        {figures.mayReopen && <ReopenDay day={figures.day} />}
      </Alert>
      {closing.counts.length > 0 && (
        <Table.ScrollContainer minWidth={420} type="native">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('reports.column.register')}</Table.Th>
                <Table.Th ta="right">{say('reports.books_say')}</Table.Th>
                <Table.Th ta="right">{say('reports.counted')}</Table.Th>
                <Table.Th ta="right">{say('reports.difference')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {closing.counts.map((count) => (
                <Table.Tr key={count.registerId}>
                  <Table.Th scope="row" fw={400}>
                    {placeName(say, count)}
                  </Table.Th>
                  <Table.Td ta="right">{money(count.booksMinor, count.currency)}</Table.Td>
                  <Table.Td ta="right">{money(count.countedMinor, count.currency)}</Table.Td>
                  <Table.Td ta="right">
                    {money(count.countedMinor - count.booksMinor, count.currency)}
                    {count.countedMinor !== count.booksMinor && (
                      <Text size="xs" c="dimmed">
                        {say(count.posted ? 'reports.posted' : 'reports.not_posted')}
                      </Text>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}
