import type { DataFile } from '@holdfast/contract/imports';
import { Button, NativeSelect, Stack, Table, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { useRows } from './imports-query.ts';
import { outcomes, type RowsSearch } from './routes.tsx';

/** Row by row: what is to become of it, and has become of it. */
export function RowsTable({ file }: { file: DataFile }) {
  const { say } = useWords();
  const search = useSearch({ strict: false }) as RowsSearch;
  const navigate = useNavigate();
  const rows = useRows(file, search);
  const all = rows.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Stack component="section" gap="sm">
      <Title order={2} size="h4">
        {say('imports.rows')}
      </Title>
      <NativeSelect
        maw={320}
        label={say('imports.rows.which')}
        value={search.outcome ?? ''}
        onChange={({ currentTarget: { value } }) => void navigate({ to: '.', search: value ? { outcome: value } : {} })}
        data={[
          { value: '', label: say('imports.rows.all') },
          ...outcomes.map((one) => ({ value: one, label: `${say(`imports.outcome.${one}`)} (${file.counts[one].toLocaleString()})` })),
        ]}
      />
      {rows.isPending && <PageLoading />}
      {rows.isError && <TroubleNotice error={rows.error} onRetry={() => void rows.refetch()} />}
      {rows.isSuccess && all.length === 0 && <Text size="sm">{say('imports.rows.none')}</Text>}
      {all.length > 0 && (
        <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': say('imports.rows') } }}>
          <Table verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('imports.row')}</Table.Th>
                <Table.Th miw={220}>{say('imports.becomes')}</Table.Th>
                <Table.Th>{say('imports.content')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {all.map(({ row, outcome, why, detail, cells, written, writtenWhy }) => {
                const reason = writtenWhy ?? why;
                const bad = written === 'refused' || outcome === 'refused' || outcome === 'conflict';
                return (
                  <Table.Tr key={row}>
                    <Table.Td>{row}</Table.Td>
                    <Table.Td>
                      <Text size="sm" fw={600} c={bad ? 'var(--hf-bad)' : undefined}>
                        {written ? say(`imports.written.${written}`) : say(`imports.outcome.${outcome}`)}
                      </Text>
                      {(reason || detail) && (
                        <Text size="xs" c="dimmed">
                          {reason && say(`imports.why.${reason}`)}
                          {reason && detail && ': '}
                          <bdi>{detail}</bdi>
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>
                      <Text size="xs">
                        <bdi>{cells.join(' · ')}</bdi>
                      </Text>
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {rows.hasNextPage && (
        <Button variant="default" loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
          {say('imports.more')}
        </Button>
      )}
    </Stack>
  );
}
