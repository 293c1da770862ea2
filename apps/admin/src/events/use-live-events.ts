import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ask, at } from '../api.ts';
import { followLive } from '../calendar/follow-live.ts';
import { eventsOf } from './event-queries.ts';

const TOGETHER_MS = 300;

/** Whatever changes at this location, events and who comes to them are read anew. */
export function useLiveEvents(locationId: string): void {
  const queries = useQueryClient();
  useEffect(() => {
    let soon: ReturnType<typeof setTimeout> | undefined;
    const readSoon = () => {
      soon ??= setTimeout(() => {
        soon = undefined;
        void queries.invalidateQueries({ queryKey: eventsOf(locationId) });
        void queries.invalidateQueries({ queryKey: ['appointment', locationId] });
        void queries.invalidateQueries({ queryKey: ['checkout', locationId] });
      }, TOGETHER_MS);
    };
    const line = followLive({
      open: () => new EventSource(`/api/v1/admin/${at(locationId, 'live')}`),
      now: () => Date.now(),
      later: (run, ms) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      mayStillListen: () =>
        ask('GET', `${at(locationId, 'events')}?days=1`).then(
          () => true,
          () => false,
        ),
      onLive: () => {},
      onChange: readSoon,
      onBack: readSoon,
    });
    return () => {
      clearTimeout(soon);
      line.stop();
    };
  }, [locationId, queries]);
}
