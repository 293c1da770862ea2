import type { ProposedPosting } from '@holdfast/contract/reconciliation';
import { Table, Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useWords } from '../words.tsx';
import { accountName, operationKey } from './words-for.ts';

/** Exactly what would be posted, and what each account holds before and after. */
export function PostingsTable({ postings }: { postings: readonly ProposedPosting[] }) {
  const words = useWords();
  const { say, money } = words;
  const account = (side: ProposedPosting['from'], currency: string) => (
    <>
      <Text size="sm">
        <bdi>{accountName(words, side)}</bdi>
      </Text>
      <Text size="xs" c="dimmed">
        {money(side.balanceMinor, currency)} <IconArrowRight size={12} aria-label={say('reconciliation.becomes')} style={{ verticalAlign: '-2px' }} />{' '}
        {money(side.afterMinor, currency)}
      </Text>
    </>
  );
  return (
    <Table.ScrollContainer minWidth={480} scrollAreaProps={{ tabIndex: 0, 'aria-label': say('reconciliation.postings') }}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('reconciliation.operation')}</Table.Th>
            <Table.Th>{say('reconciliation.from')}</Table.Th>
            <Table.Th>{say('reconciliation.to')}</Table.Th>
            <Table.Th ta="end">{say('reconciliation.amount')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {postings.map((one) => (
            <Table.Tr key={`${one.operation} ${one.currency} ${one.from.kind} ${one.to.kind}`}>
              <Table.Td>{say(operationKey(one.operation))}</Table.Td>
              <Table.Td>{account(one.from, one.currency)}</Table.Td>
              <Table.Td>{account(one.to, one.currency)}</Table.Td>
              <Table.Td ta="end" fw={600}>
                {money(one.amountMinor, one.currency)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
