import type { AttentionList } from '@holdfast/contract/attention';
import { SegmentedControl, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Empty } from '../frame/empty.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { AttentionCard } from './attention-card.tsx';
import { attentionQuery } from './attention-query.ts';
import type { AttentionSearch } from './routes.tsx';

/** Finance → Needs attention: money that has to be looked at by a person, and what can be done about it. */
export function AttentionPage() {
  const { say } = useWords();
  const here = useLocationHere();
  const { state = 'open' } = useSearch({ strict: false }) as AttentionSearch;
  const navigate = useNavigate();
  const list = useQuery(attentionQuery(here.id, state));
  const show = (next: string) => void navigate({ to: '.', search: next === 'done' ? { state: 'done' } : {}, replace: true });
  return (
    <Page title={say('attention.title')} about={say('attention.about')}>
      <SegmentedControl
        value={state}
        onChange={show}
        aria-label={say('attention.show')}
        data={[
          { value: 'open', label: list.data ? say('attention.open_count', { count: list.data.open }) : say('attention.open') },
          { value: 'done', label: say('attention.done') },
        ]}
        style={{ alignSelf: 'flex-start' }}
      />
      {list.isPending && <PageLoading />}
      {list.isError && !list.data && <TroubleNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && <Items list={list.data} state={state} />}
    </Page>
  );
}

function Items({ list, state }: { list: AttentionList; state: 'open' | 'done' }) {
  const { say } = useWords();
  if (list.items.length === 0) {
    return state === 'open' ? (
      <Empty
        icon={<IconCircleCheck size={40} stroke={1.4} aria-hidden color="var(--hf-good)" />}
        title={say('attention.nothing')}
        more={say('attention.nothing.more')}
      />
    ) : (
      <Empty title={say('attention.nothing_done')} />
    );
  }
  return (
    <Stack gap="md" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {list.items.map((item) => (
        <li key={item.id}>
          <AttentionCard item={item} timeZone={list.timeZone} />
        </li>
      ))}
      {list.open > list.items.length && state === 'open' && (
        <Text size="sm" c="dimmed" component="li">
          {say('attention.more', { count: list.open - list.items.length })}
        </Text>
      )}
    </Stack>
  );
}
