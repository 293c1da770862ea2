import type { ColumnField, ImportMapping, ImportPreview, SettlementImport } from '@holdfast/contract/reconciliation';
import { Alert, Group, NativeSelect, NumberInput, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { ImportPreviewTable } from './import-preview-table.tsx';
import { useReconciliation, useReconciliationDeed } from './reconciliation-query.ts';
import { registerName } from './words-for.ts';

const encodings: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1251': 'Windows-1251',
  'windows-1252': 'Windows-1252',
};

/** What each column is, with what the first rows would become of it; whatever is changed shows at once. */
export function ImportMappingForm({ first }: { first: ImportPreview }) {
  const words = useWords();
  const { say } = words;
  const { id } = useLocationHere();
  const may = useMay();
  const [mapping, setMapping] = useState<ImportMapping>(first.mapping);
  const [registerId, setRegister] = useState('');
  const overview = useReconciliation();
  const changed = JSON.stringify(mapping) !== JSON.stringify(first.mapping);
  const shown = useQuery({
    queryKey: ['reconciliation', id, 'imports', first.import.id, 'preview', mapping],
    queryFn: ({ signal }) => ask<ImportPreview>('POST', at(id, 'reconciliation', 'imports', first.import.id, 'preview'), mapping, signal),
    enabled: changed,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const start = useReconciliationDeed<SettlementImport>();
  const preview = (changed && shown.data) || first;
  const set = (next: Partial<ImportMapping>) => setMapping({ ...mapping, ...next });
  const setColumn = (index: number, field: ColumnField | null) => {
    const width = Math.max(preview.heading.length, ...preview.rows.map(({ cells }) => cells.length));
    set({
      columns: Array.from({ length: width }, (_, column) => {
        if (column === index) return field;
        const before = mapping.columns[column] ?? null;
        // one column for each meaning
        return before === field ? null : before;
      }),
    });
  };
  const missing = (['amount', 'date'] as const).filter(
    (field) => !mapping.columns.includes(field) && !(field === 'amount' && mapping.columns.includes('net')),
  );
  const reason = !may('reconciliation.make')
    ? say('frame.no_right')
    : missing.length > 0
      ? say('reconciliation.mapping.missing', { fields: missing.map((field) => say(`reconciliation.field.${field}`)).join(', ') })
      : undefined;
  return (
    <Stack gap="md">
      {preview.remembered && (
        <Alert variant="light" icon={<IconHistory aria-hidden />} p="sm">
          {say('reconciliation.mapping.remembered')}
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        {say('reconciliation.mapping.written', {
          encoding: encodings[preview.encoding] ?? preview.encoding,
          separator: preview.separator === '\t' ? say('reconciliation.separator.tab') : preview.separator,
        })}
      </Text>
      <Group gap="md" align="flex-start">
        <NativeSelect
          label={say('reconciliation.mapping.rows_are')}
          value={mapping.rowsAre}
          onChange={({ currentTarget: { value } }) => set({ rowsAre: value as ImportMapping['rowsAre'] })}
          data={[
            { value: 'lines', label: say('reconciliation.mapping.rows.lines') },
            { value: 'payouts', label: say('reconciliation.mapping.rows.payouts') },
          ]}
        />
        <NativeSelect
          label={say('reconciliation.mapping.decimal')}
          value={mapping.decimal}
          onChange={({ currentTarget: { value } }) => set({ decimal: value as ImportMapping['decimal'] })}
          data={[
            { value: '.', label: '1,234.56' },
            { value: ',', label: '1 234,56' },
          ]}
        />
        <NativeSelect
          label={say('reconciliation.mapping.dates')}
          value={mapping.dates}
          onChange={({ currentTarget: { value } }) => set({ dates: value as ImportMapping['dates'] })}
          data={[
            { value: 'dmy', label: '31.12.2026' },
            { value: 'mdy', label: '12/31/2026' },
            { value: 'ymd', label: '2026-12-31' },
          ]}
        />
        <NativeSelect
          label={say('reconciliation.mapping.fee_sign')}
          value={mapping.feeSign}
          onChange={({ currentTarget: { value } }) => set({ feeSign: value as ImportMapping['feeSign'] })}
          data={[
            { value: 'positive', label: '1.50' },
            { value: 'negative', label: '−1.50' },
          ]}
        />
        <NumberInput
          label={say('reconciliation.mapping.heading_row')}
          min={0}
          max={20}
          w={120}
          value={mapping.headingRow}
          onChange={(value) => set({ headingRow: Math.min(20, Math.max(0, Number(value) || 0)) })}
        />
        <TextInput
          label={say('reconciliation.mapping.only_with')}
          description={say('reconciliation.mapping.only_with.more')}
          inputWrapperOrder={['label', 'input', 'description']}
          maxLength={100}
          value={mapping.onlyWith}
          onChange={({ currentTarget: { value } }) => set({ onlyWith: value })}
        />
        <NativeSelect
          label={say('reconciliation.mapping.register')}
          value={registerId}
          onChange={({ currentTarget: { value } }) => setRegister(value)}
          data={[
            { value: '', label: say('reconciliation.mapping.register.own') },
            ...(overview.data?.registers.map((register) => ({ value: register.id, label: registerName(words, register.name) })) ?? []),
          ]}
        />
      </Group>
      <Paper withBorder component="section" p="md">
        <Stack gap="sm">
          <Title order={2} size="h4">
            {say('reconciliation.mapping.preview')}
          </Title>
          <ImportPreviewTable preview={preview} mapping={mapping} onColumn={setColumn} />
        </Stack>
      </Paper>
      {shown.error && <TroubleNotice error={shown.error} onRetry={() => void shown.refetch()} />}
      {start.error && <TroubleNotice error={start.error} />}
      <Group>
        <ReasonButton
          reason={reason}
          loading={start.isPending}
          onClick={() =>
            start.mutate({
              method: 'POST',
              path: ['imports', first.import.id, 'reading'],
              body: { mapping, registerId: registerId === '' ? null : registerId },
            })
          }
        >
          {say('reconciliation.mapping.start')}
        </ReasonButton>
      </Group>
    </Stack>
  );
}
