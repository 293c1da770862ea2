import { phoneCodeShape, phoneCodeTryShape, phoneCodeWishShape, phoneConfirmedShape } from '@holdfast/contract/phone-codes';
import { z } from 'zod';
import type { Scope } from '../access/scope.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { askCode } from './ask-code.ts';
import { confirmPhone } from './confirm-phone.ts';
import type { ConfirmationContext } from './context.ts';

const place = z.object({ chain: z.string().max(80), location: z.string().max(80) });
const tags = ['booking'];

/** What the widget's step "Confirm your phone" does. */
export async function clientCodeRoutes(
  http: Http,
  ctx: ConfirmationContext & { scopeOf: (chain: string, location: string) => Promise<Scope> },
): Promise<void> {
  http.post(
    '/locations/:chain/:location/phone-codes',
    {
      schema: {
        operationId: 'askPhoneCode',
        tags,
        summary: 'Send a code to a telephone',
        description:
          'Whatever number it is, the answer looks the same. Within a minute of the last one nothing is sent, and the code on its way is answered.',
        params: place,
        body: phoneCodeWishShape,
        response: { 200: phoneCodeShape, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const scope = await ctx.scopeOf(request.params.chain, request.params.location);
      reply.header('cache-control', 'no-store');
      return askCode(ctx, scope, request.body, { address: request.ip, origin: request.headers.origin });
    },
  );

  http.post(
    '/locations/:chain/:location/phone-codes/confirmation',
    {
      schema: {
        operationId: 'confirmPhone',
        tags,
        summary: 'Confirm a telephone by the code that was sent to it',
        description: 'Five tries for each code; the proof goes into the booking with the same draftId and phone.',
        params: place,
        body: phoneCodeTryShape,
        response: { 200: phoneConfirmedShape, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const scope = await ctx.scopeOf(request.params.chain, request.params.location);
      reply.header('cache-control', 'no-store');
      return confirmPhone(ctx, scope, request.body);
    },
  );
}
