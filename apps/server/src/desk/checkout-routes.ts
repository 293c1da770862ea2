import { checkoutShape, deskPaymentWishShape, linkMessageWishShape, reversalWishShape } from '@holdfast/contract/checkout';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import type { BookingContext } from '../booking/context.ts';
import type { Http } from '../kit/http.ts';
import { problemAnswers } from '../kit/http.ts';
import { makeLink, sendLink } from './offer-link.ts';
import { readCheckout } from './read-checkout.ts';
import { reverseAtDesk } from './reverse-at-desk.ts';
import { stopPayment } from './stop-payment.ts';
import { takeAtDesk } from './take-at-desk.ts';

const id = z.string().max(60);
const ofAppointment = z.object({ location: id, appointment: id });
const tags = ['salon: checkout'];
const response = { 200: checkoutShape, ...problemAnswers };

/** The Checkout tab of the booking window. Every change answers it anew. */
export async function checkoutRoutes(http: Http, ctx: BookingContext): Promise<void> {
  const appointment = '/locations/:location/appointments/:appointment';

  http.get(
    `${appointment}/checkout`,
    {
      config: { needs: 'checkout.see' },
      schema: { operationId: 'readCheckout', tags, summary: 'What a visit costs, what was paid, what is due', params: ofAppointment, response },
    },
    async (request) => readCheckout(ctx, placeOf(request), request.params.appointment),
  );

  http.post(
    `${appointment}/desk-payments`,
    {
      config: { needs: 'checkout.take' },
      schema: {
        operationId: 'takeDeskPayment',
        tags,
        summary: 'Take cash or a card into a register',
        description: 'Repeating it with the same key has one effect. More than is due is refused with what is due.',
        params: ofAppointment,
        body: deskPaymentWishShape,
        response,
      },
    },
    async (request) => {
      const place = placeOf(request);
      await takeAtDesk(ctx, { who: whoOf(request), place }, request.params.appointment, request.body);
      return readCheckout(ctx, place, request.params.appointment);
    },
  );

  http.post(
    '/locations/:location/desk-payments/:payment/reversal',
    {
      config: { needs: 'transactions.delete' },
      schema: {
        operationId: 'reverseDeskPayment',
        tags,
        summary: 'Undo a payment that was taken by mistake',
        description: 'The books keep it, and add its reversal.',
        params: z.object({ location: id, payment: id }),
        body: reversalWishShape,
        response,
      },
    },
    async (request) => {
      const place = placeOf(request);
      return readCheckout(ctx, place, await reverseAtDesk(ctx, { who: whoOf(request), place }, request.params.payment, request.body.because));
    },
  );

  http.post(
    `${appointment}/payment-link`,
    {
      config: { needs: 'payment_links.make' },
      schema: {
        operationId: 'makePaymentLink',
        tags,
        summary: 'Make the payment link of a visit',
        description: 'Where it cannot be made, `link.state` says why. It belongs to this visit and never runs out.',
        params: ofAppointment,
        response,
      },
    },
    async (request) => {
      const place = placeOf(request);
      await makeLink(ctx, { who: whoOf(request), place }, request.params.appointment);
      return readCheckout(ctx, place, request.params.appointment);
    },
  );

  http.post(
    `${appointment}/payment-link/messages`,
    {
      config: { needs: 'payment_links.make' },
      schema: {
        operationId: 'sendPaymentLink',
        tags,
        summary: 'Send the payment link to the client',
        params: ofAppointment,
        body: linkMessageWishShape,
        response,
      },
    },
    async (request) => {
      const place = placeOf(request);
      await sendLink(ctx, { who: whoOf(request), place }, request.params.appointment, request.body.channel);
      return readCheckout(ctx, place, request.params.appointment);
    },
  );

  http.post(
    `${appointment}/payments/:payment/cancellation`,
    {
      config: { needs: 'payment_links.make' },
      schema: {
        operationId: 'stopPayment',
        tags,
        summary: 'End a payment that the client has begun',
        description: 'If the client has just paid, it says so (step_not_allowed, detail.attemptStatus).',
        params: ofAppointment.extend({ payment: id }),
        response,
      },
    },
    async (request) => {
      const place = placeOf(request);
      await stopPayment(ctx, { who: whoOf(request), place }, request.params.appointment, request.params.payment);
      return readCheckout(ctx, place, request.params.appointment);
    },
  );
}
