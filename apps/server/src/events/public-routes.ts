import { publicEventsAskedShape, publicEventsShape } from '@holdfast/contract/events';
import { z } from 'zod';
import type { Scope } from '../access/scope.ts';
import type { BookingContext } from '../booking/context.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { publicEvents } from './public-events.ts';

/** What clients see of group events. */
export async function publicEventRoutes(
  http: Http,
  ctx: BookingContext & { scopeOf: (chain: string, location: string) => Promise<Scope> },
): Promise<void> {
  http.get(
    '/locations/:chain/:location/events',
    {
      schema: {
        operationId: 'findEvents',
        tags: ['booking'],
        summary: 'Group events with the places that are left',
        description: 'Full ones too. Ask again for the places left: they are as they are now.',
        params: z.object({ chain: z.string().max(80), location: z.string().max(80) }),
        querystring: publicEventsAskedShape,
        response: { 200: publicEventsShape, ...problemAnswers },
      },
    },
    async ({ params, query }, reply) => {
      reply.header('cache-control', 'no-store');
      return publicEvents(ctx, await ctx.scopeOf(params.chain, params.location), query);
    },
  );
}
