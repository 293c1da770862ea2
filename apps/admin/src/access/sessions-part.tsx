import type { OwnSessions } from '@holdfast/contract/signing-in';
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from '../api.ts';
import { PageLoading } from '../frame/page-loading.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { AccountPart } from './account-part.tsx';
import { deviceName } from './device-name.ts';

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Where one is signed in, and ending what one does not know. */
export function SessionsPart() {
  const { say, when } = useWords();
  const queries = useQueryClient();
  const list = useQuery({ queryKey: ['own-sessions'], queryFn: ({ signal }) => ask<OwnSessions>('GET', 'account/sessions', undefined, signal) });
  const end = useMutation({
    mutationFn: (path: string) => ask('POST', `account/sessions/${path}`),
    onSuccess: () => toast(say('access.sessions.ended')),
    onSettled: () => queries.invalidateQueries({ queryKey: ['own-sessions'] }),
  });
  const nameOf = (device: string) => {
    const known = deviceName(device);
    return known ? say('access.sessions.device', known) : device || say('access.sessions.unknown');
  };
  const sessions = list.data?.sessions ?? [];
  return (
    <AccountPart title={say('access.sessions')}>
      {list.isPending && <PageLoading />}
      {list.isError && !list.data && <TroubleNotice error={list.error} onRetry={() => void list.refetch()} />}
      <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
        {sessions.map((one) => (
          <Group component="li" key={one.id} justify="space-between" gap="sm">
            <div>
              <Group gap="xs">
                <Text size="sm" fw={600}>
                  {nameOf(one.device)}
                </Text>
                {one.present && <Badge variant="light">{say('access.sessions.present')}</Badge>}
              </Group>
              <Text size="xs" c="dimmed">
                {one.address} · {say('access.sessions.seen', { when: when(one.seenAt, HERE) })}
              </Text>
            </div>
            {!one.present && (
              <Button
                size="xs"
                variant="default"
                aria-label={say('access.sessions.end_label', { device: nameOf(one.device) })}
                onClick={() => end.mutate(`${encodeURIComponent(one.id)}/end`)}
                loading={end.isPending && end.variables.startsWith(one.id)}
              >
                {say('access.sessions.end')}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
      {end.isError && <TroubleNotice error={end.error} />}
      {sessions.length === 1 && (
        <Text size="sm" c="dimmed">
          {say('access.sessions.only')}
        </Text>
      )}
      {sessions.length > 2 && (
        <Group>
          <Button variant="default" onClick={() => end.mutate('end-others')} loading={end.isPending && end.variables === 'end-others'}>
            {say('access.sessions.end_others')}
          </Button>
        </Group>
      )}
    </AccountPart>
  );
}
