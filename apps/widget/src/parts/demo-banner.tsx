import { useEffect, useState } from 'preact/hooks';
import { askDemoClock, moveDemoClock } from '../demo-clock.ts';
import { clockMoved, useServerNow } from '../server-clock.ts';
import { useWords } from '../words.tsx';

const jumps = [
  { minutes: 1, label: 'demo.plus_minute' },
  { minutes: 15, label: 'demo.plus_quarter' },
  { minutes: 60, label: 'demo.plus_hour' },
  { minutes: 1440, label: 'demo.plus_day' },
] as const;

/** Marks every page of the demo, and moves its clock: nobody should have to wait 15 minutes to see what happens then. */
export function DemoBanner() {
  const { say, when } = useWords();
  const now = useServerNow(1000);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    void askDemoClock().then((answer) => answer.ok && clockMoved(answer.value.now));
  }, []);

  const move = async (minutes: number) => {
    setBusy(true);
    const answer = await moveDemoClock(minutes);
    if (answer.ok) clockMoved(answer.value.now);
    setBusy(false);
  };

  return (
    <aside class="demo" aria-label={say('demo.label')}>
      <p>
        <strong>{say('demo.title')}</strong> <span class="demo-now">{when(new Date(now).toISOString())}</span>
        <span class="demo-text">{say('demo.text')}</span>
      </p>
      <div class="demo-clock">
        {jumps.map(({ minutes, label }) => (
          <button key={minutes} type="button" disabled={busy} aria-label={say('demo.move', { by: say(label) })} onClick={() => void move(minutes)}>
            {say(label)}
          </button>
        ))}
      </div>
    </aside>
  );
}
