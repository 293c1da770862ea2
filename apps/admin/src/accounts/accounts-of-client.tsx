import type { AccountsOfClient } from '@holdfast/contract/accounts';
import { Button, Group, Menu, SimpleGrid, Stack, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ask, at } from '../api.ts';
import { PageLoading } from '../frame/page-loading.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice, troubleKey } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { AccountCard } from './account-card.tsx';
import { accountsOfClientQuery } from './accounts-queries.ts';
import { Statement } from './statement.tsx';

/** The accounts of one client, and below them what has moved on the one that stands in the address. */
export function AccountsOfClientPart({ clientId }: { clientId: string }) {
  const { say } = useWords();
  const here = useLocationHere();
  const navigate = useNavigate();
  const { account: named } = useSearch({ strict: false }) as { account?: string };
  const { data, error, refetch } = useQuery(accountsOfClientQuery(here.id, clientId));
  const accounts = data?.accounts ?? [];
  const used = accounts.filter(({ openedAt }) => openedAt !== null);
  const shown = accounts.find(({ id }) => id === named) ?? used[0];
  return (
    <Stack gap="sm" component="section" aria-label={say('accounts.of_client')}>
      <Group justify="space-between" gap="sm">
        <Title order={2} size="h4">
          {say('accounts.of_client')}
        </Title>
        {data && <OpenAnother clientId={clientId} mayOpen={data.mayOpen} />}
      </Group>
      {!data && (error ? <TroubleNotice error={error} onRetry={() => void refetch()} /> : <PageLoading />)}
      {data && (
        <SimpleGrid cols={{ base: 1, sm: accounts.length > 1 ? 2 : 1 }}>
          {accounts.map((account) => (
            <AccountCard
              key={account.id}
              account={account}
              of={data}
              isShown={account.id === shown?.id}
              onShow={used.length > 1 ? () => void navigate({ to: '.', search: { account: account.id } as never, resetScroll: false }) : undefined}
            />
          ))}
        </SimpleGrid>
      )}
      {data && shown?.openedAt && <Statement key={shown.id} account={shown} registers={data.registers} />}
    </Stack>
  );
}

function OpenAnother({ clientId, mayOpen }: { clientId: string; mayOpen: AccountsOfClient['mayOpen'] }) {
  const { say } = useWords();
  const may = useMay();
  const here = useLocationHere();
  const queries = useQueryClient();
  const open = useMutation({
    mutationFn: ({ typeId }: AccountsOfClient['mayOpen'][number]) =>
      ask<AccountsOfClient>('POST', at(here.id, 'clients', clientId, 'accounts'), { typeId }),
    onSuccess: (fresh, { name }) => {
      queries.setQueryData(accountsOfClientQuery(here.id, clientId).queryKey, fresh);
      toast(say('accounts.opened', { name }));
    },
    onError: (error) => toast(say(troubleKey(error)), 'bad'),
    onSettled: () => queries.invalidateQueries({ queryKey: ['accounts', here.id] }),
  });
  if (mayOpen.length === 0 || !may('accounts.top_up')) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="xs" loading={open.isPending} leftSection={<IconPlus size={16} aria-hidden />}>
          {say('accounts.open_type')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {mayOpen.map((type) => (
          <Menu.Item key={type.typeId} onClick={() => open.mutate(type)}>
            {type.name} · {type.currency}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
