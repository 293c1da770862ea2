import { currencyExponent } from '@holdfast/contract/currency-exponent';

/** An amount as people type it, with a comma or a point, into minor units; null: it is none. */
export function readAmount(typed: string, currency: string): number | null {
  const exponent = currencyExponent(currency);
  const [, whole, , part = ''] = /^(\d{1,9})([.,](\d*))?$/.exec(typed.replaceAll(/[\s\u00A0]/g, '')) ?? [];
  if (whole === undefined || part.length > exponent) return null;
  return Number(whole) * 10 ** exponent + Number(part.padEnd(exponent, '0') || 0);
}
