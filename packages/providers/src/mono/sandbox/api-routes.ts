import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { FaultMatch } from '../../sandbox-kit/faults.ts';
import { strikeFault } from '../../sandbox-kit/strike-fault.ts';
import { cancelInvoice } from './cancel-invoice.ts';
import { createInvoice } from './create-invoice.ts';
import { cancelShape, invoiceShape, knownElsewhere, removeShape } from './invoice-shape.ts';
import type { Invoice, Merchant, Work } from './kinds.ts';
import type { MonoState } from './mono-state.ts';
import { readShape } from './read-shape.ts';
import { badRequest, notFound, Refusal } from './refusal.ts';
import { removeInvoice } from './remove-invoice.ts';
import { dateText, showInvoice } from './show-invoice.ts';
import { statement, statementShape } from './statement.ts';

const broken = { errCode: 'INTERNAL_ERROR', errText: 'internal server error' };
const tooMany = { errCode: 'TMR', errText: 'too many requests' };

interface Call {
  readonly merchant: Merchant;
  readonly body: unknown;
  readonly query: unknown;
}

/** The bank's own paths. */
export function apiRoutes(app: FastifyInstance, state: MonoState): void {
  const answer =
    (match: Exclude<FaultMatch, 'any'>, run: (call: Call) => object) =>
    (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
      const fault = strikeFault(state.faults, match, { request, reply, broken, tooMany });
      if (fault?.kind === 'answered') return reply;
      state.expireDue();
      const merchant = whoCalls(state, request.headers['x-token']);
      const done = run({ merchant, body: request.body, query: request.query });
      return fault ? fault.loseAnswer() : reply.send(done);
    };

  app.post(
    '/api/merchant/invoice/create',
    answer('create', ({ merchant, body }) => {
      const wish = readShape(invoiceShape, body, knownElsewhere);
      const { id } = state.deed((work) => createInvoice(work, merchant, wish));
      return { invoiceId: id, pageUrl: `${state.publicOrigin}/pay/${id}`, ...(wish.withAppUrl && { appUrl: `monobank://pay/${id}` }) };
    }),
  );
  app.get(
    '/api/merchant/invoice/status',
    answer('read', ({ merchant, query }) => {
      const { invoiceId } = readShape(removeShape, query);
      return state.deed((work) => showInvoice(invoiceOf(work, merchant, invoiceId)));
    }),
  );
  app.post(
    '/api/merchant/invoice/cancel',
    answer('refund', ({ merchant, body }) => {
      const { invoiceId, amount, extRef } = readShape(cancelShape, body);
      const later = state.refundsLater;
      const { status, createdAt, modifiedAt } = state.deed((work) =>
        cancelInvoice(work, invoiceOf(work, merchant, invoiceId), { amount, extRef, later }),
      );
      return { status, createdDate: dateText(createdAt), modifiedDate: dateText(modifiedAt) };
    }),
  );
  app.post(
    '/api/merchant/invoice/remove',
    answer('close', ({ merchant, body }) => {
      const { invoiceId } = readShape(removeShape, body);
      state.deed((work) => removeInvoice(work, invoiceOf(work, merchant, invoiceId)));
      return {};
    }),
  );
  app.get(
    '/api/merchant/details',
    answer('read', ({ merchant: { id, name, edrpou } }) => ({ merchantId: id, merchantName: name, edrpou })),
  );
  app.get(
    '/api/merchant/pubkey',
    answer('read', () => ({ key: Buffer.from(state.key().publicPem, 'utf8').toString('base64') })),
  );
  app.get(
    '/api/merchant/statement',
    answer('read', ({ merchant, query }) => {
      const { from, to = Math.floor(state.now().getTime() / 1000) } = readShape<z.output<typeof statementShape>>(statementShape, query);
      if (to < from) throw badRequest("invalid 'to'");
      return statement(
        state.journal.list('invoice').filter((one) => one.merchant === merchant.id),
        { from, to },
      );
    }),
  );
}

export const apiPaths: readonly string[] = [
  'invoice/create',
  'invoice/status',
  'invoice/cancel',
  'invoice/remove',
  'details',
  'pubkey',
  'statement',
].map((path) => `/api/merchant/${path}`);

function whoCalls(state: MonoState, token: string | string[] | undefined): Merchant {
  if (typeof token !== 'string' || token === '') throw badRequest("empty 'X-Token'");
  const merchant = state.merchantWith(token);
  if (!merchant) throw new Refusal(403, 'FORBIDDEN', 'forbidden');
  return merchant;
}

function invoiceOf({ tx }: Work, merchant: Merchant, id: string): Invoice {
  const invoice = tx.get('invoice', id);
  if (invoice?.merchant !== merchant.id) throw notFound("invalid 'invoiceId'");
  return invoice;
}
