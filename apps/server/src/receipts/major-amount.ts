import { currencyExponent } from '@holdfast/contract/currency-exponent';

/** As table programs read numbers: `1234.50`. */
export function majorAmount(minor: number, currency: string): number {
  const digits = currencyExponent(currency);
  return Number((minor / 10 ** digits).toFixed(digits));
}
