import { z } from 'zod';
import { askProvider, type Question, secretsOf } from '../kit/ask-provider.ts';
import { asWritten } from '../kit/exact-json.ts';
import type { CredentialField, Credentials, Outcome, PaymentFact, PaymentProvider, ProviderEndpoint, RefundFact } from '../payment-provider.ts';
import { findInvoice } from './find-invoice.ts';
import { invoiceRequest } from './invoice-request.ts';
import { goneBack, paymentFact, refundFact, refundState } from './mono-payment-fact.ts';
import { isMissing, monoRefusal } from './mono-refusal.ts';
import { publicKeys } from './public-keys.ts';
import { settlementLines } from './settlement-lines.ts';
import { steps } from './steps.ts';
import { verifyMonoWebhook } from './verify-mono-webhook.ts';
import {
  cancelAnswerShape,
  emptyShape,
  invoiceCreatedShape,
  invoiceShape,
  type MonoInvoice,
  merchantShape,
  publicKeyShape,
  statementShape,
} from './wire.ts';

const token: CredentialField = {
  secret: true,
  title: 'X-Token',
  where: {
    en: 'web.monobank.ua: your shop’s acquiring, its API token. To try it without money: a test token of api.monobank.ua',
    uk: 'web.monobank.ua: еквайринг вашого магазину, токен API. Щоб спробувати без грошей: тестовий токен на api.monobank.ua',
    pt: 'web.monobank.ua: o acquiring da sua loja, token da API. Para experimentar sem dinheiro: um token de teste de api.monobank.ua',
  },
  placeholder: 'mJ4g…',
};
// a header is made of it: visible ASCII only
const credentialsShape = z.object({
  token: z
    .string()
    .max(500)
    .regex(/^[\x21-\x7e]+$/)
    .meta({ ...token }),
});

/** The statement names an operation by when it was; a refund of an older payment stands with that payment. So far back we look for them. */
const statementReachesBackMs = 31 * 24 * 60 * 60 * 1000;

/** plata by mono, by invoices: the payment of ours is an invoice (`p2_…`). See README.md beside this file for what an owner does. */
export function createMonoProvider({
  origin = 'https://api.monobank.ua',
  timeoutMs = 10_000,
  now = () => new Date(),
}: ProviderEndpoint = {}): PaymentProvider {
  const ask = <Shape extends z.ZodType>(credentials: Credentials, question: Omit<Question, 'url' | 'headers'> & { path: string }, shape: Shape) => {
    const { path, ...rest } = question;
    const headers = { 'x-token': tokenOf(credentials), ...(question.body === undefined ? {} : { 'content-type': 'application/json' }) };
    const secrets = secretsOf(credentialsShape, credentials);
    return askProvider({ title: 'MonoBank', secrets, timeoutMs, refusalOf: monoRefusal }, { ...rest, url: `${origin}${path}`, headers }, shape);
  };
  const post = <Shape extends z.ZodType>(credentials: Credentials, path: string, body: string, shape: Shape) =>
    ask(credentials, { method: 'POST', path, body }, shape);
  const get = <Shape extends z.ZodType>(credentials: Credentials, path: string, shape: Shape) => ask(credentials, { method: 'GET', path }, shape);

  /** `undefined`: monobank knows no such invoice of this merchant. */
  async function readInvoice(credentials: Credentials, invoiceId: string): Promise<Outcome<MonoInvoice | undefined>> {
    const answer = await get(credentials, `/api/merchant/invoice/status?invoiceId=${encodeURIComponent(invoiceId)}`, invoiceShape);
    if (isMissing(answer)) return done(undefined);
    // an answer about another one would be believed otherwise
    if (answer.kind === 'done' && answer.value.invoiceId !== invoiceId)
      return { kind: 'unknown', message: 'MonoBank: an answer about another invoice' };
    return answer;
  }
  const statement = async (credentials: Credentials, from: Date, to: Date) => {
    const seconds = (moment: Date, round: (n: number) => number) => round(moment.getTime() / 1000);
    const answer = await get(credentials, `/api/merchant/statement?from=${seconds(from, Math.floor)}&to=${seconds(to, Math.ceil)}`, statementShape);
    return answer.kind === 'done' ? done(answer.value.list ?? []) : answer;
  };
  const keys = publicKeys((token) => get({ token }, '/api/merchant/pubkey', publicKeyShape));

  return {
    name: 'mono',
    title: 'MonoBank',
    capabilities: {
      currencies: ['UAH', 'USD', 'EUR'],
      closesPages: true,
      shortestPageMinutes: 0,
      refunds: 'partial',
      tellsExpiry: false,
      createIsIdempotent: false,
      refundIsIdempotent: false,
      knowsUnpaid: true,
      triesAgainOnPage: false,
      tellsFees: true,
      findsByReference: false,
      webhookProof: 'signature',
      webhooksAreDated: false,
      webhookSetup: 'with_each_payment',
      settlements: 'statement',
    },
    credentialsShape,
    steps,
    webhookEvents: [],
    minimumChargeMinor: () => 1n,

    async testConnection(credentials) {
      const answer = await get(credentials, '/api/merchant/details', merchantShape);
      if (answer.kind !== 'done') return answer;
      const { merchantId, merchantName } = answer.value;
      return done({ account: merchantName.trim() ? `${merchantName.trim()} (${merchantId})` : merchantId, accountId: merchantId });
    },

    async createPayment(credentials, order) {
      const request = invoiceRequest(order, now());
      if ('refused' in request) return declined(request.refused, `MonoBank cannot charge ${order.currency}.`);
      const answer = await post(credentials, '/api/merchant/invoice/create', request.body, invoiceCreatedShape);
      if (answer.kind !== 'done') return answer;
      return done({ providerPaymentId: answer.value.invoiceId, pageUrl: answer.value.pageUrl, closesAt: request.closesAt });
    },

    async readPayment(credentials, { reference, providerPaymentId, createdAt }) {
      const found =
        providerPaymentId === undefined
          ? await findInvoice((from, to) => statement(credentials, from, to), { reference, createdAt, now: now() })
          : done(providerPaymentId);
      if (found.kind !== 'done') return found;
      if (found.value === undefined) return done(undefined);
      const invoice = await readInvoice(credentials, found.value);
      return invoice.kind === 'done' ? done(invoice.value && paymentFact(invoice.value)) : invoice;
    },

    async closePayment(credentials, { providerPaymentId, reference, currency }): Promise<Outcome<PaymentFact>> {
      const body = JSON.stringify({ invoiceId: providerPaymentId });
      const removed = await post(credentials, '/api/merchant/invoice/remove', body, emptyShape);
      if (removed.kind === 'unknown' || (removed.kind === 'declined' && removed.code === 'bad_credentials')) return removed;
      const invoice = await readInvoice(credentials, providerPaymentId);
      if (invoice.kind !== 'done') return invoice;
      const fact = invoice.value && paymentFact(invoice.value);
      if (removed.kind === 'done') {
        // it said that it is gone; how it then shows it (`expired`, or not at all) is not documented
        const gone = { reference, providerPaymentId, capturedMinor: 0n, currency, refundedMinor: 0n };
        return done(fact && fact.state !== 'open' ? fact : { ...(fact ?? gone), state: 'closed' });
      }
      // refused because it was just paid, or is over already: then that is the answer
      return fact && fact.state !== 'open' ? done(fact) : removed;
    },

    async readRefund(credentials, refund) {
      const invoice = await readInvoice(credentials, refund.providerPaymentId);
      return invoice.kind === 'done' ? done(invoice.value && refundFact(invoice.value, refund)) : invoice;
    },

    async refundPayment(credentials, refund): Promise<Outcome<RefundFact>> {
      const { providerPaymentId, amountMinor, currency, idempotencyKey, refundedBeforeMinor } = refund;
      if (amountMinor <= 0n) return declined('amount_not_chargeable', 'There is nothing to refund in an amount of nothing.');
      const read = await readInvoice(credentials, providerPaymentId);
      if (read.kind !== 'done') return read;
      const invoice = read.value;
      if (!invoice) return declined('NOT_FOUND', 'MonoBank knows no such payment.');
      const fact = paymentFact(invoice);
      if (fact.state !== 'captured') return declined('nothing_captured', 'Nothing was paid here that could be given back.');
      if (fact.currency !== currency) return declined('currency_mismatch', `This payment is in ${fact.currency}.`);
      const before = refundFact(invoice, refund);
      if (before && before.amountMinor !== amountMinor) return declined('key_used', 'This refund was made already, of another amount.');
      if (before) return done(before);
      const { refunded, underway } = goneBack(invoice);
      if (refundedBeforeMinor !== refunded && refundedBeforeMinor !== refunded + underway) {
        const message = `MonoBank: ${refunded + underway} minor units have gone back, we know of ${refundedBeforeMinor}. Somebody has to look.`;
        return { kind: 'unknown', message };
      }
      const body = JSON.stringify({ invoiceId: providerPaymentId, extRef: idempotencyKey, amount: asWritten(String(amountMinor)) });
      const answer = await post(credentials, '/api/merchant/invoice/cancel', body, cancelAnswerShape);
      return answer.kind === 'done' ? done({ providerRefundId: idempotencyKey, state: refundState(answer.value.status), amountMinor }) : answer;
    },

    async verifyWebhook(credentials, webhook) {
      return verifyMonoWebhook(keys, tokenOf(credentials), webhook);
    },

    async readSettlements(credentials, span) {
      const list = await statement(credentials, new Date(span.from.getTime() - statementReachesBackMs), span.to);
      if (list.kind !== 'done') return list;
      try {
        return done(settlementLines(list.value, span));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        return { kind: 'unknown', message: `MonoBank: its statement cannot be read (${error.message})` };
      }
    },
  };
}

function tokenOf(credentials: Credentials): string {
  const value = credentials['token'];
  if (value === undefined || value.trim() === '') throw new Error('This MonoBank connection has no token.');
  return value;
}

function done<T>(value: T): Outcome<T> {
  return { kind: 'done', value };
}

function declined(code: string, message: string): Outcome<never> {
  return { kind: 'declined', code, message };
}
