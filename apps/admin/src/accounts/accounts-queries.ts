import type { AccountPage, AccountStatement, AccountsOfClient, AccountTypes, ClientAccounts } from '@holdfast/contract/accounts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask, at } from '../api.ts';

/** Whoever hears that money has moved on an account invalidates `['accounts', locationId]`. */
const key = (locationId: string, ...more: readonly unknown[]) => ['accounts', locationId, ...more];

/** Which accounts are looked for, as in the address. */
export interface AccountsAsked {
  readonly search: string;
  readonly type: string;
  readonly only: 'all' | 'with_money' | 'owing' | 'held';
}

export const clientAccountsQuery = (locationId: string, { search, type, only }: AccountsAsked) =>
  infiniteQueryOptions({
    queryKey: key(locationId, 'list', search, type, only),
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ search, only, limit: '50', ...(type ? { type } : {}), ...(pageParam ? { after: pageParam } : {}) });
      return ask<ClientAccounts>('GET', `${at(locationId, 'client-accounts')}?${query}`, undefined, signal);
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });

export const accountTypesQuery = (locationId: string) =>
  queryOptions({
    queryKey: key(locationId, 'types'),
    queryFn: ({ signal }) => ask<AccountTypes>('GET', at(locationId, 'account-types'), undefined, signal),
  });

export const accountsOfClientQuery = (locationId: string, clientId: string) =>
  queryOptions({
    queryKey: key(locationId, 'of', clientId),
    queryFn: ({ signal }) => ask<AccountsOfClient>('GET', at(locationId, 'clients', clientId, 'accounts'), undefined, signal),
  });

/** One account with its top-ups. Read again and again while something on it depends on a provider. */
export const accountPageQuery = (locationId: string, accountId: string) =>
  queryOptions({
    queryKey: key(locationId, 'one', accountId),
    queryFn: ({ signal }) => ask<AccountPage>('GET', at(locationId, 'client-accounts', accountId), undefined, signal),
    refetchInterval: ({ state }) => (state.data && runningOf(state.data).length > 0 ? 3000 : false),
  });

export const statementQuery = (locationId: string, accountId: string) =>
  infiniteQueryOptions({
    queryKey: key(locationId, 'statement', accountId),
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: '25', ...(pageParam ? { before: pageParam } : {}) });
      return ask<AccountStatement>('GET', `${at(locationId, 'client-accounts', accountId, 'statement')}?${query}`, undefined, signal);
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** Top-ups of which the last word is not spoken. */
export function runningOf({ topUps }: AccountPage): AccountPage['topUps'] {
  return topUps.filter(({ state }) => state === 'waiting' || state === 'checking' || state === 'refund_under_way');
}
