import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconPigMoney, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Empty } from '../frame/empty.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { accountTypesQuery, clientAccountsQuery } from './accounts-queries.ts';
import { BalanceTable } from './balance-table.tsx';
import { BalanceTotals } from './balance-totals.tsx';
import type { AccountsSearch } from './routes.tsx';

const shown = ['with_money', 'owing', 'held', 'all'] as const;

/** Every account of the chain on which something is, the largest first. What is looked for stands in the address. */
export function BalancesTab() {
  const { say } = useWords();
  const here = useLocationHere();
  const may = useMay();
  const navigate = useNavigate();
  const { search = '', type = '', only = 'with_money' } = useSearch({ strict: false }) as AccountsSearch;
  const [typed, setTyped] = useState(search);
  const go = (more: AccountsSearch) => {
    const next = { search, type, only, ...more };
    const said = Object.entries(next).filter(([name, value]) => value && !(name === 'only' && value === 'with_money'));
    void navigate({ to: '.', search: Object.fromEntries(said), replace: true });
  };
  const lookFor = useDebouncedCallback((sought: string) => go({ search: sought.trim() }), 200);
  const list = useInfiniteQuery(clientAccountsQuery(here.id, { search, type, only }));
  const types = useQuery(accountTypesQuery(here.id));
  const [first] = list.data?.pages ?? [];
  const accounts = list.data?.pages.flatMap((page) => page.accounts) ?? [];
  const isAll = !search && !type && only === 'with_money';
  return (
    <Stack gap="md">
      {first && <BalanceTotals totals={first.totals} />}
      <Group gap="sm" align="flex-end">
        <TextInput
          type="search"
          aria-label={say('accounts.search')}
          placeholder={say('accounts.search')}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={typed}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value);
            lookFor(value);
          }}
          style={{ flex: '1 1 260px' }}
          maw={{ base: undefined, sm: 420 }}
          maxLength={100}
          autoComplete="off"
        />
        <Select
          aria-label={say('accounts.only')}
          data={shown.map((one) => ({ value: one, label: say(`accounts.only.${one}`) }))}
          value={only}
          onChange={(next) => go({ only: shown.find((one) => one === next) ?? 'with_money' })}
          allowDeselect={false}
          style={{ flex: '1 1 180px' }}
          maw={{ base: undefined, sm: 260 }}
        />
        {types.data && types.data.types.length > 0 && (
          <Select
            aria-label={say('accounts.type')}
            data={[
              { value: '', label: say('accounts.type.any') },
              { value: 'ordinary', label: say('accounts.ordinary') },
              ...types.data.types.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={type}
            onChange={(next) => go({ type: next ?? '' })}
            allowDeselect={false}
            style={{ flex: '1 1 180px' }}
            maw={{ base: undefined, sm: 260 }}
          />
        )}
      </Group>
      {list.isPending && <PageLoading />}
      {list.isError && <TroubleNotice error={list.error} onRetry={() => void list.refetch()} />}
      {first && (
        <>
          {/* said also when it is nothing: a screen reader hears that the search has ended */}
          <Text size="sm" c="dimmed" role="status">
            {accounts.length > 0
              ? say('accounts.shown', { count: list.hasNextPage ? `${accounts.length}+` : accounts.length })
              : isAll
                ? ''
                : say('accounts.none_found')}
          </Text>
          {accounts.length === 0 && isAll && (
            <Empty
              icon={<IconPigMoney size={32} stroke={1.3} aria-hidden />}
              title={say('accounts.empty')}
              more={say('accounts.empty.more')}
              action={
                may('clients.see') && (
                  <Button component={Link} to={`/${here.slug}/clients`} variant="default" mt="xs">
                    {say('accounts.empty.to_clients')}
                  </Button>
                )
              }
            />
          )}
          {accounts.length > 0 && <BalanceTable accounts={accounts} />}
          {list.hasNextPage && (
            <Group>
              <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {say('accounts.show_more')}
              </Button>
            </Group>
          )}
        </>
      )}
    </Stack>
  );
}
