import type { PaymentOrder } from '../payment-provider.ts';
import { currencyNumber } from './viva-currencies.ts';

/** Viva charges nothing below 30 minor units, in whatever currency. */
export const vivaMinimumChargeMinor = 30n;
/** The longest an order can wait for its money: five days. */
const longestSeconds = 432_000;

/** The languages Viva's page speaks. Ukrainian is not among them. */
// biome-ignore format: a table reads better as one
const pageLanguages = [
  'en-GB', 'bg-BG', 'cs-CZ', 'da-DK', 'de-DE', 'el-GR', 'es-ES', 'fi-FI', 'fr-FR', 'hr-HR', 'hu-HU', 'it-IT', 'nl-NL', 'pl-PL', 'pt-PT', 'ro-RO', 'sv-SE',
] as const;

/** What Viva is asked for, and how long its page lives. */
export interface CheckoutOrder {
  readonly body: object;
  readonly seconds: number;
}

/** Why Viva cannot be asked for it. */
export type NotPayable = 'currency_not_supported' | 'amount_too_small' | 'amount_too_large' | 'too_late_to_pay';

/**
 * The body of POST /checkout/v2/orders. Its amount is in minor units, unlike every amount Viva answers with. The page's life is counted from the moment
 * Viva hears of it, so it is what is left of `payableUntil` now.
 */
export function checkoutOrder(order: PaymentOrder, sourceCode: string, now: Date): CheckoutOrder | { readonly refused: NotPayable } {
  const currencyCode = currencyNumber(order.currency);
  if (currencyCode === undefined) return { refused: 'currency_not_supported' };
  if (order.amountMinor < vivaMinimumChargeMinor) return { refused: 'amount_too_small' };
  const amount = Number(order.amountMinor);
  if (!Number.isSafeInteger(amount)) return { refused: 'amount_too_large' };
  const seconds = Math.min(Math.ceil((order.payableUntil.getTime() - now.getTime()) / 1000), longestSeconds);
  // 0 would be Viva's own half an hour
  if (seconds < 1) return { refused: 'too_late_to_pay' };
  const requestLang = pageLanguage(order.language);
  return {
    seconds,
    body: {
      amount,
      currencyCode,
      customerTrns: shortened(order.lines.map(({ text }) => text.trim()).join(', '), 2000) || order.reference,
      merchantTrns: order.reference,
      customer: order.clientEmail === undefined ? { requestLang } : { email: order.clientEmail, requestLang },
      paymentTimeout: seconds,
      sourceCode,
      preauth: false,
      allowRecurring: false,
      paymentNotification: false,
      // true would let the client choose what to pay
      disableExactAmount: false,
      // cash in a shop comes days later
      disableCash: order.instantMethodsOnly,
    },
  };
}

/** The nearest language of Viva's page, English where it has none. */
export function pageLanguage(language: string): string {
  const base = language.toLowerCase().split('-')[0];
  return pageLanguages.find((one) => one.startsWith(`${base}-`)) ?? pageLanguages[0];
}

/** By whole characters: half of a pair would be no text. */
function shortened(text: string, longest: number): string {
  return Array.from(text).slice(0, longest).join('');
}
