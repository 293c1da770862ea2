/**
 * What Viva takes online, with the number that ISO 4217 gives each and Viva writes. The first is what most need. Source: developer.viva.com,
 * Smart Checkout, Multicurrency. The lev is still named there; it ceased to exist at the end of 2025.
 */
const numbers: Readonly<Record<string, number>> = { EUR: 978, GBP: 826, PLN: 985, RON: 946, CZK: 203, HUF: 348, SEK: 752, DKK: 208 };
/** What else may stand in the books of a merchant who sells elsewhere too, or did. */
const seenElsewhere: Readonly<Record<string, number>> = { BGN: 975, CHF: 756, NOK: 578, USD: 840 };

export const vivaCurrencies: readonly string[] = Object.keys(numbers);

export function currencyNumber(currency: string): number | undefined {
  return Object.hasOwn(numbers, currency) ? numbers[currency] : undefined;
}

/** `978` → EUR. Throws a RangeError for a number that nobody expects of Viva: a guess would be another amount of money. */
export function currencyOfNumber(number: string): string {
  const [found] = Object.entries({ ...numbers, ...seenElsewhere }).find(([, one]) => one === Number(number)) ?? [];
  if (found === undefined) throw new RangeError(`${number.slice(0, 20)} is none of Viva's currencies`);
  return found;
}
