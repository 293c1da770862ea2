import type { OnItsWay } from '@holdfast/contract/reconciliation';
import { Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { Empty } from '../frame/empty.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { BackToOverview } from './back-to-overview.tsx';
import { useOnItsWay, useReconciliation } from './reconciliation-query.ts';

/** What lies at a provider, payment by payment: the sum is what the books say. */
export function OnItsWayPage() {
  const { say } = useWords();
  const { connection = '' } = useParams({ strict: false }) as { connection?: string };
  const overview = useReconciliation();
  const { data, error, isPending, refetch } = useOnItsWay(connection);
  const label = overview.data?.connections.find(({ id }) => id === connection)?.label ?? '';
  return (
    <Page title={say('reconciliation.way.title', { name: label })} about={say('reconciliation.way.about')} actions={<BackToOverview />}>
      {isPending && <PageLoading />}
      {error && <TroubleNotice error={error} onRetry={() => void refetch()} />}
      {data?.currencies.map((one) => (
        <InOneCurrency key={one.currency} way={one} />
      ))}
    </Page>
  );
}

function InOneCurrency({ way: { currency, clearingMinor, listedMinor, rows, more, moreMinor } }: { way: OnItsWay }) {
  const { say, money, when } = useWords();
  const { slug, timeZone } = useLocationHere();
  return (
    <Stack component="section" gap="sm" aria-label={currency}>
      <Group justify="space-between" align="baseline">
        <Title order={2} size="h3">
          {money(clearingMinor, currency)}
        </Title>
        <Text size="sm" c={clearingMinor === listedMinor ? 'var(--hf-good)' : 'var(--hf-bad)'}>
          {clearingMinor === listedMinor
            ? say('reconciliation.way.explained')
            : say('reconciliation.way.unexplained', { amount: money(clearingMinor - listedMinor, currency) })}
        </Text>
      </Group>
      {rows.length === 0 && <Empty title={say('reconciliation.way.none')} />}
      {rows.length > 0 && (
        <Paper withBorder>
          <Table.ScrollContainer minWidth={560} scrollAreaProps={{ tabIndex: 0, 'aria-label': say('reconciliation.on_its_way') }}>
            <Table verticalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{say('reconciliation.day')}</Table.Th>
                  <Table.Th>{say('reconciliation.about_what')}</Table.Th>
                  <Table.Th ta="end">{say('reconciliation.amount')}</Table.Th>
                  <Table.Th ta="end">{say('reconciliation.fee')}</Table.Th>
                  <Table.Th ta="end">{say('reconciliation.way.left')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map(({ kind, id, at, amountMinor, feeMinor, netMinor, feeAssumed, appointments, note }) => {
                  const first = appointments[0];
                  return (
                    <Table.Tr key={id}>
                      <Table.Td>{when(at, timeZone)}</Table.Td>
                      <Table.Td style={{ overflowWrap: 'anywhere' }}>
                        {kind === 'payout' ? (
                          <Link to="/$location/finance/reconciliation/payouts/$payout" params={{ location: slug, payout: id }}>
                            {say('reconciliation.way.of_payout')}
                          </Link>
                        ) : first ? (
                          <Link to="/$location/calendar" params={{ location: slug }} search={{ appointment: first.appointmentId }}>
                            <bdi>{[first.clientName, first.services].filter(Boolean).join(', ')}</bdi>
                          </Link>
                        ) : (
                          <bdi>{note}</bdi>
                        )}
                      </Table.Td>
                      <Table.Td ta="end">{money(amountMinor, currency)}</Table.Td>
                      <Table.Td ta="end">
                        {money(feeMinor, currency)}
                        {feeAssumed && (
                          <Text size="xs" c="dimmed">
                            {say('reconciliation.assumed')}
                          </Text>
                        )}
                      </Table.Td>
                      <Table.Td ta="end" fw={600}>
                        {money(netMinor, currency)}
                      </Table.Td>
                    </Table.Tr>
                  );
                })}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Paper>
      )}
      {more > 0 && (
        <Text size="sm" c="dimmed">
          {say('reconciliation.way.more', { count: more, amount: money(moreMinor, currency) })}
        </Text>
      )}
    </Stack>
  );
}
