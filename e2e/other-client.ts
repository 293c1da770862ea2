import { randomUUID } from 'node:crypto';
import type { Booking, BookingWish, Quote } from '@holdfast/contract/booking';
import type { FreeTimes } from '@holdfast/contract/free-times';
import { ask } from './running-demo.ts';

export interface WantedTime {
  /** `kyiv` or `lisbon`. */
  readonly salon: string;
  readonly serviceId: string;
  readonly staffId: string;
  readonly startsAt: string;
}

/** Somebody else, quicker than any browser: books through the documented HTTP API and pays at the salon. */
export async function someoneElseBooks(origin: string, { salon, serviceId, staffId, startsAt }: WantedTime): Promise<Booking> {
  const address = `${origin}/api/v1/locations/demo/${salon}`;
  const wanted = { serviceIds: [serviceId], staffId, startsAt };
  const { quoteId } = (await ask(`${address}/quotes`, 'POST', { appointments: [wanted] })) as Quote;
  const wish: BookingWish = {
    draftId: randomUUID(),
    quoteId,
    appointments: [{ ...wanted, payServiceIds: [] }],
    client: { name: 'Someone quicker', phone: '+351 912 010 999', email: '' },
    comment: '',
    language: 'en',
    consent: { terms: true, termsVersion: 1 },
  };
  return (await ask(`${address}/bookings`, 'POST', wish)) as Booking;
}

/** Whether that time is offered to everybody just now. */
export async function isOffered(origin: string, { salon, serviceId, staffId, startsAt }: WantedTime): Promise<boolean> {
  const query = new URLSearchParams({ services: serviceId, staff: staffId, from: startsAt.slice(0, 10), days: '2' });
  const { days } = (await ask(`${origin}/api/v1/locations/demo/${salon}/free-times?${query}`)) as FreeTimes;
  return days.some(({ times }) => times.some(({ at }) => Date.parse(at) === Date.parse(startsAt)));
}

export async function bookingAsItStands(origin: string, token: string): Promise<Booking> {
  return (await ask(`${origin}/api/v1/bookings/${token}`)) as Booking;
}
