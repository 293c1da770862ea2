import { bookingShape } from '@holdfast/contract/booking';
import { dayWaitingWishShape, offerTakenShape, waitingEntryShape, waitingWishShape } from '@holdfast/contract/waiting';
import { z } from 'zod';
import { readBooking } from '../booking/read-booking.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import type { PublicWaitingContext } from './context.ts';
import { followEntries } from './follow-entries.ts';
import { joinDayLine, joinEventLine } from './join-line.ts';
import { leaveLine } from './leave-line.ts';
import { readEntry } from './read-entry.ts';
import { scopeOfEntry } from './scope-of-entry.ts';
import { takeOffer } from './take-offer.ts';

const place = z.object({ chain: z.string().max(80), location: z.string().max(80) });
const byToken = z.object({ token: z.string().max(200) });
const answers = { 200: waitingEntryShape, ...problemAnswers };

/** Waiting lists for those who wait. Whoever has an entry's token may see it, take what is offered, pass it on, leave. */
export async function publicWaitingRoutes(http: Http, ctx: PublicWaitingContext): Promise<void> {
  const follow = followEntries(ctx);
  const schema = (operationId: string, summary: string) => ({ operationId, summary, tags: ['waiting'] });

  http.post(
    '/locations/:chain/:location/events/:event/waiting',
    {
      schema: {
        ...schema('joinEventLine', 'Wait for places at an event'),
        description:
          'At the end of the line. Joining again with the same draftId answers the same entry; where places are free they are offered at once.',
        params: place.extend({ event: z.string().max(60) }),
        body: waitingWishShape,
        response: { 201: waitingEntryShape, ...problemAnswers },
      },
    },
    async ({ params, body, ip }, reply) => {
      const scope = await ctx.scopeOf(params.chain, params.location);
      return reply.code(201).send(await readEntry(ctx, scope, await joinEventLine(ctx, scope, params.event, body, ip)));
    },
  );
  http.post(
    '/locations/:chain/:location/waiting',
    {
      schema: {
        ...schema('joinDayLine', 'Wait for time on a day'),
        params: place,
        body: dayWaitingWishShape,
        response: { 201: waitingEntryShape, ...problemAnswers },
      },
    },
    async ({ params, body, ip }, reply) => {
      const scope = await ctx.scopeOf(params.chain, params.location);
      return reply.code(201).send(await readEntry(ctx, scope, await joinDayLine(ctx, scope, body, ip)));
    },
  );
  http.get(
    '/waiting/:token',
    { schema: { ...schema('readWaitingEntry', 'An entry, its place in line and its offer'), params: byToken, response: answers } },
    async ({ params }, reply) => {
      const { scope, entryId } = await scopeOfEntry(ctx, params.token);
      reply.header('cache-control', 'no-store');
      return readEntry(ctx, scope, entryId);
    },
  );
  http.get(
    '/waiting/:token/live',
    {
      exposeHeadRoute: false,
      schema: {
        ...schema('followWaitingEntry', 'That an entry has changed, as server-sent events'),
        description: 'Each message is a WaitingMessage. Limits, and what to do without it, as followEvents.',
        params: byToken,
        response: { 200: { content: { 'text/event-stream': { schema: z.string() } } }, ...problemAnswers },
      },
    },
    async ({ params, ip }, reply) => {
      const { scope, entryId } = await scopeOfEntry(ctx, params.token);
      await ctx.streams.answer(reply, ctx.hashAddress(ip), (stream) => follow(scope, entryId, stream));
      return reply;
    },
  );
  http.post(
    '/waiting/:token/take',
    {
      schema: {
        ...schema('takeOffer', 'Book what is offered'),
        description: 'Held and paid as any booking. A second time it answers the same booking.',
        params: byToken,
        body: offerTakenShape,
        response: { 201: bookingShape, 200: bookingShape, ...problemAnswers },
      },
    },
    async ({ params, body, ip }, reply) => {
      const { scope, entryId } = await scopeOfEntry(ctx, params.token);
      const { facts, repeated } = await takeOffer(ctx, scope, entryId, body, ip);
      return reply.code(repeated ? 200 : 201).send(await readBooking(ctx, scope, facts.booking.bookingId));
    },
  );
  http.post(
    '/waiting/:token/pass',
    { schema: { ...schema('passOffer', 'Pass an offer on: it goes to the next at once'), params: byToken, response: answers } },
    async ({ params }) => {
      const { scope, entryId } = await scopeOfEntry(ctx, params.token);
      await leaveLine(ctx, scope, entryId, 'passed');
      return readEntry(ctx, scope, entryId);
    },
  );
  http.post(
    '/waiting/:token/leave',
    { schema: { ...schema('leaveLine', 'Wait no longer'), params: byToken, response: answers } },
    async ({ params }) => {
      const { scope, entryId } = await scopeOfEntry(ctx, params.token);
      await leaveLine(ctx, scope, entryId, 'withdrawn');
      return readEntry(ctx, scope, entryId);
    },
  );
}
