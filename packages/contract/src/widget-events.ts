/**
 * What the booking widget tells of, in the order of a booking. An embedding page hears each as a `CustomEvent` named `holdfast:<name>`, from the widget's
 * element and bubbling; Google Analytics gets the same, where a booking link has a measurement ID and the client has agreed. A change that breaks who
 * listens is another version. No zod here: the widget is made of it.
 */
export const widgetEventsVersion = 1;

export const widgetEvents = [
  'widget_loaded',
  'location_selected',
  'service_selected',
  'staff_selected',
  'datetime_selected',
  'event_selected',
  'contact_details_submitted',
  'phone_confirmed',
  'payment_started',
  'booked',
  'payment_completed',
  'payment_expired',
  'booking_cancelled',
] as const;
export type WidgetEventName = (typeof widgetEvents)[number];

/** Something that is, or may be, booked. */
export interface EventItem {
  readonly id: string;
  readonly name: string;
  readonly category?: string;
  readonly priceMinor: number;
  /** Places at a group event; else 1. */
  readonly quantity: number;
  readonly staffId?: string | undefined;
}

/** The facts of an event; never who the client is. */
export interface WidgetEventFacts {
  readonly chain: string;
  readonly location: string;
  /** The booking link's slug. */
  readonly link: string;
  readonly currency: string;
  /** Minor units of the currency; left out where nothing has a price yet. */
  readonly valueMinor?: number;
  readonly items?: readonly EventItem[];
  /** Names a booking, and for `payment_completed` a payment: the same at every telling. */
  readonly transactionId?: string;
  readonly staffId?: string;
  readonly startsAt?: string;
  readonly eventId?: string;
}

/** The `detail` of the `CustomEvent`. */
export interface WidgetEventDetail extends WidgetEventFacts {
  readonly version: typeof widgetEventsVersion;
  readonly name: WidgetEventName;
}

declare global {
  interface HTMLElementEventMap extends Record<`holdfast:${WidgetEventName}`, CustomEvent<WidgetEventDetail>> {}
}
