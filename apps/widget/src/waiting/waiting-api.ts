import type { Booking } from '@holdfast/contract/booking';
import type { DayWaitingWish, OfferTaken, WaitingEntry, WaitingWish } from '@holdfast/contract/waiting';
import { type Answer, ask, type LocationAddress } from '../api.ts';

const at = ({ chain, location }: LocationAddress) => `/api/v1/locations/${encodeURIComponent(chain)}/${encodeURIComponent(location)}`;
const entry = (token: string) => `/api/v1/waiting/${encodeURIComponent(token)}`;

export function joinEventLine(place: LocationAddress, eventId: string, wish: WaitingWish): Promise<Answer<WaitingEntry>> {
  return ask('POST', `${at(place)}/events/${encodeURIComponent(eventId)}/waiting`, wish);
}

export function joinDayLine(place: LocationAddress, wish: DayWaitingWish): Promise<Answer<WaitingEntry>> {
  return ask('POST', `${at(place)}/waiting`, wish);
}

export function askEntry(token: string): Promise<Answer<WaitingEntry>> {
  return ask('GET', entry(token));
}

/** For `follow`. */
export const entryStream = (token: string) => `${entry(token)}/live`;

export function takeOffer(token: string, taken: OfferTaken): Promise<Answer<Booking>> {
  return ask('POST', `${entry(token)}/take`, taken);
}

/** `pass`: what is offered goes to the next. `leave`: whoever waits does so no longer. */
export function goAway(token: string, how: 'pass' | 'leave'): Promise<Answer<WaitingEntry>> {
  return ask('POST', `${entry(token)}/${how}`);
}
