import type { AccountPage, AccountStatement, AccountsOfClient, ClientAccount } from '@holdfast/contract/accounts';
import { Anchor, Box, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { at } from '../api.ts';
import { Empty } from '../frame/empty.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useAccountName } from './account-name.ts';
import { accountPageQuery, statementQuery } from './accounts-queries.ts';
import { DeleteTopUpButton } from './delete-top-up-button.tsx';
import { DeleteTopUpDialog } from './delete-top-up-dialog.tsx';
import { useSayLine } from './say-line.ts';

type Row = AccountStatement['rows'][number];
type TopUp = AccountPage['topUps'][number];

/** What has moved on an account, newest first, with what was on it afterwards. A top-up is deleted here. */
export function Statement({ account, registers }: { account: ClientAccount; registers: AccountsOfClient['registers'] }) {
  const { say, money } = useWords();
  const here = useLocationHere();
  const nameOf = useAccountName();
  const { id, currency } = account;
  const statement = useInfiniteQuery(statementQuery(here.id, id));
  const page = useQuery(accountPageQuery(here.id, id));
  const [deleted, setDeleted] = useState<TopUp>();
  const rows = statement.data?.pages.flatMap((one) => one.rows) ?? [];
  const signed = (minor: number) => `${minor > 0 ? '+' : '−'}${money(Math.abs(minor), currency)}`;
  const topUpOf = (row: Row) => (row.reversal || row.reversed ? undefined : page.data?.topUps.find((one) => one.id === row.topUpId));
  const deed = (row: Row) => {
    const topUp = topUpOf(row);
    return topUp?.state === 'done' || topUp?.state === 'refund_failed' ? (
      <DeleteTopUpButton topUp={topUp} account={account} onDelete={() => setDeleted(topUp)} />
    ) : null;
  };
  return (
    <Stack gap="xs" component="section" aria-label={say('accounts.statement.of', { name: nameOf(account) })}>
      <Group justify="space-between" gap="sm">
        <Title order={3} size="h5">
          {say('accounts.statement.of', { name: nameOf(account) })}
        </Title>
        {rows.length > 0 && (
          <Button
            component="a"
            size="xs"
            variant="default"
            href={`/api/v1/admin/${at(here.id, 'client-accounts', id, 'statement.csv')}`}
            download
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {say('accounts.statement.csv')}
          </Button>
        )}
      </Group>
      {statement.isPending && <PageLoading />}
      {statement.isError && <TroubleNotice error={statement.error} onRetry={() => void statement.refetch()} />}
      {statement.data && rows.length === 0 && <Empty title={say('accounts.statement.empty')} />}
      {rows.length > 0 && (
        <>
          <Table verticalSpacing="xs" withTableBorder bg="var(--hf-surface)" visibleFrom="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('accounts.statement.when')}</Table.Th>
                <Table.Th>{say('accounts.statement.what')}</Table.Th>
                <Table.Th ta="right">{say('accounts.statement.amount')}</Table.Th>
                <Table.Th ta="right">{say('accounts.statement.balance')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.id}>
                  <Table.Td style={{ verticalAlign: 'top' }}>
                    <When row={row} />
                  </Table.Td>
                  <Table.Td style={{ verticalAlign: 'top' }}>
                    <What owner={account.clientName} row={row} topUp={page.data?.topUps.find((one) => one.id === row.topUpId)} />
                    {deed(row)}
                  </Table.Td>
                  <Table.Td ta="right" style={{ verticalAlign: 'top', whiteSpace: 'nowrap' }}>
                    <Amount row={row} text={signed(row.amountMinor)} />
                  </Table.Td>
                  <Table.Td ta="right" style={{ verticalAlign: 'top', whiteSpace: 'nowrap' }}>
                    {money(row.balanceMinor, currency)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Stack hiddenFrom="sm" gap={0} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {rows.map((row) => (
              <li key={row.id} className="hf-row">
                <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
                  <Box miw={0}>
                    <What owner={account.clientName} row={row} topUp={page.data?.topUps.find((one) => one.id === row.topUpId)} />
                    <When row={row} />
                  </Box>
                  <Stack gap={2} align="flex-end" style={{ whiteSpace: 'nowrap' }}>
                    <Amount row={row} text={signed(row.amountMinor)} />
                    <Text size="xs" c="dimmed">
                      {say('accounts.statement.balance')}: {money(row.balanceMinor, currency)}
                    </Text>
                  </Stack>
                </Group>
                {deed(row)}
              </li>
            ))}
          </Stack>
          {statement.hasNextPage && (
            <Group>
              <Button variant="default" loading={statement.isFetchingNextPage} onClick={() => void statement.fetchNextPage()}>
                {say('accounts.show_more')}
              </Button>
            </Group>
          )}
        </>
      )}
      {deleted && <DeleteTopUpDialog topUp={deleted} registers={registers} onClose={() => setDeleted(undefined)} />}
    </Stack>
  );
}

function When({ row: { at: moment, by, locationId, locationName } }: { row: Row }) {
  const { say, when } = useWords();
  const here = useLocationHere();
  return (
    <>
      <Text size="sm">{when(moment, here.timeZone)}</Text>
      <Text size="xs" c="dimmed">
        {[by !== null && say('accounts.statement.by', { who: by }), locationId !== here.id && locationName].filter(Boolean).join(' · ')}
      </Text>
    </>
  );
}

function What({ owner, row, topUp }: { owner: string | null; row: Row; topUp: TopUp | undefined }) {
  const { say } = useWords();
  const sayLine = useSayLine(owner);
  const { appointment, operation, amountMinor } = row;
  // what went back through the provider is an entry of its own, and its reason stands on the top-up
  const wentBack = topUp?.kind === 'link' && topUp.state === 'reversed';
  const reversed = row.reversed || (wentBack && operation === 'top_up');
  const because = row.reversal
    ? row.memo
    : wentBack && operation === 'refund' && amountMinor < 0
      ? topUp.reversal?.because
      : handedOut(row)
        ? row.memo
        : undefined;
  return (
    <>
      <Text size="sm" fw={500} td={reversed ? 'line-through' : undefined} style={{ overflowWrap: 'anywhere' }}>
        {appointment ? (
          <Anchor
            component={Link}
            inherit
            to={`/${appointment.locationSlug}/calendar`}
            search={{ day: localDay(appointment.startsAt, appointment.timeZone), appointment: appointment.id } as never}
          >
            {sayLine(row, topUp?.kind)}
          </Anchor>
        ) : (
          sayLine(row, topUp?.kind)
        )}
      </Text>
      {because && (
        <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
          {because}
        </Text>
      )}
      {reversed && (
        <Text size="xs" c="dimmed">
          {say('accounts.line.undone')}
        </Text>
      )}
    </>
  );
}

/** What was left of the account was given back at a desk: why stands with it. */
const handedOut = ({ operation, amountMinor, topUpId, appointment }: Row) =>
  operation === 'refund' && amountMinor < 0 && topUpId === null && appointment === null;

function Amount({ row: { amountMinor, reversed }, text }: { row: Row; text: string }) {
  return (
    <Text size="sm" fw={650} c={amountMinor > 0 && !reversed ? 'var(--hf-good)' : undefined} td={reversed ? 'line-through' : undefined}>
      {text}
    </Text>
  );
}

/** YYYY-MM-DD at the place. */
function localDay(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(instant));
}
