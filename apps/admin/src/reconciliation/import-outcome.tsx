import type { ImportDetail } from '@holdfast/contract/reconciliation';
import { Alert, Button, Group, Progress, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useLocationHere } from '../session.tsx';
import { type TextKey, useWords } from '../words.tsx';

const counted = ['fresh', 'changed', 'known', 'totals', 'skipped', 'otherCurrency', 'unreadable'] as const;

/** How far a file is, what became of its rows, and those of which nothing could become. */
export function ImportOutcome({ detail: { import: file, rows } }: { detail: ImportDetail }) {
  const { say } = useWords();
  const { slug } = useLocationHere();
  const { status, counts, readBytes, bytes, readRows, trouble } = file;
  return (
    <Stack gap="md">
      {status === 'reading' && (
        <div>
          <Text size="sm" mb={6} role="status">
            {say('reconciliation.import.reading', { rows: readRows.toLocaleString() })}
          </Text>
          <Progress value={(100 * readBytes) / bytes} animated aria-label={say('reconciliation.import.status.reading')} />
        </div>
      )}
      {status === 'done' && (
        <Alert
          color="green"
          variant="light"
          styles={{ title: { color: 'var(--hf-good)' } }}
          icon={<IconCircleCheck aria-hidden />}
          title={say('reconciliation.import.status.done')}
          role="status"
        >
          {counts.fresh + counts.changed === 0
            ? say('reconciliation.import.nothing_new', { count: counts.known })
            : say('reconciliation.import.done.more', { fresh: counts.fresh, changed: counts.changed, known: counts.known })}
        </Alert>
      )}
      {(status === 'unreadable' || status === 'discarded') && (
        <Alert
          color="red"
          variant="light"
          icon={<IconAlertTriangle aria-hidden />}
          title={say(`reconciliation.import.status.${status}`)}
          role="alert"
        >
          {trouble && say('reconciliation.import.unreadable', { line: String(trouble.line ?? '?') })}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 2, sm: 4 }} component="dl" m={0}>
        {counted.map((one) => (
          <div key={one}>
            <Text component="dt" size="sm" c="dimmed">
              {say(`reconciliation.counted.${one}`)}
            </Text>
            <Text component="dd" m={0} fw={650} size="lg">
              {counts[one].toLocaleString()}
            </Text>
          </div>
        ))}
      </SimpleGrid>
      {status === 'done' && (
        <Group>
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link
                to="/$location/finance/reconciliation/differences"
                params={{ location: slug }}
                search={{ connection: file.connectionId }}
                {...props}
              />
            )}
          >
            {say('reconciliation.differences')}
          </Button>
        </Group>
      )}
      {rows.length > 0 && (
        <Stack component="section" gap="xs">
          <Title order={2} size="h5">
            {say('reconciliation.import.rows')}
          </Title>
          <Table.ScrollContainer minWidth={480} scrollAreaProps={{ tabIndex: 0, 'aria-label': say('reconciliation.import.rows') }}>
            <Table verticalSpacing={4}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{say('reconciliation.row')}</Table.Th>
                  <Table.Th>{say('reconciliation.row.why')}</Table.Th>
                  <Table.Th>{say('reconciliation.row.content')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map(({ row, why, content }) => (
                  <Table.Tr key={row}>
                    <Table.Td>{row}</Table.Td>
                    <Table.Td>{say(`reconciliation.row.${why}` as TextKey)}</Table.Td>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>
                      <Text size="xs">
                        <bdi>{content}</bdi>
                      </Text>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Stack>
      )}
    </Stack>
  );
}
