import type { AuditChoices, AuditPage as AuditPageOf } from '@holdfast/contract/audit';
import { Button, Stack } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../api.ts';
import { Empty } from '../frame/empty.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { AuditEntries } from './audit-entries.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { type AuditSearch, auditQueryOf } from './audit-search.ts';

/** Settings → Audit log: who changed what, when, from where. What is looked for stands in the address. */
export function AuditPage() {
  const { say } = useWords();
  const { timeZone } = useLocationHere();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as AuditSearch;
  const query = auditQueryOf(search, timeZone).toString();
  const log = useInfiniteQuery({
    queryKey: ['audit-log', query],
    queryFn: ({ pageParam, signal }) =>
      ask<AuditPageOf>('GET', `audit-log?${query}${pageParam ? `&after=${encodeURIComponent(pageParam)}` : ''}`, undefined, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  const choices = useQuery({ queryKey: ['audit-choices'], queryFn: ({ signal }) => ask<AuditChoices>('GET', 'audit-choices', undefined, signal) });
  const entries = log.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Page
      title={say('users.audit')}
      about={say('users.audit.about')}
      wide
      actions={
        <Button component="a" href={`/api/v1/admin/audit-log.csv?${query}`} variant="default" leftSection={<IconDownload size={18} aria-hidden />}>
          {say('users.audit.csv')}
        </Button>
      }
    >
      <AuditFilters value={search} choices={choices.data} onChange={(next) => void navigate({ to: '.', search: next, replace: true })} />
      {log.isPending && <PageLoading />}
      {log.isError && <TroubleNotice error={log.error} onRetry={() => void log.refetch()} />}
      {log.data && entries.length === 0 && <Empty title={say('users.audit.none')} more={say('users.audit.none.more')} />}
      {entries.length > 0 && (
        <Stack gap="md">
          <AuditEntries
            entries={entries}
            locations={choices.data?.locations ?? []}
            onSubject={(subject) => void navigate({ to: '.', search: { ...search, subject } })}
          />
          {log.hasNextPage && (
            <Button variant="default" w="fit-content" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
              {say('users.audit.more')}
            </Button>
          )}
        </Stack>
      )}
    </Page>
  );
}
