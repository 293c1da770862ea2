import { accountPageShape, payoutWishShape } from '@holdfast/contract/accounts';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import type { BookingContext } from '../booking/context.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { giveBackRest } from './give-back-rest.ts';
import { readAccountPage } from './read-accounts.ts';

/** What is left of a client's account goes back to them. */
export function payoutRoute(http: Http, ctx: BookingContext): void {
  http.post(
    '/locations/:location/client-accounts/:account/payouts',
    {
      config: { needs: 'refunds.make' },
      schema: {
        operationId: 'giveBackRest',
        summary: 'What is left of a client’s own money goes back to them',
        tags: ['salon: client accounts'],
        description: 'Above the limit of the location the first who asks is written down, and somebody else carries it out.',
        params: z.object({ location: z.string().max(60), account: z.string().max(140) }),
        body: payoutWishShape,
        response: { 200: accountPageShape, ...problemAnswers },
      },
    },
    async (request) => {
      const desk = { who: whoOf(request), place: placeOf(request) };
      await giveBackRest(ctx, desk, request.params.account, request.body);
      return readAccountPage(ctx, desk, request.params.account);
    },
  );
}
