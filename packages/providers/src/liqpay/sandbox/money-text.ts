/** All of the sandbox's currencies have two decimals. `750.1` → 75010n; undefined for what is no amount, or has more decimals than there are coins for. */
export function minorOf(text: string): bigint | undefined {
  const [, whole, fraction = ''] = /^(\d{1,12})(?:\.(\d{1,12}))?$/.exec(text) ?? [];
  if (whole === undefined || /[1-9]/.test(fraction.slice(2))) return undefined;
  return BigInt(whole) * 100n + BigInt(fraction.slice(0, 2).padEnd(2, '0'));
}

/** As LiqPay writes it: at least one decimal, and no zero after the first one. 75000n → `750.0`, 75001n → `750.01`. */
export function decimalOf(minor: bigint): string {
  const text = plainPrice(minor);
  return text.endsWith('0') ? text.slice(0, -1) : text;
}

/** Always two decimals: `450.01`. */
export function plainPrice(minor: bigint): string {
  return `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;
}

/** As people read it in that language. */
export function shownIn(minor: bigint, currency: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(plainPrice(minor) as `${number}`);
}

/** A number that JSON writes as this very text. */
export function numberAs(text: string): object {
  return (JSON as unknown as { rawJSON(text: string): object }).rawJSON(text);
}

/** What LiqPay keeps: 1.5 %, half a kopiyka rounded up. Giving back brings no fee back. */
export function commissionOf(minor: bigint): bigint {
  return (minor * 15n + 500n) / 1000n;
}
