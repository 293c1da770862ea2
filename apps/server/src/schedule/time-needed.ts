import type { Catalog, Offer } from '../catalog/catalog.ts';
import { MINUTE_MS } from './local-day.ts';

/** What services back to back with one person take. The person is busy from start − before until start + length + after. */
export interface TimeNeeded {
  /** One per service, in the order they are done. */
  readonly offers: readonly Offer[];
  readonly beforeMs: number;
  readonly lengthMs: number;
  readonly afterMs: number;
}

/** A row in `occupancy` is at most this long; so nothing longer can be booked. */
export const LONGEST_OCCUPANCY_MS = 26 * 60 * MINUTE_MS;

/**
 * The length is the sum of that person's own durations. Buffers count only at the outer ends (before the first service, after the last):
 * between two services of one client nobody leaves and nobody comes. Undefined: this person does not offer that to clients, it is an event's service,
 * or it takes longer than a day.
 */
export function timeNeeded(catalog: Catalog, staffId: string, serviceIds: readonly string[]): TimeNeeded | undefined {
  const theirs = catalog.offers.get(staffId);
  const offers: Offer[] = [];
  let minutes = 0;
  for (const serviceId of serviceIds) {
    const offer = theirs?.get(serviceId);
    if (!offer?.online || catalog.services.get(serviceId)?.kind === 'event') return undefined;
    offers.push(offer);
    minutes += offer.durationMinutes;
  }
  const first = offers[0];
  const last = offers.at(-1);
  if (!first || !last) return undefined;
  const needed = {
    offers,
    beforeMs: first.bufferBeforeMinutes * MINUTE_MS,
    lengthMs: minutes * MINUTE_MS,
    afterMs: last.bufferAfterMinutes * MINUTE_MS,
  };
  return needed.beforeMs + needed.lengthMs + needed.afterMs <= LONGEST_OCCUPANCY_MS ? needed : undefined;
}
