import { measuredEventShape, purchasesShape } from '@holdfast/contract/measuring';
import { z } from 'zod';
import type { Scope } from '../access/scope.ts';
import { freshRules } from '../booking/fresh-rules.ts';
import { scopeOfBooking } from '../booking/scope-of-booking.ts';
import { chooseLink } from '../catalog/choose-link.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { claimPurchases } from './claim-purchases.ts';
import type { AnalyticsContext } from './context.ts';
import { noteEvent } from './note-event.ts';
import { withdrawConsent } from './withdraw-consent.ts';

/** What the booking page and the client's page say about measuring. Asked by them only where the client has agreed to it. */
export async function measuringRoutes(
  http: Http,
  ctx: AnalyticsContext & { scopeOf: (chain: string, location: string) => Promise<Scope> },
): Promise<void> {
  http.post(
    '/bookings/:token/purchase-claims',
    {
      schema: {
        operationId: 'claimPurchases',
        tags: ['client'],
        summary: 'Which payments this page is to tell Google Analytics of',
        description: 'Each payment is given out once, to the page or to our own sender.',
        params: z.object({ token: z.string().max(200) }),
        response: { 200: purchasesShape, ...problemAnswers },
      },
    },
    async ({ params }) => {
      const { scope, bookingId } = await scopeOfBooking(ctx, params.token);
      return claimPurchases(ctx, scope, bookingId);
    },
  );

  http.post(
    '/bookings/:token/measuring-withdrawal',
    {
      schema: {
        operationId: 'withdrawMeasuring',
        tags: ['client'],
        summary: 'The client does not want to be measured any more',
        description: 'Nothing of this booking is told to Google Analytics from here on. Asked twice it is the same.',
        params: z.object({ token: z.string().max(200) }),
        response: { 204: z.null(), ...problemAnswers },
      },
    },
    async ({ params }, reply) => {
      const { scope, bookingId } = await scopeOfBooking(ctx, params.token);
      await withdrawConsent(ctx, scope, bookingId);
      return reply.code(204).send(null);
    },
  );

  http.post(
    '/locations/:chain/:location/measured-events',
    {
      schema: {
        operationId: 'noteMeasuredEvent',
        tags: ['booking'],
        summary: 'An event that a page has handed to Google’s script',
        description: 'The last hundred of a booking link are kept and shown to the salon.',
        params: z.object({ chain: z.string().max(80), location: z.string().max(80) }),
        body: measuredEventShape,
        response: { 204: z.null(), ...problemAnswers },
      },
    },
    async (request, reply) => {
      const scope = await ctx.scopeOf(request.params.chain, request.params.location);
      const { link: slug, name, ...params } = request.body;
      const { linkId, measurementId } = chooseLink((await freshRules(ctx, scope)).catalog, slug);
      if (measurementId) await noteEvent(ctx, scope, { linkId, name, sender: 'browser', outcome: 'handed_over', params });
      return reply.code(204).send(null);
    },
  );
}
