import { attentionCountShape, attentionListShape, attentionQueryShape, attentionWishShape } from '@holdfast/contract/attention';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import type { BookingContext } from '../booking/context.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { decideAttention } from './decide-attention.ts';
import { readAttention } from './read-attention.ts';
import { countOpen } from './store.ts';

const id = z.string().max(60);
const here = z.object({ location: id });
const tags = ['salon: needs attention'];
const response = { 200: attentionListShape, ...problemAnswers };

/** Finance → Needs attention. Every decision answers what still waits. */
export async function attentionRoutes(http: Http, ctx: BookingContext): Promise<void> {
  http.get(
    '/locations/:location/attention',
    {
      config: { needs: 'transactions.see' },
      schema: {
        operationId: 'readAttention',
        tags,
        summary: 'Money and payments that a person has to look at',
        params: here,
        querystring: attentionQueryShape,
        response,
      },
    },
    async (request) => readAttention(ctx, placeOf(request), request.query.state),
  );

  http.get(
    '/locations/:location/attention/count',
    {
      config: { needs: 'transactions.see' },
      schema: {
        operationId: 'countAttention',
        tags,
        summary: 'How many of them wait',
        params: here,
        response: { 200: attentionCountShape, ...problemAnswers },
      },
    },
    async (request) => ({ open: await countOpen(ctx.db.read, placeOf(request).scope) }),
  );

  http.post(
    '/locations/:location/attention/:attention/resolution',
    {
      config: { needs: 'transactions.see' },
      schema: {
        operationId: 'decideAttention',
        tags,
        summary: 'Do what ends one of them',
        description:
          'keep: the money stays on the client’s account; refund: a refund of it is proposed (needs refunds.make); to_account: nobody’s money becomes the client’s; look_again: ask the provider; note: seen. The others need transactions.edit.',
        params: z.object({ location: id, attention: id }),
        body: attentionWishShape,
        response,
      },
    },
    async (request) => {
      const place = placeOf(request);
      await decideAttention(ctx, { who: whoOf(request), place }, request.params.attention, request.body);
      return readAttention(ctx, place, 'open');
    },
  );
}
