import type Stripe from 'stripe';
import type { PaymentOrder } from '../payment-provider.ts';
import { type NotChargeable, toStripeAmount } from './stripe-amount.ts';
import { referenceKey } from './wire.ts';

type SessionParams = Stripe.Checkout.SessionCreateParams;
type PageLocale = NonNullable<SessionParams['locale']>;

/** Stripe takes no page shorter than 30 minutes from its own "now". Fifteen more, so that a repeated call is still valid some minutes later. */
export const shortestPageMinutes = 45;
/** Stripe's longest is 24 hours. */
const longestPageMinutes = 24 * 60 - 5;

/** The languages Stripe's page speaks. Source: `locale` of docs.stripe.com/api/checkout/sessions/create. Ukrainian is not among them. */
// biome-ignore format: a table reads better as one
const pageLocales = [
  'bg', 'cs', 'da', 'de', 'el', 'en', 'en-GB', 'es', 'es-419', 'et', 'fi', 'fil', 'fr', 'fr-CA', 'hi-IN', 'hr', 'hu', 'id', 'it', 'ja', 'ko', 'lt', 'lv',
  'ms', 'mt', 'nb', 'nl', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sk', 'sl', 'sv', 'th', 'tr', 'vi', 'zh', 'zh-HK', 'zh-TW',
] as const;

/**
 * What to ask Stripe for. Made of the order alone, to the last byte, so that the repeated call is the same call: Stripe refuses a known
 * idempotency key with other parameters.
 *
 * @throws RangeError when the lines do not add up to the amount: Stripe charges the lines
 */
export function checkoutPage(order: PaymentOrder): { readonly params: SessionParams } | { readonly refused: NotChargeable } {
  const sum = order.lines.reduce((total, line) => total + line.amountMinor, 0n);
  if (sum !== order.amountMinor) throw new RangeError(`the lines of ${order.reference} add up to ${sum}, not to ${order.amountMinor}`);
  const lines: SessionParams['line_items'] = [];
  for (const line of order.lines) {
    const converted = toStripeAmount(line.amountMinor, order.currency);
    if ('refused' in converted) return converted;
    const name = Array.from(line.text.trim()).slice(0, 250).join('') || order.reference;
    lines.push({ quantity: 1, price_data: { currency: order.currency.toLowerCase(), unit_amount: converted.amount, product_data: { name } } });
  }
  const params: SessionParams = {
    mode: 'payment',
    line_items: lines,
    success_url: order.returnUrl,
    cancel_url: order.cancelUrl,
    client_reference_id: order.reference,
    metadata: { [referenceKey]: order.reference },
    payment_intent_data: { metadata: { [referenceKey]: order.reference } },
    locale: pageLocale(order.language),
    expires_at: pageClosesAt(order),
    // Stripe may otherwise offer the client to pay in their own currency
    adaptive_pricing: { enabled: false },
  };
  if (order.clientEmail !== undefined) params.customer_email = order.clientEmail;
  // since version 2026-09-30 this filters what the account offers; `payment_method_types` is refused
  if (order.instantMethodsOnly) params.allowed_payment_method_types = ['card'];
  return { params };
}

/** Epoch seconds. Never shorter than Stripe allows: the caller closes the page by a call when it wants it shorter. */
export function pageClosesAt({ createdAt, payableUntil }: Pick<PaymentOrder, 'createdAt' | 'payableUntil'>): number {
  const made = createdAt.getTime();
  const earliest = made + shortestPageMinutes * 60_000;
  const latest = made + longestPageMinutes * 60_000;
  return Math.floor(Math.min(Math.max(payableUntil.getTime(), earliest), latest) / 1000);
}

/** The nearest language of Stripe's page; `auto` (the browser's) where it has none. */
export function pageLocale(language: string): PageLocale {
  const wanted = language.toLowerCase();
  const base = wanted.split('-')[0];
  return pageLocales.find((locale) => locale.toLowerCase() === wanted) ?? pageLocales.find((locale) => locale === base) ?? 'auto';
}
