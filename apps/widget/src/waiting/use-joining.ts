import type { Quote } from '@holdfast/contract/booking';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { MembershipCoverAsked } from '@holdfast/contract/memberships';
import type { WaitingEntry } from '@holdfast/contract/waiting';
import type { WaitingPromise } from '@holdfast/contract/waiting-words';
import { useRef, useState } from 'preact/hooks';
import { type Answer, askBalance, askCover, type LocationAddress, type Trouble } from '../api.ts';
import { anyStaff } from '../booking-draft.ts';
import type { TextKey } from '../words.tsx';
import { type joiningOf, type Line, minuteOf, payableFor } from './lines.ts';
import { joinDayLine, joinEventLine } from './waiting-api.ts';

type Joined = ReturnType<typeof joiningOf>;
type EventLine = Extract<Line, { kind: 'event' }>;
type DayLine = Extract<Line, { kind: 'day' }>;
/** A refusal that has a sentence of its own. */
export interface Said {
  readonly key: TextKey;
  readonly amountMinor?: number;
}

/** Joining a line, with all that can come in between. Nothing is joined by another deal than the one that was shown. */
export function useJoining(at: LocationAddress, page: LocationPage, onJoined: (entry: WaitingEntry) => void) {
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
    const closed = why.kind === 'refused' && why.detail['reason'] === 'closed';
    const key = closed ? 'join.closed' : code === null ? undefined : sentences[code];
    if (key) setSaid({ key });
    else setTrouble(why);
  };

  /** By a promise only with the deal that was shown: the server names its own, and where that is another one, it is said before anything is joined. */
  const promised = async (way: Way, shownMinor: number, ask: (promise: Way & { quoteId: string }) => Promise<Answer<WaitingEntry>>) => {
    const answer = await ask({ ...way, quoteId: deal.current });
    const found = answer.ok ? undefined : dealIn(answer.trouble);
    if (!found) return end(answer);
    deal.current = found.quoteId;
    if (found.amountMinor === shownMinor) return end(await ask({ ...way, quoteId: found.quoteId }));
    setBusy(false);
    setSaid({ key: 'join.changed', amountMinor: found.amountMinor });
  };
  const wayFor = async (joining: Joined, what: Promised, by: 'membership' | 'account'): Promise<Way | undefined> => {
    const way = await wayToPay(at, joining, what, by);
    if (!('key' in way || 'kind' in way)) return way;
    setBusy(false);
    if ('key' in way) setSaid(way);
    else setTrouble(way);
    return undefined;
  };

  const joinDay = async (joining: Joined, line: DayLine, by: WaitingPromise) => {
    begin();
    const { serviceIds, staff, day, from, to } = line;
    const hours = { fromMinute: minuteOf(from), toMinute: minuteOf(to) };
    const wish = { ...joining, serviceIds: [...serviceIds], staffId: staff === anyStaff ? null : staff, day, ...hours };
    if (by === 'pay') return end(await joinDayLine(at, wish));
    const amountMinor = payableFor(page, line);
    // which hour it will be nobody knows: whether a membership runs then is looked at in the middle of the day
    const cover = { appointments: [{ serviceIds: [...serviceIds], startsAt: `${day}T12:00:00Z` }] };
    const way = await wayFor(joining, { cover, amountMinor }, by);
    if (way) await promised(way, amountMinor, (promise) => joinDayLine(at, { ...wish, promise }));
  };

  const joinEvent = async (joining: Joined, { event, places }: EventLine, by: WaitingPromise) => {
    begin();
    if (by === 'pay') return end(await joinEventLine(at, event.id, { ...joining, places, promise: { by } }));
    const amountMinor = event.priceMinMinor * places;
    const way = await wayFor(joining, { cover: { appointments: [], event: { eventId: event.id, places } }, amountMinor }, by);
    if (way) await promised(way, amountMinor, (promise) => joinEventLine(at, event.id, { ...joining, places, promise }));
  };

  return { busy, trouble, said, capacity, joinDay, joinEvent };
}

const sentences: Readonly<Record<string, TextKey>> = {
  already_there: 'join.already_there',
  membership_not_usable: 'join.no_membership',
  time_not_offered: 'join.can_no_longer',
  not_found: 'join.can_no_longer',
};

/** The deal that holds now: of an event as a quote, of a day, whose hour nobody knows yet, in short. */
function dealIn(trouble: Trouble): { readonly quoteId: string; readonly amountMinor: number } | undefined {
  if (trouble.kind !== 'refused' || trouble.code !== 'quote_changed') return undefined;
  const { quote, deal } = trouble.detail as { quote?: Quote; deal?: { quoteId: string; payableMinor: number } };
  if (deal) return { quoteId: deal.quoteId, amountMinor: deal.payableMinor };
  return quote && { quoteId: quote.quoteId, amountMinor: quote.priceMinMinor };
}

type Way = { readonly by: 'membership' } | { readonly by: 'account'; readonly typeId: string | null };
interface Promised {
  readonly cover: Pick<MembershipCoverAsked, 'appointments' | 'event'>;
  readonly amountMinor: number;
}

/** Whether the client has what they promise: said now, and not only when it is their turn. */
async function wayToPay(
  at: LocationAddress,
  { draftId, client, phoneConfirmation = '' }: Joined,
  { cover, amountMinor }: Promised,
  by: 'membership' | 'account',
): Promise<Way | Said | Trouble> {
  const { phone } = client;
  if (by === 'membership') {
    const answer = await askCover(at, { draftId, phone, phoneConfirmation, ...cover });
    if (!answer.ok) return answer.trouble;
    const covered = answer.value.services.length > 0 && answer.value.services.every(({ membership }) => membership !== null);
    return covered ? { by } : { key: 'join.no_membership' };
  }
  const answer = await askBalance(at, { draftId, phone, proof: phoneConfirmation });
  if (!answer.ok) return answer.trouble;
  const account = answer.value.accounts.find(({ spendableMinor }) => spendableMinor >= amountMinor);
  return account ? { by, typeId: account.typeId } : { key: 'join.no_account' };
}
