import type { Outcome, PaymentFact, PaymentKey, PaymentProvider, ProviderEndpoint } from '../payment-provider.ts';
import { askLiqpay, type LiqpayPlace, unknownPayment } from './ask-liqpay.ts';
import { checkoutForm, liqpayCurrencies, pageClosesAt } from './checkout-form.ts';
import { credentialsShape, keysOf } from './credentials.ts';
import { giveBack, readRefund, unreadable } from './give-back.ts';
import { paymentFact } from './liqpay-payment-fact.ts';
import { settlementLines } from './settlement-lines.ts';
import { steps } from './steps.ts';
import { verifyLiqpayWebhook } from './verify-liqpay-webhook.ts';
import { paymentShape } from './wire.ts';

/** LiqPay's clock may be a little behind ours: so long after its end an unpaid payment still counts as open. */
const graceMs = 60_000;

/** LiqPay, by its Checkout: a page of ours posts the client's browser there; `order_id` is our reference. See README.md beside this file for what an owner does. */
export function createLiqpayProvider({ origin, timeoutMs = 10_000, now = () => new Date() }: ProviderEndpoint = {}): PaymentProvider {
  const place: LiqpayPlace = { origin: origin ?? 'https://www.liqpay.ua', timeoutMs };
  return {
    name: 'liqpay',
    title: 'LiqPay',
    capabilities: {
      currencies: liqpayCurrencies,
      closesPages: false,
      shortestPageMinutes: 0,
      refunds: 'partial',
      tellsExpiry: false,
      createIsIdempotent: true,
      refundIsIdempotent: false,
      knowsUnpaid: false,
      triesAgainOnPage: false,
      tellsFees: true,
      findsByReference: true,
      webhookProof: 'signature',
      webhooksAreDated: false,
      webhookSetup: 'with_each_payment',
      settlements: 'statement',
    },
    credentialsShape,
    steps,
    webhookEvents: [],
    minimumChargeMinor: () => 0n,

    async testConnection(credentials) {
      // a payment that cannot exist: good keys are told that it does not
      const answer = await askLiqpay(place, credentials, { action: 'status', order_id: 'holdfast_connection_test' }, paymentShape);
      if (answer.kind === 'unknown' || (answer.kind === 'declined' && answer.code !== unknownPayment)) return answer;
      const { publicKey } = keysOf(credentials);
      return { kind: 'done', value: { account: `LiqPay (${publicKey})`, accountId: publicKey } };
    },

    async createPayment(credentials, order) {
      const { reference, amountMinor, currency, ownPageUrl, payableUntil } = order;
      if (!liqpayCurrencies.includes(currency) || amountMinor <= 0n) {
        return { kind: 'declined', code: 'amount_not_chargeable', message: `LiqPay cannot charge ${amountMinor} minor units of ${currency}.` };
      }
      const page = checkoutForm(order, keysOf(credentials), place.origin);
      return { kind: 'done', value: { providerPaymentId: reference, pageUrl: ownPageUrl, closesAt: pageClosesAt(payableUntil), page } };
    },

    async readPayment(credentials, key) {
      const orderId = key.providerPaymentId ?? key.reference;
      const answer = await askLiqpay(place, credentials, { action: 'status', order_id: orderId }, paymentShape);
      if (answer.kind === 'declined' && answer.code === unknownPayment) {
        // whoever has an id has a form that may still be posted; a reference alone may never have become one
        return { kind: 'done', value: key.providerPaymentId === undefined ? undefined : notBegun(key, orderId, now()) };
      }
      if (answer.kind !== 'done') return answer;
      try {
        return { kind: 'done', value: paymentFact(answer.value) };
      } catch (error) {
        return unreadable(error);
      }
    },

    async closePayment(): Promise<Outcome<PaymentFact>> {
      return { kind: 'declined', code: 'cannot_close', message: 'LiqPay’s page closes by itself, when its time is over.' };
    },

    readRefund: (credentials, refund) => readRefund(place, credentials, refund),
    refundPayment: (credentials, refund) => giveBack(place, credentials, refund),

    async verifyWebhook(credentials, { rawBody }) {
      return verifyLiqpayWebhook(keysOf(credentials), rawBody);
    },

    readSettlements: (credentials, span) => settlementLines(place, credentials, span),
  };
}

/** LiqPay first hears of a payment when the client begins it: until then our word is all there is. */
function notBegun({ reference, payableUntil, currency }: PaymentKey, orderId: string, at: Date): PaymentFact {
  const over = at.getTime() >= payableUntil.getTime() + graceMs;
  return { reference, providerPaymentId: orderId, state: over ? 'closed' : 'open', capturedMinor: 0n, currency, refundedMinor: 0n };
}
