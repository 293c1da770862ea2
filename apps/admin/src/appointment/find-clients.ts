import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask } from '../api.ts';

/** One of `GET /api/v1/admin/clients?search=`. */
export interface FoundClient {
  readonly id: string;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly visits: number;
}

/** Clients whose name or phone contains what was typed, from two characters on. */
export function useFoundClients(locationId: string, sought: string) {
  const asked = sought.trim();
  return useQuery({
    queryKey: ['clients', locationId, 'search', asked],
    queryFn: ({ signal }) => ask<{ clients: readonly FoundClient[] }>('GET', `clients?search=${encodeURIComponent(asked)}`, undefined, signal),
    enabled: asked.length >= 2,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
