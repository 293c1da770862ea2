import { byPartOfDay, type FreeTime } from '../free-days.ts';
import { type TextKey, useWords } from '../words.tsx';

const partNames = { morning: 'time.morning', afternoon: 'time.afternoon', evening: 'time.evening' } as const satisfies Record<string, TextKey>;

interface Props {
  day: string;
  times: readonly FreeTime[];
  chosen: string | null;
  timeZone: string;
  onPick: (startsAt: string) => void;
}

export function TimeList({ day, times, chosen, timeZone, onPick }: Props) {
  const words = useWords();
  const first = times[0];
  const parts = byPartOfDay(times);
  return (
    <div>
      <h2 class="day-title" aria-live="polite">
        {words.day(day)}
        <span class="unseen">, {words.say('time.free_count', { count: times.length })}</span>
      </h2>
      {first && isElsewhere(timeZone, first.at) && <p class="zone">{words.say('time.zone', { zone: words.zoneName(first.at) })}</p>}
      {times.length === 0 && <p class="muted">{words.say('time.none_on_day')}</p>}
      {parts.map(([part, found]) => (
        <fieldset key={part} class="times">
          <legend>{words.say(partNames[part])}</legend>
          <div class="times-grid">
            {found.map((time) => (
              <label key={time.at} class="time" data-chosen={sameInstant(time.at, chosen)}>
                <input type="radio" class="choice-input" name="time" checked={sameInstant(time.at, chosen)} onChange={() => onPick(time.at)} />
                {words.time(time.at)}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

/** The shape of the list before it is there, so that nothing jumps when it comes. */
export function TimeListWaiting() {
  return (
    <div aria-hidden="true" class="waiting">
      <div class="bone bone-title" />
      <div class="times-grid">
        {Array.from({ length: 9 }, (_, index) => (
          <div key={index} class="bone bone-time" />
        ))}
      </div>
    </div>
  );
}

function sameInstant(one: string, other: string | null): boolean {
  return other !== null && Date.parse(one) === Date.parse(other);
}

/** Whether the visitor's own clock shows another time at that instant. */
function isElsewhere(timeZone: string, instant: string): boolean {
  const at = new Date(instant);
  const clock = (zone?: string) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeStyle: 'short', timeZone: zone }).format(at);
  return clock(timeZone) !== clock();
}
