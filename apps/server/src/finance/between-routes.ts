import { betweenLocationsShape, betweenPaymentWishShape } from '@holdfast/contract/between-locations';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import type { Deps } from '../kit/deps.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { payOtherLocation } from './pay-other-location.ts';
import { readBetween } from './read-between.ts';

const here = z.object({ location: z.string().max(60) });
const tags = ['salon: finance'];
const response = { 200: betweenLocationsShape, ...problemAnswers };

/** Finance → Cash registers: what locations of the chain owe each other, and paying it back. */
export async function betweenRoutes(http: Http, ctx: Deps): Promise<void> {
  http.get(
    '/locations/:location/between-locations',
    {
      config: { needs: 'transactions.see' },
      schema: { operationId: 'readBetweenLocations', tags, summary: 'What locations of the chain owe each other', params: here, response },
    },
    async (request) => readBetween(ctx.db.read, { who: whoOf(request), place: placeOf(request) }),
  );

  http.post(
    '/locations/:location/between-locations/payments',
    {
      config: { needs: 'transactions.create' },
      schema: {
        operationId: 'payOtherLocation',
        tags,
        summary: 'Pay another location back what this one owes it',
        description: 'Needs transactions.create at both locations: it is written in the books of both.',
        params: here,
        body: betweenPaymentWishShape,
        response,
      },
    },
    async (request) => {
      const at = { who: whoOf(request), place: placeOf(request) };
      await payOtherLocation(ctx, at, request.body);
      return readBetween(ctx.db.read, at);
    },
  );
}
