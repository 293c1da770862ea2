import { notedPaymentsShape, noteWishShape } from '@holdfast/contract/noted-payments';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import type { PaymentsContext } from './context.ts';
import { notePayment, readNotedPayments } from './note-payment.ts';

const id = z.string().max(60);
const connection = z.object({ location: id, connection: id });
const tags = ['salon: cashless payment'];
const response = { 200: notedPaymentsShape, ...problemAnswers };
const BASE = '/locations/:location/cashless-payment/connections/:connection/noted-payments';

/** Payments that are noted by hand: bank transfers, and whatever else has nobody to ask. */
export async function noteRoutes(http: Http, ctx: PaymentsContext): Promise<void> {
  http.get(
    BASE,
    {
      config: { needs: 'transactions.see' },
      schema: { operationId: 'readNotedPayments', tags, summary: 'Payments at which money is noted by hand', params: connection, response },
    },
    async (request) => ({ payments: await readNotedPayments(ctx.db.read, placeOf(request).scope, request.params.connection) }),
  );
  http.post(
    `${BASE}/:payment/notes`,
    {
      config: { needs: 'transactions.create' },
      schema: {
        operationId: 'notePayment',
        tags,
        summary: 'Note what has come in, or gone back',
        description: 'Both amounts only grow. From then on it is settled as any other payment.',
        params: connection.extend({ payment: id }),
        body: noteWishShape,
        response,
      },
    },
    async (request) => {
      const place = placeOf(request);
      const ids = { connectionId: request.params.connection, attemptId: request.params.payment };
      await notePayment(ctx, whoOf(request), place, ids, request.body);
      return { payments: await readNotedPayments(ctx.db.read, place.scope, request.params.connection) };
    },
  );
}
