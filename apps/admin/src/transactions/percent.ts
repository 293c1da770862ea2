/** `1,75` → 175 hundredths of a percent; undefined: no percentage between 0 and 100 with at most two decimals. Nothing is nothing. */
export function readPercent(text: string): number | undefined {
  const typed = text.normalize('NFKC').replace(/[\s%]/g, '').replace(',', '.');
  if (typed === '') return 0;
  if (!/^\d{1,3}(\.\d{0,2})?$/.test(typed)) return undefined;
  const [whole = '0', part = ''] = typed.split('.');
  const basisPoints = Number(whole) * 100 + Number(part.padEnd(2, '0'));
  return basisPoints <= 10_000 ? basisPoints : undefined;
}

export function writePercent(basisPoints: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2, useGrouping: false }).format(basisPoints / 100);
}

/** "1.75 % + €0.05"; empty: none. */
export function sayFee(fee: { basisPoints: number; fixedMinor: number }, money: (minor: number) => string, locale: string): string {
  const parts = [
    ...(fee.basisPoints > 0 ? [new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(fee.basisPoints / 10_000)] : []),
    ...(fee.fixedMinor > 0 ? [money(fee.fixedMinor)] : []),
  ];
  return parts.join(' + ');
}
