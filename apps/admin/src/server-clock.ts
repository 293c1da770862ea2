import { useEffect, useState } from 'react';

/** How far the server's clock is ahead of this device's. Deadlines are the server's, and a device may be hours off. */
let aheadMs = 0;

export function setServerNow(now: string): void {
  aheadMs = Date.parse(now) - Date.now();
}

/** Milliseconds since the epoch, on the server's clock. */
export function serverNow(): number {
  return Date.now() + aheadMs;
}

/** Re-draws every `everyMs` and answers the server's time. */
export function useServerNow(everyMs: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
