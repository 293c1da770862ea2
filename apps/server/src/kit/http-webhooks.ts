import { webhookAbout, webhookShape } from '@holdfast/contract/webhook-events';
import { webhookTypes } from '@holdfast/contract/webhook-types';
import { z } from 'zod';

/** What is sent to whoever asked for it, as OpenAPI describes it: beside the paths, because the addresses are theirs. */
export function withWebhooks<T extends object>(document: T): T {
  const webhooks = Object.fromEntries(
    webhookTypes.map((type) => {
      const { $schema: _, $defs: __, ...schema } = z.toJSONSchema(webhookShape(type), { io: 'output' });
      const described = JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as object;
      const operation = {
        operationId: `told${type.replaceAll(/(^|[._])([a-z])/g, (_all, _before, letter: string) => letter.toUpperCase())}`,
        summary: webhookAbout[type],
        tags: ['outgoing webhooks'],
        security: [],
        parameters: headers,
        requestBody: { required: true, content: { 'application/json': { schema: described } } },
        responses: { '2XX': { description: 'It has arrived. Anything else, a redirect too, is tried again.' } },
      };
      return [type, { post: operation }];
    }),
  );
  return { ...document, webhooks };
}

const header = (name: string, description: string) => ({ in: 'header', name, required: true, description, schema: { type: 'string' } });
const headers = [
  header('webhook-id', 'The event: the same in every try and every replay'),
  header('webhook-timestamp', 'When it was sent, in seconds since 1970'),
  header(
    'webhook-signature',
    '`v1,` and the base64 of HMAC-SHA-256 over `<webhook-id>.<webhook-timestamp>.<body>`; several with spaces between while a secret is changed',
  ),
];
