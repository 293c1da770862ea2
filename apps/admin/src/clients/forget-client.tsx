import type { Client } from '@holdfast/contract/clients';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, Trouble } from '../api.ts';
import { confirmed } from '../frame/confirm.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';

/** What the law gives a client: a copy of their data, and to be forgotten. */
export function ForgetClient({ client }: { client: Client }) {
  const { say, money } = useWords();
  const may = useMay();
  const queries = useQueryClient();
  const erase = useMutation({
    mutationFn: () => ask<Client>('POST', `clients/${encodeURIComponent(client.id)}/erasure`, { version: client.version }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['clients'] }),
  });
  const owed = client.money.find(({ creditMinor }) => creditMinor > 0);
  const reason = !may('clients.erase')
    ? say('frame.no_right')
    : client.counts.upcoming > 0
      ? say('clients.erase.upcoming', { count: client.counts.upcoming })
      : owed
        ? say('clients.erase.owed', { amount: money(owed.creditMinor, owed.currency) })
        : undefined;
  return (
    <Stack gap="xs" component="section" aria-label={say('clients.data')}>
      <Title order={2} size="h4">
        {say('clients.data')}
      </Title>
      <Text size="sm" c="dimmed">
        {say('clients.data.about')}
      </Text>
      <Group>
        {may('clients.export') && (
          <Button component="a" variant="default" href={`/api/v1/admin/clients/${encodeURIComponent(client.id)}/export`} download>
            {say('clients.export_one')}
          </Button>
        )}
        <ReasonButton
          color="red"
          variant="light"
          reason={reason}
          loading={erase.isPending}
          onClick={() =>
            void confirmed({
              title: say('clients.erase.sure', { name: client.name }),
              more: say('clients.erase.more'),
              yes: say('clients.erase'),
              danger: true,
            }).then((yes) => yes && erase.mutate())
          }
        >
          {say('clients.erase')}
        </ReasonButton>
      </Group>
      {erase.isError && (
        <TroubleNotice
          error={erase.error}
          words={{
            still_used:
              erase.error instanceof Trouble && erase.error.detail['credit'] ? 'clients.erase.owed_elsewhere' : 'clients.erase.upcoming_elsewhere',
          }}
        />
      )}
    </Stack>
  );
}
