import { type ImportField, importFields, missingImportFields } from '@holdfast/contract/import-fields';
import type { DataMapping, FilePreview } from '@holdfast/contract/imports';
import { Alert, Group, NativeSelect, NumberInput, Stack, Table, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { useFileDeed } from './imports-query.ts';

const encodings: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1251': 'Windows-1251',
  'windows-1252': 'Windows-1252',
};

/** What each column is, over the first rows as they stand in the file. */
export function ColumnsForm({ first, onChecked }: { first: FilePreview; onChecked: () => void }) {
  const { say } = useWords();
  const { kind, id } = first.file;
  const [mapping, setMapping] = useState<DataMapping>(first.mapping);
  const deed = useFileDeed();
  const set = (next: Partial<DataMapping>) => setMapping({ ...mapping, ...next });
  const width = Math.max(first.heading.length, ...first.rows.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, index) => index);
  const setColumn = (index: number, field: ImportField | null) =>
    set({
      columns: columns.map((column) => {
        if (column === index) return field;
        const before = mapping.columns[column] ?? null;
        // one column for each meaning
        return before === field ? null : before;
      }),
    });
  const missing = missingImportFields(kind, mapping.columns);
  const reason =
    missing.length > 0 ? say('imports.missing', { fields: missing.map((field) => say(`imports.field.${field}`)).join(', ') }) : undefined;
  const check = async () => {
    const done = await deed.mutateAsync({ file: id, step: 'check', body: mapping }).catch(() => undefined);
    if (done) onChecked();
  };
  return (
    <Stack gap="md">
      {first.remembered && (
        <Alert variant="light" icon={<IconHistory aria-hidden />} p="sm">
          {say('imports.remembered')}
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        {say('imports.written_as', {
          encoding: encodings[first.encoding] ?? first.encoding,
          separator: first.separator === '\t' ? say('imports.separator.tab') : first.separator,
        })}
      </Text>
      <Group gap="md" align="flex-start">
        {kind !== 'clients' && (
          <NativeSelect
            label={say('imports.decimal')}
            value={mapping.decimal}
            onChange={({ currentTarget: { value } }) => set({ decimal: value === ',' ? ',' : '.' })}
            data={[
              { value: '.', label: '1,234.56' },
              { value: ',', label: '1 234,56' },
            ]}
          />
        )}
        {kind === 'appointments' && (
          <NativeSelect
            label={say('imports.dates')}
            value={mapping.dates}
            onChange={({ currentTarget: { value } }) => set({ dates: value === 'ymd' || value === 'mdy' ? value : 'dmy' })}
            data={[
              { value: 'dmy', label: '31.12.2026' },
              { value: 'mdy', label: '12/31/2026' },
              { value: 'ymd', label: '2026-12-31' },
            ]}
          />
        )}
        <NumberInput
          label={say('imports.heading_row')}
          min={0}
          max={20}
          w={140}
          value={mapping.headingRow}
          onChange={(value) => set({ headingRow: Math.min(20, Math.max(0, Number(value) || 0)) })}
        />
      </Group>
      <Table.ScrollContainer
        minWidth={Math.max(480, 150 * width)}
        scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': say('imports.first_rows') } }}
      >
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column} miw={140} style={{ verticalAlign: 'bottom' }}>
                  <Text size="xs" fw={600} style={{ overflowWrap: 'anywhere' }}>
                    <bdi>{first.heading[column] ?? ''}</bdi>
                  </Text>
                  <NativeSelect
                    size="xs"
                    aria-label={say('imports.column', { name: first.heading[column] || String(column + 1) })}
                    value={mapping.columns[column] ?? ''}
                    onChange={({ currentTarget: { value } }) => setColumn(column, importFields[kind].find((field) => field === value) ?? null)}
                    data={[{ value: '', label: '—' }, ...importFields[kind].map((field) => ({ value: field, label: say(`imports.field.${field}`) }))]}
                  />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {first.rows.map(({ row, cells }) => (
              <Table.Tr key={row}>
                {columns.map((column) => (
                  <Table.Td key={column} style={{ overflowWrap: 'anywhere' }}>
                    <Text size="xs" lineClamp={2}>
                      <bdi>{cells[column] ?? ''}</bdi>
                    </Text>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {deed.isError && <TroubleNotice error={deed.error} />}
      <Group>
        <ReasonButton reason={reason} loading={deed.isPending} onClick={() => void check()}>
          {say('imports.check')}
        </ReasonButton>
        <Text size="sm" c="dimmed">
          {say('imports.check.more')}
        </Text>
      </Group>
    </Stack>
  );
}
