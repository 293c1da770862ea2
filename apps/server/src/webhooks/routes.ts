import { doneShape } from '@holdfast/contract/signing-in';
import {
  deliveriesAskedShape,
  deliveriesShape,
  deliveryDetailShape,
  endpointChangeShape,
  endpointShape,
  endpointsShape,
  endpointWishShape,
  newEndpointShape,
  replayedShape,
  replayWishShape,
  rotationWishShape,
} from '@holdfast/contract/webhooks';
import { z } from 'zod';
import { whoOf } from '../access/guard.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { changeEndpoint, deleteEndpoint } from './change-endpoint.ts';
import type { WebhooksContext } from './context.ts';
import { makeEndpoint } from './make-endpoint.ts';
import { pingEndpoint } from './ping-endpoint.ts';
import { replayOne, replaySince } from './replay.ts';
import { rotateSecret } from './rotate-secret.ts';
import { seeDeliveries, seeDelivery } from './see-deliveries.ts';
import { seeEndpoint, seeEndpoints } from './see-endpoints.ts';

const tags = ['salon: integrations'];
const config = { needs: 'integrations.edit' } as const;
const BASE = '/webhook-endpoints';
const params = z.object({ endpoint: z.string().min(1).max(60) });
const ofDelivery = params.extend({ delivery: z.string().min(1).max(60) });

/** Settings → API keys & webhooks: where events are sent, and what became of them. */
export async function webhookRoutes(http: Http, ctx: WebhooksContext): Promise<void> {
  http.get(
    BASE,
    {
      config,
      schema: { operationId: 'listWebhookEndpoints', tags, summary: 'Where events are sent', response: { 200: endpointsShape, ...problemAnswers } },
    },
    async (request) => seeEndpoints(ctx.db.read, whoOf(request), ctx.now()),
  );
  http.post(
    BASE,
    {
      config,
      schema: {
        operationId: 'makeWebhookEndpoint',
        tags,
        summary: 'An address to send events to: its secret is shown this once',
        body: endpointWishShape,
        response: { 200: newEndpointShape, ...problemAnswers },
      },
    },
    async (request) => makeEndpoint(ctx, whoOf(request), request.body),
  );
  http.get(
    `${BASE}/:endpoint`,
    {
      config,
      schema: { operationId: 'readWebhookEndpoint', tags, summary: 'One of them', params, response: { 200: endpointShape, ...problemAnswers } },
    },
    async (request) => seeEndpoint(ctx.db.read, whoOf(request), request.params.endpoint, ctx.now()),
  );
  http.put(
    `${BASE}/:endpoint`,
    {
      config,
      schema: {
        operationId: 'changeWebhookEndpoint',
        tags,
        summary: 'Another address, other events, on or off',
        params,
        body: endpointChangeShape,
        response: { 200: endpointShape, ...problemAnswers },
      },
    },
    async (request) => changeEndpoint(ctx, whoOf(request), request.params.endpoint, request.body),
  );
  http.delete(
    `${BASE}/:endpoint`,
    {
      config,
      schema: {
        operationId: 'deleteWebhookEndpoint',
        tags,
        summary: 'Nothing is sent there any more',
        params,
        response: { 200: doneShape, ...problemAnswers },
      },
    },
    async (request) => {
      await deleteEndpoint(ctx, whoOf(request), request.params.endpoint);
      return { done: true } as const;
    },
  );
  http.post(
    `${BASE}/:endpoint/secret`,
    {
      config,
      schema: {
        operationId: 'rotateWebhookSecret',
        tags,
        summary: 'A new secret; the old one signs beside it for a while',
        params,
        body: rotationWishShape,
        response: { 200: newEndpointShape, ...problemAnswers },
      },
    },
    async (request) => rotateSecret(ctx, whoOf(request), request.params.endpoint, request.body),
  );
  http.post(
    `${BASE}/:endpoint/ping`,
    {
      config,
      schema: {
        operationId: 'pingWebhookEndpoint',
        tags,
        summary: 'Send something that means nothing, and see what comes back',
        params,
        response: { 200: deliveryDetailShape, ...problemAnswers },
      },
    },
    async (request) => pingEndpoint(ctx, whoOf(request), request.params.endpoint),
  );
  http.get(
    `${BASE}/:endpoint/deliveries`,
    {
      config,
      schema: {
        operationId: 'listWebhookDeliveries',
        tags,
        summary: 'What was told there, the newest first',
        params,
        querystring: deliveriesAskedShape,
        response: { 200: deliveriesShape, ...problemAnswers },
      },
    },
    async (request) => seeDeliveries(ctx.db.read, whoOf(request), request.params.endpoint, request.query),
  );
  http.get(
    `${BASE}/:endpoint/deliveries/:delivery`,
    {
      config,
      schema: {
        operationId: 'readWebhookDelivery',
        tags,
        summary: 'What was sent, and what came back',
        params: ofDelivery,
        response: { 200: deliveryDetailShape, ...problemAnswers },
      },
    },
    async (request) => seeDelivery(ctx.db.read, whoOf(request), request.params.endpoint, request.params.delivery),
  );
  http.post(
    `${BASE}/:endpoint/deliveries/:delivery/replay`,
    {
      config,
      schema: {
        operationId: 'replayWebhookDelivery',
        tags,
        summary: 'Send it once more, under the same id',
        params: ofDelivery,
        response: { 200: deliveryDetailShape, ...problemAnswers },
      },
    },
    async (request) => {
      const { endpoint, delivery } = request.params;
      await replayOne(ctx, whoOf(request), endpoint, delivery);
      return seeDelivery(ctx.db.read, whoOf(request), endpoint, delivery);
    },
  );
  http.post(
    `${BASE}/:endpoint/replays`,
    {
      config,
      schema: {
        operationId: 'replayWebhooks',
        tags,
        summary: 'Send everything once more that was told since a moment',
        params,
        body: replayWishShape,
        response: { 200: replayedShape, ...problemAnswers },
      },
    },
    async (request) => ({ replayed: await replaySince(ctx, whoOf(request), request.params.endpoint, request.body) }),
  );
}
