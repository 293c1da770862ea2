import { Refusal } from './refusal.ts';

// docs.stripe.com/currencies
const ZERO_DECIMAL = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
/** Without decimals in life, but sent ×100 for compatibility, so the last two digits must be 00. */
const ZERO_DECIMAL_SENT_TIMES_100 = new Set(['isk', 'ugx']);
/** Sent in thousandths, of which the last digit must be 0. */
const THREE_DECIMAL = new Set('bhd jod kwd omr tnd'.split(' '));

/** Smallest charge in Stripe's units, from Stripe's own table. */
const MINIMUM_OF_STRIPE =
  'usd 50, aed 200, aud 50, bgn 100, brl 50, cad 50, chf 50, czk 1500, dkk 250, eur 50, gbp 30, hkd 400, huf 17500, inr 50, jpy 50, ' +
  'mxn 1000, myr 200, nok 300, nzd 50, pln 200, ron 200, sek 300, sgd 50, thb 1000';
/** Of others Stripe asks that they come to the minimum of the settlement currency after conversion: rough rates, on the low side. */
const MINIMUM_ABOUT = 'uah 2000, isk 6000, ugx 180000, krw 650, vnd 12000, clp 450, kwd 150, bhd 180, jod 350, omr 190, tnd 1500, try 1500, zar 900';
const MINIMUM: ReadonlyMap<string, number> = new Map(
  `${MINIMUM_OF_STRIPE}, ${MINIMUM_ABOUT}`.split(', ').map((pair) => [pair.slice(0, 3), Number(pair.slice(4))]),
);

const LARGEST = 99_999_999;
const CURRENCIES = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code.toLowerCase());
}

export function smallestCharge(currency: string): number {
  return MINIMUM.get(currency) ?? 50;
}

/** As a person reads it, in the given language. `amount` in Stripe's units. */
export function formatAmount(amount: number, currency: string, language = 'en'): string {
  const digits = ZERO_DECIMAL.has(currency) || ZERO_DECIMAL_SENT_TIMES_100.has(currency) ? 0 : THREE_DECIMAL.has(currency) ? 3 : 2;
  const unit = ZERO_DECIMAL.has(currency) ? 1 : THREE_DECIMAL.has(currency) ? 1000 : 100;
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: currency.toUpperCase(),
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount / unit);
}

/** Stripe's units → minor units of ISO 4217: only krónur and shillings differ. */
export function toMinor(amount: number, currency: string): bigint {
  return ZERO_DECIMAL_SENT_TIMES_100.has(currency) ? BigInt(amount) / 100n : BigInt(amount);
}

/** Minor units of ISO 4217 → Stripe's units. */
export function toUnits(amountMinor: bigint, currency: string): number {
  return Number(ZERO_DECIMAL_SENT_TIMES_100.has(currency) ? amountMinor * 100n : amountMinor);
}

/** Only digits and a point: `5000` for yen, `12.350` for dinars. `amount` in Stripe's units. */
export function priceOf(amount: number, currency: string): string {
  if (ZERO_DECIMAL.has(currency)) return String(amount);
  if (ZERO_DECIMAL_SENT_TIMES_100.has(currency)) return (amount / 100).toFixed(0);
  return THREE_DECIMAL.has(currency) ? (amount / 1000).toFixed(3) : (amount / 100).toFixed(2);
}

/** Refuses what Stripe would refuse to charge. */
export function checkTotal(amount: number, currency: string): void {
  if (ZERO_DECIMAL_SENT_TIMES_100.has(currency) && amount % 100 !== 0) throw uneven(amount, currency, 100);
  if (THREE_DECIMAL.has(currency) && amount % 10 !== 0) throw uneven(amount, currency, 10);
  if (amount < smallestCharge(currency)) {
    const least = formatAmount(smallestCharge(currency), currency);
    throw new Refusal(400, `The Checkout Session's total amount due must add up to at least ${least} ${currency}`, { code: 'amount_too_small' });
  }
  if (amount > LARGEST) {
    const most = formatAmount(LARGEST, currency);
    throw new Refusal(400, `The Checkout Session's total amount due must be no more than ${most} ${currency}`, { code: 'amount_too_large' });
  }
}

function uneven(amount: number, currency: string, step: number): Refusal {
  const message = `Invalid amount ${amount} for ${currency}: it must be a multiple of ${step}.`;
  return new Refusal(400, message, { code: 'parameter_invalid_integer', param: 'line_items[0][price_data][unit_amount]' });
}

/** The sandbox's price list: 1.5 % + 25 units of the smallest coin, half rounded up, never more than the charge. */
export function feeFor(amount: number): number {
  return Math.min(amount, Math.floor((amount * 15 + 500) / 1000) + 25);
}
