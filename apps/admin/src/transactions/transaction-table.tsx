import type { Transaction } from '@holdfast/contract/transactions';
import { Group, Paper, Table, Text, UnstyledButton } from '@mantine/core';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { Amount } from './amount.tsx';
import { useMoneyNames } from './names.ts';
import { StateBadge } from './state-badge.tsx';
import { whoAndWhy } from './who-and-why.ts';

interface Props {
  readonly transactions: readonly Transaction[];
  readonly onOpen: (entryId: string) => void;
}

/** On a wide screen. */
export function TransactionTable({ transactions, onOpen }: Props) {
  const { say, when } = useWords();
  const { timeZone } = useLocationHere();
  const names = useMoneyNames();
  return (
    <Paper withBorder style={{ overflow: 'hidden' }}>
      <Table highlightOnHover verticalSpacing="xs" aria-label={say('transactions.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('transactions.column.when')}</Table.Th>
            <Table.Th>{say('transactions.column.what')}</Table.Th>
            <Table.Th>{say('transactions.column.who')}</Table.Th>
            <Table.Th>{say('transactions.column.where')}</Table.Th>
            <Table.Th ta="right">{say('transactions.column.amount')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {transactions.map((one) => (
            <Table.Tr key={one.id} onClick={() => onOpen(one.entryId)} style={{ cursor: 'pointer' }} {...(one.reversedBy ? { c: 'dimmed' } : {})}>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{when(one.happenedAt, timeZone)}</Table.Td>
              <Table.Td>
                <Group gap="xs">
                  <UnstyledButton
                    td={one.reversedBy ? 'line-through' : undefined}
                    fw={550}
                    fz="sm"
                    aria-haspopup="dialog"
                    onClick={(event) => {
                      event.stopPropagation();
                      onOpen(one.entryId);
                    }}
                  >
                    {names.what(one)}
                  </UnstyledButton>
                  <StateBadge transaction={one} />
                </Group>
              </Table.Td>
              <Table.Td maw={360}>
                <Text size="sm" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
                  {whoAndWhy(one).map((text, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the same word can stand here twice
                    <bdi key={index}>
                      {index > 0 && ' · '}
                      {text}
                    </bdi>
                  ))}
                </Text>
              </Table.Td>
              <Table.Td>
                <bdi>{names.where(one)}</bdi>
              </Table.Td>
              <Table.Td ta="right">
                <Amount transaction={one} size="sm" />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
