import { z } from 'zod';
import { prepaymentStates } from './booking.ts';
import { amountMinorShape, currencyShape } from './money.ts';
import { appointmentStatuses, attemptStatuses, staffSteps } from './steps.ts';
import { dayShape, instantShape } from './time.ts';

/** Why an appointment can be neither paid once more nor changed in price, services or time just now (A11). */
export const paymentUnderWayShape = z
  .object({
    attemptStatus: z.enum(attemptStatuses),
    blockedUntil: instantShape.nullable().describe('Until then nothing may be changed (15 minutes after the client opened the link); null: no block'),
    payableUntil: instantShape,
  })
  .meta({ id: 'PaymentUnderWay' });

/** One block of the Appointment Calendar. */
export const calendarAppointmentShape = z
  .object({
    id: z.string(),
    version: z.int().describe('Hand it in with a change: if somebody else was faster, the answer is changed_meanwhile'),
    staffId: z.string(),
    status: z.enum(appointmentStatuses),
    prepayment: z.enum(prepaymentStates),
    startsAt: instantShape,
    endsAt: instantShape,
    busyFrom: instantShape.describe('With the buffers before and after'),
    busyTo: instantShape,
    clientId: z.string().nullable().describe('Null: without the right to see clients'),
    clientName: z.string(),
    clientPhone: z.string().nullable().describe('Null: without the right to see contacts'),
    serviceIds: z.array(z.string()),
    serviceNames: z.array(z.string()),
    hasComment: z.boolean(),
    anyStaff: z.boolean().describe('The client did not choose whom'),
    costMinor: amountMinorShape.describe('What the visit costs'),
    paidMinor: amountMinorShape,
    holdExpiresAt: instantShape.nullable(),
    payment: paymentUnderWayShape.nullable(),
  })
  .meta({ id: 'CalendarAppointment' });
export type CalendarAppointment = z.infer<typeof calendarAppointmentShape>;

const minutesShape = z.object({ from: z.int(), to: z.int() }).describe('Local wall-clock minutes from midnight, half open');

/** `GET …/calendar?from=2026-11-21&days=1`: everything the board of these days is made of. Expired and cancelled appointments are left out. */
export const calendarShape = z
  .object({
    timeZone: z.string(),
    stepMinutes: z.int(),
    days: z.array(
      z.object({
        day: dayShape,
        startsAt: instantShape.describe('Local midnight; a day has 23 or 25 hours twice a year'),
        endsAt: instantShape,
      }),
    ),
    staff: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          position: z.string(),
          color: z.string(),
          archived: z.boolean(),
          hours: z.array(z.object({ day: dayShape, works: z.array(minutesShape), breaks: z.array(minutesShape) })),
          serviceIds: z.array(z.string()).describe('What they do: a move to somebody who does not is refused'),
        }),
      )
      .describe('Columns in the owner’s order; archived ones only where they have an appointment'),
    appointments: z.array(calendarAppointmentShape),
    blocks: z.array(z.object({ staffId: z.string(), kind: z.enum(['break', 'event']), from: instantShape, to: instantShape })),
    events: z
      .array(
        z.object({
          id: z.string(),
          version: z.int(),
          staffId: z.string(),
          serviceId: z.string(),
          title: z.string(),
          startsAt: instantShape,
          endsAt: instantShape,
          busyFrom: instantShape,
          busyTo: instantShape,
          capacity: z.int(),
          placesTaken: z.int(),
          placesOffered: z.int().describe('Set aside for who waits'),
        }),
      )
      .describe('Group events: one block each, instead of their bookings'),
    now: instantShape,
  })
  .meta({ id: 'Calendar' });
export type Calendar = z.infer<typeof calendarShape>;
export type CalendarEvent = Calendar['events'][number];

/** `GET …/appointments?ids=apt_1,apt_2`: what a live message named, whatever its status is by now. What is not in the answer is not to be seen (any more). */
export const calendarAppointmentsShape = z
  .object({ appointments: z.array(calendarAppointmentShape), now: instantShape })
  .meta({ id: 'CalendarAppointments' });
export type CalendarAppointments = z.infer<typeof calendarAppointmentsShape>;
export const appointmentsAskedShape = z.object({ ids: z.string().min(1).max(8000).describe('At most 100, separated by commas') });

export const calendarAskedShape = z.object({ from: dayShape, days: z.coerce.number().int().min(1).max(7) });

const idShape = z
  .string()
  .min(3)
  .max(60)
  .regex(/^[A-Za-z0-9_-]+$/);
const versionShape = z.int().min(1);
/** Staff may book outside working hours, when they say that they mean it. */
export const beyondMembershipShape = z
  .boolean()
  .optional()
  .describe('true: also where the membership that pays for it is over by then; it pays all the same (else: membership_not_usable)');
const outsideHoursShape = z.boolean().describe('true: also outside working hours and inside a break (else: outside_hours)');

/** A service of an appointment as staff set it; `costMinor` null = its minimum price with this team member (A3). */
const wantedServiceShape = z.strictObject({ serviceId: idShape, costMinor: amountMinorShape.nullable() });

/** `POST …/appointments`: staff book for a client. Nothing is held and nothing is asked for online; a payment link can be sent afterwards. */
export const appointmentWishShape = z.strictObject({
  client: z.union([
    z.strictObject({ clientId: idShape }),
    z.strictObject({
      name: z.string().trim().min(1).max(120),
      phone: z.string().trim().max(40).describe('May be empty; national numbers are read in the location’s country'),
      email: z.union([z.email().max(200), z.literal('')]),
    }),
  ]),
  staffId: idShape,
  startsAt: instantShape,
  services: z.array(wantedServiceShape).min(1).max(8),
  durationMinutes: z.int().min(5).max(1440).nullable().describe('null: as long as its services take'),
  comment: z.string().max(1000),
  outsideHours: outsideHoursShape,
});
export type AppointmentWish = z.infer<typeof appointmentWishShape>;

/** `PUT …/appointments/:id/time`: move and resize. Its money stays with it. */
export const timeWishShape = z.strictObject({
  version: versionShape,
  staffId: idShape,
  startsAt: instantShape,
  durationMinutes: z.int().min(5).max(1440),
  outsideHours: outsideHoursShape,
  beyondMembership: beyondMembershipShape,
});
export type TimeWish = z.infer<typeof timeWishShape>;

/** `PUT …/appointments/:id/services`: what is done and what it costs. Changes its length to what the services take, unless `durationMinutes` says otherwise. */
export const servicesWishShape = z.strictObject({
  version: versionShape,
  services: z.array(wantedServiceShape).min(1).max(8),
  durationMinutes: z.int().min(5).max(1440).nullable(),
  outsideHours: outsideHoursShape,
});
export type ServicesWish = z.infer<typeof servicesWishShape>;

/** `PUT …/appointments/:id/comment` */
export const commentWishShape = z.strictObject({ version: versionShape, comment: z.string().max(1000) });

/** `POST …/appointments/:id/steps`: confirm, arrive, no-show, each with its undo. */
export const stepWishShape = z.strictObject({ version: versionShape, step: z.enum(staffSteps) });

/** `POST …/appointments/:id/cancellation`. No money moves by itself (B4): what was paid is proposed for refund. */
export const cancellationWishShape = z.strictObject({
  version: versionShape,
  because: z.string().max(300),
  refund: z.enum(['policy', 'all', 'nothing']).default('policy').describe('What is proposed to go back: as the terms say, all, nothing'),
});

/** `GET …/appointments/:id`: the booking window. Every change of an appointment answers it anew. */
export const appointmentShape = calendarAppointmentShape
  .extend({
    bookingId: z.string(),
    locationId: z.string(),
    event: z.object({ id: z.string(), title: z.string(), places: z.int() }).nullable().describe('Places at a group event: its time is the event’s'),
    currency: currencyShape,
    timeZone: z.string(),
    staffName: z.string(),
    client: z
      .object({ id: z.string(), name: z.string(), phone: z.string().nullable(), email: z.string().nullable(), visits: z.int(), noShows: z.int() })
      .nullable(),
    services: z.array(
      z.object({
        serviceId: z.string(),
        name: z.string(),
        durationMinutes: z.int(),
        priceMinMinor: amountMinorShape,
        priceMaxMinor: amountMinorShape,
        costMinor: amountMinorShape.describe('What it costs in this visit'),
        pay: z.enum(['required', 'ticked', 'later', 'membership']),
      }),
    ),
    durationMinutes: z.int(),
    comment: z.string(),
    clientComment: z.string().describe('What the client wrote when booking'),
    prepaymentMinor: amountMinorShape.describe('What was asked for online'),
    bookedBy: z.enum(['client', 'staff']),
    createdAt: instantShape,
    clientPageUrl: z.string().describe("The client's own page"),
    otherAppointments: z.array(z.object({ id: z.string(), startsAt: instantShape, staffName: z.string(), status: z.enum(appointmentStatuses) })),
    changes: z
      .array(
        z.object({
          no: z.int(),
          at: instantShape,
          what: z.string(),
          by: z.string().describe('client, clock, payment, or a user’s name'),
          detail: z.record(z.string(), z.unknown()),
        }),
      )
      .describe('Newest first'),
    steps: z.array(z.enum(staffSteps)).describe('What may be done from here'),
    lockedBecause: z.enum(['payment_in_progress', 'over']).nullable().describe('Why time, services and price cannot be changed now'),
  })
  .meta({ id: 'Appointment' });
export type Appointment = z.infer<typeof appointmentShape>;

/** What `GET …/live` (server-sent events) says: which things have changed; whoever shows them reads them anew. A `hello` opens every stream. */
export const liveMessageShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hello'), now: instantShape }),
  z.object({ kind: z.literal('appointments'), ids: z.array(z.string()) }),
  z.object({ kind: z.literal('settings') }),
  z.object({ kind: z.literal('money') }).describe('On the stream of figures: money has come or gone, a visit has changed, or a day was closed'),
]);
export type LiveMessage = z.infer<typeof liveMessageShape>;
