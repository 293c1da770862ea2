import { z } from 'zod';
import { type Http, problemAnswers } from '../kit/http.ts';
import type { PaymentsContext } from './context.ts';
import { receiveWebhook } from './receive-webhook.ts';

const LARGEST_WEBHOOK_BYTES = 1024 * 1024;
const idShape = z.string().min(3).max(60);

/** What payment providers call. The body is taken as bytes, whatever it says it is: a signature is over the bytes. */
export async function paymentRoutes(app: Http, ctx: PaymentsContext): Promise<void> {
  await app.register(async (scoped) => {
    const http = scoped as unknown as Http;
    http.removeAllContentTypeParsers();
    http.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST_WEBHOOK_BYTES }, (_request, body, done) => done(null, body));
    http.post(
      '/api/v1/webhooks/:chainId/:connectionId',
      {
        bodyLimit: LARGEST_WEBHOOK_BYTES,
        schema: {
          operationId: 'receiveWebhook',
          summary: 'A payment provider reports an event',
          description:
            "The body is the provider's own, up to 1 MB, with the provider's own proof in the headers. It is stored before it is answered.",
          tags: ['webhooks'],
          params: z.object({ chainId: idShape, connectionId: idShape }),
          response: { 200: z.object({ received: z.literal(true) }), ...problemAnswers },
        },
      },
      async (request) => {
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
        );
        const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        await receiveWebhook(ctx, { ...request.params, headers, rawBody });
        return { received: true as const };
      },
    );
  });
}
