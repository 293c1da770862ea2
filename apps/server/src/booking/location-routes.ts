import { bookingShape, bookingWishShape, quoteAskedShape, quoteShape } from '@holdfast/contract/booking';
import { fittingAskedShape, fittingShape, freeTimesAskedShape, freeTimesShape } from '@holdfast/contract/free-times';
import { locationPageShape } from '@holdfast/contract/location-page';
import { myBookingsAskedShape, myBookingsShape } from '@holdfast/contract/my-bookings';
import { z } from 'zod';
import type { Scope } from '../access/scope.ts';
import { compressed } from '../kit/compressed.ts';
import type { Http } from '../kit/http.ts';
import { problemAnswers } from '../kit/http.ts';
import { answerFreeTimes } from '../schedule/answer-free-times.ts';
import { findOpenTimes } from '../schedule/open-times.ts';
import { claimBooking } from './claim-booking.ts';
import type { BookingContext } from './context.ts';
import { rankByDeal } from './deal.ts';
import { freshRules } from './fresh-rules.ts';
import { readLocationPage } from './location-page.ts';
import { myBookings } from './my-bookings.ts';
import { quoteWish } from './quote-wish.ts';
import { bookingOf, readBooking } from './read-booking.ts';
import { whatFits } from './what-fits.ts';

const place = z.object({ chain: z.string().max(80), location: z.string().max(80) });

/** What the widget does before there is a booking, and the booking itself. */
export async function locationRoutes(
  http: Http,
  ctx: BookingContext & { scopeOf: (chain: string, location: string) => Promise<Scope> },
): Promise<void> {
  http.get(
    '/locations/:chain/:location',
    {
      schema: {
        operationId: 'readLocation',
        tags: ['booking'],
        summary: 'A location: services, team members, marks, terms',
        params: place,
        querystring: z.object({
          language: z.string().max(10).optional().describe('For the texts'),
          link: z.string().max(60).optional().describe('The booking link’s slug; left out or unknown: the default one'),
        }),
        response: { 200: locationPageShape, ...problemAnswers },
      },
      onSend: compressed,
    },
    async ({ params, query }) => readLocationPage(ctx, await ctx.scopeOf(params.chain, params.location), query),
  );

  http.get(
    '/locations/:chain/:location/free-times',
    {
      schema: {
        operationId: 'findFreeTimes',
        tags: ['booking'],
        summary: 'Free times of some days',
        params: place,
        querystring: freeTimesAskedShape,
        response: { 200: freeTimesShape, ...problemAnswers },
      },
      // the answer is written as text by hand (see answer-free-times.ts); a test holds it against the shape
      serializerCompiler: () => (text) => text as unknown as string,
    },
    async ({ params, query }, reply) => {
      const scope = await ctx.scopeOf(params.chain, params.location);
      const deps = { db: ctx.db, now: ctx.now, rules: ctx.rules, rank: rankByDeal };
      const asked = { staff: query.staff, fromDay: query.from, days: query.days };
      const text = query.services
        ? await answerFreeTimes(deps, scope, { ...asked, serviceIds: query.services.split(',') })
        : JSON.stringify(await findOpenTimes(deps, scope, asked));
      reply.header('cache-control', 'no-store').type('application/json; charset=utf-8');
      return reply.send(text as never);
    },
  );

  http.get(
    '/locations/:chain/:location/fitting',
    {
      schema: {
        operationId: 'findWhatFits',
        tags: ['booking'],
        summary: 'Who could do what at a time that is chosen first',
        params: place,
        querystring: fittingAskedShape,
        response: { 200: fittingShape, ...problemAnswers },
      },
    },
    async ({ params, query }, reply) => {
      const scope = await ctx.scopeOf(params.chain, params.location);
      reply.header('cache-control', 'no-store');
      return whatFits(ctx, scope, new Date(query.at), query.services?.split(',').slice(0, 8) ?? []);
    },
  );

  http.post(
    '/locations/:chain/:location/quotes',
    {
      schema: {
        operationId: 'quoteAppointments',
        tags: ['booking'],
        summary: 'What would it cost, and what has to be paid now?',
        description: 'Changes nothing. Hand the quoteId in with the booking.',
        params: place,
        body: quoteAskedShape,
        response: { 200: quoteShape, ...problemAnswers },
      },
    },
    async ({ params, body }) => {
      const scope = await ctx.scopeOf(params.chain, params.location);
      return quoteWish(ctx, scope, await freshRules(ctx, scope), body, ctx.now());
    },
  );

  http.post(
    '/locations/:chain/:location/bookings',
    {
      schema: {
        operationId: 'makeBooking',
        tags: ['booking'],
        summary: 'Book: all appointments or none',
        description:
          'Where a prepayment is required the times are held for 15 minutes. Repeating it with the same draftId and wish answers the same booking.',
        params: place,
        body: bookingWishShape,
        response: { 201: bookingShape, 200: bookingShape, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const scope = await ctx.scopeOf(request.params.chain, request.params.location);
      const { facts, repeated } = await claimBooking(ctx, scope, request.body, request.ip);
      // what a part from an account has paid or keeps is not among the facts of a claim
      const booked = request.body.accountPart ? readBooking(ctx, scope, facts.booking.bookingId) : bookingOf(ctx, scope, facts);
      return reply.code(repeated ? 200 : 201).send(await booked);
    },
  );

  http.post(
    '/locations/:chain/:location/my-bookings',
    {
      schema: {
        operationId: 'readMyBookings',
        tags: ['client'],
        summary: 'Everything booked with a telephone that was just confirmed',
        description: 'At all locations of the chain. The proof holds for a day.',
        params: place,
        body: myBookingsAskedShape,
        response: { 200: myBookingsShape, ...problemAnswers },
      },
    },
    async ({ params, body }, reply) => {
      const scope = await ctx.scopeOf(params.chain, params.location);
      reply.header('cache-control', 'no-store');
      return myBookings(ctx, scope, body);
    },
  );
}
