import { webhookTypes } from '@holdfast/contract/webhook-types';
import type { WebhookDelivery, WebhookEndpoint } from '@holdfast/contract/webhooks';
import { Button, Group, NativeSelect, Paper, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Empty } from '../frame/empty.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { DeliveryDialog } from './delivery-dialog.tsx';
import { useDeliveries } from './programs-query.ts';
import { type DeliveriesSearch, deliveryStates } from './routes.tsx';
import { StateBadge } from './state-badge.tsx';
import { useTypeWord } from './type-word.ts';

const looks = { waiting: 'waits', delivered: 'good', given_up: 'bad' } as const;

/** What was told there, the newest first. */
export function DeliveryList({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { say } = useWords();
  const typeWord = useTypeWord();
  const search = useSearch({ strict: false }) as DeliveriesSearch;
  const navigate = useNavigate();
  const look = (next: Record<string, string | undefined>) =>
    void navigate({
      to: '.',
      search: (before: DeliveriesSearch) => Object.fromEntries(Object.entries({ ...before, ...next }).filter(([, value]) => value)),
    });
  const list = useDeliveries(endpoint.id, search);
  const all = list.data?.pages.flatMap(({ deliveries }) => deliveries) ?? [];
  return (
    <Stack component="section" gap="sm">
      <Title order={2} size="h4">
        {say('programs.deliveries')}
      </Title>
      <Group gap="sm">
        <NativeSelect
          label={say('programs.delivery.status')}
          value={search.status ?? ''}
          onChange={({ currentTarget: { value } }) => look({ status: value })}
          data={[{ value: '', label: say('programs.any') }, ...deliveryStates.map((one) => ({ value: one, label: say(`programs.delivery.${one}`) }))]}
        />
        <NativeSelect
          label={say('programs.delivery.type')}
          value={search.type ?? ''}
          onChange={({ currentTarget: { value } }) => look({ type: value })}
          data={[{ value: '', label: say('programs.any') }, ...webhookTypes.map((one) => ({ value: one, label: typeWord(one) }))]}
        />
      </Group>
      {list.isPending && <PageLoading />}
      {list.isError && <TroubleNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && all.length === 0 && <Empty title={say('programs.deliveries.none')} more={say('programs.deliveries.none.more')} />}
      <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
        {all.map((one) => (
          <DeliveryLine key={one.id} one={one} onOpen={() => look({ delivery: one.id })} />
        ))}
      </Stack>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {say('programs.more')}
        </Button>
      )}
      {search.delivery && <DeliveryDialog endpoint={endpoint} delivery={search.delivery} onClose={() => look({ delivery: undefined })} />}
    </Stack>
  );
}

function DeliveryLine({ one, onOpen }: { one: WebhookDelivery; onOpen: () => void }) {
  const { say, when } = useWords();
  const typeWord = useTypeWord();
  const { timeZone } = useLocationHere();
  return (
    <Paper component="li" withBorder>
      <UnstyledButton onClick={onOpen} p="sm" w="100%">
        <Group justify="space-between" gap="xs">
          <Stack gap={2} style={{ minWidth: 0 }}>
            <Text size="sm" fw={600}>
              {typeWord(one.type)}
            </Text>
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {when(one.toldAt, timeZone)} · {one.subjectId}
            </Text>
          </Stack>
          <Group gap="xs">
            <Text size="xs" c="dimmed">
              {one.behind
                ? say('programs.delivery.behind')
                : one.status === 'waiting' && one.dueAt && one.tries > 0
                  ? say('programs.delivery.next', { when: when(one.dueAt, timeZone) })
                  : one.lastStatus
                    ? say('programs.delivery.answered', { status: String(one.lastStatus) })
                    : ''}
            </Text>
            <StateBadge look={looks[one.status]}>{say(`programs.delivery.${one.status}`)}</StateBadge>
          </Group>
        </Group>
      </UnstyledButton>
    </Paper>
  );
}
