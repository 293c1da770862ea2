import type { WaitingEntry, WaitingMessage } from '@holdfast/contract/waiting';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Trouble } from '../api.ts';
import { follow } from '../follow.ts';
import { setServerNow } from '../server-clock.ts';
import { askEntry, entryStream } from './waiting-api.ts';

const LOOK_EVERY_MS = 10_000;

/** Keeps the entry fresh while somebody looks at it. What was known stays on the screen when the line breaks. */
export function useEntry(initial: WaitingEntry) {
  const [entry, setEntry] = useState(initial);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const shown = useRef(initial);

  const take = useCallback((fresh: WaitingEntry) => {
    // two questions may overtake each other: what was read earlier must not hide what is known since
    if (Date.parse(fresh.now) < Date.parse(shown.current.now)) return;
    setServerNow(fresh.now);
    shown.current = fresh;
    setEntry(fresh);
    setTrouble(null);
  }, []);
  const look = useCallback(async () => {
    const answer = await askEntry(shown.current.token);
    if (answer.ok) take(answer.value);
    else setTrouble(answer.trouble);
  }, []);

  const live = entry.status === 'waiting' || entry.status === 'offered';
  useEffect(() => {
    if (!live) return;
    const heard = ({ kind }: WaitingMessage) => kind === 'entry' && void look();
    return follow({ path: entryStream(initial.token), askEveryMs: LOOK_EVERY_MS, ask: () => void look(), heard });
  }, [live]);

  return { entry, take, look, trouble };
}
