import type { PayoutRow } from '@holdfast/contract/reconciliation';
import { Badge, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { statusKey } from './words-for.ts';

/** The newest payouts; each leads to what explains it. */
export function PayoutList({ payouts }: { payouts: readonly PayoutRow[] }) {
  const { say, money, when } = useWords();
  const { slug, timeZone } = useLocationHere();
  return (
    <Stack component="section" gap="sm">
      <Title order={2} size="h4">
        {say('reconciliation.payouts')}
      </Title>
      {payouts.length === 0 && (
        <Text size="sm" c="dimmed">
          {say('reconciliation.payouts.none')}
        </Text>
      )}
      {payouts.length > 0 && (
        <Paper withBorder>
          <Table.ScrollContainer minWidth={620} scrollAreaProps={{ tabIndex: 0, 'aria-label': say('reconciliation.payouts') }}>
            <Table verticalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{say('reconciliation.day')}</Table.Th>
                  <Table.Th>{say('reconciliation.provider')}</Table.Th>
                  <Table.Th ta="end">{say('reconciliation.amount')}</Table.Th>
                  <Table.Th ta="end">{say('reconciliation.lines')}</Table.Th>
                  <Table.Th>{say('reconciliation.state')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {payouts.map(({ id, at, connectionLabel, amountMinor, currency, status, differenceMinor, lines }) => (
                  <Table.Tr key={id}>
                    <Table.Td>
                      <Link to="/$location/finance/reconciliation/payouts/$payout" params={{ location: slug, payout: id }}>
                        {when(at, timeZone)}
                      </Link>
                    </Table.Td>
                    <Table.Td>{connectionLabel}</Table.Td>
                    <Table.Td ta="end">{money(amountMinor, currency)}</Table.Td>
                    <Table.Td ta="end">{lines}</Table.Td>
                    <Table.Td>
                      {status === 'accepted' && differenceMinor === 0 ? (
                        <Badge variant="light" color="green" tt="none" c="var(--hf-good)">
                          {say('reconciliation.to_the_cent')}
                        </Badge>
                      ) : (
                        <Badge variant="light" color="yellow" tt="none" c="var(--hf-warm-ink)" bg="var(--hf-warm-soft)">
                          {differenceMinor === 0
                            ? say(statusKey(status))
                            : say('reconciliation.differs_by', { amount: money(differenceMinor, currency) })}
                        </Badge>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Paper>
      )}
    </Stack>
  );
}
