import { currencyExponent, isKnownCurrency } from '@holdfast/contract/currency-exponent';

/**
 * How many decimals Stripe counts a currency in, where that is not two. ISK and UGX have no decimals for people and for ISO 4217, yet Stripe
 * wants them with two that are always zero; HUF and TWD lose theirs only in payouts, so for charges they are ordinary.
 * Source: docs.stripe.com/currencies, "Zero-decimal currencies" and "Special cases".
 */
// biome-ignore format: a table reads better as one
const stripeDecimals: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, JPY: 0, KMF: 0, KRW: 0, MGA: 0, PYG: 0, RWF: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  ISK: 2, UGX: 2,
  BHD: 3, JOD: 3, KWD: 3, OMR: 3, TND: 3,
};

/** Why Stripe cannot be asked for this amount. */
export type NotChargeable = 'currency_not_supported' | 'amount_not_chargeable';

/**
 * Our minor units → the integer Stripe wants, or why there is none. Nothing is ever rounded: three-decimal currencies must end in zero at
 * Stripe, so 1.234 KWD cannot be charged there.
 */
export function toStripeAmount(amountMinor: bigint, currency: string): { readonly amount: number } | { readonly refused: NotChargeable } {
  if (!isKnownCurrency(currency)) return { refused: 'currency_not_supported' };
  const { up, down } = scale(currency);
  if (amountMinor < 0n || amountMinor % down !== 0n) return { refused: 'amount_not_chargeable' };
  const amount = (amountMinor * up) / down;
  if (decimalsAtStripe(currency) === 3 && amount % 10n !== 0n) return { refused: 'amount_not_chargeable' };
  if (amount > BigInt(Number.MAX_SAFE_INTEGER)) return { refused: 'amount_not_chargeable' };
  return { amount: Number(amount) };
}

/** Stripe's integer → our minor units. `currency` in either case. Throws a RangeError when it cannot be said exactly, instead of rounding money. */
export function fromStripeAmount(amount: number, currency: string): bigint {
  const { up, down } = scale(currency.toUpperCase());
  if (!Number.isSafeInteger(amount)) throw new RangeError('Stripe gave an amount that is not a whole number');
  const scaled = BigInt(amount) * down;
  if (scaled % up !== 0n) throw new RangeError(`Stripe gave ${amount} for ${currency}, which is not a whole minor unit`);
  return scaled / up;
}

/** A fee → our minor units. Stripe takes fees finer than ISK or UGX can say, so the fee is rounded up: what is left is never overstated. */
export function fromStripeFee(fee: number, currency: string): bigint {
  const { up, down } = scale(currency.toUpperCase());
  const scaled = BigInt(fee) * down;
  return scaled > 0n ? (scaled + up - 1n) / up : scaled / up;
}

function decimalsAtStripe(currency: string): number {
  return stripeDecimals[currency] ?? 2;
}

/** Stripe's integer = ours × up ÷ down. */
function scale(currency: string): { up: bigint; down: bigint } {
  const difference = decimalsAtStripe(currency) - currencyExponent(currency);
  return { up: 10n ** BigInt(Math.max(difference, 0)), down: 10n ** BigInt(Math.max(-difference, 0)) };
}
