import {
  cashlessPaymentShape,
  connectionArchivalShape,
  connectionChangeShape,
  connectionTestedShape,
  connectionTestShape,
  connectionWishShape,
  credentialsChangeShape,
  methodWishShape,
  onlineMethodShape,
  webhookAddressesShape,
  webhookSetUpShape,
  webhookWishShape,
} from '@holdfast/contract/cashless';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { archiveConnection, changeConnection, replaceCredentials } from './change-connection.ts';
import type { PaymentsContext } from './context.ts';
import { makeConnection } from './make-connection.ts';
import { readCashlessPayment, webhookAddresses } from './read-cashless-payment.ts';
import { setUpWebhook } from './set-up-webhook.ts';
import { switchMethod } from './switch-method.ts';
import { adapterFor, testConnection, testCredentials } from './test-connection.ts';

const BASE = '/locations/:location/cashless-payment';
const here = z.object({ location: z.string().max(60) });
const ofConnection = here.extend({ connection: z.string().max(60) });
const ofMethod = here.extend({ method: onlineMethodShape });

/** Finance → Cashless payment: providers, their credentials, the two methods. Every change answers how all of it stands now. */
export async function connectionRoutes(http: Http, ctx: PaymentsContext): Promise<void> {
  const see = { needs: 'online_payment.see' } as const;
  const edit = { needs: 'online_payment.edit' } as const;
  const schema = <Params extends z.ZodObject>(operationId: string, summary: string, params: Params) => ({
    operationId,
    summary,
    tags: ['salon: cashless payment'],
    params,
    response: { 200: cashlessPaymentShape, ...problemAnswers },
  });
  const testedAnswers = { 200: connectionTestedShape, ...problemAnswers };

  http.get(BASE, { config: see, schema: schema('readCashlessPayment', 'Methods, connections, and what can be connected', here) }, async (request) =>
    readCashlessPayment(ctx, placeOf(request)),
  );

  http.post(
    `${BASE}/connection-tests`,
    {
      config: edit,
      schema: {
        ...schema('testCredentials', 'Are these credentials good?', here),
        description: 'Asks the provider; keeps nothing.',
        body: connectionTestShape,
        response: testedAnswers,
      },
    },
    async (request) => {
      const { provider, credentials, beforeSetUp } = request.body;
      const { account } = await testCredentials(adapterFor(ctx, placeOf(request).scope, provider).adapter, credentials, { beforeSetUp });
      return { account };
    },
  );

  http.post(
    `${BASE}/connections`,
    {
      config: edit,
      schema: {
        ...schema('connectProvider', 'Connect a provider', here),
        description: 'The credentials are tested first; if the provider does not take them, or cannot be asked, nothing is kept.',
        body: connectionWishShape,
      },
    },
    async (request) => {
      await makeConnection(ctx, whoOf(request), placeOf(request), request.body);
      return readCashlessPayment(ctx, placeOf(request));
    },
  );

  http.post(
    `${BASE}/connections/:connection/tests`,
    { config: edit, schema: { ...schema('testConnection', 'Are its credentials still good?', ofConnection), response: testedAnswers } },
    async (request) => {
      const { account } = await testConnection(ctx, placeOf(request).scope, request.params.connection);
      return { account };
    },
  );

  http.patch(
    `${BASE}/connections/:connection`,
    { config: edit, schema: { ...schema('changeConnection', 'Its name and its register', ofConnection), body: connectionChangeShape } },
    async (request) => {
      await changeConnection(ctx, whoOf(request), placeOf(request), request.params.connection, request.body);
      return readCashlessPayment(ctx, placeOf(request));
    },
  );

  http.put(
    `${BASE}/connections/:connection/credentials`,
    {
      config: edit,
      schema: {
        ...schema('replaceCredentials', 'New credentials of the same account', ofConnection),
        description: 'Of another account only while no payment was ever made through it: payments belong to the account they were made on.',
        body: credentialsChangeShape,
      },
    },
    async (request) => {
      await replaceCredentials(ctx, whoOf(request), placeOf(request), request.params.connection, request.body);
      return readCashlessPayment(ctx, placeOf(request));
    },
  );

  http.get(
    `${BASE}/webhook-addresses/:connection`,
    {
      config: edit,
      schema: {
        ...schema('readWebhookAddresses', 'The webhook’s address of a connection that is yet to be made', ofConnection),
        description: 'Of the newConnectionId that was shown. A part of it may be secret, so only who may connect sees it.',
        response: { 200: webhookAddressesShape, ...problemAnswers },
      },
    },
    async (request) => webhookAddresses(ctx, placeOf(request), request.params.connection),
  );

  http.post(
    `${BASE}/connections/:connection/webhook`,
    {
      config: edit,
      schema: {
        ...schema('setUpWebhook', 'Tell the provider our address by a call', ofConnection),
        description:
          'What that brings (a signing secret) takes the place of the old. Where the provider’s only address is another one, it says so first.',
        body: webhookWishShape,
        response: { 200: webhookSetUpShape, ...problemAnswers },
      },
    },
    async (request) => {
      const place = placeOf(request);
      const setting = await setUpWebhook(ctx, whoOf(request), place, request.params.connection, request.body);
      const otherUrl = setting.outcome === 'taken' ? setting.otherUrl : null;
      return { outcome: setting.outcome, otherUrl, page: await readCashlessPayment(ctx, place) };
    },
  );

  http.post(
    `${BASE}/connections/:connection/archival`,
    { config: edit, schema: { ...schema('archiveConnection', 'Put a connection away', ofConnection), body: connectionArchivalShape } },
    async (request) => {
      await archiveConnection(ctx, whoOf(request), placeOf(request), request.params.connection, request.body);
      return readCashlessPayment(ctx, placeOf(request));
    },
  );

  http.put(
    `${BASE}/methods/:method`,
    { config: edit, schema: { ...schema('switchMethod', 'Switch a way of paying online on or off', ofMethod), body: methodWishShape } },
    async (request) => {
      await switchMethod(ctx, whoOf(request), placeOf(request), request.params.method, request.body);
      return readCashlessPayment(ctx, placeOf(request));
    },
  );
}
