import { useEffect, useState } from 'preact/hooks';
import { type Answer, askFreeTimes, type LocationAddress, type Trouble } from './api.ts';
import { type FreeDay, firstFreeDay } from './free-days.ts';
import { forgetFreeTimes, keptTimes } from './kept-times.ts';
import { addMonths, clampDay, daysBetween, firstDayOf, lastDayOf, monthOf } from './month-grid.ts';
import { onClockMoved } from './server-clock.ts';

export interface TimesWanted {
  at: LocationAddress;
  serviceIds: string[];
  staff: string;
  /** The first and last bookable day. */
  firstDay: string;
  lastDay: string;
}
export type FreeMonth = { state: 'loading' } | { state: 'ready'; days: FreeDay[] } | { state: 'trouble'; trouble: Trouble };

const freshForMs = 20_000;

const keyOf = ({ serviceIds, staff }: TimesWanted, month: string) => `${serviceIds.join()}|${staff}|${month}`;

async function loadMonth(wanted: TimesWanted, month: string, signal?: AbortSignal): Promise<Answer<FreeDay[]>> {
  const from = clampDay(firstDayOf(month), wanted.firstDay, wanted.lastDay);
  const to = clampDay(lastDayOf(month), wanted.firstDay, wanted.lastDay);
  const answer = await askFreeTimes(wanted.at, { ...wanted, from, days: daysBetween(from, to) + 1 }, signal);
  if (!answer.ok) return answer;
  keptTimes.set(keyOf(wanted, month), { days: answer.value.days, loadedAt: performance.now() });
  return { ok: true, value: answer.value.days };
}

/** The free times of one month, from memory at once when they are there; the following month is fetched while the client looks. */
export function useFreeMonth(wanted: TimesWanted, month: string): { found: FreeMonth; retry: () => void } {
  const key = keyOf(wanted, month);
  const [round, setRound] = useState(0);
  const [latest, setLatest] = useState<{ key: string; found: FreeMonth } | null>(null);

  useEffect(() => {
    const leave = new AbortController();
    const known = keptTimes.get(key);
    // it may have come since this was drawn as "loading", and then nothing else would draw it again
    if (known) setLatest({ key, found: { state: 'ready', days: known.days } });
    const show = async () => {
      if (!known || performance.now() - known.loadedAt > freshForMs) {
        const answer = await loadMonth(wanted, month, leave.signal);
        if (leave.signal.aborted) return;
        if (answer.ok) setLatest({ key, found: { state: 'ready', days: answer.value } });
        else if (!known) setLatest({ key, found: { state: 'trouble', trouble: answer.trouble } });
      }
      const next = addMonths(month, 1);
      if (next <= monthOf(wanted.lastDay) && !keptTimes.has(keyOf(wanted, next))) await loadMonth(wanted, next, leave.signal);
    };
    void show();
    return () => leave.abort();
  }, [key, round]);

  useEffect(() => {
    const again = () => setRound((before) => before + 1);
    const seen = () => document.visibilityState === 'visible' && again();
    document.addEventListener('visibilitychange', seen);
    const forget = onClockMoved(() => {
      forgetFreeTimes();
      again();
    });
    return () => {
      document.removeEventListener('visibilitychange', seen);
      forget();
    };
  }, []);

  const known = keptTimes.get(key);
  const fallback: FreeMonth = known ? { state: 'ready', days: known.days } : { state: 'loading' };
  return {
    found: latest?.key === key ? latest.found : fallback,
    retry: () => {
      setLatest(null);
      setRound((before) => before + 1);
    },
  };
}

/** Looks through the following months for the first free day. `undefined` while looking or not asked, null when there is none. */
export function useNextFreeDay(wanted: TimesWanted, afterMonth: string, looking: boolean): string | null | undefined {
  const key = keyOf(wanted, afterMonth);
  const [found, setFound] = useState<{ key: string; day: string | null } | null>(null);
  useEffect(() => {
    if (!looking) return;
    const leave = new AbortController();
    const look = async () => {
      for (let month = addMonths(afterMonth, 1); month <= monthOf(wanted.lastDay); month = addMonths(month, 1)) {
        const days = keptTimes.get(keyOf(wanted, month))?.days;
        const answer: Answer<FreeDay[]> = days ? { ok: true, value: days } : await loadMonth(wanted, month, leave.signal);
        if (leave.signal.aborted || !answer.ok) return;
        const day = firstFreeDay(answer.value);
        if (day) return setFound({ key, day });
      }
      setFound({ key, day: null });
    };
    void look();
    return () => leave.abort();
  }, [key, looking]);
  return found?.key === key ? found.day : undefined;
}
