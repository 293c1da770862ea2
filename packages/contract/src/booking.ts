import { z } from 'zod';
import { cancellationQuoteShape, seenQuoteShape } from './cancellation.ts';
import { membershipUses } from './membership-use.ts';
import { amountMinorShape, currencyShape } from './money.ts';
import { policyShape } from './online-payment.ts';
import { clientLanguageShape } from './session.ts';
import { appointmentStatuses, attemptStatuses } from './steps.ts';
import { instantShape } from './time.ts';
import { lookShape } from './widget-settings.ts';

const idShape = z
  .string()
  .min(3)
  .max(60)
  .regex(/^[A-Za-z0-9_-]+$/);

/** One appointment a client would like: services back to back with one team member. */
export const wishedAppointmentShape = z.strictObject({
  serviceIds: z.array(idShape).min(1).max(8),
  staffId: idShape.nullable().describe('null = any team member'),
  startsAt: instantShape,
});
export type WishedAppointment = z.infer<typeof wishedAppointmentShape>;

/** Places at a group event (B1). */
export const wishedEventShape = z.strictObject({ eventId: idShape, places: z.int().min(1).max(50) });
export type WishedEvent = z.infer<typeof wishedEventShape>;

const ONE_OR_THE_OTHER = 'Either appointments or places at an event';
const oneOrTheOther = ({ appointments, event }: { appointments: readonly unknown[]; event?: unknown }) =>
  appointments.length > 0 === (event === undefined);

/** `POST …/quotes`: what would this cost, and what would have to be paid now? Changes nothing. */
export const quoteAskedShape = z
  .strictObject({ appointments: z.array(wishedAppointmentShape).max(5), event: wishedEventShape.optional() })
  .refine(oneOrTheOther, ONE_OR_THE_OTHER);

export const quotedServiceShape = z.object({
  serviceId: z.string(),
  name: z.string(),
  durationMinutes: z.int(),
  priceMinMinor: amountMinorShape,
  priceMaxMinor: amountMinorShape,
  policy: policyShape,
  membership: z.enum(membershipUses),
  prepayMinor: amountMinorShape.describe('What paying online for it costs: the minimum price (A3). 0 when not offered.'),
});
export const quoteShape = z
  .object({
    quoteId: z.string().describe('Names this deal: hand it in with the booking. If the deal differs by then, the answer is quote_changed.'),
    currency: currencyShape,
    appointments: z.array(
      z.object({
        startsAt: instantShape,
        endsAt: instantShape,
        staffId: z.string().nullable(),
        staffName: z.string().nullable(),
        eventId: z.string().nullable().describe('A group event; else null'),
        places: z.int().describe('At an event; else 1. Prices are for all of them'),
        services: z.array(quotedServiceShape),
        priceMinMinor: amountMinorShape,
        priceMaxMinor: amountMinorShape,
      }),
    ),
    requiredMinor: amountMinorShape.describe('Must be paid now'),
    availableMinor: amountMinorShape.describe('May be paid now as well'),
    priceMinMinor: amountMinorShape,
    priceMaxMinor: amountMinorShape,
    accounts: z.boolean().describe('Clients may pay in advance from an account they have here, once their phone is confirmed'),
    leastOnlineMinor: amountMinorShape.describe('So much can be charged online at least: a part from an account leaves nothing to be paid, or this'),
  })
  .meta({ id: 'Quote' });
export type Quote = z.infer<typeof quoteShape>;

/** A booking that a client is making. */
export const draftIdShape = z
  .string()
  .min(16)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/)
  .describe('Made by the widget, random, one per booking a client is making');

/** `POST …/bookings`. Repeating it with the same draftId and wish answers the same booking. */
export const bookingWishShape = z
  .strictObject({
    draftId: draftIdShape,
    quoteId: z.string().min(1).max(200),
    appointments: z
      .array(
        wishedAppointmentShape.extend({
          payServiceIds: z.array(idShape).max(8).describe('Services with status "available" whose box is ticked'),
          coverServiceIds: z.array(idShape).max(8).optional().describe('Services that a membership is to cover'),
        }),
      )
      .max(5),
    event: wishedEventShape
      .extend({
        pay: z.boolean().describe('Where paying is "available": whether its box is ticked'),
        cover: z.boolean().optional().describe('A membership is to cover it'),
      })
      .optional(),
    phoneConfirmation: z.string().max(200).optional().describe('What confirming the phone answered'),
    accountPart: z
      .strictObject({ typeId: idShape.nullable().describe('null: the ordinary account'), amountMinor: amountMinorShape.min(1) })
      .optional()
      .describe('How much of what has to be paid now is to come from the client’s account of this type (their phone must be confirmed)'),
    link: z.string().max(60).optional().describe('The booking link’s slug; left out: the location’s default'),
    analytics: z
      .strictObject({ clientId: z.string().max(100), sessionId: z.string().max(100) })
      .optional()
      .describe('GA4’s own, handed over only with the client’s consent'),
    client: z.strictObject({
      name: z.string().trim().min(1).max(120),
      phone: z.string().trim().min(5).max(40).describe('As typed; national numbers are read in the location’s country'),
      email: z.union([z.email().max(200), z.literal('')]),
    }),
    comment: z.string().max(1000),
    language: clientLanguageShape,
    consent: z.strictObject({
      terms: z.boolean(),
      termsVersion: z.int(),
      link: z
        .strictObject({ version: z.int(), privacy: z.boolean() })
        .optional()
        .describe('What the booking link asks for (`widget.consentVersion`); needed where it has a privacy text'),
    }),
  })
  .refine(oneOrTheOther, ONE_OR_THE_OTHER);
export type BookingWish = z.infer<typeof bookingWishShape>;

/** What became of an appointment's prepayment, in one word for a screen. Derived, never stored. */
export const prepaymentStates = [
  'none', // nothing asked, nothing paid
  'due', // asked and not paid: held (with a deadline), or "available" ticked and still unpaid
  'checking', // the provider is checking: the client has done their part
  'paid',
  'credited', // the time was gone when the money came: it is on the client's account
  'released', // held, not paid, let go
] as const;

export const bookingShape = z
  .object({
    token: z.string().describe("Opens the client's own page: whoever has it may see and pay"),
    status: z.enum(['held', 'checking', 'waiting', 'confirmed', 'expired', 'cancelled', 'needs_choice', 'mixed']),
    chain: z.object({ slug: z.string(), name: z.string(), demo: z.boolean() }),
    location: z.object({
      slug: z.string(),
      name: z.string(),
      address: z.string(),
      phone: z.string(),
      timeZone: z.string(),
    }),
    language: z.string(),
    client: z.object({ name: z.string(), phone: z.string(), email: z.string() }),
    comment: z.string(),
    currency: currencyShape,
    appointments: z.array(
      z.object({
        id: z.string(),
        status: z.enum(appointmentStatuses),
        prepayment: z.enum(prepaymentStates),
        startsAt: instantShape,
        endsAt: instantShape,
        staffId: z.string(),
        staffName: z.string(),
        anyStaff: z.boolean(),
        eventId: z.string().nullable().describe('A group event; else null'),
        places: z.int(),
        services: z.array(
          z.object({
            serviceId: z.string(),
            name: z.string(),
            durationMinutes: z.int(),
            policy: policyShape,
            pay: z.enum(['required', 'ticked', 'later', 'membership']),
          }),
        ),
        priceMinMinor: amountMinorShape,
        priceMaxMinor: amountMinorShape,
        dueMinor: amountMinorShape.describe('Asked for online'),
        paidMinor: amountMinorShape,
        creditMinor: amountMinorShape.describe("Money for it that waits on the client's account for their choice"),
        moveUntil: instantShape.nullable().describe('Until when the client may move it by themselves; null: they have to call'),
        choices: z.array(z.enum(['another_time', 'keep_credit', 'ask_refund'])).describe('Not empty: the client is asked (A12)'),
      }),
    ),
    dueMinor: amountMinorShape.describe('To be paid online now'),
    paidMinor: amountMinorShape,
    accountMinor: amountMinorShape.describe('Kept on the client’s account for it, and spent when the rest has been paid'),
    holdExpiresAt: instantShape.nullable().describe('Until when the unpaid time is kept; null: nothing is held'),
    payment: z
      .object({ attemptStatus: z.enum(attemptStatuses), payableUntil: instantShape, pageUrl: z.string().nullable() })
      .nullable()
      .describe('The live payment, if there is one'),
    canPay: z.boolean(),
    canCancel: z.boolean(),
    cancellation: cancellationQuoteShape.describe('What cancelling what is still to come would mean'),
    refunds: z
      .array(
        z.object({
          appointmentId: z.string(),
          state: z.enum(['proposed', 'on_its_way', 'given_back', 'kept']).describe('proposed: the salon has not decided yet'),
          amountMinor: amountMinorShape,
          way: z.enum(['provider', 'account', 'register']).nullable(),
          by: z.string().describe('The provider it goes through; empty otherwise'),
          at: instantShape,
        }),
      )
      .describe('What goes back, or went, oldest first'),
    link: z
      .object({ slug: z.string(), look: lookShape, afterBooking: z.string(), measurementId: z.string().nullable() })
      .describe('The booking link it came by'),
    bookAgainUrl: z.string().describe('By the same booking link'),
    now: instantShape,
  })
  .meta({ id: 'Booking' });
export type Booking = z.infer<typeof bookingShape>;

/** `POST /api/v1/bookings/:token/payments`: from a widget on another page, where the client is. */
export const paymentAskedShape = z.strictObject({
  returnTo: z
    .strictObject({
      url: z
        .url({ protocol: /^https?$/ })
        .max(2000)
        .describe('Of the page; its origin must be among those that the booking link allows, else the way back leads to our own page'),
      place: z.string().max(500).describe('Which of the widgets on it'),
    })
    .optional(),
});
export type PaymentAsked = z.infer<typeof paymentAskedShape>;

/** `POST /api/v1/bookings/:token/payments`: where to go and pay. The live payment again, if there is one. */
export const paymentStartedShape = z
  .object({ pageUrl: z.string(), payableUntil: instantShape, amountMinor: amountMinorShape, currency: currencyShape })
  .meta({ id: 'PaymentStarted' });
export type PaymentStarted = z.infer<typeof paymentStartedShape>;

/** `POST /api/v1/bookings/:token/cancellation` */
export const cancelledByClientShape = z.strictObject({
  seen: seenQuoteShape.optional().describe('What the client was shown: `cancellation.at` and `cancellation.backMinor`'),
});

/** `POST /api/v1/bookings/:token/appointments/:appointmentId/choice` after late money found the time taken (A12). */
export const choiceShape = z.discriminatedUnion('choice', [
  z.strictObject({ choice: z.literal('another_time'), startsAt: instantShape, staffId: idShape.nullable() }),
  z.strictObject({ choice: z.literal('keep_credit') }),
  z.strictObject({ choice: z.literal('ask_refund') }),
]);
export type Choice = z.infer<typeof choiceShape>;
