import type { Calendar } from '@holdfast/contract/calendar';
import { queryOptions } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { setServerNow } from '../server-clock.ts';
import { withEvents } from './events-on-board.ts';

/** What is read anew even while the live stream says nothing. */
const ANEW_EVERY_MS = 60_000;

export function boardsOf(locationId: string) {
  return ['calendar', locationId] as const;
}

export function boardQuery(locationId: string, from: string, days: number) {
  return queryOptions({
    queryKey: [...boardsOf(locationId), from, days],
    queryFn: async ({ signal }) => {
      const board = await ask<Calendar>('GET', `${at(locationId, 'calendar')}?from=${from}&days=${days}`, undefined, signal);
      setServerNow(board.now);
      return withEvents(board);
    },
    staleTime: 10_000,
    refetchInterval: ANEW_EVERY_MS,
    refetchOnWindowFocus: 'always',
    refetchOnReconnect: 'always',
  });
}
