import type { Words } from './client-words.ts';
import type { MembershipsOnSale, OwnMemberships } from './memberships.ts';

/** "3 of 10 visits left", or that there is no number of them. */
export function visitsLeft({ say }: Words, { visits, left }: { visits: number | null; left: number | null }): string {
  return visits === null || left === null ? say('membership.unlimited') : say('membership.left', { count: left, visits });
}

/** The last day on which something can be used that ends at this moment, by the clock of the place. */
export function lastDay({ locale, timeZone }: Pick<Words, 'locale' | 'timeZone'>, endsAt: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'long' }).format(new Date(Date.parse(endsAt) - 1));
}

/** More names than that nobody reads. */
const mostNamed = 6;

type OnSale = MembershipsOnSale['memberships'][number];

/** What one is told of a membership before buying it: visits, how long, from when, what for, and when a visit is lost. */
export function termsOfSale({ say }: Words, { visits, period, begins, allServices, services, lateHours }: OnSale): readonly string[] {
  return [
    visits === null ? say('membership.unlimited') : say('membership.visits', { count: visits }),
    ...(period ? [say(period.unit === 'days' ? 'membership.days' : 'membership.months', { count: period.count })] : []),
    ...(period && begins === 'first_visit' ? [say('membership.from_first_visit')] : []),
    allServices && services.length > mostNamed ? say('membership.for_all') : say('membership.for', { services: services.join(', ') }),
    ...(lateHours === null ? [] : [say('membership.late', { count: lateHours })]),
  ];
}

type Own = Omit<OwnMemberships['memberships'][number], 'history'>;

/** Whether something can still be booked or done with it, be it later. */
export const isUsable = ({ state }: Pick<Own, 'state'>): boolean => state === 'active' || state === 'frozen';

/** How a membership of one's own stands: what is left, what is booked, and until when. */
export function termsOfOwn(words: Words, one: Own, timeZone = words.timeZone): readonly string[] {
  const { say, locale } = words;
  const day = (instant: string) => lastDay({ locale, timeZone }, instant);
  return [
    visitsLeft(words, one),
    ...(one.reserved > 0 ? [say('own.reserved', { count: one.reserved })] : []),
    ...(one.endsAt ? [say('membership.until', { day: day(one.endsAt) })] : []),
    ...(one.beginsAt ? [] : [say('membership.from_first_visit')]),
    ...(one.frozenUntil ? [say('own.frozen', { day: day(one.frozenUntil) })] : []),
  ];
}
