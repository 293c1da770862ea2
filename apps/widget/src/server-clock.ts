import { useEffect, useState } from 'preact/hooks';

/** How far the server's clock is ahead of this device's. Deadlines are the server's, and a device may be hours off. */
let aheadMs = 0;

export function setServerNow(now: string): void {
  aheadMs = Date.parse(now) - Date.now();
}

/** Milliseconds since the epoch, on the server's clock. */
export function serverNow(): number {
  return Date.now() + aheadMs;
}

const moved = new Set<() => void>();

/** The demo's clock was moved: whatever was read before may be old. */
export function clockMoved(now: string): void {
  setServerNow(now);
  for (const listener of moved) listener();
}

export function onClockMoved(listener: () => void): () => void {
  moved.add(listener);
  return () => moved.delete(listener);
}

/** Re-draws every `everyMs` and answers the server's time. */
export function useServerNow(everyMs: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const tick = () => setNow(serverNow());
    const timer = setInterval(tick, everyMs);
    const forget = onClockMoved(tick);
    return () => {
      clearInterval(timer);
      forget();
    };
  }, [everyMs]);
  return now;
}
