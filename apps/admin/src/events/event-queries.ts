import type { EventPage, SalonEvents } from '@holdfast/contract/events';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { setServerNow } from '../server-clock.ts';

/** Read anew even while the live stream says nothing. */
const ANEW_EVERY_MS = 60_000;

/** Below it everything of the location's events is kept; a live message reads all of it anew. */
export const eventsOf = (locationId: string) => ['events', locationId] as const;

export function eventsQuery(locationId: string, { from, service }: { from?: string; service?: string | undefined }) {
  const asked = new URLSearchParams({ days: '366', ...(from ? { from } : {}), ...(service ? { service } : {}) });
  return queryOptions({
    queryKey: [...eventsOf(locationId), 'list', asked.toString()],
    queryFn: async ({ signal }) => {
      const list = await ask<SalonEvents>('GET', `${at(locationId, 'events')}?${asked.toString()}`, undefined, signal);
      setServerNow(list.now);
      return list;
    },
    placeholderData: keepPreviousData,
    refetchInterval: ANEW_EVERY_MS,
  });
}

export function eventQuery(locationId: string, eventId: string) {
  return queryOptions({
    queryKey: [...eventsOf(locationId), eventId],
    queryFn: async ({ signal }) => {
      const event = await ask<EventPage>('GET', at(locationId, 'events', eventId), undefined, signal);
      setServerNow(event.now);
      return event;
    },
    // a cancelled event is emptied booking by booking
    refetchInterval: ({ state }) => (state.data && state.data.stillToCancel > 0 ? 1000 : ANEW_EVERY_MS),
  });
}
