import Stripe from 'stripe';
import { z } from 'zod';
import type { Credentials, Outcome, PaymentFact, PaymentProvider, ProviderEndpoint } from '../payment-provider.ts';
import { checkoutPage, shortestPageMinutes } from './checkout-page.ts';
import { credentialsShape, steps } from './credentials.ts';
import { stripeMinimumChargeMinor } from './minimum-charge.ts';
import { readDisputes } from './read-disputes.ts';
import { readSettlements, sessionOfIntent } from './read-settlements.ts';
import { setUpStripeWebhook } from './set-up-webhook.ts';
import { toStripeAmount } from './stripe-amount.ts';
import { isMissing, outcomeOfError } from './stripe-outcome.ts';
import { paymentFact, refundFact } from './stripe-payment-fact.ts';
import { verifyStripeWebhook } from './verify-stripe-webhook.ts';
import { accountShape, referenceKey, refundKey, refundShape, type StripeSession, sessionRowShape, sessionShape, stripeApiVersion } from './wire.ts';

const webhookEvents = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'charge.refunded',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
] as const;
const disputeEvents = webhookEvents.filter((type) => type.startsWith('charge.dispute.'));

const wholePayment = ['payment_intent.latest_charge.balance_transaction'];
const clockDifferenceSeconds = 120;

/** Stripe, by Checkout Sessions: the payment of ours is a session (`cs_…`). See README.md beside this file for what an owner does. */
export function createStripeProvider({ origin, timeoutMs = 10_000 }: ProviderEndpoint = {}): PaymentProvider {
  /** One question to Stripe. Whatever goes wrong on the way becomes an outcome; nothing is thrown. */
  async function ask<T>(credentials: Credentials, question: (stripe: Stripe) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const stripe = stripeClient(needed(credentials, 'secretKey'), timeoutMs, origin);
    try {
      return await beforeDeadline(question(stripe), timeoutMs * 6);
    } catch (error) {
      return outcomeOfError(error, credentials);
    }
  }

  return {
    name: 'stripe',
    title: 'Stripe',
    capabilities: {
      currencies: 'any',
      closesPages: true,
      shortestPageMinutes,
      refunds: 'partial',
      tellsExpiry: true,
      createIsIdempotent: true,
      refundIsIdempotent: true,
      knowsUnpaid: true,
      findsByReference: true,
      triesAgainOnPage: true,
      tellsFees: true,
      webhookProof: 'signature',
      webhooksAreDated: true,
      webhookSetup: 'by_call',
      settlements: 'payouts',
      disputes: { events: disputeEvents },
    },
    credentialsShape,
    steps,
    webhookEvents,
    minimumChargeMinor: stripeMinimumChargeMinor,

    testConnection(credentials) {
      return ask(credentials, async (stripe) => {
        const mode = modeOf(credentials['secretKey']);
        const publishableMode = modeOf(credentials['publishableKey']);
        if (mode && publishableMode && mode !== publishableMode) {
          return declined('keys_of_different_modes', `The publishable key is for ${publishableMode} mode and the secret key for ${mode} mode.`);
        }
        const account = accountShape.parse(await stripe.accounts.retrieveCurrent());
        const name = account.settings?.dashboard?.display_name || account.business_profile?.name;
        return done({ account: name ? `${name} (${account.id})` : account.id, accountId: `${account.id}/${mode ?? 'unknown'}` });
      });
    },

    async createPayment(credentials, order) {
      const page = checkoutPage(order);
      if ('refused' in page) return declined(page.refused, `Stripe cannot charge ${order.amountMinor} minor units of ${order.currency}.`);
      return ask(credentials, async (stripe) => {
        const session = sessionShape.parse(await stripe.checkout.sessions.create(page.params, { idempotencyKey: order.idempotencyKey }));
        const pageUrl = z.url({ protocol: /^https?$/ }).parse(session.url);
        return done({ providerPaymentId: session.id, pageUrl, closesAt: new Date(session.expires_at * 1000) });
      });
    },

    readPayment(credentials, { reference, providerPaymentId, createdAt }) {
      return ask(credentials, async (stripe) => {
        const known = providerPaymentId ?? (await sessionIdByReference(stripe, reference, createdAt));
        const id = known?.startsWith('pi_') ? await sessionOfIntent(stripe, known) : known;
        const session = id === undefined ? undefined : await readSession(stripe, id);
        return done(session && (await wholeFact(stripe, session)));
      });
    },

    closePayment(credentials, { providerPaymentId }) {
      return ask(credentials, async (stripe): Promise<Outcome<PaymentFact>> => {
        try {
          return done(paymentFact(sessionShape.parse(await stripe.checkout.sessions.expire(providerPaymentId, { expand: wholePayment }))));
        } catch (refusal) {
          // Stripe expires only open pages. Refused because it was just paid or is over already: then that is the answer
          if (!(refusal instanceof Stripe.errors.StripeInvalidRequestError)) throw refusal;
          const session = await readSession(stripe, providerPaymentId);
          if (!session || session.status === 'open') throw refusal;
          return done(await wholeFact(stripe, session));
        }
      });
    },

    readRefund(credentials, { providerPaymentId, idempotencyKey }) {
      return ask(credentials, async (stripe) => {
        const session = await readSession(stripe, providerPaymentId);
        const intent = session && intentOf(session);
        if (!intent) return done(undefined);
        for await (const row of stripe.refunds.list({ payment_intent: intent, limit: 100 })) {
          const refund = refundShape.parse(row);
          if (refund.metadata?.[refundKey] === idempotencyKey) return done(refundFact(refund));
        }
        return done(undefined);
      });
    },

    async refundPayment(credentials, { providerPaymentId, amountMinor, currency, idempotencyKey, reference }) {
      const wanted = toStripeAmount(amountMinor, currency);
      if ('refused' in wanted) return declined(wanted.refused, `Stripe cannot refund ${amountMinor} minor units of ${currency}.`);
      if (wanted.amount === 0) return declined('amount_not_chargeable', 'There is nothing to refund in an amount of nothing.');
      return ask(credentials, async (stripe) => {
        const session = await readSession(stripe, providerPaymentId);
        if (!session) return declined('resource_missing', 'Stripe knows no such payment.');
        const fact = paymentFact(session);
        const intent = intentOf(session);
        if (fact.state !== 'captured' || !intent) return declined('nothing_captured', 'Nothing was paid here that could be given back.');
        if (fact.currency !== currency) return declined('currency_mismatch', `This payment is in ${fact.currency}.`);
        const refund = await stripe.refunds.create(
          { payment_intent: intent, amount: wanted.amount, metadata: { [referenceKey]: reference, [refundKey]: idempotencyKey } },
          { idempotencyKey },
        );
        return done(refundFact(refundShape.parse(refund)));
      });
    },

    acceptDispute(credentials, providerDisputeId) {
      return ask(credentials, async (stripe) => {
        await stripe.disputes.close(providerDisputeId);
        return done(undefined);
      });
    },

    readSettlements(credentials, span) {
      return ask(credentials, async (stripe) => done(await readSettlements(stripe, span)));
    },

    async verifyWebhook(credentials, { headers, rawBody, now }) {
      return verifyStripeWebhook(needed(credentials, 'signingSecret'), headers['stripe-signature'], rawBody, now);
    },

    setUpWebhook(credentials, { url }) {
      return ask(credentials, (stripe) => setUpStripeWebhook(stripe, url, webhookEvents));
    },
  };
}

/** How a payment stands, with what its client's bank says about it. */
async function wholeFact(stripe: Stripe, session: StripeSession): Promise<PaymentFact> {
  const fact = await withoutPending(stripe, session);
  const intent = typeof session.payment_intent === 'object' ? session.payment_intent : undefined;
  const charge = typeof intent?.latest_charge === 'object' ? intent.latest_charge : undefined;
  return intent && charge?.disputed ? { ...fact, disputes: await readDisputes(stripe, intent.id) } : fact;
}

/**
 * Stripe counts a refund as given back as soon as it is asked for, and takes it back when it fails days later. Money that is only on its way has not gone:
 * it counts once the refund has succeeded.
 */
async function withoutPending(stripe: Stripe, session: StripeSession): Promise<PaymentFact> {
  const fact = paymentFact(session);
  const intent = intentOf(session);
  if (fact.refundedMinor === 0n || !intent) return fact;
  let { refundedMinor } = fact;
  for await (const row of stripe.refunds.list({ payment_intent: intent, limit: 100 })) {
    const refund = refundFact(refundShape.parse(row));
    if (refund.state === 'pending') refundedMinor -= refund.amountMinor;
  }
  // listed a moment later than the session: never less than nothing
  return { ...fact, refundedMinor: refundedMinor > 0n ? refundedMinor : 0n };
}

function intentOf({ payment_intent: intent }: StripeSession): string | undefined {
  return typeof intent === 'string' ? intent : intent?.id;
}

async function readSession(stripe: Stripe, id: string): Promise<StripeSession | undefined> {
  try {
    return sessionShape.parse(await stripe.checkout.sessions.retrieve(id, { expand: wholePayment }));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Stripe cannot search sessions by our reference, only list them by time. Should there be several (a repeat after Stripe had forgotten the
 * idempotency key), the one with money in it matters most, then the one that can still be paid.
 */
async function sessionIdByReference(stripe: Stripe, reference: string, createdAt: Date): Promise<string | undefined> {
  const since = Math.floor(createdAt.getTime() / 1000) - clockDifferenceSeconds;
  let best: { id: string; rank: number } | undefined;
  for await (const row of stripe.checkout.sessions.list({ created: { gte: since }, limit: 100 })) {
    const { id, status, payment_status, client_reference_id } = sessionRowShape.parse(row);
    if (client_reference_id !== reference) continue;
    const rank = payment_status === 'paid' ? 3 : status === 'complete' ? 2 : status === 'open' ? 1 : 0;
    if (!best || rank > best.rank) best = { id, rank };
  }
  return best?.id;
}

function stripeClient(secretKey: string, timeoutMs: number, origin: string | undefined): Stripe {
  const config: Stripe.StripeConfig = { apiVersion: stripeApiVersion, timeout: timeoutMs, maxNetworkRetries: 1, telemetry: false };
  if (origin === undefined) return new Stripe(secretKey, config);
  const { protocol, hostname, port } = new URL(origin);
  const plain = protocol === 'http:';
  return new Stripe(secretKey, { ...config, host: hostname, port: port || (plain ? 80 : 443), protocol: plain ? 'http' : 'https' });
}

/** The SDK's time-out is about silence; an answer that drips, or a list without end, is cut here. */
async function beforeDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No whole answer from Stripe within ${milliseconds} ms.`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function needed(credentials: Credentials, name: 'secretKey' | 'signingSecret'): string {
  const value = credentials[name];
  if (value === undefined || value.trim() === '') throw new Error(`This Stripe connection has no ${name}.`);
  return value;
}

function modeOf(key: string | undefined): string | undefined {
  return /^[a-z]+_(test|live)_/.exec(key ?? '')?.[1];
}

function done<T>(value: T): Outcome<T> {
  return { kind: 'done', value };
}

function declined(code: string, message: string): Outcome<never> {
  return { kind: 'declined', code, message };
}
