import type { Bookables } from '@holdfast/contract/bookables';
import { queryOptions } from '@tanstack/react-query';
import { ask, at } from '../api.ts';

/** What can be booked here and with whom. */
export function bookablesQuery(locationId: string) {
  return queryOptions({
    queryKey: ['catalog', locationId, 'bookables'],
    queryFn: ({ signal }) => ask<Bookables>('GET', at(locationId, 'bookables'), undefined, signal),
    staleTime: 60_000,
  });
}

/** What this team member takes for a service; what they do not do costs what it costs in general. */
export function termsOf(bookables: Bookables | undefined, staffId: string | null, serviceId: string) {
  const own = bookables?.staff.find(({ id }) => id === staffId)?.services.find((one) => one.serviceId === serviceId);
  return own ?? bookables?.services.find(({ id }) => id === serviceId);
}

export function doesAll(person: Bookables['staff'][number], serviceIds: readonly string[]): boolean {
  return serviceIds.every((wanted) => person.services.some(({ serviceId }) => serviceId === wanted));
}
