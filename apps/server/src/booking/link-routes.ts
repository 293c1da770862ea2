import { paymentStartedShape } from '@holdfast/contract/booking';
import { paymentLinkShape } from '@holdfast/contract/checkout';
import { toJsonAmount } from '@holdfast/contract/money';
import { z } from 'zod';
import type { Http } from '../kit/http.ts';
import { problemAnswers } from '../kit/http.ts';
import type { BookingContext } from './context.ts';
import { payVisit } from './pay-visit.ts';
import { readPaymentLink, scopeOfLink } from './read-payment-link.ts';

const byToken = z.object({ token: z.string().max(200) });

/** The same as the link's page, for programs. */
export async function linkRoutes(http: Http, ctx: BookingContext): Promise<void> {
  http.get(
    '/payment-links/:token',
    {
      schema: {
        operationId: 'readPaymentLink',
        tags: ['client'],
        summary: 'What a payment link asks for',
        description: 'Changes nothing, however often it is asked.',
        params: byToken,
        response: { 200: paymentLinkShape, ...problemAnswers },
      },
    },
    async ({ params }, reply) => {
      const { scope, appointmentId } = await scopeOfLink(ctx, params.token);
      reply.header('cache-control', 'no-store');
      return readPaymentLink(ctx, scope, appointmentId);
    },
  );

  http.post(
    '/payment-links/:token/payments',
    {
      schema: {
        operationId: 'payByLink',
        tags: ['client'],
        summary: 'Where to go and pay a visit',
        description: 'The live page again, if it asks for what is still due. Blocks the appointment for 15 minutes.',
        params: byToken,
        response: { 200: paymentStartedShape, ...problemAnswers },
      },
    },
    async ({ params }) => {
      const { scope, appointmentId } = await scopeOfLink(ctx, params.token);
      const started = await payVisit(ctx, scope, appointmentId);
      return {
        pageUrl: started.pageUrl,
        payableUntil: started.payableUntil.toISOString(),
        amountMinor: toJsonAmount(started.amountMinor),
        currency: started.currency,
      };
    },
  );
}
