import { useEffect, useState } from 'preact/hooks';
import { useServerNow } from '../server-clock.ts';
import { useWords } from '../words.tsx';

const SPOKEN_MINUTES = [30, 10, 5, 1];

/** How long an offer can still be taken, on the server's clock. Seen every second, spoken only now and then. */
export function OfferCountdown({ until, onEnd }: { until: string; onEnd: () => void }) {
  const { say } = useWords();
  const left = Math.max(0, Math.ceil((Date.parse(until) - useServerNow(500)) / 1000));
  const [spoken, setSpoken] = useState('');
  const minute = SPOKEN_MINUTES.find((one) => one * 60 === left);

  useEffect(() => {
    if (minute !== undefined) setSpoken(say('waiting.minutes_left', { count: minute }));
  }, [minute]);
  useEffect(() => {
    if (left === 0) onEnd();
  }, [left === 0, until]);

  return (
    <div class={`countdown ${left <= 300 ? 'countdown-short' : ''}`}>
      <div class="countdown-figure">
        <span role="timer" aria-live="off" aria-label={say('waiting.timer')} dir="ltr">
          {clockOf(left)}
        </span>
      </div>
      <p class="unseen" aria-live="polite">
        {spoken}
      </p>
    </div>
  );
}

function clockOf(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const parts = hours > 0 ? [hours, String(minutes).padStart(2, '0')] : [minutes];
  return [...parts, String(seconds % 60).padStart(2, '0')].join(':');
}
