import type { Quote } from '@holdfast/contract/booking';
import { useEffect, useState } from 'preact/hooks';
import { askQuote, type LocationAddress, type Trouble } from './api.ts';
import type { BookingDraft } from './booking-draft.ts';
import { wishedAppointments, wishedEvent } from './wish.ts';

export type QuoteState = { state: 'none' } | { state: 'loading' } | { state: 'ready'; quote: Quote } | { state: 'trouble'; trouble: Trouble };

/** The deal for what is chosen, asked for once the client is past choosing. `replace` puts in what a refusal brought along. */
export function useQuote(at: LocationAddress, draft: BookingDraft, wanted: boolean) {
  const wishes = { appointments: wishedAppointments(draft), event: wishedEvent(draft) };
  const key = JSON.stringify(wishes);
  const [round, setRound] = useState(0);
  const [latest, setLatest] = useState<{ key: string; found: QuoteState }>({ key: '', found: { state: 'none' } });

  useEffect(() => {
    if (!wanted || (wishes.appointments.length === 0 && !wishes.event) || (latest.key === key && latest.found.state === 'ready')) return;
    const leave = new AbortController();
    const ask = async () => {
      const answer = await askQuote(at, wishes, leave.signal);
      if (leave.signal.aborted) return;
      setLatest({ key, found: answer.ok ? { state: 'ready', quote: answer.value } : { state: 'trouble', trouble: answer.trouble } });
    };
    void ask();
    return () => leave.abort();
  }, [key, wanted, round]);

  const found: QuoteState = latest.key === key ? latest.found : { state: wanted ? 'loading' : 'none' };
  return {
    found,
    quote: found.state === 'ready' ? found.quote : null,
    retry: () => {
      setLatest({ key: '', found: { state: 'none' } });
      setRound((before) => before + 1);
    },
    replace: (quote: Quote) => setLatest({ key, found: { state: 'ready', quote } }),
  };
}
