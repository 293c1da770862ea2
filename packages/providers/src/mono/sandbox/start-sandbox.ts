import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Sandbox, SandboxOptions, SandboxPayment } from '../../sandbox-kit/sandbox.ts';
import { apiPaths, apiRoutes } from './api-routes.ts';
import { cancelInvoice, settleCancel } from './cancel-invoice.ts';
import { developersRoutes, newToken } from './developers-routes.ts';
import type { Invoice, Work } from './kinds.ts';
import { MonoState } from './mono-state.ts';
import { pageRoutes } from './page-routes.ts';
import { payInvoice, settleInvoice } from './pay-invoice.ts';
import { ccyOf, currencyOf, plainPrice } from './price-shown.ts';
import { badRequest, Refusal } from './refusal.ts';
import { givenBack } from './show-invoice.ts';

export interface MonoSandbox extends Sandbox {
  /** Webhooks are signed with another key from now on, which `GET /api/merchant/pubkey` gives. */
  rollKey(): void;
}

/** Starts a local server that speaks the bank's acquiring protocol. */
export async function startSandbox(options: SandboxOptions): Promise<MonoSandbox> {
  const state = new MonoState({ now: options.now, statePath: options.statePath });
  const app = makeApp(state);
  const host = options.host ?? '127.0.0.1';
  await app.listen({ port: options.port ?? 0, host });
  const origin = `http://${host}:${(app.server.address() as AddressInfo).port}`;
  state.publicOrigin = options.publicOrigin ?? origin;
  state.deliveries.sendDue();
  const every = options.tickEveryMs ?? 1000;
  const timer = every === 0 ? undefined : setInterval(() => void state.tick(), every);
  timer?.unref();
  /** Does something to one invoice from outside the protocol. */
  const deed = <T>(id: string, run: (work: Work, invoice: Invoice) => T): T => {
    state.expireDue();
    return state.deed((work) => {
      const invoice = work.tx.get('invoice', id);
      if (!invoice) throw new RangeError(`there is no invoice ${id}`);
      return run(work, invoice);
    });
  };
  return {
    provider: 'mono',
    origin,
    pagesOrigin: state.publicOrigin,
    faults: state.faults,
    webhooks: state.deliveries,
    inventKeys: async (name) => ({ token: newToken(createHash('sha512').update(`mono ${name}`).digest()) }),
    setAccount: ({ token = '' }) => void state.keepMerchant({ token, byHand: false }),
    payments: () => paymentsOf(state),
    pay: (id, { declined, processing, amountMinor, currency } = {}) =>
      deed(id, (work, invoice) => {
        const taken = {
          ...invoice,
          amount: amountMinor === undefined ? invoice.amount : Number(amountMinor),
          ccy: currency ? ccyOf(currency) : invoice.ccy,
        };
        return payInvoice(work, taken, declined ? 'declines' : processing ? 'later' : 'pays');
      }),
    settleProcessing: (id, paid) => deed(id, (work, invoice) => settleInvoice(work, invoice, paid)),
    giveBack: (id, amountMinor) =>
      deed(id, (work, invoice) => void cancelInvoice(work, invoice, { amount: amountMinor === undefined ? undefined : Number(amountMinor) })),
    answerRefunds: (how) => {
      state.refundsLater = how === 'later';
    },
    settleRefund: (refundId, done) => state.deed((work) => settleCancel(work, refundId, done)),
    rollKey: () => state.rollKey(),
    tick: () => state.tick(),
    close: async () => {
      clearInterval(timer);
      await state.deliveries.close();
      await app.close();
      state.journal.close();
    },
  };
}

function makeApp(state: MonoState): FastifyInstance {
  const app = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 500 } });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const known = error instanceof Refusal ? error : (error.statusCode ?? 500) < 500 ? badRequest('invalid request body') : undefined;
    const refusal = known ?? new Refusal(500, 'INTERNAL_ERROR', 'internal server error');
    return reply.code(refusal.status).send(refusal.body());
  });
  app.setNotFoundHandler((request, reply) => {
    const known = apiPaths.includes(request.url.split('?')[0] ?? '');
    const refusal = known ? new Refusal(405, 'METHOD_NOT_ALLOWED', 'Method not allowed') : new Refusal(404, 'NOT_FOUND', 'not found');
    return reply.code(refusal.status).send(refusal.body());
  });
  apiRoutes(app, state);
  pageRoutes(app, state);
  developersRoutes(app, state);
  app.post('/_sandbox/tick', async () => {
    await state.tick();
    return {};
  });
  app.get('/_sandbox/payments', (_request, reply) =>
    reply
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(paymentsOf(state), (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))),
  );
  return app;
}

const stateOf = {
  created: 'open',
  processing: 'processing',
  hold: 'processing',
  success: 'captured',
  reversed: 'captured',
  failure: 'failed',
  expired: 'closed',
} as const satisfies Record<Invoice['status'], SandboxPayment['state']>;

function paymentsOf(state: MonoState): SandboxPayment[] {
  state.expireDue();
  return state.journal.list('invoice').map((invoice) => ({
    id: invoice.id,
    reference: invoice.reference,
    state: stateOf[invoice.status],
    currency: currencyOf(invoice.ccy),
    amountMinor: BigInt(invoice.amount),
    capturedMinor: stateOf[invoice.status] === 'captured' ? BigInt(invoice.amount) : 0n,
    refundedMinor: BigInt(givenBack(invoice).done),
    priceShown: plainPrice(invoice.amount),
  }));
}
