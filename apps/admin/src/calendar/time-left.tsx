import { useServerNow } from '../server-clock.ts';

/** "12:07": minutes and seconds until then, on the server's clock. */
export function TimeLeft({ until }: { until: string }) {
  const left = Math.max(0, Math.ceil((Date.parse(until) - useServerNow(1000)) / 1000));
  return (
    <>
      {Math.floor(left / 60)}:{String(left % 60).padStart(2, '0')}
    </>
  );
}
