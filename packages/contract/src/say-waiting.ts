import type { TextKey, Words } from './client-words.ts';
import type { LocationPage } from './location-page.ts';
import type { WaitingEntry } from './waiting.ts';

/** Minutes after midnight as a clock shows them. */
export function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** What somebody waits for, in lines: what, when, with whom, for how many. */
export function linesOfWish({ event, day, places }: WaitingEntry, words: Words): readonly string[] {
  const { say, when, time } = words;
  if (event)
    return [
      event.title,
      `${when(event.startsAt)} – ${time(event.endsAt)}`,
      say('card.with', { staff: event.staffName }),
      say('event.count', { count: places }),
    ];
  if (!day) return [];
  const whom = day.staffName === null ? say('staff.any') : say('card.with', { staff: day.staffName });
  return [day.services.map(({ name }) => name).join(', '), words.day(day.day), ...hoursOf(day, words), whom];
}

function hoursOf({ fromMinute, toMinute }: NonNullable<WaitingEntry['day']>, { say }: Words): readonly string[] {
  const facts = { from: clockOf(fromMinute ?? 0), to: clockOf(toMinute ?? 0) };
  if (fromMinute !== null && toMinute !== null) return [say('waiting.between', facts)];
  if (fromMinute !== null) return [say('waiting.from', facts)];
  return toMinute === null ? [] : [say('waiting.to', facts)];
}

/** How an entry stands, and what comes next, in sentences. */
export function sentencesOf(entry: WaitingEntry, { location }: LocationPage, words: Words): readonly string[] {
  const { say, minutes } = words;
  const { status, ahead, promise } = entry;
  if (status === 'over' && entry.event?.cancelled) return [say('waiting.text.cancelled')];
  if (status !== 'waiting') return [say(`waiting.text.${status}`, { until: words.when(entry.offer?.until ?? entry.now) })];
  const before = ahead?.parties ?? 0;
  const then = { pay: 'waiting.then_pay', account: 'waiting.then_account', membership: 'waiting.then_membership' } as const satisfies Record<
    string,
    TextKey
  >;
  return [
    before === 0 ? say('waiting.next') : say('waiting.before', { count: before }),
    ...(before > 0 && entry.event ? [say('waiting.they_need', { places: say('event.count', { count: ahead?.places ?? 0 }) })] : []),
    // a number keeps its own order in a right-to-left sentence
    say('waiting.text.waiting', { phone: `\u2066${entry.client.phone}\u2069` }),
    say(then[promise], { length: minutes(location.offerMinutes) }),
  ];
}

/** Price × places, as the offer says it; null: it costs nothing to say. */
export function priceOfOffer({ offer, places }: WaitingEntry, { say, money, moneyRange }: Words): string | null {
  const quote = offer?.quote;
  if (!quote) return null;
  const whole = moneyRange(quote.priceMinMinor, quote.priceMaxMinor);
  if (places === 1 || quote.priceMinMinor === 0 || quote.priceMinMinor !== quote.priceMaxMinor) return whole;
  return `${say('waiting.price', { places: say('event.count', { count: places }), each: money(quote.priceMinMinor / places) })} = ${whole}`;
}

/** Where to join again, with the same wish; or, without event and day, to look at what else there is. */
export function wayBack({ chain, location, linkSlug, event, day, places }: WaitingEntry): string {
  const query = new URLSearchParams({ link: linkSlug });
  if (event) {
    query.set('event', event.id);
    query.set('wait', String(places));
  }
  if (day) {
    const hours = day.fromMinute === null && day.toMinute === null ? '' : `,${day.fromMinute ?? ''},${day.toMinute ?? ''}`;
    query.set('wait', `${day.day}${hours}`);
    query.set('service', day.services.map(({ id }) => id).join(','));
    query.set('staff', day.staffId ?? 'any');
  }
  return `/book/${chain.slug}/${location.slug}?${query}`;
}

/** Places at an event, or a day and the hours between which it may begin, as a clock field has them. */
export type WishedAgain = { readonly places: number } | { readonly day: string; readonly from: string; readonly to: string };

/** What "join again" carries in the address: places at an event, or a day and its hours. */
export function wishedAgain(text: string): WishedAgain | null {
  if (/^[1-9]\d?$/.test(text)) return { places: Number(text) };
  const [, day, from = '', to = ''] = /^(\d{4}-\d\d-\d\d)(?:,(\d{0,4}),(\d{0,4}))?$/.exec(text) ?? [];
  return day ? { day, from: clockFieldOf(from), to: clockFieldOf(to) } : null;
}

function clockFieldOf(minutes: string): string {
  return minutes === '' || Number(minutes) >= 1440 ? '' : clockOf(Number(minutes));
}

/** What has not worked at an offer, in words. */
export function troubleAtOffer(code: string): TextKey {
  return troubles[code] ?? 'trouble.refused_title';
}

const troubles: Readonly<Record<string, TextKey>> = {
  offer_run_out: 'waiting.trouble.run_out',
  quote_changed: 'waiting.trouble.changed',
  consent_needed: 'waiting.trouble.consent',
  membership_needed: 'waiting.trouble.membership',
  membership_not_usable: 'waiting.trouble.membership',
  too_many_requests: 'trouble.too_many_requests',
};
