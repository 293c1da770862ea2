import { createHash } from 'node:crypto';
import type { BookingWish } from '@holdfast/contract/booking';
import { toJsonAmount } from '@holdfast/contract/money';
import type { Scope } from '../access/scope.ts';
import { readPhone } from '../clients/read-phone.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { paymentWish } from '../payments/wish-payment.ts';
import { holdDeadlines, PAGE_MINUTES } from './appointment-rules.ts';
import type { BookingRules } from './booking-rules.ts';
import type { BookingContext } from './context.ts';
import type { Deal } from './deal.ts';
import { dayLimits } from './hold-limits.ts';
import { termsIn } from './location-page.ts';
import { type Option, optionsFor, quoteWish } from './quote-wish.ts';
import type { BookingFacts } from './read-booking.ts';

export interface Claimed {
  readonly facts: BookingFacts;
  /** The same wish had been claimed before: a second click, a second tab, a retry. */
  readonly repeated: boolean;
}

const CLAIM = 'select claim_booking($1::jsonb) answer';

/**
 * Makes a booking: all its appointments or none, in one round trip to the database. Required prepayments make a hold (15 minutes, A8); the rest
 * is booked at once. The same draft and wish answer the same booking; another wish moves the draft's unpaid hold.
 *
 * Refuses with `time_taken`, `time_not_offered`, `quote_changed` (with the new quote), `consent_needed`, `invalid_phone`, `too_many_holds`
 * (with `retryAt`), `booking_already_made`, `payment_in_progress`.
 */
export async function claimBooking(ctx: BookingContext, scope: Scope, wish: BookingWish, address: string): Promise<Claimed> {
  for (let again = 0; ; again++) {
    const at = ctx.now();
    const rules = await ctx.rules.get(scope);
    if (!rules) throw new Problem('not_found', 404, 'There is no such location.');
    const options = optionsFor(rules, wish.appointments, at);
    const choices = matchQuote(options, wish.quoteId);
    if (!choices) throw await quoteChanged(ctx, scope, rules, wish, at);
    try {
      const statement = claimStatement(ctx, scope, rules, wish, { choices, at, address });
      const [row] = await ctx.db.prepared<{ answer: { outcome: 'made' | 'repeated'; facts: BookingFacts } }>('claim_booking', CLAIM, [
        JSON.stringify(statement),
      ]);
      invariant(row, 'claim_booking answers');
      return { facts: row.answer.facts, repeated: row.answer.outcome === 'repeated' };
    } catch (error) {
      if (!isSqlError(error)) throw error;
      // decided on rules that have moved since: decide again
      if (error.code === 'HF010' && again < 3) {
        ctx.rules.forget(scope);
        continue;
      }
      // the same draft in another request won: its booking is there now
      if (error.code === '23505' && error.constraint === 'bookings_one_per_draft' && again < 3) continue;
      throw await refusalOf(ctx, scope, rules, wish, error, at);
    }
  }
}

/** Of each appointment's candidates those whose terms are what the client was shown. Undefined: for some there are none. */
function matchQuote(options: readonly Option[], quoteId: string): readonly (readonly Deal[])[] | undefined {
  const terms = quoteId.split('.');
  if (terms.length !== options.length) return undefined;
  const choices = options.map(({ deals }, line) => deals.filter((deal) => deal.terms === terms[line]));
  return choices.every((deals) => deals.length > 0) ? choices : undefined;
}

async function quoteChanged(ctx: BookingContext, scope: Scope, rules: BookingRules, wish: BookingWish, at: Date): Promise<Problem> {
  const plain = wish.appointments.map(({ serviceIds, staffId, startsAt }) => ({ serviceIds, staffId, startsAt }));
  const quote = await quoteWish(ctx, scope, rules, plain, at);
  return new Problem('quote_changed', 409, 'The price or the payment terms are no longer what was shown.', { quote });
}

async function refusalOf(
  ctx: BookingContext,
  scope: Scope,
  rules: BookingRules,
  wish: BookingWish,
  error: Error & { code: string; detail?: string },
  at: Date,
): Promise<Error> {
  switch (error.code) {
    case 'HF001': {
      const line = Number(error.detail);
      // somebody else may still be free, on other terms: that is another deal, and the client decides
      if (wish.appointments[line]?.staffId === null) {
        const changed = await quoteChanged(ctx, scope, rules, wish, at).catch((other: unknown) => other as Error);
        if (
          changed instanceof Problem &&
          changed.code === 'quote_changed' &&
          (changed.detail['quote'] as { quoteId: string }).quoteId !== wish.quoteId
        )
          return changed;
      }
      return new Problem('time_taken', 409, 'Someone else has just taken this time.', { line });
    }
    case 'HF004':
      return new Problem('booking_already_made', 409, 'This booking was made already.', {
        token: ctx.tokens.sign(scope.chainId, error.detail ?? ''),
      });
    case 'HF005':
      return new Problem('payment_in_progress', 409, 'A payment for this booking is being checked.', {
        token: ctx.tokens.sign(scope.chainId, error.detail ?? ''),
      });
    case 'HF011': {
      const retryAt = new Date(error.detail ?? at);
      const retryAfterSeconds = Math.max(1, Math.ceil((retryAt.getTime() - at.getTime()) / 1000));
      return new Problem('too_many_holds', 429, 'Too many unpaid times are being held.', { retryAt: retryAt.toISOString(), retryAfterSeconds });
    }
    default:
      return error;
  }
}

/** The one argument of `claim_booking` (db/migrations). */
function claimStatement(
  ctx: BookingContext,
  scope: Scope,
  rules: BookingRules,
  wish: BookingWish,
  { choices, at, address }: { choices: readonly (readonly Deal[])[]; at: Date; address: string },
): object {
  const { location } = rules.catalog;
  if (!wish.consent.terms || wish.consent.termsVersion !== location.termsVersion) {
    throw new Problem('consent_needed', 422, 'The terms have to be agreed to, in their present version.', { termsVersion: location.termsVersion });
  }
  const phone = readPhone(wish.client.phone, location.country);
  const bookingId = ctx.newId('bkg');
  const deadlines = holdDeadlines(at);
  const heldSpans: (readonly [number, number])[] = [];
  const appointments = wish.appointments.map((wished, line) => {
    const deals = choices[line] ?? [];
    const [deal] = deals;
    invariant(deal, 'every appointment has a deal');
    const services = deal.services.map((one) => ({ ...one, pay: payFor(one.policy.status, wished.payServiceIds.includes(one.serviceId)) }));
    const unknown = wished.payServiceIds.filter((id) => !services.some((one) => one.serviceId === id && one.pay !== 'later'));
    if (unknown.length > 0) throw new Problem('invalid_request', 422, 'These services cannot be paid for online.', { line, payServiceIds: unknown });
    const startsAt = new Date(wished.startsAt).getTime();
    const held = services.some((one) => one.pay === 'required');
    const busy = [startsAt - deal.time.beforeMs, startsAt + deal.time.lengthMs + deal.time.afterMs] as const;
    if (held) heldSpans.push(busy);
    return {
      id: ctx.newId('apt'),
      line,
      staffIds: deals.map(({ staffId }) => staffId),
      anyStaff: wished.staffId === null,
      status: held ? 'held' : 'waiting',
      startsAt: new Date(startsAt).toISOString(),
      endsAt: new Date(startsAt + deal.time.lengthMs).toISOString(),
      busyFrom: new Date(busy[0]).toISOString(),
      busyTo: new Date(busy[1]).toISOString(),
      priceMin: toJsonAmount(deal.priceMinMinor),
      priceMax: toJsonAmount(deal.priceMaxMinor),
      due: toJsonAmount(services.reduce((sum, one) => sum + (one.pay === 'later' ? 0n : one.prepayMinor), 0n)),
      required: held,
      holdExpiresAt: held ? deadlines.holdExpiresAt.toISOString() : null,
      freesAt: held ? deadlines.freesAt.toISOString() : null,
      terms: {
        version: location.termsVersion,
        cancelFreeHours: location.cancelFreeHours,
        cancelLatePercent: location.cancelLatePercent,
        text: termsIn(location.terms, wish.language, location.defaultLanguage),
      },
      consent: { terms: true, version: wish.consent.termsVersion, at: at.toISOString(), addressHash: ctx.hashAddress(address) },
      services: services.map((one) => ({
        serviceId: one.serviceId,
        name: one.name,
        minutes: one.durationMinutes,
        priceMin: toJsonAmount(one.priceMinMinor),
        priceMax: toJsonAmount(one.priceMaxMinor),
        policy: one.policy,
        pay: one.pay,
      })),
    };
  });
  const due = appointments.filter((one) => one.due > 0);
  const anyHeld = heldSpans.length > 0;
  return {
    chain: scope.chainId,
    location: scope.locationId,
    now: at.toISOString(),
    rulesVersion: rules.catalog.version.toString(),
    outboxId: ctx.newId('out'),
    booking: {
      id: bookingId,
      draft: wish.draftId,
      wish: hashOf(scope, wish),
      language: wish.language,
      contact: { name: wish.client.name, phone: wish.client.phone, email: wish.client.email },
      addressHash: ctx.hashAddress(address),
      comment: wish.comment,
      currency: location.currency,
    },
    client: { id: ctx.newId('cli'), name: wish.client.name, phone, email: wish.client.email || null, language: wish.language },
    appointments,
    limits: { perPhone: location.holdsPerPhone, perAddress: location.holdsPerAddressPerHour, days: anyHeld ? dayLimits(rules, heldSpans) : [] },
    payment:
      due.length === 0 || rules.paying.connectionId === undefined
        ? null
        : paymentWish(ctx.payments, scope, {
            connectionId: rules.paying.connectionId,
            order: { kind: 'booking', id: bookingId },
            due: {
              lines: due.map((one) => ({ purpose: { kind: 'appointment', id: one.id }, amountMinor: BigInt(one.due) })),
              currency: location.currency,
              payableUntil: anyHeld ? deadlines.holdExpiresAt : new Date(at.getTime() + PAGE_MINUTES * 60_000),
            },
            at,
          }),
  };
}

function payFor(status: 'not_available' | 'available' | 'required', ticked: boolean): 'required' | 'ticked' | 'later' {
  if (status === 'required') return 'required';
  return status === 'available' && ticked ? 'ticked' : 'later';
}

/** Two requests with the same wish are the same request. The quote is left out: it may be renewed for the same deal. */
function hashOf(scope: Scope, { appointments, client, comment, language }: BookingWish): string {
  const wish = [
    scope.locationId,
    appointments.map((one) => [one.serviceIds, one.staffId, new Date(one.startsAt).getTime(), [...one.payServiceIds].sort()]),
    client,
    comment,
    language,
  ];
  return createHash('sha256').update(JSON.stringify(wish)).digest('base64url');
}
