import { arrivalsShape, cashlessPaymentShape } from '@holdfast/contract/cashless';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import type { PaymentsContext } from './context.ts';
import { giveTestBack, lookAtConnectionTest } from './follow-connection-test.ts';
import { readArrivals } from './read-arrivals.ts';
import { readCashlessPayment } from './read-cashless-payment.ts';
import { startConnectionTest } from './start-connection-test.ts';

const BASE = '/locations/:location/cashless-payment/connections/:connection';
const ofConnection = z.object({ location: z.string().max(60), connection: z.string().max(60) });
const ofTest = ofConnection.extend({ test: z.string().max(60) });
const tags = ['salon: cashless payment'];
const response = { 200: cashlessPaymentShape, ...problemAnswers };

/** Trying a connection with real money, and what has arrived on it. */
export async function connectionTestRoutes(http: Http, ctx: PaymentsContext): Promise<void> {
  const edit = { needs: 'online_payment.edit' } as const;

  http.post(
    `${BASE}/payment-tests`,
    {
      config: edit,
      schema: {
        operationId: 'startTestPayment',
        tags,
        summary: 'Make a payment of the smallest amount, to see the connection work',
        description: 'Real money of whoever pays it, to be given back from here. While one can be paid, it is the same one.',
        params: ofConnection,
        response,
      },
    },
    async (request) => {
      await startConnectionTest(ctx, whoOf(request), placeOf(request), request.params.connection);
      return readCashlessPayment(ctx, placeOf(request));
    },
  );

  http.post(
    `${BASE}/payment-tests/:test/looks`,
    {
      config: edit,
      schema: { operationId: 'lookAtTestPayment', tags, summary: 'Ask the provider how a test payment stands', params: ofTest, response },
    },
    async (request) => {
      await lookAtConnectionTest(ctx, placeOf(request), request.params.connection, request.params.test);
      return readCashlessPayment(ctx, placeOf(request));
    },
  );

  http.post(
    `${BASE}/payment-tests/:test/refunds`,
    {
      config: edit,
      schema: {
        operationId: 'giveTestPaymentBack',
        tags,
        summary: 'Give a test payment back',
        description: 'All that is left of it. It is written down before the provider is asked, and asked about until it is final.',
        params: ofTest,
        response,
      },
    },
    async (request) => {
      await giveTestBack(ctx, whoOf(request), placeOf(request), request.params.connection, request.params.test);
      return readCashlessPayment(ctx, placeOf(request));
    },
  );

  http.get(
    `${BASE}/webhooks`,
    {
      config: { needs: 'online_payment.see' },
      schema: {
        operationId: 'readArrivals',
        tags,
        summary: 'What has arrived, newest first',
        params: ofConnection,
        querystring: z.object({ after: z.string().max(400).optional().describe('The `next` of the page before') }),
        response: { 200: arrivalsShape, ...problemAnswers },
      },
    },
    async (request) => readArrivals(ctx, placeOf(request), request.params.connection, request.query.after),
  );
}
