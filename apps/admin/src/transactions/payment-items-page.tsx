import type { PaymentItem, PaymentItems } from '@holdfast/contract/registers';
import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice, troubleKey } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { ItemDialog } from './item-dialog.tsx';
import { useMoneyNames } from './names.ts';
import { itemsQuery, useMoneyDeed } from './queries.ts';
import { SortHandle, type Sorting, SortingSaid, useSorting } from './sort-handle.tsx';

/** Finance → Payment items: what income and expenses stand under. */
export function PaymentItemsPage() {
  const { say } = useWords();
  const here = useLocationHere();
  const may = useMay();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(itemsQuery(here.id));
  const [naming, setNaming] = useState<PaymentItem | 'new'>();
  const reason = may('finance.edit') ? undefined : say('frame.no_right');
  const kept = (page: PaymentItems) => queries.setQueryData(itemsQuery(here.id).queryKey, page);
  const archive = useMoneyDeed(here.id, ({ id, version, archivedAt }: PaymentItem) =>
    ask<PaymentItems>('POST', at(here.id, 'payment-items', id, 'archival'), { version, archived: archivedAt === null }),
  );
  const order = useMoneyDeed(here.id, (ids: readonly string[]) => ask<PaymentItems>('PUT', at(here.id, 'payment-item-order'), { ids }));
  const items = data?.items ?? [];
  const own = items.filter((one) => !one.standard && one.archivedAt === null);
  const sorting = useSorting(
    own.map(({ id }) => id),
    (ids) => {
      const others = items.filter((one) => !own.includes(one));
      kept({
        items: [
          ...others.filter((one) => one.standard),
          ...ids.flatMap((id) => own.filter((one) => one.id === id)),
          ...others.filter((one) => !one.standard),
        ],
      });
      order.mutate(ids, { onError: (trouble) => toast(say(troubleKey(trouble)), 'bad') });
    },
  );
  const sorted = [
    ...items.filter((one) => one.standard),
    ...sorting.ids.flatMap((id) => own.filter((one) => one.id === id)),
    ...items.filter((one) => one.archivedAt),
  ];
  const putAway = (item: PaymentItem) =>
    archive.mutate(item, {
      onSuccess: kept,
      onError: (trouble) => toast(say(troubleKey(trouble, { already_there: 'transactions.name_taken' })), 'bad'),
    });
  if (!data && !error) return <PageLoading />;
  return (
    <Page
      title={say('transactions.items.title')}
      about={say('transactions.items.about')}
      actions={
        <ReasonButton leftSection={<IconPlus size={18} aria-hidden />} reason={reason} onClick={() => setNaming('new')}>
          {say('transactions.items.add')}
        </ReasonButton>
      }
    >
      {!data && <TroubleNotice error={error} onRetry={() => void refetch()} />}
      {(['in', 'out'] as const).map((direction) => (
        <Stack key={direction} gap="sm" component="section">
          <Title order={2} size="h4">
            {say(`transactions.items.${direction}`)}
          </Title>
          <Paper withBorder component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {sorted
              .filter((one) => one.direction === direction)
              .map((item) => (
                <ItemLine
                  key={item.id}
                  item={item}
                  sorting={sorting}
                  reason={reason}
                  onRename={() => setNaming(item)}
                  onArchive={() => putAway(item)}
                />
              ))}
          </Paper>
        </Stack>
      ))}
      <SortingSaid sorting={sorting} />
      {naming && <ItemDialog item={naming === 'new' ? undefined : naming} onSaved={kept} onClose={() => setNaming(undefined)} />}
    </Page>
  );
}

function ItemLine({
  item,
  sorting,
  reason,
  onRename,
  onArchive,
}: {
  item: PaymentItem;
  sorting: Sorting;
  reason: string | undefined;
  onRename: () => void;
  onArchive: () => void;
}) {
  const { say } = useWords();
  const names = useMoneyNames();
  const name = names.item(item.id, item.name);
  const archived = item.archivedAt !== null;
  const label = say(archived ? 'transactions.registers.restore' : 'transactions.registers.archive');
  return (
    <Group
      component="li"
      id={`sort-${item.id}`}
      className="hf-row"
      px="md"
      py="xs"
      gap="sm"
      mih={52}
      bg={sorting.dragged === item.id ? 'var(--hf-sunken)' : undefined}
    >
      {!item.standard && !archived && <SortHandle id={item.id} name={name} sorting={sorting} reason={reason} />}
      <Text flex="1 1 160px" fw={550} c={archived ? 'dimmed' : undefined} style={{ overflowWrap: 'anywhere' }}>
        <bdi>{name}</bdi>
      </Text>
      {item.standard && (
        <Badge variant="light" color="gray">
          {say('transactions.items.standard')}
        </Badge>
      )}
      {archived && (
        <Badge variant="light" color="gray">
          {say('transactions.items.archived')}
        </Badge>
      )}
      {!item.standard && (
        <Group gap="xs">
          {!archived && (
            <ReasonButton size="xs" variant="default" reason={reason} aria-label={say('transactions.items.rename.of', { name })} onClick={onRename}>
              {say('transactions.items.rename')}
            </ReasonButton>
          )}
          <ReasonButton size="xs" variant="default" reason={reason} aria-label={`${label}: ${name}`} onClick={onArchive}>
            {label}
          </ReasonButton>
        </Group>
      )}
    </Group>
  );
}
