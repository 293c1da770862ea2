import type { Client, ListedClient } from '@holdfast/contract/clients';
import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../api.ts';
import { confirmed } from '../frame/confirm.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { clientQuery } from './clients-query.ts';

/** Perhaps the same person is there twice: offers to make one of them. */
export function LookAlikes({ client }: { client: Client }) {
  const { say } = useWords();
  const here = useLocationHere();
  const queries = useQueryClient();
  const merge = useMutation({
    mutationFn: (other: ListedClient) =>
      ask<Client>('POST', `clients/${encodeURIComponent(client.id)}/merge`, { version: client.version, other: other.id }),
    onSuccess: (merged) => {
      queries.setQueryData(clientQuery(client.id).queryKey, merged);
      void queries.invalidateQueries({ queryKey: ['clients'] });
      toast(say('clients.merge.done'));
    },
    onError: () => void queries.invalidateQueries({ queryKey: ['clients'] }),
  });
  const askFirst = async (other: ListedClient) => {
    const yes = await confirmed({
      title: say('clients.merge.sure', { other: describe(other), name: client.name }),
      more: say('clients.merge.more'),
      yes: say('clients.merge'),
    });
    if (yes) merge.mutate(other);
  };
  return (
    <Alert variant="light" color="yellow" title={say('clients.look_alikes')}>
      <Stack gap="xs">
        {client.lookAlikes.map((other) => (
          <Group key={other.id} justify="space-between" gap="sm">
            <Text size="sm">
              <Anchor component={Link} to={`/${here.slug}/clients/${other.id}`}>
                {describe(other)}
              </Anchor>{' '}
              · {say('clients.visit_count', { count: other.visits })}
            </Text>
            <Button size="xs" variant="default" loading={merge.isPending} onClick={() => void askFirst(other)}>
              {say('clients.merge')}
            </Button>
          </Group>
        ))}
        {merge.isError && <TroubleNotice error={merge.error} />}
      </Stack>
    </Alert>
  );
}

function describe({ name, phone, email }: ListedClient): string {
  return [name, phone ?? email].filter(Boolean).join(', ');
}
