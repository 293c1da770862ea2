import { useEffect, useState } from 'preact/hooks';
import { useServerNow } from '../server-clock.ts';
import { useWords } from '../words.tsx';

const spokenMinutes = [5, 2, 1];

/** How long an unpaid time is still kept, on the server's clock. Seen every second, spoken only at 5, 2 and 1 minutes. */
export function Countdown({ expiresAt, ofMinutes, onEnd }: { expiresAt: string; ofMinutes: number; onEnd: () => void }) {
  const { say } = useWords();
  const now = useServerNow(500);
  const leftSeconds = Math.max(0, Math.ceil((Date.parse(expiresAt) - now) / 1000));
  const [spoken, setSpoken] = useState('');
  const minute = spokenMinutes.includes(leftSeconds / 60) ? leftSeconds / 60 : null;

  useEffect(() => {
    if (minute !== null) setSpoken(say('hold.minutes_left', { count: minute }));
  }, [minute]);
  useEffect(() => {
    if (leftSeconds === 0) onEnd();
  }, [leftSeconds === 0, expiresAt]);

  const clock = `${Math.floor(leftSeconds / 60)}:${String(leftSeconds % 60).padStart(2, '0')}`;
  const share = Math.min(1, leftSeconds / (ofMinutes * 60));
  return (
    <div class={`countdown ${leftSeconds <= 120 ? 'countdown-short' : ''}`}>
      <div class="countdown-figure">
        <span role="timer" aria-live="off" aria-label={say('hold.timer_label')}>
          {clock}
        </span>
      </div>
      <div class="countdown-track" aria-hidden="true">
        <div class="countdown-rest" style={{ transform: `scaleX(${share})` }} />
      </div>
      <p class="unseen" aria-live="polite">
        {spoken}
      </p>
    </div>
  );
}
