import type { Quote, WishedAppointment, WishedEvent } from '@holdfast/contract/booking';
import { toJsonAmount } from '@holdfast/contract/money';
import type { Scope } from '../access/scope.ts';
import { takesAccounts } from '../accounts/usable-accounts.ts';
import { Problem } from '../kit/problem.ts';
import { busySpans } from '../schedule/busy-spans.ts';
import { whyNotOffered } from '../schedule/explain-time.ts';
import type { BookingRules } from './booking-rules.ts';
import type { BookingContext } from './context.ts';
import { type Deal, dealAtEvent, dealsFor } from './deal.ts';
import { type BookableEvent, readEvent } from './read-event.ts';

/** A wish with everybody who could fulfil it by the rules, best terms first; whether their time is still free only the database knows. */
export interface Option {
  readonly wish: WishedAppointment;
  /** Places at an event, instead of a time of one's own. */
  readonly event?: BookableEvent & { readonly places: number };
  readonly startsAt: Date;
  readonly deals: readonly Deal[];
}

/** What a client wants: appointments, or places at an event. */
export interface Wishes {
  readonly appointments: readonly WishedAppointment[];
  readonly event?: WishedEvent | undefined;
}

/** All that a wish asks for. An event is read anew: its time and its places are not among the rules. Refuses as {@link optionsFor} does. */
export async function optionsOf(ctx: BookingContext, scope: Scope, rules: BookingRules, wishes: Wishes, at: Date): Promise<readonly Option[]> {
  if (!wishes.event) return optionsFor(rules, wishes.appointments, at);
  return eventOptions(rules, await readEvent(ctx.db.read, scope, wishes.event.eventId, at), wishes.event.places, at);
}

/** {@link optionsOf} for an event that was read. */
export function eventOptions(rules: BookingRules, found: BookableEvent | undefined, places: number, at: Date): readonly Option[] {
  if (!found) throw new Problem('not_found', 404, 'There is no such event.');
  const event = { ...found, places };
  if (event.status === 'cancelled') throw eventRefused('cancelled');
  if (event.startsAt < at) throw eventRefused('past');
  if (event.startsAt < bookableFrom(rules, at)) throw eventRefused('lead_time');
  const deal = dealAtEvent(rules, event, event.places);
  if (!deal) throw eventRefused('not_offered');
  const wish = { serviceIds: [event.serviceId], staffId: event.staffId, startsAt: event.startsAt.toISOString() };
  return [{ wish, event, startsAt: event.startsAt, deals: [deal] }];
}

/** What begins before is not to be booked any more. */
export function bookableFrom(rules: BookingRules, at: Date): Date {
  return new Date(at.getTime() + rules.catalog.location.leadMinutes * 60_000);
}

function eventRefused(reason: string): Problem {
  return new Problem('time_not_offered', 422, 'This event cannot be booked.', { line: 0, reason });
}

/** What is possible by the rules alone. Refuses (`time_not_offered`, with the reason) where nobody could do it. */
export function optionsFor(rules: BookingRules, wishes: readonly WishedAppointment[], at: Date): readonly Option[] {
  return wishes.map((wish, line) => {
    const startsAt = new Date(wish.startsAt);
    if (wish.staffId === null && !rules.catalog.location.anyStaff) {
      throw new Problem('time_not_offered', 422, 'A team member has to be chosen here.', { line, reason: 'choose_staff' });
    }
    const able = dealsFor(rules, wish.staffId, wish.serviceIds);
    let reason = 'not_offered';
    const deals = able.filter((deal) => {
      const why = whyNotOffered({
        catalog: rules.catalog,
        hours: rules.hours,
        staffId: deal.staffId,
        serviceIds: wish.serviceIds,
        startsAt,
        now: at,
      });
      if (why) reason = why;
      return why === undefined;
    });
    if (deals.length === 0) throw new Problem('time_not_offered', 422, 'This time cannot be booked.', { line, reason });
    return { wish, startsAt, deals };
  });
}

/** The deal a client is shown: with whom it is free now, the best terms first. Refuses (`time_taken`, `event_full`) where nobody is free any more. */
export async function quoteWish(ctx: BookingContext, scope: Scope, rules: BookingRules, wishes: Wishes, at: Date): Promise<Quote> {
  const options = await optionsOf(ctx, scope, rules, wishes, at);
  const [first] = options;
  if (first?.event) {
    const { places, placesLeft } = first.event;
    if (placesLeft < places) throw new Problem('event_full', 409, 'So many places are no longer left.', { placesLeft });
    return withAccounts(ctx, scope, quoteOf(rules, options, first.deals));
  }
  const staffIds = [...new Set(options.flatMap(({ deals }) => deals.map(({ staffId }) => staffId)))];
  const from = Math.min(...options.flatMap(({ startsAt, deals }) => deals.map(({ time }) => startsAt.getTime() - time.beforeMs)));
  const to = Math.max(...options.flatMap(({ startsAt, deals }) => deals.map(({ time }) => startsAt.getTime() + time.lengthMs + time.afterMs)));
  const { busy } = await busySpans(ctx.db, scope, staffIds, new Date(from), new Date(to), at);
  const given = new Map<string, (readonly [number, number])[]>();
  const chosen = options.map(({ startsAt, deals }, line) => {
    const deal = deals.find(({ staffId, time }) => {
      const [begin, end] = [startsAt.getTime() - time.beforeMs, startsAt.getTime() + time.lengthMs + time.afterMs];
      return ![...(busy.get(staffId) ?? []), ...(given.get(staffId) ?? [])].some(([busyFrom, busyTo]) => busyFrom < end && begin < busyTo);
    });
    if (!deal) throw new Problem('time_taken', 409, 'Someone else has just taken this time.', { line });
    given.set(deal.staffId, [
      ...(given.get(deal.staffId) ?? []),
      [startsAt.getTime() - deal.time.beforeMs, startsAt.getTime() + deal.time.lengthMs + deal.time.afterMs],
    ]);
    return deal;
  });
  return withAccounts(ctx, scope, quoteOf(rules, options, chosen));
}

/** Accounts are asked about only where there is something to be paid. */
async function withAccounts(ctx: BookingContext, scope: Scope, quote: Quote): Promise<Quote> {
  const payable = quote.requiredMinor + quote.availableMinor > 0;
  return payable && (await takesAccounts(ctx.db.read, scope)) ? { ...quote, accounts: true } : quote;
}

/** The deal on what is set aside for somebody: whether it is free for others does not matter. */
export async function quoteSetAside(ctx: BookingContext, scope: Scope, rules: BookingRules, wishes: Wishes, at: Date): Promise<Quote> {
  const options = await optionsOf(ctx, scope, rules, wishes, at);
  const deals = options.flatMap(({ deals: [best] }) => best ?? []);
  return withAccounts(ctx, scope, quoteOf(rules, options, deals));
}

/** Names the terms of each appointment, in order; the same terms with another person have the same name. */
export function quoteIdOf(deals: readonly Deal[]): string {
  return deals.map((deal) => deal.terms).join('.');
}

function quoteOf(rules: BookingRules, options: readonly Option[], deals: readonly Deal[]): Quote {
  const total = (of: (deal: Deal) => bigint) => toJsonAmount(deals.reduce((sum, deal) => sum + of(deal), 0n));
  return {
    quoteId: quoteIdOf(deals),
    currency: rules.catalog.location.currency,
    appointments: options.map(({ wish, event, startsAt }, line) => {
      const deal = deals[line] as Deal;
      const named = wish.staffId === null ? undefined : rules.catalog.staff.get(wish.staffId);
      return {
        startsAt: startsAt.toISOString(),
        endsAt: new Date(startsAt.getTime() + deal.time.lengthMs).toISOString(),
        staffId: wish.staffId,
        staffName: named?.name ?? null,
        eventId: event?.eventId ?? null,
        places: event?.places ?? 1,
        services: deal.services.map((one) => ({
          ...one,
          priceMinMinor: toJsonAmount(one.priceMinMinor),
          priceMaxMinor: toJsonAmount(one.priceMaxMinor),
          prepayMinor: toJsonAmount(one.prepayMinor),
        })),
        priceMinMinor: toJsonAmount(deal.priceMinMinor),
        priceMaxMinor: toJsonAmount(deal.priceMaxMinor),
      };
    }),
    requiredMinor: total((deal) => deal.requiredMinor),
    availableMinor: total((deal) => deal.availableMinor),
    priceMinMinor: total((deal) => deal.priceMinMinor),
    priceMaxMinor: total((deal) => deal.priceMaxMinor),
    accounts: false,
    leastOnlineMinor: toJsonAmount(rules.paying.minimumChargeMinor),
  };
}
