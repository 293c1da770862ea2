import type { ClientAccount } from '@holdfast/contract/accounts';
import { Anchor, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useAccountName } from './account-name.ts';

/** Accounts line by line: a table where there is room, a list on a phone. */
export function BalanceTable({ accounts }: { accounts: readonly ClientAccount[] }) {
  const { say, money } = useWords();
  const nameOf = useAccountName();
  return (
    <>
      <Table highlightOnHover verticalSpacing="xs" visibleFrom="sm" bg="var(--hf-surface)" withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('accounts.client')}</Table.Th>
            <Table.Th>{say('accounts.type')}</Table.Th>
            <Table.Th>{say('accounts.lies')}</Table.Th>
            <Table.Th ta="right">{say('accounts.held')}</Table.Th>
            <Table.Th ta="right">{say('accounts.spendable')}</Table.Th>
            <Table.Th ta="right">{say('accounts.balance')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {accounts.map((account) => (
            <Table.Tr key={account.id}>
              <Table.Td>
                <Whose account={account} />
              </Table.Td>
              <Table.Td>{nameOf(account)}</Table.Td>
              <Table.Td>
                {account.lies
                  .filter(({ balanceMinor }) => balanceMinor !== 0)
                  .map(({ locationName }) => locationName)
                  .join(', ')}
              </Table.Td>
              <Table.Td ta="right">{account.heldMinor > 0 ? money(account.heldMinor, account.currency) : '–'}</Table.Td>
              <Table.Td ta="right">{money(account.spendableMinor, account.currency)}</Table.Td>
              <Table.Td ta="right">
                <Balance account={account} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Stack hiddenFrom="sm" gap={0} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {accounts.map((account) => (
          <li key={account.id} className="hf-row" style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}>
            <div style={{ minWidth: 0 }}>
              <Whose account={account} />
              <Text size="sm" c="dimmed">
                {nameOf(account)}
                {account.heldMinor > 0 && ` · ${say('accounts.is_held', { amount: money(account.heldMinor, account.currency) })}`}
              </Text>
            </div>
            <Balance account={account} />
          </li>
        ))}
      </Stack>
    </>
  );
}

function Whose({ account: { clientId, clientName, id } }: { account: ClientAccount }) {
  const { say } = useWords();
  const here = useLocationHere();
  const may = useMay();
  if (clientName === null || !may('clients.see')) return <Text size="sm">{say('accounts.client.hidden')}</Text>;
  return (
    <Anchor component={Link} to={`/${here.slug}/clients/${clientId}`} search={{ account: id } as never} fw={600} style={{ overflowWrap: 'anywhere' }}>
      {clientName || say('clients.no_name')}
    </Anchor>
  );
}

function Balance({ account: { balanceMinor, currency } }: { account: ClientAccount }) {
  const { money } = useWords();
  return (
    <Text fw={650} c={balanceMinor < 0 ? 'var(--hf-bad)' : undefined} style={{ whiteSpace: 'nowrap' }}>
      {money(balanceMinor, currency)}
    </Text>
  );
}
