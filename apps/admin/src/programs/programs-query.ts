import type { ApiKeys } from '@holdfast/contract/api-keys';
import type { WebhookDeliveries, WebhookDeliveryDetail, WebhookEndpoint, WebhookEndpoints } from '@holdfast/contract/webhooks';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from '../api.ts';
import { useLocationHere } from '../session.tsx';
import type { DeliveriesSearch } from './routes.tsx';

export function useKeys() {
  const { id } = useLocationHere();
  return useQuery({ queryKey: ['programs', id, 'keys'], queryFn: ({ signal }) => ask<ApiKeys>('GET', 'api-keys', undefined, signal) });
}

export function useEndpoints() {
  const { id } = useLocationHere();
  return useQuery({
    queryKey: ['programs', id, 'endpoints'],
    queryFn: ({ signal }) => ask<WebhookEndpoints>('GET', 'webhook-endpoints', undefined, signal),
  });
}

const below = (endpoint: string, ...path: readonly string[]) => ['webhook-endpoints', endpoint, ...path].map(encodeURIComponent).join('/');

export function useEndpoint(endpoint: string) {
  const { id } = useLocationHere();
  return useQuery({
    queryKey: ['programs', id, 'endpoint', endpoint],
    queryFn: ({ signal }) => ask<WebhookEndpoint>('GET', below(endpoint), undefined, signal),
    refetchInterval: 10_000,
  });
}

export function useDeliveries(endpoint: string, { status, type, subject }: DeliveriesSearch) {
  const { id } = useLocationHere();
  return useInfiniteQuery({
    queryKey: ['programs', id, 'endpoint', endpoint, 'deliveries', status ?? '', type ?? '', subject ?? ''],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({
        ...(status && { status }),
        ...(type && { type }),
        ...(subject && { subject }),
        ...(pageParam && { after: pageParam }),
      });
      return ask<WebhookDeliveries>('GET', `${below(endpoint, 'deliveries')}?${query}`, undefined, signal);
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: 10_000,
  });
}

export function useDelivery(endpoint: string, delivery: string) {
  const { id } = useLocationHere();
  return useQuery({
    queryKey: ['programs', id, 'endpoint', endpoint, 'delivery', delivery],
    queryFn: ({ signal }) => ask<WebhookDeliveryDetail>('GET', below(endpoint, 'deliveries', delivery), undefined, signal),
    refetchInterval: ({ state: { data } }) => (data?.status === 'waiting' ? 2_000 : false),
  });
}

interface Deed {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: readonly string[];
  readonly body?: unknown;
}

/** Changes keys or endpoints; everything of this area is read anew. */
export function useProgramDeed<Answer>() {
  const { id } = useLocationHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ method, path, body }: Deed) => ask<Answer>(method, path.map(encodeURIComponent).join('/'), body),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['programs', id] }),
  });
}
