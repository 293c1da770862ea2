import { currencyExponent } from './currency-exponent.ts';

/** A formatter is dear to make, and a page of services needs the same two again and again. */
const made = new Map<string, Intl.NumberFormat>();

/** What a person reads: `formatMoney(4550, 'EUR', 'pt-PT')` → `45,50 €`; whole amounts are written without the zeros: `45 €`; below zero: `−45 €`. */
export function formatMoney(amountMinor: number, currency: string, language: string): string {
  const exponent = currencyExponent(currency);
  const digits = amountMinor % 10 ** exponent === 0 ? 0 : exponent;
  const key = `${language}/${currency}/${digits}`;
  const format =
    made.get(key) ?? new Intl.NumberFormat(language, { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: exponent });
  made.set(key, format);
  // a real minus: a hyphen is shorter than a digit, and may be left behind at the end of a line
  return format.format(amountMinor / 10 ** exponent).replace('-', '−');
}
