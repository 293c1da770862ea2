import { topUpLinkShape } from '@holdfast/contract/accounts';
import { paymentStartedShape } from '@holdfast/contract/booking';
import { toJsonAmount } from '@holdfast/contract/money';
import { z } from 'zod';
import type { Http } from '../kit/http.ts';
import { problemAnswers } from '../kit/http.ts';
import { payTopUp } from './pay-top-up.ts';
import { readTopUpLink, scopeOfTopUpLink, type TopUpLinkContext } from './read-top-up-link.ts';

const byToken = z.object({ token: z.string().max(200) });

/** The same as the page of a top-up link, for programs. */
export async function topUpLinkRoutes(http: Http, ctx: TopUpLinkContext): Promise<void> {
  http.get(
    '/top-up-links/:token',
    {
      schema: {
        operationId: 'readTopUpLink',
        tags: ['client'],
        summary: 'What a top-up link asks for',
        description: 'Changes nothing, however often it is asked.',
        params: byToken,
        response: { 200: topUpLinkShape, ...problemAnswers },
      },
    },
    async ({ params }, reply) => {
      const { scope, topUpId } = await scopeOfTopUpLink(ctx, params.token);
      reply.header('cache-control', 'no-store');
      return readTopUpLink(ctx, scope, topUpId);
    },
  );

  http.post(
    '/top-up-links/:token/payments',
    {
      schema: {
        operationId: 'payTopUpByLink',
        tags: ['client'],
        summary: 'Where to go and pay a top-up',
        description: 'The live page again, if there is one.',
        params: byToken,
        response: { 200: paymentStartedShape, ...problemAnswers },
      },
    },
    async ({ params }) => {
      const { scope, topUpId } = await scopeOfTopUpLink(ctx, params.token);
      const started = await payTopUp(ctx, scope, topUpId);
      return {
        pageUrl: started.pageUrl,
        payableUntil: started.payableUntil.toISOString(),
        amountMinor: toJsonAmount(started.amountMinor),
        currency: started.currency,
      };
    },
  );
}
