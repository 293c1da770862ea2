import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { ask, at, Trouble } from '../api.ts';
import { followLive, type Live } from '../calendar/follow-live.ts';
import { figuresOf } from './reports-queries.ts';

const TOGETHER_MS = 300;

/** Reads the figures of a location anew whenever money comes or goes there. `probe`: something that whoever may look at figures may read. */
export function useFiguresLive(locationId: string, probe: string): Live {
  const queries = useQueryClient();
  const [live, setLive] = useState<Live>({ kind: 'joining' });
  const allowed = useEffectEvent(async () => {
    try {
      await ask('GET', at(locationId, 'days', probe));
    } catch (error) {
      return !(error instanceof Trouble && error.kind === 'refused' && error.code !== 'too_many_requests');
    }
    return true;
  });
  useEffect(() => {
    let soon: ReturnType<typeof setTimeout> | undefined;
    const readAnew = () => {
      soon = undefined;
      void queries.invalidateQueries({ queryKey: figuresOf(locationId) });
    };
    const readSoon = () => {
      soon ??= setTimeout(readAnew, TOGETHER_MS);
    };
    const line = followLive({
      open: () => new EventSource(`/api/v1/admin/${at(locationId, 'figures-live')}`),
      now: () => Date.now(),
      later: (run, ms) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      mayStillListen: allowed,
      onLive: (next) => setLive((before) => (before.kind === next.kind && before.kind !== 'lost' ? before : next)),
      onChange: readSoon,
      onBack: readSoon,
    });
    const onShow = (event: PageTransitionEvent) => event.persisted && line.wake();
    window.addEventListener('online', line.wake);
    window.addEventListener('pageshow', onShow);
    return () => {
      clearTimeout(soon);
      line.stop();
      window.removeEventListener('online', line.wake);
      window.removeEventListener('pageshow', onShow);
    };
  }, [locationId, queries]);
  return live;
}
