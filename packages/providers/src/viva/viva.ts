import type { Outcome, PaymentProvider, ProviderEndpoint } from '../payment-provider.ts';
import { createViva } from './ask-viva.ts';
import { checkoutOrder, type NotPayable, vivaMinimumChargeMinor } from './checkout-order.ts';
import { closeOrder } from './close-order.ts';
import { giveBack, readVivaRefund } from './give-back.ts';
import { vivaSteps } from './how-to-connect.ts';
import { findOrderCode, fitting, readFact } from './read-order.ts';
import { readTransactionsOfDays } from './read-transactions.ts';
import { settlementLines } from './settlement-lines.ts';
import { readWebhookKey, testVivaConnection } from './test-viva-connection.ts';
import { verifyVivaWebhook, vivaWebhookEvents } from './verify-viva-webhook.ts';
import { vivaCredentialsShape } from './viva-credentials.ts';
import { vivaCurrencies } from './viva-currencies.ts';
import { vivaHosts } from './viva-hosts.ts';
import { madeOrderShape } from './wire.ts';

const notPayable: Readonly<Record<NotPayable, string>> = {
  currency_not_supported: 'Viva does not take this currency.',
  amount_too_small: 'Viva charges no less than 30 of the smallest coins of a currency.',
  amount_too_large: 'Viva cannot be asked for this amount.',
  too_late_to_pay: 'The time to pay this is over.',
};

/** Viva Wallet, by Smart Checkout: the payment of ours is an order, its id an order code. See README.md beside this file for what an owner does. */
export function createVivaProvider(endpoint: ProviderEndpoint = {}): PaymentProvider {
  const viva = createViva(endpoint);
  const now = endpoint.now ?? (() => new Date());

  return {
    name: 'viva',
    title: 'Viva Wallet',
    capabilities: {
      currencies: vivaCurrencies,
      closesPages: true,
      shortestPageMinutes: 0,
      refunds: 'partial',
      tellsExpiry: false,
      createIsIdempotent: false,
      refundIsIdempotent: false,
      knowsUnpaid: true,
      triesAgainOnPage: true,
      // worked out by Viva some time after the payment
      tellsFees: false,
      // only once somebody has begun to pay
      findsByReference: false,
      webhookProof: 'address',
      webhooksAreDated: false,
      webhookSetup: 'by_hand',
      settlements: 'statement',
    },
    credentialsShape: vivaCredentialsShape,
    steps: vivaSteps,
    webhookEvents: vivaWebhookEvents,
    minimumChargeMinor: () => vivaMinimumChargeMinor,

    testConnection: (credentials) => testVivaConnection(viva, credentials),

    async createPayment(credentials, order) {
      const madeAt = now();
      const page = checkoutOrder(order, credentials['sourceCode'] ?? '', madeAt);
      if ('refused' in page) return declined(page.refused, notPayable[page.refused]);
      const made = await viva.askNewer(credentials, { method: 'POST', path: '/checkout/v2/orders', json: page.body }, madeOrderShape);
      if (made.kind !== 'done') return made;
      const { orderCode: providerPaymentId } = made.value;
      const pageUrl = `${vivaHosts(credentials['environment'], endpoint.origin).www}/web/checkout?ref=${providerPaymentId}`;
      return { kind: 'done', value: { providerPaymentId, pageUrl, closesAt: new Date(madeAt.getTime() + page.seconds * 1000) } };
    },

    async readPayment(credentials, key) {
      if (key.providerPaymentId !== undefined) return readFact(viva, credentials, { ...key, providerPaymentId: key.providerPaymentId });
      const found = await findOrderCode(viva, credentials, key, now());
      if (found.kind !== 'done') return found;
      return found.value === undefined ? { kind: 'done', value: undefined } : readFact(viva, credentials, { ...key, providerPaymentId: found.value });
    },

    closePayment: (credentials, key) => closeOrder(viva, credentials, key),
    readRefund: (credentials, refund) => readVivaRefund(viva, credentials, refund),
    refundPayment: (credentials, refund) => giveBack(viva, credentials, refund),

    async verifyWebhook(_credentials, webhook) {
      return verifyVivaWebhook(webhook);
    },

    // Viva adds `s` (the order) to the one address the payment source has
    returnedPayment: ({ s: order }) => (order !== undefined && /^\d{1,20}$/.test(order) ? order : undefined),

    answerAddressCheck: (credentials) => readWebhookKey(viva, credentials),

    async readSettlements(credentials, span) {
      const transactions = await readTransactionsOfDays(viva, credentials, span);
      return transactions.kind === 'done' ? fitting(() => settlementLines(transactions.value, span)) : transactions;
    },
  };
}

function declined(code: string, message: string): Outcome<never> {
  return { kind: 'declined', code, message };
}
