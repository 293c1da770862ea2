import { z } from 'zod';
import { amountMinorShape, currencyShape } from './money.ts';
import { appointmentStatuses } from './steps.ts';
import { instantShape } from './time.ts';
import type { WebhookType } from './webhook-types.ts';

/** What is sent, as it was when it became true: the envelope of the Standard Webhooks specification with an order of its own. */

const clientShape = z
  .object({
    id: z.string(),
    name: z.string(),
    phone: z.string().nullable().describe('E.164'),
    email: z.string().nullable(),
    language: z.string(),
  })
  .meta({ id: 'WebhookClient' });

const appointmentShape = z
  .object({
    id: z.string(),
    bookingId: z.string().describe('What was booked together'),
    locationId: z.string(),
    status: z.enum(appointmentStatuses),
    startsAt: instantShape,
    endsAt: instantShape,
    staff: z.object({ id: z.string(), name: z.string() }).nullable(),
    services: z.array(z.object({ id: z.string(), name: z.string(), durationMinutes: z.int() })),
    costMinor: amountMinorShape,
    dueMinor: amountMinorShape.describe('What is to be paid online'),
    paidMinor: amountMinorShape,
    currency: currencyShape,
    bookedBy: z.enum(['client', 'staff']),
    eventId: z.string().nullable().describe('The group event that it has places at; null: a time of its own'),
    places: z.int().describe('At the event; else 1'),
    version: z.int().describe('Grows with every change of the appointment'),
    client: clientShape.nullable(),
  })
  .meta({ id: 'WebhookAppointment' });

const paymentShape = z
  .object({
    id: z.string(),
    reference: z.string().describe('As the provider shows it'),
    order: z.object({ kind: z.string(), id: z.string() }).describe('What was paid: a booking, a visit, a top-up of an account'),
    appointmentIds: z.array(z.string()),
    capturedMinor: amountMinorShape.describe('All of it'),
    refundedMinor: amountMinorShape.describe('What of it has gone back by now'),
    currency: currencyShape,
    capturedAt: instantShape,
  })
  .meta({ id: 'WebhookPayment' });

const deskPaymentShape = z
  .object({
    id: z.string(),
    appointmentIds: z.array(z.string()),
    amountMinor: amountMinorShape,
    currency: currencyShape,
    registerId: z.string(),
    takenAt: instantShape,
  })
  .meta({ id: 'WebhookDeskPayment' });

const aboutAppointment = z.object({ appointment: appointmentShape });
const aboutPayment = z.object({ payment: paymentShape });
const aboutDeskPayment = z.object({ payment: deskPaymentShape });
const aboutClient = z.object({ client: clientShape });
const clientIdShape = z.object({ id: z.string() });

/** Event → what its `data` is. */
export const webhookData = {
  'appointment.booked': aboutAppointment,
  'appointment.confirmed': aboutAppointment,
  'appointment.moved': aboutAppointment,
  'appointment.changed': aboutAppointment,
  'appointment.cancelled': aboutAppointment,
  'appointment.expired': aboutAppointment,
  'appointment.arrived': aboutAppointment,
  'appointment.no_show': aboutAppointment,
  'payment.captured': aboutPayment,
  'payment.refunded': aboutPayment,
  'payment.taken_at_desk': aboutDeskPayment,
  'payment.reversed_at_desk': aboutDeskPayment,
  'client.created': aboutClient,
  'client.changed': aboutClient,
  'client.merged': z.object({ client: clientIdShape, mergedInto: z.string() }),
  'client.erased': z.object({ client: clientIdShape }),
} as const satisfies Record<WebhookType, z.ZodType>;

/** Event → one sentence for whoever builds a receiver. */
export const webhookAbout: Readonly<Record<WebhookType, string>> = {
  'appointment.booked':
    'A client or the salon has booked; `status` tells whether it waits for a payment (`held`), for confirmation, or is confirmed.',
  'appointment.confirmed': 'It takes place: paid as asked, or confirmed by the salon.',
  'appointment.moved': 'Another time or another team member.',
  'appointment.changed': 'Something else of it: services, price, length, what is paid, a step undone.',
  'appointment.cancelled': 'By the client or the salon.',
  'appointment.expired': 'It was not paid in time.',
  'appointment.arrived': 'The client is here.',
  'appointment.no_show': 'The client has not come.',
  'payment.captured': 'Money has come through a payment provider.',
  'payment.refunded': 'Money has gone back through a payment provider; `refundedMinor` is the sum of all.',
  'payment.taken_at_desk': 'Cash or card at the desk.',
  'payment.reversed_at_desk': 'A payment at the desk was undone.',
  'client.created': 'A new client.',
  'client.changed': 'Name, contacts, language or note of a client.',
  'client.merged': 'This client is another one: `mergedInto`.',
  'client.erased': 'Personal data of this client were erased: erase yours.',
};

/** What is POSTed of one type. */
export function webhookShape(type: WebhookType) {
  return z.object({
    type: z.literal(type),
    timestamp: instantShape.describe('When it became true'),
    id: z.string().describe('The same in every try and every replay; also the header `webhook-id`'),
    sequence: z.int().describe('Grows from event to event; of one appointment without exception in the order in which it happened'),
    locationId: z.string().nullable().describe('Null: of the whole chain'),
    data: webhookData[type],
  });
}
