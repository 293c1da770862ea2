import { phoneCodeBudgetWishShape, phoneCodesShape, unblockPrefixShape } from '@holdfast/contract/phone-codes';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { changeBudget } from './change-budget.ts';
import type { ConfirmationContext } from './context.ts';
import { readPhoneCodes } from './read-phone-codes.ts';
import { unblockPrefix } from './unblock-prefix.ts';

/** Settings → Phone confirmation: what codes may cost in a day, and which numbers are sent nothing. */
export async function salonCodeRoutes(http: Http, ctx: ConfirmationContext): Promise<void> {
  const config = { needs: 'location.edit' } as const;
  const schema = (operationId: string, summary: string) => ({
    operationId,
    summary,
    tags: ['salon: settings'],
    params: z.object({ location: z.string().max(60) }),
    response: { 200: phoneCodesShape, ...problemAnswers },
  });

  http.get(
    '/locations/:location/phone-codes',
    { config, schema: schema('readPhoneCodes', 'Codes sent to clients, and blocked prefixes') },
    async (request) => readPhoneCodes(ctx, placeOf(request).scope),
  );

  http.put(
    '/locations/:location/phone-codes/budget',
    { config, schema: { ...schema('changePhoneCodeBudget', 'How many codes are sent in 24 hours'), body: phoneCodeBudgetWishShape } },
    async (request) => {
      await changeBudget(ctx, whoOf(request), placeOf(request), request.body);
      return readPhoneCodes(ctx, placeOf(request).scope);
    },
  );

  http.post(
    '/locations/:location/phone-codes/unblocked-prefixes',
    { config, schema: { ...schema('unblockPhonePrefix', 'Send codes to these numbers again'), body: unblockPrefixShape } },
    async (request) => {
      await unblockPrefix(ctx, whoOf(request), placeOf(request), request.body.prefix);
      return readPhoneCodes(ctx, placeOf(request).scope);
    },
  );
}
