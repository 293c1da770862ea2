import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { ask, at, Trouble } from '../api.ts';
import { boardsOf } from './board-query.ts';
import { followLive, type Live } from './follow-live.ts';

const TOGETHER_MS = 250;
/** Away for so long, a line may have died without anybody noticing. */
const LONG_AWAY_MS = 20_000;

/** Listens to the location's changes and reads anew what they are about. `onFresh`: these appointments have just been read anew. */
export function useLive(locationId: string, day: string, onFresh: (ids: readonly string[]) => void): Live {
  const queries = useQueryClient();
  const [live, setLive] = useState<Live>({ kind: 'joining' });
  const fresh = useEffectEvent(onFresh);
  const allowed = useEffectEvent(async () => {
    try {
      await ask('GET', `${at(locationId, 'calendar')}?from=${day}&days=1`);
    } catch (error) {
      return !(error instanceof Trouble && error.kind === 'refused' && error.code !== 'too_many_requests');
    }
    return true;
  });

  useEffect(() => {
    let changed = new Set<string>();
    let soon: ReturnType<typeof setTimeout> | undefined;
    const readAnew = async () => {
      soon = undefined;
      const ids = [...changed];
      changed = new Set();
      void queries.invalidateQueries({ queryKey: ['appointment', locationId] });
      void queries.invalidateQueries({ queryKey: ['checkout', locationId] });
      await queries.invalidateQueries({ queryKey: boardsOf(locationId) });
      fresh(ids);
    };
    const readSoon = (ids: readonly string[] = []) => {
      for (const id of ids) changed.add(id);
      soon ??= setTimeout(() => void readAnew(), TOGETHER_MS);
    };
    const line = followLive({
      open: () => new EventSource(`/api/v1/admin/${at(locationId, 'live')}`),
      now: () => Date.now(),
      later: (run, ms) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      mayStillListen: allowed,
      onLive: (next) => {
        setLive((before) => (before.kind === next.kind && before.kind !== 'lost' ? before : next));
        // is it only the stream, or is the server gone? the reading tells
        if (next.kind === 'lost') void queries.invalidateQueries({ queryKey: boardsOf(locationId) }, { cancelRefetch: false });
      },
      onChange: (message) => readSoon(message.kind === 'appointments' ? message.ids : []),
      onBack: () => readSoon(),
    });
    let awaySince: number | undefined;
    const onSight = () => {
      if (document.hidden) awaySince = Date.now();
      else if (awaySince !== undefined && Date.now() - awaySince > LONG_AWAY_MS) line.wake();
    };
    // a phone put away and taken out again keeps its page, but not its line
    const onShow = (event: PageTransitionEvent) => event.persisted && line.wake();
    document.addEventListener('visibilitychange', onSight);
    window.addEventListener('online', line.wake);
    window.addEventListener('pageshow', onShow);
    return () => {
      clearTimeout(soon);
      line.stop();
      document.removeEventListener('visibilitychange', onSight);
      window.removeEventListener('online', line.wake);
      window.removeEventListener('pageshow', onShow);
    };
  }, [locationId, queries]);
  return live;
}
