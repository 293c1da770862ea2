import { isKnownCurrency } from '@holdfast/contract/currency-exponent';
import { isSupportedCountry } from 'libphonenumber-js/min';
import { Problem } from '../kit/problem.ts';

/** Zone, country, currency and languages have to be ones that everything else can work with. Refuses with `invalid_request`, naming the field. */
export function checkPlace(place: {
  readonly timeZone: string;
  readonly country: string;
  readonly currency?: string;
  readonly defaultLanguage: string;
  readonly languages: readonly string[];
}): void {
  if (!isTimeZone(place.timeZone)) throw wrong('timeZone', 'This is no time zone.');
  // phones are read in it
  if (!isSupportedCountry(place.country)) throw wrong('country', 'This is no country.');
  if (place.currency !== undefined && !isKnownCurrency(place.currency)) throw wrong('currency', 'This currency is not known.');
  if (new Set(place.languages).size !== place.languages.length) throw wrong('languages', 'A language is named twice.');
  if (!place.languages.includes(place.defaultLanguage)) throw wrong('defaultLanguage', 'The first language has to be one of the languages.');
}

function isTimeZone(name: string): boolean {
  try {
    // an offset such as +02:00 is understood too, but has no summer time
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function wrong(field: string, message: string): Problem {
  return new Problem('invalid_request', 422, message, { fields: [{ field, message }] });
}
