import { sql } from 'kysely';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Scope } from '../access/scope.ts';
import { readPhone } from '../clients/read-phone.ts';
import type { Queryable } from '../kit/database.ts';
import { invariant } from '../kit/problem.ts';

/** A number as typed, read in the location's country. Refuses with `invalid_phone`. */
export async function phoneAt(
  q: Queryable,
  { chainId, locationId }: Scope,
  typed: string,
): Promise<{ readonly e164: string; readonly shown: string }> {
  const { rows } = await sql<{ country: string }>`
    select country from locations where chain_id = ${chainId} and location_id = ${locationId}`.execute(q);
  invariant(rows[0], 'a scope has a location');
  const e164 = readPhone(typed, rows[0].country);
  return { e164, shown: parsePhoneNumberFromString(e164)?.formatInternational() ?? e164 };
}
