import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Http, problemAnswers } from '../kit/http.ts';
import type { PaymentsContext } from './context.ts';
import { answerAddressCheck, receiveWebhook } from './receive-webhook.ts';

const LARGEST_WEBHOOK_BYTES = 1024 * 1024;
const idShape = z.string().min(3).max(60);
const openParams = z.object({ chainId: idShape, connectionId: idShape });
const secretParams = openParams.extend({ secret: z.string().max(200).optional() });

/** What payment providers call. The body is taken as bytes, whatever it says it is: a signature is over the bytes. */
export async function paymentRoutes(app: Http, ctx: PaymentsContext): Promise<void> {
  await app.register(async (scoped) => {
    const http = scoped as unknown as Http;
    http.removeAllContentTypeParsers();
    http.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST_WEBHOOK_BYTES }, (_request, body, done) => done(null, body));
    const receive = async (request: FastifyRequest) => {
      const { chainId, connectionId, secret } = request.params as z.output<typeof secretParams>;
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
      );
      const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      await receiveWebhook(ctx, { chainId, connectionId, secret, headers, rawBody });
      return { received: true as const };
    };
    const about = {
      description: "The body is the provider's own, up to 1 MB, with the provider's own proof in the headers. It is stored before it is answered.",
      tags: ['webhooks'],
      response: { 200: z.object({ received: z.literal(true) }), ...problemAnswers },
    };
    http.post(
      '/api/v1/webhooks/:chainId/:connectionId',
      {
        bodyLimit: LARGEST_WEBHOOK_BYTES,
        schema: { operationId: 'receiveWebhook', summary: 'A payment provider reports an event', params: openParams, ...about },
      },
      receive,
    );
    http.post(
      '/api/v1/webhooks/:chainId/:connectionId/:secret',
      {
        bodyLimit: LARGEST_WEBHOOK_BYTES,
        schema: {
          operationId: 'receiveWebhookBySecret',
          summary: 'A provider that signs nothing reports an event at an address only it was told',
          params: secretParams,
          ...about,
        },
      },
      receive,
    );
    // PIX appends its own word to whatever address it was told
    http.post(
      '/api/v1/webhooks/:chainId/:connectionId/:secret/pix',
      { bodyLimit: LARGEST_WEBHOOK_BYTES, schema: { hide: true, params: secretParams, response: about.response } },
      receive,
    );
    http.get(
      '/api/v1/webhooks/:chainId/:connectionId/:secret',
      {
        schema: {
          operationId: 'answerAddressCheck',
          summary: 'A provider checks the address before it reports there',
          tags: ['webhooks'],
          params: secretParams,
          response: { 200: z.record(z.string(), z.unknown()), ...problemAnswers },
        },
      },
      async (request) => answerAddressCheck(ctx, request.params),
    );
  });
}
