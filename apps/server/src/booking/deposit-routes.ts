import { balanceAskedShape, balanceShape } from '@holdfast/contract/deposits';
import { z } from 'zod';
import type { Scope } from '../access/scope.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { askBalance } from './ask-balance.ts';
import type { BookingContext } from './context.ts';

/** What a client has with the salon, and what they pay from it. */
export async function depositRoutes(
  http: Http,
  ctx: BookingContext & { scopeOf: (chain: string, location: string) => Promise<Scope> },
): Promise<void> {
  http.post(
    '/locations/:chain/:location/balance',
    {
      schema: {
        operationId: 'askBalance',
        tags: ['booking'],
        summary: 'What lies on the accounts of whoever has this telephone',
        description: 'Only with a confirmed telephone. Changes nothing.',
        params: z.object({ chain: z.string().max(80), location: z.string().max(80) }),
        body: balanceAskedShape,
        response: { 200: balanceShape, ...problemAnswers },
      },
    },
    async ({ params, body }, reply) => {
      reply.header('cache-control', 'no-store');
      return askBalance(ctx, await ctx.scopeOf(params.chain, params.location), body);
    },
  );
}
