import type { BookingWish, WishedAppointment } from '@holdfast/contract/booking';
import { freshRules } from '../booking/fresh-rules.ts';
import { quoteWish } from '../booking/quote-wish.ts';
import type { TestApp } from './test-app.ts';

/** Quotes it once and answers a maker of wishes: client number n with their own draft and phone. `pay` ticks these "available" services. */
export async function wishFor(
  app: Pick<TestApp, 'booking' | 'scope'>,
  ...appointments: readonly (WishedAppointment & { pay?: readonly string[] })[]
): Promise<(n: number) => BookingWish> {
  const plain = appointments.map(({ serviceIds, staffId, startsAt }) => ({ serviceIds: [...serviceIds], staffId, startsAt }));
  const rules = await freshRules(app.booking, app.scope);
  const { quoteId } = await quoteWish(app.booking, app.scope, rules, { appointments: plain }, app.booking.now());
  return (n) => ({
    draftId: `draft_${String(n).padStart(12, '0')}_${plain[0]?.startsAt.replaceAll(/\D/g, '')}`,
    quoteId,
    appointments: plain.map((one, line) => ({ ...one, payServiceIds: [...(appointments[line]?.pay ?? [])] })),
    client: { name: `Client ${n}`, phone: `+3519120${String(10000 + n).padStart(5, '0')}`, email: '' },
    comment: '',
    language: 'en',
    consent: { terms: true, termsVersion: 1 },
  });
}

/** Places at an event, for client number n with their own draft and phone. */
export async function eventWishFor(
  app: Pick<TestApp, 'booking' | 'scope'>,
  eventId: string,
  { places = 1, pay = false }: { places?: number; pay?: boolean } = {},
): Promise<(n: number) => BookingWish> {
  const rules = await freshRules(app.booking, app.scope);
  const wished = { appointments: [], event: { eventId, places } };
  const { quoteId } = await quoteWish(app.booking, app.scope, rules, wished, app.booking.now());
  return (n) => ({
    draftId: `draft_${String(n).padStart(12, '0')}_${eventId}`,
    quoteId,
    appointments: [],
    event: { eventId, places, pay },
    client: { name: `Client ${n}`, phone: `+3519120${String(10000 + n).padStart(5, '0')}`, email: '' },
    comment: '',
    language: 'en',
    consent: { terms: true, termsVersion: 1 },
  });
}
