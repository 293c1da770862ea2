import type { SalonCatalog, ServiceCard, StaffCard } from '@holdfast/contract/catalog';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { useLocationHere } from '../session.tsx';

export const catalogQuery = (locationId: string) =>
  queryOptions({
    queryKey: ['catalog', locationId],
    queryFn: ({ signal }) => ask<SalonCatalog>('GET', at(locationId, 'catalog'), undefined, signal),
  });

export const serviceQuery = (locationId: string, id: string) =>
  queryOptions({
    queryKey: ['catalog', locationId, 'services', id],
    queryFn: ({ signal }) => ask<ServiceCard>('GET', at(locationId, 'catalog', 'services', id), undefined, signal),
  });

export const staffQuery = (locationId: string, id: string) =>
  queryOptions({
    queryKey: ['catalog', locationId, 'staff', id],
    queryFn: ({ signal }) => ask<StaffCard>('GET', at(locationId, 'catalog', 'staff', id), undefined, signal),
  });

/** A change that answers the lists anew; `order` is shown before it has arrived. */
export function useCatalogChange<Wish>(request: (wish: Wish) => { method: 'POST' | 'PUT' | 'DELETE'; path: readonly string[]; body?: unknown }) {
  const { id } = useLocationHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: Wish) => {
      const { method, path, body } = request(wish);
      return ask<SalonCatalog | { id: string }>(method, at(id, 'catalog', ...path), body);
    },
    onSuccess: (answer) => {
      if ('services' in answer) queries.setQueryData(catalogQuery(id).queryKey, answer);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['catalog', id] }),
  });
}
