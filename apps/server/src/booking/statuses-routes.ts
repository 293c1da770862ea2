import { statusChangeShape, statusMatrixShape } from '@holdfast/contract/cashless';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import type { Scope } from '../access/scope.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { readMinimumCharge } from '../payments/read-minimum-charge.ts';
import { changeStatuses } from './change-statuses.ts';
import type { BookingContext } from './context.ts';
import { freshRules } from './fresh-rules.ts';
import { statusMatrix } from './status-matrix.ts';

/** Finance → Cashless payment → Statuses (A2). */
export async function statusesRoutes(http: Http, ctx: BookingContext): Promise<void> {
  const matrixOf = async (scope: Scope) => {
    const rules = await freshRules(ctx, scope);
    return statusMatrix(rules, await readMinimumCharge(ctx.payments, scope, rules.catalog.location.currency));
  };
  const schema = {
    tags: ['salon: cashless payment'],
    params: z.object({ location: z.string().max(60) }),
    response: { 200: statusMatrixShape, ...problemAnswers },
  };

  http.get(
    '/locations/:location/online-payment-statuses',
    {
      config: { needs: 'online_payment.see' },
      schema: { ...schema, operationId: 'readOnlinePaymentStatuses', summary: 'Services × team members: what clients are asked for, and why' },
    },
    async (request) => matrixOf(placeOf(request).scope),
  );

  http.patch(
    '/locations/:location/online-payment-statuses',
    {
      config: { needs: 'catalog.online_payment' },
      // a table of hundreds of services is larger than an ordinary request
      bodyLimit: 512 * 1024,
      schema: {
        ...schema,
        operationId: 'changeOnlinePaymentStatuses',
        summary: 'Change many statuses at once, all or none',
        body: statusChangeShape,
      },
    },
    async (request) => {
      await changeStatuses(ctx, whoOf(request), placeOf(request), request.body);
      return matrixOf(placeOf(request).scope);
    },
  );
}
