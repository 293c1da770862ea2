import { apiKeyShape, apiKeysShape, apiKeyWishShape, newApiKeyShape } from '@holdfast/contract/api-keys';
import { z } from 'zod';
import { type Http, problemAnswers } from '../kit/http.ts';
import type { AccessContext } from './context.ts';
import { whoOf } from './guard.ts';
import { makeKey } from './make-key.ts';
import { revokeKey } from './revoke-key.ts';
import { seeKeys } from './see-keys.ts';

const tags = ['salon: integrations'];
const config = { needs: 'integrations.edit' } as const;

/** Settings → API keys & webhooks: the keys. */
export async function keyRoutes(http: Http, ctx: AccessContext): Promise<void> {
  http.get(
    '/api-keys',
    {
      config,
      schema: { operationId: 'listApiKeys', tags, summary: 'Keys, and what new ones could be', response: { 200: apiKeysShape, ...problemAnswers } },
    },
    async (request) => seeKeys(ctx.db.read, whoOf(request), ctx.now()),
  );
  http.post(
    '/api-keys',
    {
      config,
      schema: {
        operationId: 'makeApiKey',
        tags,
        summary: 'A key for a program: it is shown this once',
        body: apiKeyWishShape,
        response: { 200: newApiKeyShape, ...problemAnswers },
      },
    },
    async (request) => makeKey(ctx, whoOf(request), request.body),
  );
  http.post(
    '/api-keys/:key/revocation',
    {
      config,
      schema: {
        operationId: 'revokeApiKey',
        tags,
        summary: 'From now on it opens nothing',
        params: z.object({ key: z.string().min(1).max(60) }),
        response: { 200: apiKeyShape, ...problemAnswers },
      },
    },
    async (request) => revokeKey(ctx, whoOf(request), request.params.key),
  );
}
