import { publicEventsAskedShape, publicEventsShape } from '@holdfast/contract/events';
import { z } from 'zod';
import type { Scope } from '../access/scope.ts';
import type { BookingContext } from '../booking/context.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import type { Live } from '../kit/live.ts';
import type { PublicStreams } from '../kit/public-streams.ts';
import { followPlaces } from './follow-places.ts';
import { publicEvents } from './public-events.ts';

interface PublicEventContext extends BookingContext {
  scopeOf(chain: string, location: string): Promise<Scope>;
  readonly live: Live;
  readonly streams: PublicStreams;
}

/** What clients see of group events. */
export async function publicEventRoutes(http: Http, ctx: PublicEventContext): Promise<void> {
  const places = followPlaces(ctx);
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
  http.get(
    '/locations/:chain/:location/events/live',
    {
      // it has no end that a HEAD could wait for
      exposeHeadRoute: false,
      schema: {
        operationId: 'followEvents',
        tags: ['booking'],
        summary: 'The places that are left, as they go, as server-sent events',
        description:
          'Each message is an EventsMessage. It says which event has how many places left, and nothing of who has the others; a few times a second at most. Whoever cannot have it (too_many_requests, or something between that holds it back) asks findEvents now and then. When it ends, read the events and connect again.',
        params: z.object({ chain: z.string().max(80), location: z.string().max(80) }),
        response: { 200: { content: { 'text/event-stream': { schema: z.string() } } }, ...problemAnswers },
      },
    },
    async ({ params, ip }, reply) => {
      const scope = await ctx.scopeOf(params.chain, params.location);
      await ctx.streams.answer(reply, ctx.hashAddress(ip), (stream) => places(scope, stream));
      return reply;
    },
  );
}
