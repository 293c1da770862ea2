import type { Transaction } from '@holdfast/contract/transactions';
import { Box, Group, Paper, Text, UnstyledButton } from '@mantine/core';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { Amount } from './amount.tsx';
import { useMoneyNames } from './names.ts';
import { StateBadge } from './state-badge.tsx';
import { whoAndWhy } from './who-and-why.ts';

/** On a phone: one below the other, each of them a button. */
export function TransactionList({ transactions, onOpen }: { transactions: readonly Transaction[]; onOpen: (entryId: string) => void }) {
  const { say, when } = useWords();
  const { timeZone } = useLocationHere();
  const names = useMoneyNames();
  return (
    <Paper withBorder component="ol" p={0} m={0} style={{ listStyle: 'none' }} aria-label={say('transactions.title')}>
      {transactions.map((one) => (
        <li key={one.id}>
          <UnstyledButton className="hf-row" w="100%" px="md" py="sm" aria-haspopup="dialog" onClick={() => onOpen(one.entryId)}>
            <Group justify="space-between" wrap="nowrap" align="baseline" gap="sm">
              <Box style={{ minWidth: 0 }}>
                <Text fw={550} td={one.reversedBy ? 'line-through' : undefined}>
                  {names.what(one)}
                </Text>
                <Text size="sm" c="dimmed" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
                  <bdi>{whoAndWhy(one).join(' · ')}</bdi>
                </Text>
                <Text size="xs" c="dimmed">
                  {when(one.happenedAt, timeZone)} · <bdi>{names.where(one)}</bdi>
                </Text>
                <StateBadge transaction={one} />
              </Box>
              <Amount transaction={one} />
            </Group>
          </UnstyledButton>
        </li>
      ))}
    </Paper>
  );
}
