/** ISO 4217 numbers of what the sandbox takes, all of two decimals. */
const codes: ReadonlyMap<number, string> = new Map([
  [980, 'UAH'],
  [978, 'EUR'],
  [840, 'USD'],
]);

export function currencyOf(ccy: number): string {
  return codes.get(ccy) ?? String(ccy);
}

export function ccyOf(currency: string): number {
  const [found] = [...codes].find(([, code]) => code === currency) ?? [];
  if (found === undefined) throw new RangeError(`the sandbox takes no ${currency}`);
  return found;
}

/** Digits and a point: `450.01`. */
export function plainPrice(minor: number): string {
  return `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
}

/** As people read it in that language. */
export function shownIn(minor: number, ccy: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency: currencyOf(ccy), currencyDisplay: 'narrowSymbol' }).format(
    plainPrice(minor) as `${number}`,
  );
}
