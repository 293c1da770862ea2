import type { Quote } from '@holdfast/contract/booking';
import type { WaitingEntry } from '@holdfast/contract/waiting';
import type { Scope } from '../access/scope.ts';
import type { BookingRules } from '../booking/booking-rules.ts';
import { freshRules } from '../booking/fresh-rules.ts';
import { quoteSetAside, type Wishes } from '../booking/quote-wish.ts';
import { type BookableEvent, readEvent } from '../booking/read-event.ts';
import { invariant, Problem } from '../kit/problem.ts';
import type { WaitingContext } from './context.ts';
import { aheadOf, type EntryRow, entryById } from './store.ts';

/** An entry as whoever waits sees it. Changes nothing. */
export async function readEntry(ctx: WaitingContext, scope: Scope, entryId: string): Promise<WaitingEntry> {
  const q = ctx.db.read;
  const at = ctx.now();
  const entry = await entryById(q, scope, entryId);
  invariant(entry, `${entryId} is an entry`);
  const rules = await freshRules(ctx, scope);
  const { location, chain, services, staff, links } = rules.catalog;
  const event = entry.eventId === null ? undefined : await readEvent(q, scope, entry.eventId, at);
  const staffName = (id: string | null) => (id === null ? null : (staff.get(id)?.name ?? ''));
  const live = entry.status === 'waiting' || entry.status === 'offered';
  const bookingToken = entry.bookingId === null ? null : ctx.tokens.sign(scope.chainId, entry.bookingId);
  const { name, phone, email, comment } = entry.contact;
  return {
    token: ctx.waitingLinks.sign(scope.chainId, entryId),
    url: ctx.waitingLinks.urlOf(scope.chainId, entryId),
    // its deadline is kept also before the sweep has come by
    status: entry.status === 'offered' && entry.offeredUntil !== null && entry.offeredUntil <= at ? 'lapsed' : entry.status,
    chain: { slug: chain.slug, name: chain.name },
    location: { slug: location.slug, name: location.name, address: location.address, phone: location.phone, timeZone: location.timeZone },
    linkSlug: (links.find(({ linkId }) => linkId === entry.linkId) ?? links[0]).slug,
    language: entry.language,
    client: { name, phone, email, comment },
    event: event
      ? {
          id: event.eventId,
          title: event.title || (services.get(event.serviceId)?.name ?? ''),
          staffName: staffName(event.staffId) ?? '',
          startsAt: event.startsAt.toISOString(),
          endsAt: event.endsAt.toISOString(),
          cancelled: event.status === 'cancelled',
        }
      : null,
    day:
      entry.day === null
        ? null
        : {
            day: entry.day,
            services: (entry.serviceIds ?? []).map((id) => ({ id, name: services.get(id)?.name ?? '' })),
            staffId: entry.staffId,
            staffName: staffName(entry.staffId),
            fromMinute: entry.fromMinute,
            toMinute: entry.toMinute,
          },
    places: entry.places,
    promise: entry.promise,
    ahead: live ? await aheadOf(q, scope, entryId) : null,
    offer: await offerOf(ctx, scope, { entry, event, rules, at }),
    draftId: entryId,
    booking: bookingToken === null ? null : { token: bookingToken, url: `${ctx.publicUrl}/b/${bookingToken}` },
    joinedAt: entry.joinedAt.toISOString(),
    now: at.toISOString(),
  };
}

/** What is wished when an offer is taken; undefined: nothing is offered. */
export function wishesOf(entry: EntryRow): Wishes | undefined {
  if (entry.status !== 'offered') return undefined;
  if (entry.eventId !== null) return { appointments: [], event: { eventId: entry.eventId, places: entry.places } };
  if (entry.offer === null) return undefined;
  const { staffId, startsAt } = entry.offer;
  return { appointments: [{ serviceIds: [...(entry.serviceIds ?? [])], staffId, startsAt: new Date(startsAt).toISOString() }] };
}

interface Seen {
  readonly entry: EntryRow;
  readonly event: BookableEvent | undefined;
  readonly rules: BookingRules;
  readonly at: Date;
}

async function offerOf(ctx: WaitingContext, scope: Scope, { entry, event, rules, at }: Seen): Promise<WaitingEntry['offer']> {
  const wishes = wishesOf(entry);
  if (!wishes || entry.offeredUntil === null || entry.offeredUntil <= at) return null;
  const { links, location, staff } = rules.catalog;
  const link = links.find(({ linkId }) => linkId === entry.linkId) ?? links[0];
  const quote = await quoteSetAside(ctx, scope, rules, wishes, at).catch((error: unknown): Quote | null => {
    if (error instanceof Problem) return null;
    throw error;
  });
  const { phoneConfirmation } = link.settings;
  const { terms, termsVersion, link: given } = entry.consent;
  return {
    until: entry.offeredUntil.toISOString(),
    startsAt: (event?.startsAt ?? new Date(entry.offer?.startsAt ?? at)).toISOString(),
    staffName: staff.get(event?.staffId ?? entry.offer?.staffId ?? '')?.name ?? '',
    quote,
    termsVersion: location.termsVersion,
    consentVersion: link.consentVersion,
    agreed: terms === true && termsVersion === location.termsVersion && (given ? given.version === link.consentVersion : !link.settings.privacy),
    confirmPhone:
      !entry.phoneConfirmed && (phoneConfirmation === 'always' || (phoneConfirmation === 'before_payment' && (quote?.requiredMinor ?? 0) > 0)),
  };
}
