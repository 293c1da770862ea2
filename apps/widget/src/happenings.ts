import type { Booking, BookingWish, Quote } from '@holdfast/contract/booking';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { WidgetEventFacts, WidgetEventName } from '@holdfast/contract/widget-events';
import type { BookingDraft, DraftAction } from './booking-draft.ts';

/** What has happened in the widget, as it happened; what is told of it is worked out in telling/, which nobody waits for. */
export type Happening =
  | { kind: 'loaded'; page: LocationPage }
  | { kind: 'chose'; page: LocationPage; draft: BookingDraft; action: DraftAction }
  | { kind: 'booked'; page: LocationPage; booking: Booking; quote: Quote }
  | { kind: 'paying' | 'seen' | 'cancelled'; booking: Booking }
  /** Anything else there is a name for. */
  | { kind: 'told'; name: WidgetEventName; page: LocationPage; facts?: Partial<WidgetEventFacts>; once?: string };

const before: Happening[] = [];
let listener: ((happening: Happening) => void) | undefined;

export function happened(happening: Happening): void {
  if (listener) listener(happening);
  else before.push(happening);
}

/** From now on this one hears of everything, and of what was before. */
export function hear(who: (happening: Happening) => void): void {
  listener = who;
  for (const happening of before.splice(0)) who(happening);
}

/** What Google calls this browser and this visit; only with the client's consent. */
export const measured: { by?: BookingWish['analytics'] } = {};
