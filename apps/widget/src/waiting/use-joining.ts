import type { Quote } from '@holdfast/contract/booking';
import type { WaitingEntry } from '@holdfast/contract/waiting';
import type { WaitingPromise } from '@holdfast/contract/waiting-words';
import { useRef, useState } from 'preact/hooks';
import { type Answer, askBalance, askCover, type LocationAddress, type Trouble } from '../api.ts';
import type { TextKey } from '../words.tsx';
import type { DayWish, Line } from './lines.ts';
import { type joiningOf, minuteOf } from './lines.ts';
import { joinDayLine, joinEventLine } from './waiting-api.ts';

type Joined = ReturnType<typeof joiningOf>;
type EventLine = Extract<Line, { kind: 'event' }>;
/** A refusal that has a sentence of its own. */
export interface Said {
  readonly key: TextKey;
  readonly amountMinor?: number;
}

/** Joining a line, with all that can come in between. Nothing is joined by another deal than the one that was shown. */
export function useJoining(at: LocationAddress, onJoined: (entry: WaitingEntry) => void) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const [capacity, setCapacity] = useState<number | null>(null);
  const deal = useRef('unknown');

  const begin = () => {
    setBusy(true);
    setTrouble(null);
    setSaid(null);
  };
  const end = (answer: Answer<WaitingEntry>) => {
    if (answer.ok) return onJoined(answer.value);
    setBusy(false);
    const why = answer.trouble;
    const code = why.kind === 'refused' ? why.code : null;
    if (why.kind === 'refused' && code === 'more_than_left') return setCapacity(Number(why.detail['capacity'] ?? 0));
    const key = code === null ? undefined : sentences[code];
    if (key) setSaid({ key });
    else setTrouble(why);
  };

  const joinDay = async (joining: Joined, { day, staff, from, to }: DayWish, serviceIds: readonly string[]) => {
    begin();
    const hours = { fromMinute: minuteOf(from), toMinute: minuteOf(to) };
    end(await joinDayLine(at, { ...joining, serviceIds: [...serviceIds], staffId: staff === 'any' ? null : staff, day, ...hours }));
  };

  const joinEvent = async (joining: Joined, { event, places }: EventLine, by: WaitingPromise) => {
    begin();
    if (by === 'pay') return end(await joinEventLine(at, event.id, { ...joining, places, promise: { by } }));
    const way = await wayToPay(at, joining, { event, places }, by);
    if ('key' in way || 'kind' in way) {
      setBusy(false);
      return 'key' in way ? setSaid(way) : setTrouble(way);
    }
    const ask = () => joinEventLine(at, event.id, { ...joining, places, promise: { ...way, quoteId: deal.current } });
    const answer = await ask();
    const quote = answer.ok ? undefined : quoteIn(answer.trouble);
    if (!quote) return end(answer);
    deal.current = quote.quoteId;
    // what was shown is what is agreed to
    if (quote.priceMinMinor === event.priceMinMinor * places) return end(await ask());
    setBusy(false);
    setSaid({ key: 'join.changed', amountMinor: quote.priceMinMinor });
  };

  return { busy, trouble, said, capacity, joinDay, joinEvent };
}

const sentences: Readonly<Record<string, TextKey>> = {
  already_there: 'join.already_there',
  membership_not_usable: 'join.no_membership',
  time_not_offered: 'join.can_no_longer',
  not_found: 'join.can_no_longer',
};

function quoteIn(trouble: Trouble): Quote | undefined {
  return trouble.kind === 'refused' && trouble.code === 'quote_changed' ? (trouble.detail['quote'] as Quote | undefined) : undefined;
}

type Way = { readonly by: 'membership' } | { readonly by: 'account'; readonly typeId: string | null };

/** Whether the client has what they promise: said now, and not only when it is their turn. */
async function wayToPay(
  at: LocationAddress,
  { draftId, client, phoneConfirmation = '' }: Joined,
  { event, places }: Pick<EventLine, 'event' | 'places'>,
  by: 'membership' | 'account',
): Promise<Way | Said | Trouble> {
  const { phone } = client;
  if (by === 'membership') {
    const answer = await askCover(at, { draftId, phone, phoneConfirmation, appointments: [], event: { eventId: event.id, places } });
    if (!answer.ok) return answer.trouble;
    const covered = answer.value.services.length > 0 && answer.value.services.every(({ membership }) => membership !== null);
    return covered ? { by } : { key: 'join.no_membership' };
  }
  const answer = await askBalance(at, { draftId, phone, proof: phoneConfirmation });
  if (!answer.ok) return answer.trouble;
  const account = answer.value.accounts.find(({ spendableMinor }) => spendableMinor >= event.priceMinMinor * places);
  return account ? { by, typeId: account.typeId } : { key: 'join.no_account' };
}
