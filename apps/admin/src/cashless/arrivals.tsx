import type { Arrivals } from '@holdfast/contract/cashless';
import { Anchor, Badge, Button, Code, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Empty } from '../frame/empty.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useArrivals } from './cashless-query.ts';

type Arrival = Arrivals['items'][number];

const colours = {
  ours: { bg: 'var(--mantine-color-green-light)', c: 'var(--hf-good)' },
  waiting: { bg: 'var(--hf-warm-soft)', c: 'var(--hf-warm-ink)' },
  parked: { bg: 'var(--hf-warm-soft)', c: 'var(--hf-warm-ink)' },
  refused: { bg: 'var(--mantine-color-red-light)', c: 'var(--hf-bad)' },
  not_ours: { bg: 'transparent', c: 'dimmed' },
} as const satisfies Record<Arrival['what'], object>;

/** What has come to a connection's address, newest first, fifty at a time. */
export function ArrivalsList({ connectionId, timeZone }: { connectionId: string; timeZone: string }) {
  const { say } = useWords();
  const list = useArrivals(connectionId);
  if (list.isPending) return <PageLoading />;
  if (list.isError && !list.data) return <TroubleNotice error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Empty title={say('cashless.arrivals.none')} more={say('cashless.arrivals.none.more')} />;
  return (
    <Stack gap="sm">
      <Table.ScrollContainer minWidth={480} tabIndex={0} role="region" aria-label={say('cashless.arrivals')}>
        <Table verticalSpacing={4} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say('cashless.arrivals.when')}</Table.Th>
              <Table.Th>{say('cashless.arrivals.type')}</Table.Th>
              <Table.Th>{say('cashless.arrivals.what')}</Table.Th>
              <Table.Th>{say('cashless.arrivals.payment')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((one) => (
              <Row key={one.id} one={one} timeZone={timeZone} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {list.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          style={{ alignSelf: 'center' }}
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {say('cashless.arrivals.older')}
        </Button>
      )}
    </Stack>
  );
}

function Row({ one, timeZone }: { one: Arrival; timeZone: string }) {
  const { say, when } = useWords();
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{when(one.at, timeZone)}</Table.Td>
      <Table.Td>
        {one.type ? (
          <Code style={{ overflowWrap: 'anywhere' }}>{one.type}</Code>
        ) : (
          <Text size="sm" c="dimmed">
            {one.why}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Badge tt="none" variant="light" {...colours[one.what]}>
          {say(`cashless.arrivals.${one.what}`)}
        </Badge>
      </Table.Td>
      <Table.Td>
        <Payment one={one} />
      </Table.Td>
    </Table.Tr>
  );
}

function Payment({ one: { payment, reference } }: { one: Arrival }) {
  const { say } = useWords();
  const here = useLocationHere();
  if (payment?.appointmentId)
    return (
      <Anchor component={Link} size="sm" to={`/${here.slug}/calendar`} search={{ appointment: payment.appointmentId } as never}>
        {say('cashless.arrivals.appointment')}
      </Anchor>
    );
  if (payment?.orderKind === 'connection_test') return <Text size="sm">{say('cashless.try')}</Text>;
  return (
    <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
      {reference ?? '—'}
    </Text>
  );
}
