/** ISO 4217 numeric codes, in which monobank counts currencies. Source: ISO 4217 list one. */
// biome-ignore format: a table reads better as one
const numbers: Readonly<Record<string, number>> = {
  AED: 784, ARS: 32, AUD: 36, BGN: 975, BHD: 48, BIF: 108, BRL: 986, CAD: 124, CHF: 756, CLP: 152, CNY: 156, COP: 170, CZK: 203, DJF: 262, DKK: 208,
  EGP: 818, EUR: 978, GBP: 826, GEL: 981, GNF: 324, HKD: 344, HUF: 348, IDR: 360, ILS: 376, INR: 356, ISK: 352, JOD: 400, JPY: 392, KES: 404, KMF: 174,
  KRW: 410, KWD: 414, KZT: 398, MAD: 504, MDL: 498, MGA: 969, MXN: 484, MYR: 458, NOK: 578, NZD: 554, OMR: 512, PEN: 604, PHP: 608, PLN: 985,
  PYG: 600, QAR: 634, RON: 946, RSD: 941, RWF: 646, SAR: 682, SEK: 752, SGD: 702, THB: 764, TND: 788, TRY: 949, TWD: 901, UAH: 980, UGX: 800, USD: 840,
  UYU: 858, UZS: 860, VND: 704, VUV: 548, XAF: 950, XOF: 952, XPF: 953, ZAR: 710,
};
const codes: ReadonlyMap<number, string> = new Map(Object.entries(numbers).map(([code, number]) => [number, code]));

/** 'UAH' → 980; undefined for a currency that is not in the list. */
export function currencyNumber(code: string): number | undefined {
  return Object.hasOwn(numbers, code) ? numbers[code] : undefined;
}

/** 980 → 'UAH'. */
export function currencyCode(number: number): string | undefined {
  return codes.get(number);
}
