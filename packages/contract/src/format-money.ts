import { currencyExponent } from './currency-exponent.ts';

/** What a person reads: `formatMoney(45000, 'UAH', 'uk')` → `450,00 ₴`; whole amounts are written without the zeros. */
export function formatMoney(amountMinor: number, currency: string, language: string): string {
  const exponent = currencyExponent(currency);
  const whole = amountMinor % 10 ** exponent === 0;
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: whole ? 0 : exponent,
    maximumFractionDigits: exponent,
  }).format(amountMinor / 10 ** exponent);
}
