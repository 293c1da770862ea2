import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { searchPatterns } from './search-pattern.ts';

export interface FoundClient {
  readonly id: string;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
}

interface Row extends FoundClient {
  readonly search: string;
  readonly createdAt: Date;
}

/**
 * Clients of a chain by any part of name, phone or e-mail, in the order of their names; without a search the newest first. Those who were merged or erased
 * are not found. Refuses with `invalid_request` an `after` that we did not give.
 */
export async function searchClients(
  q: Queryable,
  chainId: string,
  { search, limit, after }: { search: string; limit: number; after: string | undefined },
): Promise<{ clients: readonly FoundClient[]; next: string | null }> {
  const patterns = searchPatterns(search);
  const place = after === undefined ? undefined : readPlace(after);
  const newest = patterns.length === 0;
  const beyond = !place
    ? sql``
    : newest
      ? sql`and (created_at, client_id) < (${place[0]}::timestamptz, ${place[1]})`
      : sql`and (search collate "C", client_id) > (${place[0]}, ${place[1]})`;
  const { rows } = await sql<Row>`
    select client_id id, name, phone, email, search, created_at "createdAt" from clients
     where chain_id = ${chainId} and merged_into is null and erased_at is null
       ${sql.join([...patterns.map((one) => sql`and search like ${one}`), beyond], sql` `)}
     order by ${newest ? sql`created_at desc, client_id desc` : sql`search collate "C", client_id`} limit ${limit + 1}`.execute(q);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last;
  return {
    clients: page.map(({ id, name, phone, email }) => ({ id, name, phone, email })),
    next: more ? Buffer.from(JSON.stringify([newest ? last.createdAt.toISOString() : last.search, last.id])).toString('base64url') : null,
  };
}

function readPlace(after: string): readonly [string, string] {
  try {
    const place: unknown = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'));
    if (Array.isArray(place) && place.length === 2 && place.every((one) => typeof one === 'string')) return place as unknown as [string, string];
  } catch {
    // answered below
  }
  throw new Problem('invalid_request', 400, 'This is no place in the list.', { fields: [{ field: 'after' }] });
}
