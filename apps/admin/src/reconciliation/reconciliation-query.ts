import type {
  ExplainedPayout,
  ImportDetail,
  ImportPreview,
  OnItsWay,
  Reconciliation,
  SettlementAccepted,
  SettlementDecisions,
  SettlementDifference,
  SettlementDifferences,
} from '@holdfast/contract/reconciliation';
import { queryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { useLocationHere } from '../session.tsx';

const isUnderWay = (status: string) => status === 'reading' || status === 'uploading';

const overviewQuery = (locationId: string) =>
  queryOptions({
    queryKey: ['reconciliation', locationId, 'overview'],
    queryFn: ({ signal }) => ask<Reconciliation>('GET', at(locationId, 'reconciliation'), undefined, signal),
    refetchInterval: ({ state: { data } }) => (data?.imports.some(({ status }) => status === 'reading') ? 2_000 : 15_000),
  });

export function useReconciliation() {
  return useQuery(overviewQuery(useLocationHere().id));
}

/** Everything of this area is read anew after a deed: one posting moves balances everywhere. */
function useFreshen() {
  const { id } = useLocationHere();
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['reconciliation', id] });
}

interface Deed {
  readonly method: 'POST' | 'PUT';
  /** Below `reconciliation/`. */
  readonly path: readonly string[];
  readonly body?: unknown;
}

export function useReconciliationDeed<T = unknown>() {
  const { id } = useLocationHere();
  const freshen = useFreshen();
  return useMutation({
    mutationFn: ({ method, path, body }: Deed) => ask<T>(method, at(id, 'reconciliation', ...path), body, undefined, 60_000),
    onSettled: () => void freshen(),
  });
}

export function useAccept() {
  const deed = useReconciliationDeed<SettlementAccepted>();
  const body = (items: readonly SettlementDifference['item'][]) => ({ items: items.map(({ id, revision }) => ({ id, revision })) });
  return {
    ...deed,
    accept: async (items: readonly SettlementDifference['item'][]) => {
      const outcomes: SettlementAccepted['outcomes'] = [];
      // so many in one request as the server takes
      for (let start = 0; start < items.length; start += 200) {
        const answer = await deed.mutateAsync({ method: 'POST', path: ['acceptances'], body: body(items.slice(start, start + 200)) });
        outcomes.push(...answer.outcomes);
      }
      return outcomes;
    },
  };
}

export interface DifferencesSearch {
  readonly connection?: string;
  readonly status?: string;
}

export function useDifferences({ connection, status }: DifferencesSearch) {
  const { id } = useLocationHere();
  return useInfiniteQuery({
    queryKey: ['reconciliation', id, 'differences', connection ?? '', status ?? ''],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ ...(connection && { connection }), ...(status && { status }), ...(pageParam && { after: pageParam }) });
      return ask<SettlementDifferences>('GET', `${at(id, 'reconciliation', 'differences')}?${query}`, undefined, signal);
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
}

export function useDecisions() {
  const { id } = useLocationHere();
  return useInfiniteQuery({
    queryKey: ['reconciliation', id, 'decisions'],
    queryFn: ({ pageParam, signal }) =>
      ask<SettlementDecisions>(
        'GET',
        `${at(id, 'reconciliation', 'decisions')}${pageParam ? `?after=${encodeURIComponent(pageParam)}` : ''}`,
        undefined,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
}

export function useExplainedPayout(payoutId: string) {
  const { id } = useLocationHere();
  return useQuery({
    queryKey: ['reconciliation', id, 'payouts', payoutId],
    queryFn: ({ signal }) => ask<ExplainedPayout>('GET', at(id, 'reconciliation', 'payouts', payoutId), undefined, signal),
  });
}

export function useOnItsWay(connectionId: string) {
  const { id } = useLocationHere();
  return useQuery({
    queryKey: ['reconciliation', id, 'on-its-way', connectionId],
    queryFn: ({ signal }) =>
      ask<{ currencies: OnItsWay[] }>('GET', at(id, 'reconciliation', 'connections', connectionId, 'on-its-way'), undefined, signal),
  });
}

export function useImport(importId: string) {
  const { id } = useLocationHere();
  return useQuery({
    queryKey: ['reconciliation', id, 'imports', importId],
    queryFn: ({ signal }) => ask<ImportDetail>('GET', at(id, 'reconciliation', 'imports', importId), undefined, signal),
    refetchInterval: ({ state: { data } }) => (data && isUnderWay(data.import.status) ? 1_000 : false),
  });
}

export function usePreview(importId: string, enabled: boolean) {
  const { id } = useLocationHere();
  return useQuery({
    queryKey: ['reconciliation', id, 'imports', importId, 'preview'],
    queryFn: ({ signal }) => ask<ImportPreview>('GET', at(id, 'reconciliation', 'imports', importId, 'preview'), undefined, signal),
    enabled,
    // what is being chosen must not be read over
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
