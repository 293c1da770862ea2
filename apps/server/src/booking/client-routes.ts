import { bookingShape, cancelledByClientShape, choiceShape, paymentAskedShape, paymentStartedShape } from '@holdfast/contract/booking';
import { toJsonAmount } from '@holdfast/contract/money';
import { moveAskedShape, moveByClientShape, moveQuoteShape } from '@holdfast/contract/moving';
import { z } from 'zod';
import type { Http } from '../kit/http.ts';
import { problemAnswers } from '../kit/http.ts';
import { lookAtOrder } from '../payments/sweep-payments.ts';
import { calendarFile } from './calendar-file.ts';
import { cancelBooking } from './cancel-booking.ts';
import { chooseAfterLateMoney } from './choose-after-late-money.ts';
import type { BookingContext } from './context.ts';
import { moveByClient, quoteMove } from './move-by-client.ts';
import { noteReturn } from './note-return.ts';
import { payBooking } from './pay-booking.ts';
import { readBooking } from './read-booking.ts';
import { scopeOfBooking } from './scope-of-booking.ts';
import { versionsIn } from './store-appointment.ts';

const byToken = z.object({ token: z.string().max(200) });

/** The client's own page: whoever has the token may see the booking, pay for it, cancel it. */
export async function clientRoutes(http: Http, ctx: BookingContext): Promise<void> {
  http.get(
    '/bookings/:token',
    {
      schema: {
        operationId: 'readBooking',
        tags: ['client'],
        summary: 'The booking as it stands',
        params: byToken,
        response: { 200: bookingShape, ...problemAnswers },
      },
    },
    async ({ params }, reply) => {
      const { scope, bookingId } = await scopeOfBooking(ctx, params.token);
      reply.header('cache-control', 'no-store');
      return readBooking(ctx, scope, bookingId);
    },
  );

  http.post(
    '/bookings/:token/payments',
    {
      schema: {
        operationId: 'startPayment',
        tags: ['client'],
        summary: 'Where to go and pay',
        description: 'The live payment again, if there is one: two tabs get the same page.',
        params: byToken,
        body: paymentAskedShape.nullish(),
        response: { 200: paymentStartedShape, ...problemAnswers },
      },
    },
    async ({ params, body }) => {
      const { scope, bookingId } = await scopeOfBooking(ctx, params.token);
      await noteReturn(ctx, scope, bookingId, body?.returnTo);
      const started = await payBooking(ctx, scope, bookingId);
      return {
        pageUrl: started.pageUrl,
        payableUntil: started.payableUntil.toISOString(),
        amountMinor: toJsonAmount(started.amountMinor),
        currency: started.currency,
      };
    },
  );

  http.post(
    '/bookings/:token/payment-checks',
    {
      schema: {
        operationId: 'checkPayment',
        tags: ['client'],
        summary: 'Ask the provider now how the payment stands',
        description: 'What the return page does: coming back from the provider proves nothing.',
        params: byToken,
        response: { 200: bookingShape, ...problemAnswers },
      },
    },
    async ({ params }) => {
      const { scope, bookingId } = await scopeOfBooking(ctx, params.token);
      await lookAtOrder(ctx.payments, scope, { kind: 'booking', id: bookingId });
      return readBooking(ctx, scope, bookingId);
    },
  );

  http.post(
    '/bookings/:token/cancellation',
    {
      schema: {
        operationId: 'cancelBooking',
        tags: ['client'],
        summary: 'Cancel what is still to come',
        description: 'Money never moves by itself: a refund is proposed to the salon, of the amount that `cancellation` showed.',
        params: byToken,
        body: cancelledByClientShape.nullish(),
        response: { 200: bookingShape, ...problemAnswers },
      },
    },
    async ({ params, body }) => {
      const { scope, bookingId } = await scopeOfBooking(ctx, params.token);
      await cancelBooking(ctx, scope, bookingId, body?.seen);
      return readBooking(ctx, scope, bookingId);
    },
  );

  http.post(
    '/bookings/:token/appointments/:appointmentId/choice',
    {
      schema: {
        operationId: 'chooseAfterLateMoney',
        tags: ['client'],
        summary: 'What to do with money that came when the time was gone',
        params: byToken.extend({ appointmentId: z.string().max(60) }),
        body: choiceShape,
        response: { 200: bookingShape, ...problemAnswers },
      },
    },
    async ({ params, body }) => {
      const { scope, bookingId } = await scopeOfBooking(ctx, params.token);
      await chooseAfterLateMoney(ctx, scope, bookingId, params.appointmentId, body);
      return readBooking(ctx, scope, bookingId);
    },
  );

  http.post(
    '/bookings/:token/appointments/:appointmentId/move-quotes',
    {
      schema: {
        operationId: 'quoteMove',
        tags: ['client'],
        summary: 'What would another time mean?',
        description: 'Changes nothing, and does not keep the time.',
        params: byToken.extend({ appointmentId: z.string().max(60) }),
        body: moveAskedShape,
        response: { 200: moveQuoteShape, ...problemAnswers },
      },
    },
    async ({ params, body }) => {
      const { scope, bookingId } = await scopeOfBooking(ctx, params.token);
      return quoteMove(ctx, scope, bookingId, params.appointmentId, body);
    },
  );

  http.post(
    '/bookings/:token/appointments/:appointmentId/moves',
    {
      schema: {
        operationId: 'moveAppointmentByClient',
        tags: ['client'],
        summary: 'Take another time',
        description: 'Money, price and prepayment go along. Repeating it changes nothing.',
        params: byToken.extend({ appointmentId: z.string().max(60) }),
        body: moveByClientShape,
        response: { 200: bookingShape, ...problemAnswers },
      },
    },
    async ({ params, body }) => {
      const { scope, bookingId } = await scopeOfBooking(ctx, params.token);
      await moveByClient(ctx, scope, bookingId, params.appointmentId, body);
      return readBooking(ctx, scope, bookingId);
    },
  );

  http.get(
    '/bookings/:token/calendar.ics',
    {
      schema: {
        operationId: 'readCalendarFile',
        tags: ['client'],
        summary: 'For a calendar',
        params: byToken,
        response: { 200: { content: { 'text/calendar': { schema: z.string() } } }, ...problemAnswers },
      },
      serializerCompiler: () => (text) => text as unknown as string,
    },
    async ({ params }, reply) => {
      const { scope, bookingId } = await scopeOfBooking(ctx, params.token);
      const booking = await readBooking(ctx, scope, bookingId);
      reply
        .type('text/calendar; charset=utf-8')
        .header('content-disposition', 'attachment; filename="appointment.ics"')
        .header('cache-control', 'no-store');
      return calendarFile(booking, `${ctx.publicUrl}/b/${params.token}`, await versionsIn(ctx.db.read, scope.chainId, bookingId));
    },
  );
}
