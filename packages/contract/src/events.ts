import { z } from 'zod';
import { prepaymentStates } from './booking.ts';
import { appointmentWishShape, beyondMembershipShape } from './calendar.ts';
import { cancellationPolicyShape } from './cancellation.ts';
import { membershipUses } from './membership-use.ts';
import { amountMinorShape, currencyShape } from './money.ts';
import { policyShape } from './online-payment.ts';
import { appointmentStatuses } from './steps.ts';
import { dayShape, instantShape } from './time.ts';

const idShape = z
  .string()
  .min(3)
  .max(60)
  .regex(/^[A-Za-z0-9_-]+$/);
const versionShape = z.int().min(1).describe('What the change is based on: if somebody else was faster, the answer is changed_meanwhile');
const capacityShape = z.int().min(1).max(1000);
const placesShape = z.int().min(1).max(50);
const titleShape = z.string().trim().max(120).describe("Empty: the service's name");
const descriptionShape = z.string().trim().max(4000);

/** More at once nobody looks through; a series goes on when it is extended. */
export const MOST_DATES = 200;

/** A rule in local time: which days, counted from the first one. What it makes of daylight saving is the location's clock. */
export const repeatShape = z
  .strictObject({
    every: z.enum(['day', 'week']),
    interval: z.int().min(1).max(52),
    weekdays: z.array(z.int().min(1).max(7)).max(7).describe('ISO, 1 = Monday; of every week. Empty: the first day’s'),
    until: dayShape.nullable().describe('The last day it may fall on'),
    count: z.int().min(1).max(MOST_DATES).nullable(),
    except: z.array(dayShape).max(MOST_DATES).describe('Days that are left out; they count as dates'),
  })
  .refine(({ until, count }) => (until === null) !== (count === null), { path: ['until'], message: 'Until a day, or so many times.' });
export type Repeat = z.infer<typeof repeatShape>;

/** `POST …/events`, and `POST …/events/dates` which says what it would make. */
export const eventWishShape = z.strictObject({
  serviceId: idShape,
  staffId: idShape,
  title: titleShape,
  description: descriptionShape,
  day: dayShape.describe('The first one'),
  atMinute: z.int().min(0).max(1439).describe('Minutes after midnight on the wall clock'),
  durationMinutes: z.int().min(5).max(1440),
  capacity: capacityShape,
  repeat: repeatShape.nullable(),
  outsideHours: z.boolean().describe('true: also outside working hours and inside a break (else: outside_hours)'),
});
export type EventWish = z.infer<typeof eventWishShape>;

/** What one date of a wish meets. */
export const eventDateShape = z.object({
  day: dayShape,
  startsAt: instantShape,
  endsAt: instantShape,
  refusal: z.string().nullable().describe('Why it cannot stand there (a MoveRefusal); null: it can'),
  soft: z.boolean().describe('It can all the same with outsideHours'),
  by: z
    .object({ kind: z.enum(['appointment', 'break', 'event']), from: instantShape, to: instantShape, name: z.string() })
    .nullable()
    .describe('What is there'),
});
export type EventDate = z.infer<typeof eventDateShape>;
export const eventDatesShape = z.object({ dates: z.array(eventDateShape) }).meta({ id: 'EventDates' });
export type EventDates = z.infer<typeof eventDatesShape>;

export const salonEventShape = z
  .object({
    id: z.string(),
    version: z.int().describe('Hand it in with a change'),
    seriesId: z.string().nullable(),
    serviceId: z.string(),
    serviceName: z.string(),
    title: z.string().describe("As clients read it: its own, or the service's name"),
    staffId: z.string(),
    staffName: z.string(),
    startsAt: instantShape,
    endsAt: instantShape,
    capacity: z.int(),
    placesTaken: z.int().describe('Held and booked'),
    placesHeld: z.int().describe('Of these: held, not paid yet'),
    placesOffered: z.int().describe('Set aside for who waits'),
    placesLeft: z.int(),
    status: z.enum(['open', 'cancelled']),
    stillToCancel: z.int().describe('Bookings of a cancelled event that are not cancelled yet'),
  })
  .meta({ id: 'SalonEvent' });
export type SalonEvent = z.infer<typeof salonEventShape>;

export const eventsAskedShape = z.object({
  from: dayShape.optional().describe('Left out: today'),
  days: z.coerce.number().int().min(1).max(366).default(60),
  service: idShape.optional(),
});
export const salonEventsShape = z
  .object({ timeZone: z.string(), currency: currencyShape, events: z.array(salonEventShape), now: instantShape })
  .meta({ id: 'SalonEvents' });
export type SalonEvents = z.infer<typeof salonEventsShape>;

/** One booking of an event, in its client list. */
export const eventClientShape = z.object({
  appointmentId: z.string(),
  version: z.int(),
  clientId: z.string().nullable().describe('Null: without the right to see clients'),
  name: z.string(),
  phone: z.string().nullable().describe('Null: without the right to see contacts'),
  email: z.string().nullable(),
  places: z.int(),
  status: z.enum(appointmentStatuses),
  prepayment: z.enum(prepaymentStates),
  costMinor: amountMinorShape,
  paidMinor: amountMinorShape,
  holdExpiresAt: instantShape.nullable(),
  comment: z.string(),
  bookedBy: z.enum(['client', 'staff']),
});
export type EventClient = z.infer<typeof eventClientShape>;

/** `GET …/events/:event`: an event with its client list. Every change of an event answers it anew. */
export const eventPageShape = salonEventShape
  .extend({
    ownTitle: z.string(),
    description: z.string(),
    timeZone: z.string(),
    currency: currencyShape,
    priceMinor: amountMinorShape.describe('Of one place'),
    policy: policyShape,
    day: dayShape,
    atMinute: z.int(),
    durationMinutes: z.int(),
    clients: z.array(eventClientShape).describe('Cancelled and expired ones last'),
    series: z
      .object({
        id: z.string(),
        repeat: z.object({ every: z.enum(['day', 'week']), interval: z.int(), weekdays: z.array(z.int()) }),
        lastDay: dayShape,
        ahead: z.int(),
      })
      .nullable(),
    cancelled: z.object({ at: instantShape, because: z.string(), by: z.string() }).nullable(),
    publicUrl: z.string().describe('Where clients book it'),
    now: instantShape,
  })
  .meta({ id: 'EventPage' });
export type EventPage = z.infer<typeof eventPageShape>;

export const whichEventsShape = z
  .enum(['this', 'following', 'all'])
  .describe('Of its series: this one, this and later ones, or all that are still to come');
export type WhichEvents = z.infer<typeof whichEventsShape>;

/** `PUT …/events/:event`. Who has places keeps them, and is told of another time. Others of its series get the same wall-clock time, as many days earlier or later. */
export const eventChangeShape = z.strictObject({
  version: versionShape,
  which: whichEventsShape,
  staffId: idShape,
  title: titleShape,
  description: descriptionShape,
  day: dayShape,
  atMinute: z.int().min(0).max(1439),
  durationMinutes: z.int().min(5).max(1440),
  capacity: capacityShape,
  outsideHours: z.boolean(),
});
export type EventChange = z.infer<typeof eventChangeShape>;

/** `PUT …/events/:event/time`: what a drag on the calendar asks for. */
export const eventTimeShape = z.strictObject({
  version: versionShape,
  staffId: idShape,
  startsAt: instantShape,
  durationMinutes: z.int().min(5).max(1440),
  outsideHours: z.boolean(),
});
export type EventTime = z.infer<typeof eventTimeShape>;

/** `POST …/events/:event/cancellation`: closed at once; its bookings are cancelled one after the other, and what was paid is proposed for refund. */
export const eventCancellationShape = z.strictObject({ version: versionShape, which: whichEventsShape, because: z.string().trim().max(300) });
export type EventCancellation = z.infer<typeof eventCancellationShape>;

/** `POST …/events/:event/places`: staff book for a client. */
export const placesWishShape = z.strictObject({
  client: appointmentWishShape.shape.client,
  places: placesShape,
  comment: z.string().max(1000),
});
export type PlacesWish = z.infer<typeof placesWishShape>;

/** `PUT …/events/:event/places/:appointment`: more or fewer places, or another event of the same service. */
export const placesChangeShape = z.strictObject({
  version: versionShape,
  places: placesShape,
  eventId: idShape,
  beyondMembership: beyondMembershipShape,
  visitsBack: z.boolean().default(false).describe('Of places that a membership pays for and that are cut late: its visits come back all the same'),
});
export type PlacesChange = z.infer<typeof placesChangeShape>;

/** `POST …/event-series/:series/extension`: on by the same rule. Days whose time is taken are refused unless they are named. */
export const seriesExtensionShape = z.strictObject({ until: dayShape, except: z.array(dayShape).max(MOST_DATES), outsideHours: z.boolean() });
export type SeriesExtension = z.infer<typeof seriesExtensionShape>;

/** `GET /api/v1/locations/:chain/:location/events`: what clients may book. */
export const publicEventsAskedShape = z.object({
  from: dayShape.optional().describe('Left out: today'),
  to: dayShape.optional().describe('Left out: the location’s last bookable day'),
  service: idShape.optional(),
});
export const publicEventShape = z
  .object({
    id: z.string(),
    serviceId: z.string(),
    serviceName: z.string(),
    title: z.string(),
    description: z.string(),
    staffId: z.string(),
    staffName: z.string(),
    startsAt: instantShape,
    endsAt: instantShape,
    placesLeft: z.int().describe('0: full'),
    waiting: z.int().describe('Parties on its waiting list'),
    priceMinMinor: amountMinorShape.describe('Of one place'),
    priceMaxMinor: amountMinorShape,
    policy: policyShape,
    membership: z.enum(membershipUses).describe('The mark to show: payment = no mark'),
    cancellation: cancellationPolicyShape.nullable().describe('Its service’s own; null: as the location'),
  })
  .meta({ id: 'PublicEvent' });
export type PublicEvent = z.infer<typeof publicEventShape>;
export const publicEventsShape = z.object({ events: z.array(publicEventShape), now: instantShape }).meta({ id: 'PublicEvents' });
export type PublicEvents = z.infer<typeof publicEventsShape>;

/** What `GET …/events/live` (server-sent events) says. */
export const eventsMessageShape = z.discriminatedUnion('kind', [
  z
    .object({ kind: z.literal('places'), left: z.record(z.string(), z.int().min(0)), now: instantShape })
    .describe('Places left, by event: first of all of them, then of those where it has changed'),
  z.object({ kind: z.literal('events') }).describe('Another event, or another time, price or name: read the events again'),
  z.object({ kind: z.literal('still') }).describe('Nothing: the line stands'),
]);
export type EventsMessage = z.infer<typeof eventsMessageShape>;
