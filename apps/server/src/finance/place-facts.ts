import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { invariant } from '../kit/problem.ts';

export interface PlaceFacts {
  readonly currency: string;
  readonly timeZone: string;
}

export async function placeFacts(q: Queryable, { chainId, locationId }: Scope): Promise<PlaceFacts> {
  const { rows } = await sql<PlaceFacts>`
    select currency, time_zone "timeZone" from locations where chain_id = ${chainId} and location_id = ${locationId}`.execute(q);
  invariant(rows[0], 'a location where somebody has a role is there');
  return rows[0];
}

/** The first instant of a day of this place, or of so many days later. No books are older than this program's. */
export function startOfDay(day: string, timeZone: string, plusDays = 0): Date {
  const plain = Temporal.PlainDate.from(day < '2000' ? '2000-01-01' : day > '9000' ? '9000-01-01' : day);
  return new Date(plain.add({ days: plusDays }).toZonedDateTime({ timeZone }).epochMilliseconds);
}
