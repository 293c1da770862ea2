import { randomInt, randomUUID } from 'node:crypto';
import type { Booking, PaymentStarted } from '@holdfast/contract/booking';
import type { SimulatedClient } from '@holdfast/contract/simulation';
import { invariant } from '../kit/problem.ts';
import { askHouse, openPaymentPage } from './ask-house.ts';
import type { Visit } from './choose-visit.ts';
import type { Notes } from './notes.ts';
import type { House } from './open-house.ts';
import { bookingOf, type Cast, newestPaymentOf } from './store.ts';

const names = {
  en: { first: 'First client', second: 'Second client' },
  uk: { first: 'Перший клієнт', second: 'Другий клієнт' },
  pt: { first: 'Primeiro cliente', second: 'Segundo cliente' },
} as const;

interface Booked {
  readonly token: string;
  readonly appointmentId: string;
  readonly bookingId: string;
}

/** The clients of a story, as their browsers act. */
export function createPeople(house: House, visit: Visit, notes: Notes) {
  const { app, entrance } = house;
  const booked = new Map<SimulatedClient, Booked>();
  const byLink = visit.way === 'link';
  const linkOf = ({ appointmentId }: Booked) => app.booking.links.urlOf(house.scope.chainId, appointmentId);

  const of = (who: SimulatedClient): Booked => {
    const found = booked.get(who);
    invariant(found, `the ${who} client of a story has booked`);
    return found;
  };
  const castOf = (who: readonly SimulatedClient[], strangers: readonly string[]): Cast => {
    const those = who.flatMap((one) => booked.get(one) ?? []);
    return { bookingIds: those.map((one) => one.bookingId), appointmentIds: those.map((one) => one.appointmentId), strangers };
  };

  return {
    async book(who: SimulatedClient): Promise<void> {
      const { status, body } = await askHouse<Booking & { code: string }>(house, 'POST', `${house.place}/bookings`, {
        draftId: `draft_${randomUUID().replaceAll('-', '')}`,
        quoteId: visit.quote.quoteId,
        appointments: [
          {
            serviceIds: [visit.service.id],
            staffId: visit.staff.id,
            startsAt: visit.startsAt,
            payServiceIds: visit.way === 'available' ? [visit.service.id] : [],
          },
        ],
        client: { name: names[visit.language][who], phone: `+351912${String(randomInt(1_000_000)).padStart(6, '0')}`, email: `${who}@example.com` },
        comment: '',
        language: visit.language,
        consent: { terms: true, termsVersion: visit.termsVersion },
      });
      if (status >= 300) return notes.client({ who, what: 'refused', code: body.code });
      const appointmentId = body.appointments[0]?.id ?? '';
      const bookingId = (await bookingOf(app.payments.db.read, appointmentId)) ?? '';
      booked.set(who, { token: body.token, appointmentId, bookingId });
      notes.client({ who, what: 'booked', code: null });
    },

    async goToPay(who: SimulatedClient, what: 'goes_to_pay' | 'second_tab'): Promise<void> {
      const client = of(who);
      const path = byLink ? `payment-links/${linkOf(client).split('/').at(-1)}/payments` : `bookings/${client.token}/payments`;
      const { status, body } = await askHouse<PaymentStarted & { code: string }>(house, 'POST', path);
      notes.client({ who, what: status === 200 ? what : 'refused', code: status === 200 ? null : body.code });
      if (status === 200 && !(await openPaymentPage(house, body.pageUrl))) notes.client({ who, what: 'refused', code: 'page_broken' });
    },

    async comeBack(who: SimulatedClient): Promise<void> {
      const client = of(who);
      if (byLink) await (await fetch(`${entrance.origin}${new URL(linkOf(client)).pathname}?from=payment`)).body?.cancel();
      else await askHouse<Booking>(house, 'POST', `bookings/${client.token}/payment-checks`);
      notes.client({ who, what: 'comes_back', code: null });
    },

    async cancel(who: SimulatedClient): Promise<void> {
      const { status, body } = await askHouse<{ code: string }>(house, 'POST', `bookings/${of(who).token}/cancellation`);
      notes.client({ who, what: status === 200 ? 'cancelled' : 'refused', code: status === 200 ? null : body.code });
    },

    paymentOf: async (who: SimulatedClient) => newestPaymentOf(app.payments.db.read, of(who).appointmentId),
    cast: (strangers: readonly string[]) => castOf(['first', 'second'], strangers),
    castOfFirst: (strangers: readonly string[]) => castOf(['first'], strangers),
    whoseIs(id: string): SimulatedClient | null {
      for (const [who, { appointmentId, bookingId }] of booked) if (id === appointmentId || id === bookingId) return who;
      return null;
    },
  };
}
