import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Sandbox, SandboxOptions, SandboxPayment } from '../../sandbox-kit/sandbox.ts';
import { developersRoutes, keysFrom } from './developers-routes.ts';
import type { Currency, Payment, Work } from './kinds.ts';
import { LiqpayState } from './liqpay-state.ts';
import { plainPrice } from './money-text.ts';
import { pageRoutes } from './page-routes.ts';
import { payCheckout, settleCheckout } from './pay-checkout.ts';
import { refundPayment, settleRefund } from './refund-payment.ts';
import { requestRoutes } from './request-routes.ts';
import { refundedMinor, statusAt } from './show-payment.ts';

const currencies: readonly Currency[] = ['UAH', 'USD', 'EUR'];

/** Starts a local server that speaks LiqPay's protocol: the checkout that a browser comes to, and the API. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const state = new LiqpayState({ now: options.now, statePath: options.statePath });
  const app = makeApp(state);
  const host = options.host ?? '127.0.0.1';
  await app.listen({ port: options.port ?? 0, host });
  const origin = `http://${host}:${(app.server.address() as AddressInfo).port}`;
  state.deliveries.sendDue();
  const every = options.tickEveryMs ?? 1000;
  const timer = every === 0 ? undefined : setInterval(() => void state.tick(), every);
  timer?.unref();
  /** Does something to one payment from outside the protocol. */
  const deed = <T>(orderId: string, run: (work: Work, payment: Payment) => T): T =>
    state.deed((work) => {
      const payment = work.tx.list('payment').find((one) => one.orderId === orderId);
      if (!payment) throw new RangeError(`there is no payment ${orderId}`);
      return run(work, payment);
    });
  return {
    provider: 'liqpay',
    origin,
    pagesOrigin: options.publicOrigin ?? origin,
    faults: state.faults,
    webhooks: state.deliveries,
    inventKeys: async (name) => ({ ...keysFrom(Buffer.from(`liqpay ${name}`, 'utf8')), version: '7' }),
    setAccount: ({ publicKey = '', privateKey = '' }) => state.keepMerchant({ publicKey, privateKey, byHand: false }),
    payments: () => paymentsOf(state),
    pay: (id, { declined, processing, amountMinor, currency } = {}) =>
      deed(id, (work, payment) => {
        const taken: Payment = {
          ...payment,
          amount: amountMinor === undefined ? payment.amount : String(amountMinor),
          currency: currencyOf(currency) ?? payment.currency,
        };
        return payCheckout(work, taken, declined ? 'declines' : processing ? 'later' : 'pays');
      }),
    settleProcessing: (id, paid) => deed(id, (work, payment) => settleCheckout(work, payment, paid)),
    giveBack: (id, amount) => deed(id, (work, payment) => void refundPayment(work, payment, { amount, later: false })),
    answerRefunds: (how) => {
      state.refundsLater = how === 'later';
    },
    settleRefund: (refundId, done) => state.deed((work) => settleRefund(work, waitingFor(work, refundId), done)),
    tick: () => state.tick(),
    close: async () => {
      clearInterval(timer);
      await state.deliveries.close();
      await app.close();
      state.journal.close();
    },
  };
}

function makeApp(state: LiqpayState): FastifyInstance {
  const app = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 500 } });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  pageRoutes(app, state);
  requestRoutes(app, state);
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

function paymentsOf(state: LiqpayState): SandboxPayment[] {
  return state.journal.list('payment').map((payment) => {
    const current = stateOf(payment, state.now());
    return {
      id: payment.orderId,
      reference: payment.orderId,
      state: current,
      currency: payment.currency,
      amountMinor: BigInt(payment.amount),
      capturedMinor: current === 'captured' ? BigInt(payment.amount) : 0n,
      refundedMinor: refundedMinor(payment, ['done']),
      priceShown: plainPrice(BigInt(payment.amount)),
    };
  });
}

function stateOf(payment: Payment, now: Date): SandboxPayment['state'] {
  const { status, errCode } = statusAt(payment, now);
  switch (status) {
    case 'prepared':
      return 'open';
    case 'wait_secure':
      return 'processing';
    case 'success':
    case 'reversed':
      return 'captured';
    case 'failure':
      return errCode === 'expired_prepared' ? 'closed' : 'failed';
    default:
      return status satisfies never;
  }
}

function currencyOf(code: string | undefined): Currency | undefined {
  const known = currencies.find((one) => one === code);
  if (code !== undefined && !known) throw new RangeError(`the sandbox takes no ${code}`);
  return known;
}

/** LiqPay names no refund: it may be meant by the payment's order_id or payment_id, and is the only one that waits otherwise. */
function waitingFor({ tx }: Work, refundId: string): Payment {
  const waiting = tx.list('payment').filter((one) => one.refunds.some(({ status }) => status === 'waiting'));
  const named = waiting.find(({ orderId, paymentId }) => refundId === orderId || refundId === paymentId);
  const [only] = waiting;
  if (named) return named;
  if (!only || waiting.length > 1) throw new RangeError(`${waiting.length} refunds wait: which one is ${refundId}?`);
  return only;
}
