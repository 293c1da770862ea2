import type { Client, Clients } from '@holdfast/contract/clients';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask } from '../api.ts';

/** Clients belong to the chain, so their keys name no location. */
export const clientsQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['clients', 'list', search],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ search, limit: '50', ...(pageParam ? { after: pageParam } : {}) });
      return ask<Clients>('GET', `clients?${query}`, undefined, signal);
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });

export const clientQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['clients', 'one', clientId],
    queryFn: ({ signal }) => ask<Client>('GET', `clients/${encodeURIComponent(clientId)}`, undefined, signal),
  });
