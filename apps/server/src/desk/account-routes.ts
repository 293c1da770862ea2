import {
  accountPageShape,
  accountPaymentWishShape,
  accountReasonShape,
  accountsOfClientShape,
  accountTypesShape,
  accountTypeWishShape,
  clientAccountsAskedShape,
  clientAccountsShape,
  newAccountTypeShape,
  openAccountWishShape,
  statementAskedShape,
  statementShape,
  topUpLinkWishShape,
  topUpReversalWishShape,
  topUpWishShape,
} from '@holdfast/contract/accounts';
import { checkoutShape, linkMessageWishShape } from '@holdfast/contract/checkout';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import { addAccountType, changeAccountType, readAccountTypes } from '../accounts/account-types.ts';
import { findAccount } from '../accounts/find-account.ts';
import { readStatement } from '../accounts/read-statement.ts';
import type { BookingContext } from '../booking/context.ts';
import { csvStream } from '../kit/csv.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { holdForVisit, releaseHold } from './hold-for-visit.ts';
import { openAccountByHand } from './open-account.ts';
import { payVisitFromAccount } from './pay-visit-from-account.ts';
import { payoutRoute } from './payout-route.ts';
import { listAccounts, readAccountPage, readAccountsOfClient } from './read-accounts.ts';
import { readCheckout } from './read-checkout.ts';
import { reverseAccountPayment } from './reverse-account-payment.ts';
import { reverseTopUp } from './reverse-top-up.ts';
import { sendTopUpLink } from './send-top-up-link.ts';
import { statementPages } from './statement-file.ts';
import type { AtDesk } from './take-for-visit.ts';
import { cancelTopUpLink, makeTopUpLink, topUpAtDesk } from './top-up-at-desk.ts';

const id = z.string().max(60);
const here = z.object({ location: id });
const byAccount = here.extend({ account: z.string().max(140) });
const byClient = here.extend({ client: id });
const byAppointment = here.extend({ appointment: id });
const at = '/locations/:location';
const desk = (request: FastifyRequest): AtDesk => ({ who: whoOf(request), place: placeOf(request) });

/** Client accounts: their types, what is on them, what fills them and what is paid from them. */
export async function accountDeskRoutes(http: Http, ctx: BookingContext): Promise<void> {
  const schema = (operationId: string, summary: string) => ({ operationId, summary, tags: ['salon: client accounts'] });
  const types = { 200: accountTypesShape, ...problemAnswers };
  const page = { 200: accountPageShape, ...problemAnswers };
  const checkout = { 200: checkoutShape, ...problemAnswers };

  http.get(
    `${at}/account-types`,
    { config: { needs: 'checkout.see' }, schema: { ...schema('readAccountTypes', 'The chain’s account types'), params: here, response: types } },
    async (request) => readAccountTypes(ctx.db.read, whoOf(request)),
  );
  http.post(
    `${at}/account-types`,
    {
      config: { needs: 'finance.edit' },
      schema: { ...schema('addAccountType', 'A new type of account'), params: here, body: newAccountTypeShape, response: types },
    },
    async (request) => {
      await addAccountType(ctx, whoOf(request), request.body);
      return readAccountTypes(ctx.db.read, whoOf(request));
    },
  );
  http.put(
    `${at}/account-types/:type`,
    {
      config: { needs: 'finance.edit' },
      schema: {
        ...schema('changeAccountType', 'Its name, limit and places; archive it, bring it back'),
        params: here.extend({ type: id }),
        body: accountTypeWishShape,
        response: types,
      },
    },
    async (request) => {
      await changeAccountType(ctx, whoOf(request), request.params.type, request.body);
      return readAccountTypes(ctx.db.read, whoOf(request));
    },
  );

  http.get(
    `${at}/client-accounts`,
    {
      config: { needs: 'checkout.see' },
      schema: {
        ...schema('listClientAccounts', 'Accounts of the chain, the largest first'),
        params: here,
        querystring: clientAccountsAskedShape,
        response: { 200: clientAccountsShape, ...problemAnswers },
      },
    },
    async (request) => {
      const { search, type, only, limit, after } = request.query;
      return listAccounts(ctx, placeOf(request), { search, type, only, limit, after });
    },
  );
  http.get(
    `${at}/client-accounts/:account`,
    {
      config: { needs: 'checkout.see' },
      schema: { ...schema('readClientAccount', 'An account with what was put on it and what is held'), params: byAccount, response: page },
    },
    async (request) => readAccountPage(ctx, desk(request), request.params.account),
  );
  http.get(
    `${at}/client-accounts/:account/statement`,
    {
      config: { needs: 'checkout.see' },
      schema: {
        ...schema('readStatement', 'Everything that moved on an account, newest first'),
        params: byAccount,
        querystring: statementAskedShape,
        response: { 200: statementShape, ...problemAnswers },
      },
    },
    async (request) => {
      const { scope, rights } = placeOf(request);
      const account = await findAccount(ctx.db.read, scope, request.params.account);
      const { before, limit } = request.query;
      return readStatement(ctx.db.read, scope.chainId, account, { seesClients: rights.has('clients.see') }, { before, limit });
    },
  );
  http.get(
    `${at}/client-accounts/:account/statement.csv`,
    {
      config: { needs: 'checkout.see' },
      schema: {
        ...schema('exportStatement', 'The whole statement as a file, oldest first'),
        params: byAccount,
        response: { 200: { description: 'One line for each movement', content: { 'text/csv': { schema: z.string() } } }, ...problemAnswers },
      },
      serializerCompiler: () => (text) => text as unknown as string,
    },
    async (request, reply) => {
      const { heading, pages } = await statementPages(ctx, placeOf(request), request.params.account);
      reply.header('content-disposition', `attachment; filename="statement-${ctx.now().toISOString().slice(0, 10)}.csv"`);
      return reply.type('text/csv; charset=utf-8').send(csvStream(heading, pages) as never);
    },
  );

  const ofClient = { 200: accountsOfClientShape, ...problemAnswers };
  http.get(
    `${at}/clients/:client/accounts`,
    { config: { needs: 'checkout.see' }, schema: { ...schema('readAccountsOfClient', 'A client’s accounts'), params: byClient, response: ofClient } },
    async (request) => readAccountsOfClient(ctx, placeOf(request), request.params.client),
  );
  http.post(
    `${at}/clients/:client/accounts`,
    {
      config: { needs: 'accounts.top_up' },
      schema: {
        ...schema('openClientAccount', 'Open an account of a type, before its first use'),
        params: byClient,
        body: openAccountWishShape,
        response: ofClient,
      },
    },
    async (request) => {
      await openAccountByHand(ctx, desk(request), request.params.client, request.body.typeId);
      return readAccountsOfClient(ctx, placeOf(request), request.params.client);
    },
  );

  http.post(
    `${at}/client-accounts/:account/top-ups`,
    {
      config: { needs: 'accounts.top_up' },
      schema: {
        ...schema('topUpAccount', 'Cash or a card for an account, into a register'),
        params: byAccount,
        body: topUpWishShape,
        response: page,
      },
    },
    async (request) => {
      await topUpAtDesk(ctx, desk(request), request.params.account, request.body);
      return readAccountPage(ctx, desk(request), request.params.account);
    },
  );
  http.post(
    `${at}/client-accounts/:account/top-up-links`,
    {
      config: { needs: 'accounts.top_up' },
      schema: {
        ...schema('makeTopUpLink', 'A link by which the client fills the account'),
        params: byAccount,
        body: topUpLinkWishShape,
        response: page,
      },
    },
    async (request) => {
      await makeTopUpLink(ctx, desk(request), request.params.account, request.body);
      return readAccountPage(ctx, desk(request), request.params.account);
    },
  );
  const byTopUp = here.extend({ topUp: id });
  http.post(
    `${at}/top-ups/:topUp/messages`,
    {
      config: { needs: 'accounts.top_up' },
      schema: {
        ...schema('sendTopUpLink', 'Send the link to the client'),
        params: byTopUp,
        body: linkMessageWishShape,
        response: page,
      },
    },
    async (request) => readAccountPage(ctx, desk(request), await sendTopUpLink(ctx, desk(request), request.params.topUp, request.body.channel)),
  );
  http.post(
    `${at}/top-ups/:topUp/cancellation`,
    {
      config: { needs: 'accounts.top_up' },
      schema: { ...schema('cancelTopUpLink', 'A link that nobody has paid leads nowhere any more'), params: byTopUp, response: page },
    },
    async (request) => readAccountPage(ctx, desk(request), await cancelTopUpLink(ctx, desk(request), request.params.topUp)),
  );
  http.post(
    `${at}/top-ups/:topUp/reversal`,
    {
      config: { needs: 'transactions.delete' },
      schema: {
        ...schema('reverseTopUp', 'Undo a mistaken top-up, while the money is there'),
        description: 'The books keep it, and add its reversal. Through a provider: it goes back there, and is held until the provider confirms.',
        params: byTopUp,
        body: topUpReversalWishShape,
        response: page,
      },
    },
    async (request) => readAccountPage(ctx, desk(request), await reverseTopUp(ctx, desk(request), request.params.topUp, request.body)),
  );

  payoutRoute(http, ctx);

  http.post(
    `${at}/appointments/:appointment/account-payments`,
    {
      config: { needs: 'accounts.pay' },
      schema: {
        ...schema('payFromAccount', 'Pay a visit from an account'),
        params: byAppointment,
        body: accountPaymentWishShape,
        response: checkout,
      },
    },
    async (request) => {
      await payVisitFromAccount(ctx, desk(request), request.params.appointment, request.body);
      return readCheckout(ctx, placeOf(request), request.params.appointment);
    },
  );
  http.post(
    `${at}/appointments/:appointment/account-holds`,
    {
      config: { needs: 'accounts.pay' },
      schema: {
        ...schema('holdOnAccount', 'Keep a part on an account until the rest is paid'),
        params: byAppointment,
        body: accountPaymentWishShape,
        response: checkout,
      },
    },
    async (request) => {
      await holdForVisit(ctx, desk(request), request.params.appointment, request.body);
      return readCheckout(ctx, placeOf(request), request.params.appointment);
    },
  );
  http.post(
    `${at}/account-payments/:payment/reversal`,
    {
      config: { needs: 'transactions.delete' },
      schema: {
        ...schema('reverseAccountPayment', 'Put a payment back on the account it came from'),
        params: here.extend({ payment: id }),
        body: accountReasonShape,
        response: checkout,
      },
    },
    async (request) =>
      readCheckout(ctx, placeOf(request), await reverseAccountPayment(ctx, desk(request), request.params.payment, request.body.because)),
  );
  http.post(
    `${at}/account-holds/:hold/release`,
    {
      config: { needs: 'accounts.pay' },
      schema: {
        ...schema('releaseAccountHold', 'Let go of what is held'),
        params: here.extend({ hold: id }),
        body: accountReasonShape,
        response: checkout,
      },
    },
    async (request) => readCheckout(ctx, placeOf(request), await releaseHold(ctx, desk(request), request.params.hold, request.body.because)),
  );
}
