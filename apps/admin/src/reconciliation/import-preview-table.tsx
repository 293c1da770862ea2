import type { ColumnField, ImportMapping, ImportPreview } from '@holdfast/contract/reconciliation';
import { NativeSelect, Table, Text } from '@mantine/core';
import { useLocationHere } from '../session.tsx';
import { type TextKey, useWords } from '../words.tsx';
import { kindKey } from './words-for.ts';

const fields: readonly ColumnField[] = ['id', 'kind', 'reference', 'payment', 'amount', 'fee', 'net', 'currency', 'date', 'payout', 'note'];

/** The first rows as they stand in the file, above each column what it is, beside each row what it becomes. */
export function ImportPreviewTable({
  preview: { heading, rows },
  mapping,
  onColumn,
}: {
  preview: ImportPreview;
  mapping: ImportMapping;
  onColumn: (column: number, field: ColumnField | null) => void;
}) {
  const { say, money, when } = useWords();
  const { timeZone } = useLocationHere();
  const width = Math.max(heading.length, ...rows.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, index) => index);
  return (
    <Table.ScrollContainer
      minWidth={Math.max(600, 150 * (width + 1))}
      scrollAreaProps={{ tabIndex: 0, 'aria-label': say('reconciliation.mapping.preview') }}
    >
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th miw={220}>{say('reconciliation.becomes_line')}</Table.Th>
            {columns.map((column) => (
              <Table.Th key={column} miw={140} style={{ verticalAlign: 'bottom' }}>
                <Text size="xs" fw={600} style={{ overflowWrap: 'anywhere' }}>
                  <bdi>{heading[column] ?? ''}</bdi>
                </Text>
                <NativeSelect
                  size="xs"
                  aria-label={say('reconciliation.column', { name: heading[column] || String(column + 1) })}
                  value={mapping.columns[column] ?? ''}
                  onChange={({ currentTarget: { value } }) => onColumn(column, value === '' ? null : (value as ColumnField))}
                  data={[{ value: '', label: '—' }, ...fields.map((field) => ({ value: field, label: say(`reconciliation.field.${field}`) }))]}
                />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ row, cells, becomes, why }) => (
            <Table.Tr key={row} bg={why && isTrouble(why) ? 'var(--hf-warm-soft)' : undefined}>
              <Table.Td>
                {becomes ? (
                  <>
                    <Text size="sm" fw={600}>
                      {say(kindKey(becomes.kind as 'payment'))} {money(becomes.amountMinor, becomes.currency)}
                      {becomes.feeMinor !== 0 && ` · ${say('reconciliation.fee')} ${money(becomes.feeMinor, becomes.currency)}`}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {when(becomes.at, timeZone)}
                    </Text>
                  </>
                ) : (
                  <Text size="sm" c={why && isTrouble(why) ? 'var(--hf-bad)' : 'dimmed'}>
                    {say(`reconciliation.row.${why ?? 'empty'}` as TextKey)}
                  </Text>
                )}
              </Table.Td>
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
  );
}

function isTrouble(why: string): boolean {
  return why === 'no_amount' || why === 'no_date' || why === 'no_fee' || why === 'other_currency';
}
