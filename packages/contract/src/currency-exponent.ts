/**
 * ISO 4217: how many decimal digits a currency's minor unit has. Our own table, because `Intl` answers how people write amounts (it says
 * that HUF has none), not what a payment carries. Source: ISO 4217 list one, amendment 176.
 */
// biome-ignore format: a table reads better as one
const exponents: Readonly<Record<string, number>> = {
  AED: 2, ARS: 2, AUD: 2, BGN: 2, BHD: 3, BIF: 0, BRL: 2, CAD: 2, CHF: 2, CLP: 0, CNY: 2, COP: 2, CZK: 2, DJF: 0, DKK: 2, EGP: 2, EUR: 2,
  GBP: 2, GEL: 2, GNF: 0, HKD: 2, HUF: 2, IDR: 2, ILS: 2, INR: 2, ISK: 0, JOD: 3, JPY: 0, KES: 2, KMF: 0, KRW: 0, KWD: 3, KZT: 2, MAD: 2,
  MDL: 2, MGA: 2, MXN: 2, MYR: 2, NOK: 2, NZD: 2, OMR: 3, PEN: 2, PHP: 2, PLN: 2, PYG: 0, QAR: 2, RON: 2, RSD: 2, RWF: 0, SAR: 2, SEK: 2,
  SGD: 2, THB: 2, TND: 3, TRY: 2, TWD: 2, UAH: 2, UGX: 0, USD: 2, UYU: 2, UZS: 2, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0, ZAR: 2,
};

/** Decimal digits of the currency's minor unit. Throws for a currency we have no figure for: guessing is how 1/100 gets charged. */
export function currencyExponent(currency: string): number {
  const exponent = exponents[currency];
  if (exponent === undefined) throw new RangeError(`no minor unit known for currency ${currency}`);
  return exponent;
}

export function isKnownCurrency(currency: string): boolean {
  return Object.hasOwn(exponents, currency);
}
