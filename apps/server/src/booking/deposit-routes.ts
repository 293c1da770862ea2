import { bookingShape, paymentStartedShape } from '@holdfast/contract/booking';
import { balanceAskedShape, balanceShape, ownAccountsShape, ownPartShape, ownTopUpShape } from '@holdfast/contract/deposits';
import { toJsonAmount } from '@holdfast/contract/money';
import { z } from 'zod';
import type { Scope } from '../access/scope.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { askBalance } from './ask-balance.ts';
import type { BookingContext } from './context.ts';
import { readOwnAccounts } from './own-accounts.ts';
import { payPart } from './pay-part.ts';
import { readBooking } from './read-booking.ts';
import { scopeOfBooking } from './scope-of-booking.ts';
import { lookAtOwnTopUps, topUpByClient } from './top-up-by-client.ts';

const byToken = z.object({ token: z.string().max(200) });

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
  http.get(
    '/bookings/:token/accounts',
    {
      schema: {
        operationId: 'readOwnAccounts',
        tags: ['client'],
        summary: 'What the client has with the salon',
        params: byToken,
        response: { 200: ownAccountsShape, ...problemAnswers },
      },
    },
    async ({ params }, reply) => {
      const { scope, bookingId } = await scopeOfBooking(ctx, params.token);
      reply.header('cache-control', 'no-store');
      return readOwnAccounts(ctx, scope, bookingId);
    },
  );
  http.post(
    '/bookings/:token/account-parts',
    {
      schema: {
        operationId: 'payPartFromAccount',
        tags: ['client'],
        summary: 'Pay what is due, or a part of it, from an account',
        description: 'A part is kept until the rest has been paid online. The same key has one effect.',
        params: byToken,
        body: ownPartShape,
        response: { 200: bookingShape, ...problemAnswers },
      },
    },
    async ({ params, body }) => {
      const { scope, bookingId } = await scopeOfBooking(ctx, params.token);
      await payPart(ctx, scope, bookingId, body);
      return readBooking(ctx, scope, bookingId);
    },
  );
  http.post(
    '/bookings/:token/top-ups',
    {
      schema: {
        operationId: 'topUpOwnAccount',
        tags: ['client'],
        summary: 'Where to go and fill an account',
        description: 'The way back leads to the booking’s page. The same key answers the same page.',
        params: byToken,
        body: ownTopUpShape,
        response: { 200: paymentStartedShape, ...problemAnswers },
      },
    },
    async ({ params, body }) => {
      const { scope, bookingId } = await scopeOfBooking(ctx, params.token);
      const { pageUrl, payableUntil, amountMinor, currency } = await topUpByClient(ctx, scope, bookingId, body);
      return { pageUrl, payableUntil: payableUntil.toISOString(), amountMinor: toJsonAmount(amountMinor), currency };
    },
  );
  http.post(
    '/bookings/:token/top-up-checks',
    {
      schema: {
        operationId: 'checkOwnTopUps',
        tags: ['client'],
        summary: 'Ask the provider now how the top-ups begun from here stand',
        params: byToken,
        response: { 200: ownAccountsShape, ...problemAnswers },
      },
    },
    async ({ params }, reply) => {
      const { scope, bookingId } = await scopeOfBooking(ctx, params.token);
      await lookAtOwnTopUps(ctx, scope, bookingId);
      reply.header('cache-control', 'no-store');
      return readOwnAccounts(ctx, scope, bookingId);
    },
  );
}
