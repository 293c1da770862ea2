import type { BookingLinks, LinkWish, SentEvents } from '@holdfast/contract/booking-links';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { useLocationHere } from '../session.tsx';

const linksQuery = (locationId: string) =>
  queryOptions({
    queryKey: ['links', locationId],
    queryFn: ({ signal }) => ask<BookingLinks>('GET', at(locationId, 'booking-links'), undefined, signal),
  });

export function useLinks() {
  return useQuery(linksQuery(useLocationHere().id));
}

/** Something done to one booking link; what comes back are all of them. */
export function useLinkDeed<Body>(method: 'PUT' | 'POST', pathOf: (body: Body) => readonly string[], bodyOf: (body: Body) => unknown) {
  const { id } = useLocationHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => ask<BookingLinks>(method, at(id, 'booking-links', ...pathOf(body)), bodyOf(body)),
    onSuccess: (links) => queries.setQueryData(linksQuery(id).queryKey, links),
    // somebody was faster: what is there now is shown beside what was typed
    onError: () => void queries.invalidateQueries({ queryKey: linksQuery(id).queryKey }),
  });
}

export const useSaveLink = (linkId: string) =>
  useLinkDeed<LinkWish>(
    'PUT',
    () => [linkId],
    (wish) => wish,
  );

export function useMakeLink() {
  const { id } = useLocationHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: { name: string; slug: string; copyOf: string | null }) => ask<{ id: string }>('POST', at(id, 'booking-links'), wish),
    onSuccess: () => queries.invalidateQueries({ queryKey: linksQuery(id).queryKey }),
  });
}

/** Whether measuring works; looked at again while the page is open. */
export function useSentEvents(linkId: string) {
  const { id } = useLocationHere();
  return useQuery({
    queryKey: ['links', id, linkId, 'events'],
    queryFn: ({ signal }) => ask<SentEvents>('GET', at(id, 'booking-links', linkId, 'events'), undefined, signal),
    refetchInterval: 15_000,
  });
}
