import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import type { Sandbox, SandboxOptions } from '../../sandbox-kit/sandbox.ts';
import { accountOf, inventKeys } from './account-keys.ts';
import { apiRoutes } from './api-routes.ts';
import { controlRoutes } from './control-routes.ts';
import { developersRoutes } from './developers-routes.ts';
import { giveRefund, settleRefund } from './give-refund.ts';
import { chargeOf, givenBack, transactionsOf } from './order-state.ts';
import { pageRoutes } from './page-routes.ts';
import { decide, payOrder } from './pay-order.ts';
import { paymentsAccount } from './payments-account.ts';
import { SandboxState } from './sandbox-state.ts';

/** Starts a local server that speaks Viva's protocol for Smart Checkout. */
export async function startSandbox({
  port = 0,
  host = '127.0.0.1',
  now,
  statePath,
  publicOrigin,
  tickEveryMs = 1000,
}: SandboxOptions): Promise<Sandbox> {
  const state = new SandboxState({ now, statePath });
  const app = Fastify({ forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: true } });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  // what cannot be read is no body, as at Viva: the deed says what is missing
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, readable(String(body))));
  apiRoutes(app, state);
  pageRoutes(app, state);
  developersRoutes(app, state);
  controlRoutes(app, state);

  await app.listen({ port, host });
  const origin = `http://${host}:${(app.server.address() as AddressInfo).port}`;
  const timer = tickEveryMs === 0 ? undefined : setInterval(() => void state.tick(), tickEveryMs);
  timer?.unref();

  return {
    provider: 'viva',
    origin,
    pagesOrigin: publicOrigin ?? origin,
    faults: state.faults,
    webhooks: state.deliveries,
    inventKeys: async (name) => inventKeys(name),
    setAccount: (keys, webhookUrl, returnUrl) => state.setAccount(accountOf(keys, webhookUrl, returnUrl)),
    payments: () => paymentsAccount(state.journal, now()),
    pay(code, { declined = false, processing = false, amountMinor, currency } = {}) {
      const amiss = { ...(amountMinor === undefined ? {} : { amount: Number(amountMinor) }), ...(currency === undefined ? {} : { currency }) };
      return state.deedOfOwner(code, (work) => payOrder(work, code, processing ? 'later' : declined ? 'declined' : 'pays', amiss));
    },
    settleProcessing: (code, paid) => state.deedOfOwner(code, (work) => decide(work, code, paid)),
    giveBack: (code, amountMinor) =>
      state.deedOfOwner(code, (work) => {
        const transactions = transactionsOf(work.tx, code);
        const charge = chargeOf(transactions);
        if (!charge) throw new Error(`order ${code} is not paid`);
        giveRefund(work, charge.id, Number(amountMinor ?? charge.amount - givenBack(transactions, charge.id)), 'at_once');
      }),
    answerRefunds: (how) => {
      state.refunds = how;
    },
    settleRefund: (refundId, done) =>
      state.deedOfOwner(state.journal.get('transaction', refundId)?.orderCode ?? '', (work) => settleRefund(work, refundId, done)),
    tick: () => state.tick(),
    close: async () => {
      clearInterval(timer);
      await state.close();
      await app.close();
    },
  };
}

function readable(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
