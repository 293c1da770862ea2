import type { ExplainedPayout, SettlementItem } from '@holdfast/contract/reconciliation';
import { Badge, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { aboutLine, kindKey, statusKey } from './words-for.ts';

/** Each line of a payout, those that differ first. */
export function PayoutLines({ explained: { lines, more } }: { explained: ExplainedPayout }) {
  const { say } = useWords();
  return (
    <Stack component="section" gap="sm">
      <Title order={2} size="h4">
        {say('reconciliation.lines')}
      </Title>
      {lines.length === 0 && (
        <Text size="sm" c="dimmed">
          {say('reconciliation.lines.none')}
        </Text>
      )}
      {lines.length > 0 && (
        <Paper withBorder>
          <Table.ScrollContainer minWidth={720} scrollAreaProps={{ tabIndex: 0, 'aria-label': say('reconciliation.lines') }}>
            <Table verticalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{say('reconciliation.about_what')}</Table.Th>
                  <Table.Th>{say('reconciliation.day')}</Table.Th>
                  <Table.Th ta="end">{say('reconciliation.amount')}</Table.Th>
                  <Table.Th ta="end">{say('reconciliation.fee')}</Table.Th>
                  <Table.Th ta="end">{say('reconciliation.net')}</Table.Th>
                  <Table.Th>{say('reconciliation.state')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {lines.map((line) => (
                  <Line key={line.id} line={line} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Paper>
      )}
      {more > 0 && (
        <Text size="sm" c="dimmed">
          {say('reconciliation.lines.more', { count: more })}
        </Text>
      )}
    </Stack>
  );
}

function Line({ line }: { line: SettlementItem }) {
  const { say, money, when } = useWords();
  const { slug, timeZone } = useLocationHere();
  const first = line.appointments[0];
  const right = line.status === 'matched' || line.status === 'accepted';
  return (
    <Table.Tr bg={right ? undefined : 'var(--hf-warm-soft)'}>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        {first ? (
          <>
            <Link to="/$location/calendar" params={{ location: slug }} search={{ appointment: first.appointmentId }}>
              <bdi>{aboutLine(line)}</bdi>
            </Link>
            <Text size="xs" c="dimmed">
              {say(kindKey(line.kind))} · {say('reconciliation.visit_at', { when: when(first.startsAt, timeZone) })}
            </Text>
          </>
        ) : (
          <>
            <bdi>{aboutLine(line)}</bdi>
            <Text size="xs" c="dimmed">
              {say(kindKey(line.kind))}
            </Text>
          </>
        )}
      </Table.Td>
      <Table.Td>{when(line.at, timeZone)}</Table.Td>
      <Table.Td ta="end">{money(line.amountMinor, line.currency)}</Table.Td>
      <Table.Td ta="end">{money(line.feeMinor, line.currency)}</Table.Td>
      <Table.Td ta="end" fw={600}>
        {money(line.netMinor, line.currency)}
      </Table.Td>
      <Table.Td>
        {right ? (
          <Text size="sm" c="dimmed">
            {say(statusKey(line.status))}
          </Text>
        ) : (
          <Badge
            variant="light"
            color="yellow"
            tt="none"
            c="var(--hf-warm-ink)"
            style={{ cursor: 'pointer' }}
            renderRoot={(props) => (
              <Link
                to="/$location/finance/reconciliation/differences"
                params={{ location: slug }}
                search={{ connection: line.connectionId, status: line.status }}
                {...props}
              />
            )}
          >
            {say(statusKey(line.status))}
          </Badge>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
