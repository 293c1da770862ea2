import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { Problem } from '../kit/problem.ts';

/** A number as typed → E.164; national numbers are read in the location's country (ISO 3166-1). Refuses with `invalid_phone`. */
export function readPhone(typed: string, country: string): string {
  const parsed = parsePhoneNumberFromString(typed, country as CountryCode);
  if (!parsed?.isValid()) throw new Problem('invalid_phone', 422, 'This is not a telephone number we could call.', { field: 'client.phone' });
  return parsed.number;
}
