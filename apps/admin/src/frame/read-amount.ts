import { currencyExponent } from '@holdfast/contract/currency-exponent';

/** What stands in a field for money: an amount in minor units, nothing, or something that is no amount. */
export type TypedAmount = { readonly amountMinor: number } | 'nothing' | 'wrong';

/**
 * Reads what a person typed: `1 234,50`, `1,234.50`, `1234.5`. Comma and point are both taken for the decimal sign; followed by three digits it
 * groups thousands where the language writes them so. What could be meant in two ways is `wrong`: guessing is how ten times too much gets taken.
 */
export function readAmount(text: string, currency: string, locale: string): TypedAmount {
  const digits = text.normalize('NFKC').replace(/[\s'’]/g, '');
  if (digits === '') return 'nothing';
  const exponent = currencyExponent(currency);
  const parts = splitAtDecimal(digits, exponent, groupSign(locale));
  if (!parts) return 'wrong';
  const amountMinor = Number(parts.whole + parts.fraction.padEnd(exponent, '0'));
  return Number.isSafeInteger(amountMinor) ? { amountMinor } : 'wrong';
}

/** As it is put into the field: without groups and without a currency, so that it can be typed over. `writeAmount(4550, 'EUR', 'pt-PT')` → `45,50`. */
export function writeAmount(amountMinor: number, currency: string, locale: string): string {
  const exponent = currencyExponent(currency);
  const whole = Math.trunc(amountMinor / 10 ** exponent);
  const rest = amountMinor % 10 ** exponent;
  if (exponent === 0 || rest === 0) return String(whole);
  return `${whole}${decimalSign(locale)}${String(rest).padStart(exponent, '0')}`;
}

function splitAtDecimal(text: string, exponent: number, group: string): { whole: string; fraction: string } | undefined {
  if (!/^\d[\d.,]*$/.test(text)) return undefined;
  const at = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  if (at < 0) return { whole: text, fraction: '' };
  const sign = text.charAt(at);
  const after = text.slice(at + 1);
  const before = text.slice(0, at);
  const onlyOne = !before.includes(sign);
  const groups = after.length === 3 && (sign === group || !onlyOne);
  if (groups) {
    const whole = ungroup(text, sign);
    return whole === undefined ? undefined : { whole, fraction: '' };
  }
  if (!onlyOne || after.length > exponent || exponent === 0) return undefined;
  const whole = ungroup(before, sign === '.' ? ',' : '.');
  return whole === undefined ? undefined : { whole, fraction: after };
}

/** `1,234,567` → `1234567`; undefined where the groups are not threes. */
function ungroup(text: string, sign: string): string | undefined {
  const [first = '', ...rest] = text.split(sign);
  const right = /^\d+$/.test(first) && rest.every((part) => /^\d{3}$/.test(part)) && (rest.length === 0 || first.length <= 3);
  return right ? first + rest.join('') : undefined;
}

const decimalSign = (locale: string) => partOf(locale, 'decimal', 1.5);
const groupSign = (locale: string) => partOf(locale, 'group', 1_234_567);

function partOf(locale: string, type: Intl.NumberFormatPartTypes, example: number): string {
  return new Intl.NumberFormat(locale).formatToParts(example).find((part) => part.type === type)?.value ?? '';
}

/** `€`, `₴`: what stands beside the field. */
export function currencySign(currency: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return format.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency;
}
