import type { WaitingLine } from '@holdfast/contract/waiting';
import { queryOptions } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { setServerNow } from '../server-clock.ts';

/** A line: that of an event, or that of a day. */
export type WhichLine = { readonly eventId: string } | { readonly day: string };

const ANEW_EVERY_MS = 30_000;

/** Below it every line of the location is kept; those of events are read anew with their events. */
const linesOf = (locationId: string) => ['events', locationId, 'waiting'] as const;

export function lineQuery(locationId: string, which: WhichLine) {
  return queryOptions({
    queryKey: [...linesOf(locationId), which],
    queryFn: async ({ signal }) => {
      const line = await ask<WaitingLine>('GET', pathOf(locationId, which), undefined, signal);
      setServerNow(line.now);
      return line;
    },
    refetchInterval: ANEW_EVERY_MS,
  });
}

function pathOf(locationId: string, which: WhichLine): string {
  return 'eventId' in which ? at(locationId, 'events', which.eventId, 'waiting') : `${at(locationId, 'waiting')}?day=${which.day}`;
}
