import { currencyExponent } from '@holdfast/contract/currency-exponent';

/** Minor units as the decimal number people write: 75010n of UAH → `750.10`, 5000n of JPY → `5000`. Always with all digits of the currency. */
export function toDecimal(amountMinor: bigint, currency: string): string {
  const exponent = currencyExponent(currency);
  const digits = String(amountMinor < 0n ? -amountMinor : amountMinor).padStart(exponent + 1, '0');
  const sign = amountMinor < 0n ? '-' : '';
  return exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/**
 * A decimal number's text, as `readExactJson` leaves it, in minor units: `750.1` of UAH → 75010n. Throws a RangeError for what is no such number and for what
 * the currency has no coins for: rounding money of others would be a guess.
 */
export function fromDecimal(text: string, currency: string): bigint {
  const [, sign, whole, fraction = ''] = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`${text.slice(0, 40)} is not an amount`);
  const exponent = currencyExponent(currency);
  if (/[1-9]/.test(fraction.slice(exponent))) throw new RangeError(`${text} ${currency} has more digits than the currency`);
  const minor = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, '0'));
  return sign === '-' ? -minor : minor;
}
