import type { RefundList } from '@holdfast/contract/refunds';
import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconReceiptRefund } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Empty } from '../frame/empty.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { AskedCard } from './asked-card.tsx';
import { RefundCard } from './refund-card.tsx';
import { refundsQuery } from './refunds-query.ts';
import type { RefundSearch } from './routes.tsx';
import { SecondPersonDialog } from './second-person-dialog.tsx';

/** Finance → Refunds: what is to go back, is on its way, or went. */
export function RefundsPage() {
  const { say, money } = useWords();
  const here = useLocationHere();
  const navigate = useNavigate();
  const { state, of } = useSearch({ strict: false }) as RefundSearch;
  const list = useQuery(refundsQuery(here.id, state ?? 'todo', of));
  const [settings, setSettings] = useState(false);
  const shown = list.data;
  const counts = shown?.counts;
  const todo = counts ? counts.asked + counts.open + counts.approved + counts.sending : 0;
  return (
    <Page
      title={say('refunds.title')}
      about={say('refunds.about')}
      actions={
        shown?.settings.mayChange && (
          <Button variant="default" onClick={() => setSettings(true)}>
            {say('refunds.second.button')}
          </Button>
        )
      }
    >
      <Group justify="space-between" gap="sm">
        <SegmentedControl
          aria-label={say('refunds.which')}
          value={state ?? 'todo'}
          onChange={(next) =>
            void navigate({ to: '.', search: { ...(of ? { of } : {}), ...(next === 'todo' ? {} : { state: next }) } as never, replace: true })
          }
          data={[
            { value: 'todo', label: counts ? say('refunds.todo.count', { number: todo }) : say('refunds.todo') },
            { value: 'closed', label: say('refunds.closed') },
            { value: 'all', label: say('refunds.all') },
          ]}
        />
        {of && (
          <Button variant="subtle" size="xs" onClick={() => void navigate({ to: '.', search: (state ? { state } : {}) as never })}>
            {say('refunds.of_all')}
          </Button>
        )}
      </Group>
      {shown?.limitMinor != null && (
        <Text size="sm" c="dimmed">
          {say('refunds.limit', { amount: money(shown.limitMinor, shown.settings.currency) })}
        </Text>
      )}
      {list.isPending && <PageLoading />}
      {list.isError && <TroubleNotice error={list.error} onRetry={() => void list.refetch()} />}
      {shown && <Cards list={shown} />}
      {shown && settings && <SecondPersonDialog settings={shown.settings} onClose={() => setSettings(false)} />}
    </Page>
  );
}

function Cards({ list }: { list: RefundList }) {
  const { say } = useWords();
  if (list.items.length + list.asked.length === 0)
    return <Empty icon={<IconReceiptRefund size={32} aria-hidden />} title={say('refunds.none')} more={say('refunds.none.more')} />;
  return (
    <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
      {list.asked.map((asked) => (
        <li key={`${asked.of.kind} ${asked.of.id}`}>
          <AskedCard asked={asked} />
        </li>
      ))}
      {list.items.map((item) => (
        <li key={item.id}>
          <RefundCard item={item} list={list} />
        </li>
      ))}
    </Stack>
  );
}
