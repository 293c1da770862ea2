import type {
  Arrivals,
  CashlessPayment,
  ConnectionTested,
  StatusChange,
  StatusMatrix,
  WebhookAddresses,
  WebhookSetUpAnswer,
} from '@holdfast/contract/cashless';
import { queryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { ask, at } from '../api.ts';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { inWordsOf } from './in-words-of.ts';
import { isUnderWay } from './test-state.ts';

const pageQuery = (locationId: string) =>
  queryOptions({
    queryKey: ['cashless', locationId],
    queryFn: ({ signal }) => ask<CashlessPayment>('GET', at(locationId, 'cashless-payment'), undefined, signal),
    // the self-test: an event that arrives shows without a reload
    refetchInterval: ({ state: { data } }) => (data?.connections.some(({ test }) => test && isUnderWay(test)) ? 2_000 : 10_000),
  });

export function useCashless() {
  const { language } = useWords();
  return useQuery({ ...pageQuery(useLocationHere().id), select: useCallback((page: CashlessPayment) => inWordsOf(language, page), [language]) });
}

interface Deed {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  /** Below `cashless-payment/`. */
  readonly path: readonly string[];
  readonly body: unknown;
}

/** Changes something of it. What comes back is all of it as it stands now. */
export function useCashlessDeed() {
  const { id } = useLocationHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ method, path, body }: Deed) => ask<CashlessPayment>(method, at(id, 'cashless-payment', ...path), body),
    onSuccess: async (page) => {
      queries.setQueryData(pageQuery(id).queryKey, page);
      await queries.invalidateQueries({ queryKey: statusesKey(id) });
    },
    onError: () => void queries.invalidateQueries({ queryKey: pageQuery(id).queryKey }),
  });
}

/** Asks the provider; keeps nothing. */
export function useConnectionTest() {
  const { id } = useLocationHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body }: { path: readonly string[]; body?: unknown }) =>
      ask<ConnectionTested>('POST', at(id, 'cashless-payment', ...path), body),
    onSettled: () => void queries.invalidateQueries({ queryKey: pageQuery(id).queryKey }),
  });
}

/** Where a connection that is yet to be made will be reported to. */
export function useWebhookAddresses(connectionId: string) {
  const { id } = useLocationHere();
  return useQuery({
    queryKey: ['cashless', id, 'webhook-addresses', connectionId],
    queryFn: ({ signal }) => ask<WebhookAddresses>('GET', at(id, 'cashless-payment', 'webhook-addresses', connectionId), undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useArrivals(connectionId: string) {
  const { id } = useLocationHere();
  return useInfiniteQuery({
    queryKey: ['cashless', id, 'arrivals', connectionId],
    queryFn: ({ pageParam, signal }) => {
      const after = pageParam === '' ? '' : `?after=${encodeURIComponent(pageParam)}`;
      return ask<Arrivals>('GET', `${at(id, 'cashless-payment', 'connections', connectionId, 'webhooks')}${after}`, undefined, signal);
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: 10_000,
  });
}

export function useWebhookSetUp(connectionId: string) {
  const { id } = useLocationHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: { version: number; replace: boolean }) =>
      ask<WebhookSetUpAnswer>('POST', at(id, 'cashless-payment', 'connections', connectionId, 'webhook'), wish),
    onSuccess: ({ page }) => queries.setQueryData(pageQuery(id).queryKey, page),
    onError: () => void queries.invalidateQueries({ queryKey: pageQuery(id).queryKey }),
  });
}

const statusesKey = (locationId: string) => ['cashless', locationId, 'statuses'] as const;

export function useStatuses() {
  const { id } = useLocationHere();
  return useQuery({
    queryKey: statusesKey(id),
    queryFn: ({ signal }) => ask<StatusMatrix>('GET', at(id, 'online-payment-statuses'), undefined, signal),
  });
}

export function useSaveStatuses() {
  const { id } = useLocationHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: StatusChange) => ask<StatusMatrix>('PATCH', at(id, 'online-payment-statuses'), wish),
    onSuccess: (matrix) => queries.setQueryData(statusesKey(id), matrix),
    // somebody was faster: the table shows what is there now, with what was chosen on top of it
    onError: () => void queries.invalidateQueries({ queryKey: statusesKey(id) }),
  });
}
