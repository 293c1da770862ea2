import { openStatuses } from '@holdfast/contract/settlement-statuses';
import { Button, Group, NativeSelect, Stack, Tabs, Text } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { confirmed } from '../frame/confirm.tsx';
import { Empty } from '../frame/empty.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice, troubleKey } from '../frame/trouble-notice.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { BackToOverview } from './back-to-overview.tsx';
import { DecisionList } from './decision-list.tsx';
import { DifferenceCard } from './difference-card.tsx';
import { type DifferencesSearch, useAccept, useDifferences, useReconciliation } from './reconciliation-query.ts';
import { statusKey } from './words-for.ts';

/** Finance → Reconciliation → Differences: what somebody has to decide about, and what was decided. What is chosen stands in the address. */
export function DifferencesPage() {
  const { say } = useWords();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as DifferencesSearch & { show?: 'decided' };
  const overview = useReconciliation();
  const set = (next: Partial<typeof search>) =>
    void navigate({ to: '.', search: Object.fromEntries(Object.entries({ ...search, ...next }).filter(([, value]) => value)), replace: true });
  return (
    <Page title={say('reconciliation.differences')} about={say('reconciliation.differences.about')} actions={<BackToOverview />}>
      <Tabs
        value={search.show ?? 'open'}
        onChange={(value) => set({ show: value === 'decided' ? 'decided' : undefined } as Partial<typeof search>)}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="open">{say('reconciliation.tab.open')}</Tabs.Tab>
          <Tabs.Tab value="decided">{say('reconciliation.tab.decided')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="open">
          <Stack gap="md">
            <Group gap="sm" align="flex-end">
              <NativeSelect
                label={say('reconciliation.provider')}
                value={search.connection ?? ''}
                onChange={({ currentTarget: { value } }) => set({ connection: value })}
                data={[
                  { value: '', label: say('reconciliation.any_provider') },
                  ...(overview.data?.connections.map(({ id, label }) => ({ value: id, label })) ?? []),
                ]}
              />
              <NativeSelect
                label={say('reconciliation.what')}
                value={search.status ?? ''}
                onChange={({ currentTarget: { value } }) => set({ status: value })}
                data={[
                  { value: '', label: say('reconciliation.any_difference') },
                  ...openStatuses.map((status) => ({ value: status, label: say(statusKey(status)) })),
                ]}
              />
            </Group>
            <OpenDifferences key={`${search.connection} ${search.status}`} search={search} />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="decided">
          <DecisionList />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function OpenDifferences({ search }: { search: DifferencesSearch }) {
  const { say } = useWords();
  const may = useMay();
  const differences = useDifferences(search);
  const { accept, isPending } = useAccept();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const all = differences.data?.pages.flatMap((page) => page.differences) ?? [];
  const total = differences.data?.pages[0]?.total ?? 0;
  const chosen = all.filter(({ item, postings }) => postings.length > 0 && !left.has(item.id));
  const reason = !may('reconciliation.make') ? say('frame.no_right') : chosen.length === 0 ? say('reconciliation.accept.none') : undefined;
  const acceptAll = async () => {
    const sure = await confirmed({
      title: say('reconciliation.accept.sure', { count: chosen.length }),
      more: say('reconciliation.accept.sure.more'),
      yes: say('reconciliation.accept'),
    });
    if (!sure) return;
    try {
      const outcomes = await accept(chosen.map(({ item }) => item));
      const done = outcomes.filter(({ outcome }) => outcome === 'accepted').length;
      const rest = outcomes.length - done;
      toast(
        rest === 0 ? say('reconciliation.accept.done', { count: done }) : say('reconciliation.accept.some', { done, rest }),
        rest === 0 ? 'good' : 'bad',
      );
    } catch (error) {
      toast(say(troubleKey(error)), 'bad');
    }
  };
  if (differences.isPending) return <PageLoading />;
  if (differences.isError) return <TroubleNotice error={differences.error} onRetry={() => void differences.refetch()} />;
  if (all.length === 0)
    return (
      <Empty
        icon={<IconChecks size={32} stroke={1.3} aria-hidden />}
        title={say('reconciliation.nothing_open')}
        more={say('reconciliation.nothing_open.more')}
      />
    );
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {say('reconciliation.count', { count: total })}
        </Text>
        <ReasonButton size="sm" variant="default" reason={reason} loading={isPending} onClick={() => void acceptAll()}>
          {say('reconciliation.accept.many', { count: chosen.length })}
        </ReasonButton>
      </Group>
      {all.map((difference) => (
        <DifferenceCard
          key={difference.item.id}
          difference={difference}
          chosen={!left.has(difference.item.id)}
          onChoose={(yes) =>
            setLeft((before) => new Set(yes ? [...before].filter((id) => id !== difference.item.id) : [...before, difference.item.id]))
          }
        />
      ))}
      {differences.hasNextPage && (
        <Button variant="default" w="fit-content" loading={differences.isFetchingNextPage} onClick={() => void differences.fetchNextPage()}>
          {say('reconciliation.more')}
        </Button>
      )}
    </Stack>
  );
}
