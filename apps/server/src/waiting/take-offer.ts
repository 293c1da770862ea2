import type { BookingWish } from '@holdfast/contract/booking';
import type { OfferTaken } from '@holdfast/contract/waiting';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { type Claimed, claimBooking } from '../booking/claim-booking.ts';
import { freshRules } from '../booking/fresh-rules.ts';
import { quoteSetAside } from '../booking/quote-wish.ts';
import type { BookingFacts } from '../booking/read-booking.ts';
import { invariant, Problem } from '../kit/problem.ts';
import type { WaitingContext } from './context.ts';
import { wishesOf } from './read-entry.ts';
import { type EntryRow, entryById } from './store.ts';

/**
 * The ordinary claim of what was set aside: held, paid, late as any other. Taken a second time it answers the same booking. Refuses with `offer_run_out`, and as
 * claiming does: `quote_changed`, `consent_needed`, `phone_not_confirmed`, `membership_not_usable`, …
 */
export async function takeOffer(ctx: WaitingContext, scope: Scope, entryId: string, taken: OfferTaken, address: string): Promise<Claimed> {
  const before = await bookingOfEntry(ctx, scope, entryId);
  if (before) return before;
  const entry = await entryById(ctx.db.read, scope, entryId);
  invariant(entry, `${entryId} is an entry`);
  try {
    const wish = await wishOf(ctx, scope, entry, taken);
    return await claimBooking(ctx, scope, wish, address, { entryId, phoneConfirmed: entry.phoneConfirmed });
  } catch (error) {
    // two tabs at once: the first has taken it
    const theirs = error instanceof Problem && error.code === 'offer_run_out' ? await bookingOfEntry(ctx, scope, entryId) : undefined;
    if (theirs) return theirs;
    throw error;
  }
}

/** What an offer is claimed by. */
async function wishOf(ctx: WaitingContext, scope: Scope, entry: EntryRow, taken: OfferTaken): Promise<BookingWish> {
  const wishes = wishesOf(entry);
  const at = ctx.now();
  if (!wishes || entry.offeredUntil === null || entry.offeredUntil <= at) throw new Problem('offer_run_out', 409, 'This offer has run out.', {});
  const { pay, cover = false, ...given } = taken;
  const rules = await freshRules(ctx, scope);
  const quote = await quoteSetAside(ctx, scope, rules, wishes, at);
  const [appointment] = wishes.appointments;
  const services = quote.appointments[0]?.services ?? [];
  const ticked = pay && !cover ? services.filter(({ policy }) => policy.status === 'available').map(({ serviceId }) => serviceId) : [];
  const { name, phone, email, comment } = entry.contact;
  return {
    ...given,
    draftId: entry.entryId,
    link: rules.catalog.links.find(({ linkId }) => linkId === entry.linkId)?.slug,
    appointments: appointment
      ? [{ ...appointment, payServiceIds: ticked, ...(cover && { coverServiceIds: services.map(({ serviceId }) => serviceId) }) }]
      : [],
    ...(wishes.event && { event: { ...wishes.event, pay: ticked.length > 0, ...(cover && { cover }) } }),
    client: { name, phone, email },
    comment,
    language: entry.language as BookingWish['language'],
  };
}

async function bookingOfEntry(ctx: WaitingContext, { chainId, locationId }: Scope, entryId: string): Promise<Claimed | undefined> {
  const { rows } = await sql<{ facts: BookingFacts }>`
    select booking_facts(chain_id, booking_id) facts from waiting_entries
     where chain_id = ${chainId} and location_id = ${locationId} and entry_id = ${entryId} and booking_id is not null`.execute(ctx.db.read);
  return rows[0] && { facts: rows[0].facts, repeated: true };
}
