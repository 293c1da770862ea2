import type { BetweenLocations } from '@holdfast/contract/between-locations';
import type { CashRegisters, PaymentItems } from '@holdfast/contract/registers';
import type { TransactionChoices, TransactionDetail, TransactionPage, TransactionTotals } from '@holdfast/contract/transactions';
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, at } from '../api.ts';

export const transactionPages = (locationId: string, query: string) =>
  infiniteQueryOptions({
    queryKey: ['transactions', locationId, 'pages', query],
    queryFn: ({ pageParam, signal }) =>
      ask<TransactionPage>(
        'GET',
        `${at(locationId, 'transactions')}?${query}${pageParam ? `&after=${encodeURIComponent(pageParam)}` : ''}`,
        undefined,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

export const totalsQuery = (locationId: string, query: string) =>
  queryOptions({
    queryKey: ['transactions', locationId, 'totals', query],
    queryFn: ({ signal }) => ask<TransactionTotals>('GET', `${at(locationId, 'transaction-totals')}?${query}`, undefined, signal),
    placeholderData: keepPreviousData,
  });

export const choicesQuery = (locationId: string, client = '') =>
  queryOptions({
    queryKey: ['transactions', locationId, 'choices', client],
    queryFn: ({ signal }) =>
      ask<TransactionChoices>(
        'GET',
        `${at(locationId, 'transaction-choices')}${client ? `?client=${encodeURIComponent(client)}` : ''}`,
        undefined,
        signal,
      ),
    placeholderData: keepPreviousData,
  });

export const transactionQueryOf = (locationId: string, entryId: string) =>
  queryOptions({
    queryKey: ['transactions', locationId, 'entry', entryId],
    queryFn: ({ signal }) => ask<TransactionDetail>('GET', at(locationId, 'transactions', entryId), undefined, signal),
  });

export const registersQuery = (locationId: string) =>
  queryOptions({
    queryKey: ['transactions', locationId, 'registers'],
    queryFn: ({ signal }) => ask<CashRegisters>('GET', at(locationId, 'registers'), undefined, signal),
  });

export const betweenQuery = (locationId: string) =>
  queryOptions({
    queryKey: ['transactions', locationId, 'between'],
    queryFn: ({ signal }) => ask<BetweenLocations>('GET', at(locationId, 'between-locations'), undefined, signal),
  });

export const itemsQuery = (locationId: string) =>
  queryOptions({
    queryKey: ['transactions', locationId, 'items'],
    queryFn: ({ signal }) => ask<PaymentItems>('GET', at(locationId, 'payment-items'), undefined, signal),
  });

/** Something that moves money or changes where it lies: whatever shows money is read anew, also after a refusal. */
export function useMoneyDeed<In, Out>(locationId: string, deed: (wish: In) => Promise<Out>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: deed,
    onSettled: () => {
      for (const area of ['transactions', 'checkout', 'cashless', 'accounts', 'reports'])
        void queries.invalidateQueries({ queryKey: [area, locationId] });
    },
  });
}
