import { toJsonAmount } from '@holdfast/contract/money';
import type { DayWaitingWish, WaitingWish } from '@holdfast/contract/waiting';
import type { Scope } from '../access/scope.ts';
import type { BookingRules } from '../booking/booking-rules.ts';
import { type Deal, dealsFor } from '../booking/deal.ts';
import { followLink } from '../booking/follow-link.ts';
import { freshRules } from '../booking/fresh-rules.ts';
import { optionsOf, quoteSetAside } from '../booking/quote-wish.ts';
import { chooseLink } from '../catalog/choose-link.ts';
import { readPhone } from '../clients/read-phone.ts';
import { Problem } from '../kit/problem.ts';
import { couldStart } from '../schedule/could-start.ts';
import { dayNumberOf, localDayNumber } from '../schedule/local-day.ts';
import type { WaitingContext } from './context.ts';
import { eventCapacity } from './store.ts';
import { type Joining, writeEntry } from './write-entry.ts';

/**
 * A client joins the line of an event, at its end. Where places for them are free, they have an offer at once. Refuses with `not_found`, `time_not_offered`,
 * `more_than_left` (more places than the event has at all), `consent_needed`, `invalid_phone`, `phone_not_confirmed`, `quote_changed`, `membership_not_usable`,
 * `already_there`, `too_many_requests`.
 */
export async function joinEventLine(ctx: WaitingContext, scope: Scope, eventId: string, wish: WaitingWish, address: string): Promise<string> {
  const rules = await freshRules(ctx, scope);
  const { promise, places } = wish;
  const wishes = { appointments: [], event: { eventId, places } };
  const [option] = await optionsOf(ctx, scope, rules, wishes, ctx.now());
  await refuseLargerThanEvent(ctx, scope, eventId, places);
  if (promise.by !== 'pay' && !option?.deals.some((deal) => deal.terms === promise.quoteId)) {
    const quote = await quoteSetAside(ctx, scope, rules, wishes, ctx.now());
    throw new Problem('quote_changed', 409, 'The price or the payment terms are no longer what was shown.', { quote });
  }
  if (promise.by === 'membership' && option?.deals[0]?.services[0]?.membership === 'payment')
    throw new Problem('membership_not_usable', 409, 'Memberships are not taken for this.', { reason: 'not_covered' });
  const joined = await writeEntry(ctx, scope, { ...joiningOf(rules, wish, promise.by !== 'pay'), line: { eventId }, places, promise, address });
  return joined.entryId;
}

/**
 * A client waits for time on a day. Who promises agrees to a deal; where others would do it on other terms, the time is kept and they take it themselves. Refuses
 * with `time_not_offered`, and as {@link joinEventLine} does.
 */
export async function joinDayLine(ctx: WaitingContext, scope: Scope, wish: DayWaitingWish, address: string): Promise<string> {
  const rules = await freshRules(ctx, scope);
  refuseDay(rules, wish, ctx.now());
  const { day, serviceIds, staffId, fromMinute, toMinute } = wish;
  const line = { day, serviceIds, staffId, fromMinute, toMinute };
  const promise = wish.promise ?? { by: 'pay' };
  if (promise.by !== 'pay') refusePromise(promise, dealsFor(rules, staffId, serviceIds), rules.catalog.location.currency);
  const joined = await writeEntry(ctx, scope, { ...joiningOf(rules, wish, promise.by !== 'pay'), line, places: 1, promise, address });
  return joined.entryId;
}

/** Only a deal that somebody offers can be agreed to; the best one is told to who agreed to another. */
function refusePromise({ by, quoteId }: { readonly by: string; readonly quoteId: string }, deals: readonly Deal[], currency: string): void {
  const agreed = deals.find(({ terms }) => terms === quoteId);
  if (!agreed) {
    const [best] = deals;
    const deal = best && {
      quoteId: best.terms,
      currency,
      priceMinMinor: toJsonAmount(best.priceMinMinor),
      payableMinor: toJsonAmount(best.requiredMinor + best.availableMinor),
    };
    throw new Problem('quote_changed', 409, 'The price or the payment terms are no longer what was shown.', { deal });
  }
  if (by === 'membership' && agreed.services.some(({ membership }) => membership === 'payment'))
    throw new Problem('membership_not_usable', 409, 'Memberships are not taken for this.', { reason: 'not_covered' });
}

export async function refuseLargerThanEvent(ctx: WaitingContext, scope: Scope, eventId: string, places: number): Promise<void> {
  const capacity = await eventCapacity(ctx.db.read, scope, eventId);
  if (places > capacity) throw new Problem('more_than_left', 422, 'The event has fewer places than that.', { capacity });
}

/** Nobody does it, the day is past or too far ahead, the hours are the wrong way round, or nobody works then: a closed day never becomes free. */
export function refuseDay(
  rules: BookingRules,
  wish: Pick<DayWaitingWish, 'day' | 'serviceIds' | 'staffId' | 'fromMinute' | 'toMinute'>,
  at: Date,
): void {
  const refuse = (reason: string) => new Problem('time_not_offered', 422, 'That cannot be waited for.', { line: 0, reason });
  const { timeZone, horizonDays } = rules.catalog.location;
  const ahead = dayNumberOf(wish.day) - localDayNumber(timeZone, at.getTime());
  if (ahead < 0) throw refuse('past');
  if (ahead > horizonDays) throw refuse('horizon');
  const staffIds = dealsFor(rules, wish.staffId, wish.serviceIds).map(({ staffId }) => staffId);
  if (staffIds.length === 0) throw refuse('not_offered');
  if (wish.fromMinute !== null && wish.toMinute !== null && wish.fromMinute > wish.toMinute) throw refuse('not_offered');
  if (!couldStart({ catalog: rules.catalog, hours: rules.hours, ...wish, staffIds, now: at })) throw refuse('closed');
}

function joiningOf(
  { catalog }: BookingRules,
  wish: WaitingWish | DayWaitingWish,
  promises: boolean,
): Omit<Joining, 'line' | 'places' | 'promise' | 'address'> {
  const { location } = catalog;
  if (!wish.consent.terms || wish.consent.termsVersion !== location.termsVersion) {
    throw new Problem('consent_needed', 422, 'The terms have to be agreed to, in their present version.', { termsVersion: location.termsVersion });
  }
  const link = chooseLink(catalog, wish.link);
  followLink(link, location, { ...wish, appointments: [] });
  const needsPhone = promises || link.settings.phoneConfirmation === 'always';
  return {
    draftId: wish.draftId,
    contact: { ...wish.client, comment: wish.comment },
    phone: readPhone(wish.client.phone, location.country),
    // where it is needed and missing the database finds no proof and refuses
    phoneConfirmation: wish.phoneConfirmation ?? (needsPhone ? '' : undefined),
    language: wish.language,
    linkId: link.linkId,
    consent: wish.consent,
    by: null,
  };
}
