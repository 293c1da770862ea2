import { z } from 'zod';
import { amountMinorShape, currencyShape } from './money.ts';
import { appointmentStatuses } from './steps.ts';
import { instantShape } from './time.ts';

/** `POST /api/v1/locations/:chain/:location/my-bookings`: everything booked with this telephone, at all locations of the chain. */
export const myBookingsAskedShape = z.strictObject({
  draftId: z.string().min(16).max(64).describe('With which the telephone was confirmed'),
  phone: z.string().trim().min(5).max(40),
  proof: z.string().min(1).max(200).describe('What confirming it answered'),
});
export type MyBookingsAsked = z.infer<typeof myBookingsAskedShape>;

export const myBookingShape = z
  .object({
    token: z.string().describe("Opens the booking's own page"),
    appointmentId: z.string(),
    status: z.enum(appointmentStatuses),
    startsAt: instantShape,
    endsAt: instantShape,
    services: z.array(z.string()).describe('Their names'),
    staffName: z.string(),
    places: z.int().describe('At a group event; else 1'),
    location: z.object({ slug: z.string(), name: z.string(), address: z.string(), timeZone: z.string() }),
    paidMinor: amountMinorShape,
    currency: currencyShape,
  })
  .meta({ id: 'MyBooking' });
export type MyBooking = z.infer<typeof myBookingShape>;

export const myBookingsShape = z
  .object({
    upcoming: z.array(myBookingShape).describe('The next one first'),
    past: z.array(myBookingShape).describe('And what was cancelled or let go; the latest first, at most fifty'),
    now: instantShape,
  })
  .meta({ id: 'MyBookings' });
export type MyBookings = z.infer<typeof myBookingsShape>;
