import type { BookingWish } from '@holdfast/contract/booking';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Prepared } from '../kit/database.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import type { BookingRules } from './booking-rules.ts';
import { claimStatement, factsOfClaim, type OfferInHand, wishHash } from './claim-statement.ts';
import type { BookingContext } from './context.ts';
import { EventFull, inTurnAtEvent } from './crowd-at-event.ts';
import type { Deal } from './deal.ts';
import { freshRules } from './fresh-rules.ts';
import { eventOptions, type Option, optionsFor, quoteSetAside, quoteWish } from './quote-wish.ts';
import type { BookingFacts } from './read-booking.ts';
import { spendDeposits } from './spend-deposits.ts';

export interface Claimed {
  readonly facts: BookingFacts;
  /** The same wish had been claimed before: a second click, a second tab, a retry. */
  readonly repeated: boolean;
}

/** Of a booking that was made only who does each appointment is news. */
type ClaimAnswer = { readonly outcome: 'made'; readonly staff: readonly string[] } | { readonly outcome: 'repeated'; readonly facts: BookingFacts };

const CLAIM = 'select claim_booking($1::jsonb) answer';
const CLAIM_OFFER = 'select claim_offer($1::jsonb) answer';

/**
 * Makes a booking: all its appointments or none, in one round trip to the database. Required prepayments make a hold (15 minutes, A8); the rest
 * is booked at once. The same draft and wish answer the same booking; another wish moves the draft's unpaid hold.
 *
 * Refuses with `time_taken`, `event_full`, `time_not_offered`, `quote_changed` (with the new quote), `consent_needed`, `invalid_phone`, `too_many_holds`
 * (with `retryAt`; with `mostPlaces` where fewer places would do), `booking_already_made`, `payment_in_progress`, `not_enough_on_account` (with `spendableMinor`); with an offer that has run out, or is not
 * this wish's, with `offer_run_out`.
 */
export async function claimBooking(ctx: BookingContext, scope: Scope, wish: BookingWish, address: string, offer?: OfferInHand): Promise<Claimed> {
  let rules = (await ctx.rules.get(scope)) ?? (await freshRules(ctx, scope));
  for (let again = 0; ; again++) {
    const at = ctx.now();
    try {
      const claimed = await claimBy(rules, ctx, scope, wish, { at, address, offer });
      // where nothing is left to be paid online; dies after this line: the next look spends it
      if (wish.accountPart) await spendDeposits(ctx, scope, claimed.facts.booking.bookingId);
      return claimed;
    } catch (error) {
      // read in the database, of an event at which this draft has no places: rules and earlier bookings change nothing about it
      if (error instanceof EventFull) throw error;
      const refused = error instanceof Problem;
      if (!refused && !isSqlError(error)) throw error;
      // the same draft in another request won: its booking is there now
      if (!refused && error.code === '23505' && error.constraint === 'bookings_one_per_draft' && again < 3) continue;
      // a refusal by remembered rules counts only while they are the rules
      if ((refused || error.code === 'HF010') && again < 3) {
        const fresh = await freshRules(ctx, scope);
        const moved = fresh.catalog.version !== rules.catalog.version;
        rules = fresh;
        if (moved) continue;
      }
      if (!refused) throw await refusalOf(ctx, scope, rules, wish, error, { at, offer });
      // what was booked a while ago may no longer be bookable now, and is booked all the same
      const before = await repeatedBooking(ctx, scope, wish);
      if (before) return before;
      throw error;
    }
  }
}

/** One try, by these rules. Throws a refusal, or the database's word. */
async function claimBy(
  rules: BookingRules,
  ctx: BookingContext,
  scope: Scope,
  wish: BookingWish,
  tried: Try & { address: string },
): Promise<Claimed> {
  const write = (connection: Prepared, options: readonly Option[]) => writeClaim(connection, rules, ctx, scope, wish, { ...tried, options });
  const { event, draftId } = wish;
  const claimed = event
    ? await inTurnAtEvent(rules, ctx, scope, { ...event, draftId, at: tried.at, offered: tried.offer !== undefined }, (connection, found) =>
        write(connection, eventOptions(rules, found, event.places, tried.at)),
      )
    : await write(ctx.db, optionsFor(rules, wish.appointments, tried.at));
  if (!claimed) throw await quoteChanged(ctx, scope, rules, wish, tried);
  return claimed;
}

/** Undefined: the quote is not of these options. */
async function writeClaim(
  connection: Prepared,
  rules: BookingRules,
  ctx: BookingContext,
  scope: Scope,
  wish: BookingWish,
  { options, at, address, offer }: Try & { options: readonly Option[]; address: string },
): Promise<Claimed | undefined> {
  const choices = matchQuote(options, wish.quoteId);
  if (!choices) return undefined;
  const statement = claimStatement(ctx, scope, rules, wish, { options, choices, at, address, offer });
  const [row] = offer
    ? await connection.prepared<{ answer: ClaimAnswer }>('claim_offer', CLAIM_OFFER, [JSON.stringify({ ...statement, offer: offer.entryId })])
    : await connection.prepared<{ answer: ClaimAnswer }>('claim_booking', CLAIM, [JSON.stringify(statement)]);
  invariant(row, 'claim_booking answers');
  const { answer } = row;
  if (answer.outcome === 'repeated') return { facts: answer.facts, repeated: true };
  return { facts: factsOfClaim(statement, answer.staff, rules), repeated: false };
}

/** The draft's booking, if this is its wish and something of it still stands. */
async function repeatedBooking(ctx: BookingContext, scope: Scope, wish: BookingWish): Promise<Claimed | undefined> {
  const { rows } = await sql<{ facts: BookingFacts | null }>`
    select booking_facts(b.chain_id, b.booking_id) facts from bookings b
     where b.chain_id = ${scope.chainId} and b.live_draft = ${wish.draftId} and b.wish_hash = ${wishHash(scope, wish)}
       and exists (select 1 from appointments a where a.chain_id = b.chain_id and a.booking_id = b.booking_id and a.status not in ('expired', 'cancelled'))`.execute(
    ctx.db.read,
  );
  return rows[0]?.facts ? { facts: rows[0].facts, repeated: true } : undefined;
}

/** Of each appointment's candidates those whose terms are what the client was shown. Undefined: for some there are none. */
function matchQuote(options: readonly Option[], quoteId: string): readonly (readonly Deal[])[] | undefined {
  const terms = quoteId.split('.');
  if (terms.length !== options.length) return undefined;
  const choices = options.map(({ deals }, line) => deals.filter((deal) => deal.terms === terms[line]));
  return choices.every((deals) => deals.length > 0) ? choices : undefined;
}

interface Try {
  readonly at: Date;
  readonly offer: OfferInHand | undefined;
}

async function quoteChanged(ctx: BookingContext, scope: Scope, rules: BookingRules, wish: BookingWish, { at, offer }: Try): Promise<Problem> {
  const plain = wish.appointments.map(({ serviceIds, staffId, startsAt }) => ({ serviceIds, staffId, startsAt }));
  const event = wish.event && { eventId: wish.event.eventId, places: wish.event.places };
  const quote = await (offer ? quoteSetAside : quoteWish)(ctx, scope, rules, { appointments: plain, event }, at);
  return new Problem('quote_changed', 409, 'The price or the payment terms are no longer what was shown.', { quote });
}

async function refusalOf(
  ctx: BookingContext,
  scope: Scope,
  rules: BookingRules,
  wish: BookingWish,
  error: Error & { code: string; detail?: string },
  { at, offer }: Try,
): Promise<Error> {
  switch (error.code) {
    case 'HF001': {
      const line = Number(error.detail);
      // somebody else may still be free, on other terms: that is another deal, and the client decides
      if (wish.appointments[line]?.staffId === null) {
        const changed = await quoteChanged(ctx, scope, rules, wish, { at, offer }).catch((other: unknown) => other as Error);
        if (
          changed instanceof Problem &&
          changed.code === 'quote_changed' &&
          (changed.detail['quote'] as { quoteId: string }).quoteId !== wish.quoteId
        )
          return changed;
      }
      return new Problem('time_taken', 409, 'Someone else has just taken this time.', { line });
    }
    case 'HF012':
      return new EventFull(Number(error.detail));
    case 'HF020':
      return new Problem('too_many_holds', 429, 'So many places at one event are not held for one client before they are paid.', {
        mostPlaces: Number(error.detail),
      });
    case 'HF013':
      return new Problem('phone_not_confirmed', 409, 'The phone has to be confirmed first.', {});
    case 'HF014':
      return new Problem('membership_not_usable', 409, 'No membership of this client covers that.', { reason: error.detail ?? '' });
    case 'HF016':
      return new Problem('offer_run_out', 409, 'This offer has run out.', {});
    case 'HF018':
      return new Problem('not_enough_on_account', 409, 'There is not that much on the account.', { spendableMinor: Number(error.detail) });
    case 'HF015':
      return quoteChanged(ctx, scope, rules, wish, { at, offer }).catch((other: unknown) => other as Error);
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
