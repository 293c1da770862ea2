import type { EventsMessage, PublicEvent } from '@holdfast/contract/events';
import { useEffect, useState } from 'preact/hooks';
import { askEvents, eventsStream, type LocationAddress, type Trouble } from './api.ts';
import { follow } from './follow.ts';

const ASK_EVERY_MS = 15_000;
/** Everybody hears at once that there is something else to choose from: they do not all ask at once. */
const ASK_WITHIN_MS = 2_000;

/** Group events with the places that are left at this moment. */
export function useEvents(at: LocationAddress): { events?: readonly PublicEvent[] | undefined; trouble: Trouble | null; ask(): void } {
  const [events, setEvents] = useState<readonly PublicEvent[]>();
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [round, setRound] = useState(0);

  useEffect(() => {
    const leave = new AbortController();
    /** What was said last of places. An answer may be on its way that was read before. */
    const said = new Map<string, { left: number; at: number }>();
    let asking: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      clearTimeout(asking);
      asking = undefined;
      const answer = await askEvents(at, leave.signal);
      if (leave.signal.aborted) return;
      setTrouble(answer.ok ? null : answer.trouble);
      if (!answer.ok) return;
      const readAt = Date.parse(answer.value.now);
      setEvents(answer.value.events.map((one) => withLeft(one, said.get(one.id), readAt)));
    };
    const askSoon = () => {
      asking ??= setTimeout(() => void ask(), Math.random() * ASK_WITHIN_MS);
    };
    const heard = (message: EventsMessage) => {
      if (message.kind === 'events') askSoon();
      if (message.kind !== 'places') return;
      for (const [id, left] of Object.entries(message.left)) said.set(id, { left, at: Date.parse(message.now) });
      setEvents((known) => known?.map((one) => withLeft(one, said.get(one.id), 0)));
    };
    void ask();
    const stop = follow({ path: eventsStream(at), askEveryMs: ASK_EVERY_MS, ask: () => void ask(), heard });
    return () => {
      leave.abort();
      clearTimeout(asking);
      stop();
    };
  }, [round]);

  return { events, trouble, ask: () => setRound(round + 1) };
}

function withLeft(one: PublicEvent, said: { left: number; at: number } | undefined, readAt: number): PublicEvent {
  return said && said.at >= readAt && said.left !== one.placesLeft ? { ...one, placesLeft: said.left } : one;
}
