import { z } from 'zod';
import { bookingWishShape, draftIdShape, quoteShape } from './booking.ts';
import { appointmentWishShape } from './calendar.ts';
import { clientLanguageShape } from './session.ts';
import { dayShape, instantShape } from './time.ts';
import { waitingPromises, waitingStatuses, waitingSteps } from './waiting-words.ts';

const idShape = z
  .string()
  .min(3)
  .max(60)
  .regex(/^[A-Za-z0-9_-]+$/);
const minuteShape = z.int().min(0).max(1440);

const joining = {
  draftId: draftIdShape.describe('Random, one per entry; the phone is confirmed for it. Joining again with it answers the same entry'),
  client: bookingWishShape.shape.client,
  comment: bookingWishShape.shape.comment,
  language: clientLanguageShape,
  link: z.string().max(60).optional().describe('The booking link’s slug; left out: the location’s default'),
  consent: bookingWishShape.shape.consent,
  phoneConfirmation: z
    .string()
    .max(200)
    .optional()
    .describe('What confirming the phone answered. Needed for a promise, and where the link demands it'),
};

const promiseShape = z
  .discriminatedUnion('by', [
    z.strictObject({ by: z.literal('pay') }),
    z.strictObject({
      by: z.literal('account'),
      typeId: idShape.nullable().describe('Of the client’s account; null: the ordinary one'),
      quoteId: z.string().min(1).max(200).describe('The deal that is agreed to: nothing is taken by another one'),
    }),
    z.strictObject({ by: z.literal('membership'), quoteId: z.string().min(1).max(200) }),
  ])
  .describe('pay: an offer has to be taken before its deadline. account, membership: it is taken at once, on the client’s behalf');

/** `POST /api/v1/locations/:chain/:location/events/:event/waiting` */
export const waitingWishShape = z.strictObject({
  ...joining,
  places: z.int().min(1).max(50),
  promise: promiseShape,
});
export type WaitingWish = z.infer<typeof waitingWishShape>;

/** `POST /api/v1/locations/:chain/:location/waiting`: services on a day, whenever time for them becomes free. */
export const dayWaitingWishShape = z.strictObject({
  ...joining,
  serviceIds: z.array(idShape).min(1).max(8),
  staffId: idShape.nullable().describe('null = any team member'),
  day: dayShape.describe('By the location’s clock'),
  fromMinute: minuteShape.nullable().describe('Begins not before; minutes after midnight'),
  toMinute: minuteShape.nullable().describe('Begins not after'),
  promise: promiseShape.optional().describe('Left out: pay'),
});
export type DayWaitingWish = z.infer<typeof dayWaitingWishShape>;

/** `GET /api/v1/waiting/:token`: the page of an entry, `/waiting/:token`. Joining, passing and leaving answer it too. */
export const waitingEntryShape = z
  .object({
    token: z.string().describe('Opens the entry: whoever has it may take an offer, pass it on, leave'),
    url: z.string().describe('Its page'),
    status: z.enum(waitingStatuses),
    chain: z.object({ slug: z.string(), name: z.string() }),
    location: z.object({ slug: z.string(), name: z.string(), address: z.string(), phone: z.string(), timeZone: z.string() }),
    linkSlug: z.string().describe('The booking link it came by'),
    language: z.string(),
    client: z.object({ name: z.string(), phone: z.string(), email: z.string(), comment: z.string() }),
    event: z
      .object({
        id: z.string(),
        title: z.string(),
        staffName: z.string(),
        startsAt: instantShape,
        endsAt: instantShape,
        cancelled: z.boolean(),
      })
      .nullable()
      .describe('null: a day is waited for'),
    day: z
      .object({
        day: dayShape,
        services: z.array(z.object({ id: z.string(), name: z.string() })),
        staffId: z.string().nullable(),
        staffName: z.string().nullable(),
        fromMinute: z.int().nullable(),
        toMinute: z.int().nullable(),
      })
      .nullable(),
    places: z.int(),
    promise: z.enum(waitingPromises),
    ahead: z.object({ parties: z.int(), places: z.int() }).nullable().describe('Who is before them in line; null: they wait no longer'),
    offer: z
      .object({
        until: instantShape.describe('Its deadline; then it goes to the next'),
        startsAt: instantShape,
        staffName: z.string(),
        quote: quoteShape.nullable().describe('Hand in its quoteId with taking it; null: it cannot be booked online just now'),
        termsVersion: z.int(),
        consentVersion: z.int().describe('Of the booking link, for `consent.link`'),
        agreed: z.boolean().describe('Both are what was agreed to when joining: nothing has to be asked again'),
        confirmPhone: z.boolean().describe('The phone has to be confirmed first, for `draftId`'),
      })
      .nullable(),
    draftId: z.string().describe('To confirm the phone for, and of the booking that is made of an offer'),
    booking: z.object({ token: z.string(), url: z.string() }).nullable().describe('What was made of the offer'),
    joinedAt: instantShape,
    now: instantShape,
  })
  .meta({ id: 'WaitingEntry' });
export type WaitingEntry = z.infer<typeof waitingEntryShape>;

/** `POST /api/v1/waiting/:token/take`: the offer becomes a booking, which is answered; it is paid as any other. A second time answers the same booking. */
export const offerTakenShape = z.strictObject({
  quoteId: bookingWishShape.shape.quoteId,
  pay: z.boolean().describe('Where paying is "available": whether its box is ticked'),
  cover: z.boolean().optional().describe('A membership is to cover it'),
  accountPart: bookingWishShape.shape.accountPart,
  phoneConfirmation: bookingWishShape.shape.phoneConfirmation,
  consent: bookingWishShape.shape.consent,
  analytics: bookingWishShape.shape.analytics,
});
export type OfferTaken = z.infer<typeof offerTakenShape>;

/** One entry as staff see it, in the order of the line. */
export const waitingInLineShape = z.object({
  id: z.string(),
  lineNo: z.int().describe('Given when they joined; nobody changes it'),
  position: z.int().nullable().describe('Among those who wait or have an offer; null: they wait no longer'),
  name: z.string().describe('Empty without the right to see clients'),
  phone: z.string().nullable().describe('Null: without the right to see contacts'),
  places: z.int(),
  promise: z.enum(waitingPromises),
  status: z.enum(waitingStatuses),
  offeredUntil: instantShape.nullable(),
  offeredStartsAt: instantShape.nullable().describe('Of a day: the time that is set aside'),
  services: z.array(z.string()).describe('Of a day: their names'),
  staffName: z.string().nullable(),
  fromMinute: z.int().nullable(),
  toMinute: z.int().nullable(),
  byStaff: z.boolean(),
  appointmentId: z.string().nullable().describe('What was made of the offer'),
  joinedAt: instantShape,
});
export type WaitingInLine = z.infer<typeof waitingInLineShape>;

export const waitingLogLineShape = z.object({
  no: z.string().describe('In the order in which it happened'),
  at: instantShape,
  entryId: z.string(),
  lineNo: z.int(),
  name: z.string(),
  what: z.enum(waitingSteps),
  detail: z.record(z.string(), z.unknown()).describe('offered: until. skipped: places, free. promise_failed: reason. removed: by, because'),
});

/** `GET …/events/:event/waiting` and `GET …/waiting?day=`: the line, and everything that happened to it, newest first. */
export const waitingLineShape = z
  .object({
    timeZone: z.string(),
    offerMinutes: z.int(),
    entries: z.array(waitingInLineShape).describe('Who waits first, in order; then the others'),
    log: z.array(waitingLogLineShape),
    now: instantShape,
  })
  .meta({ id: 'WaitingLine' });
export type WaitingLine = z.infer<typeof waitingLineShape>;

/** What `GET /api/v1/waiting/:token/live` (server-sent events) says. */
export const waitingMessageShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('entry') }).describe('Read the entry: said first, and when its place, its offer or its event has changed'),
  z.object({ kind: z.literal('still') }).describe('Nothing: the line stands'),
]);
export type WaitingMessage = z.infer<typeof waitingMessageShape>;

export const dayLineAskedShape = z.object({ day: dayShape });

/** `POST …/events/:event/waiting`: staff put a client at the end of the line. */
export const waitingByStaffShape = z.strictObject({ client: appointmentWishShape.shape.client, places: z.int().min(1).max(50) });
export type WaitingByStaff = z.infer<typeof waitingByStaffShape>;

/** `POST …/waiting`: for a day. */
export const dayWaitingByStaffShape = z.strictObject({
  client: appointmentWishShape.shape.client,
  serviceIds: dayWaitingWishShape.shape.serviceIds,
  staffId: dayWaitingWishShape.shape.staffId,
  day: dayWaitingWishShape.shape.day,
  fromMinute: dayWaitingWishShape.shape.fromMinute,
  toMinute: dayWaitingWishShape.shape.toMinute,
});
export type DayWaitingByStaff = z.infer<typeof dayWaitingByStaffShape>;

/** `POST …/waiting/:entry/removal` */
export const waitingRemovalShape = z.strictObject({ because: z.string().trim().max(300) });
