import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import type { ClientRow } from './read-row.ts';

export interface KnownClient {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly language: string;
  readonly note: string;
}

/** Who this is, if they are there: by phone; without one by e-mail; without either by exactly this name among those who have neither. */
export async function knownClient(q: Queryable, chainId: string, { phone, email, name }: ClientRow): Promise<KnownClient | undefined> {
  const who = phone
    ? sql`c.client_id = (select coalesce(merged_into, client_id) from clients where chain_id = ${chainId} and phone = ${phone})`
    : email !== ''
      ? sql`lower(c.email) = ${email.toLowerCase()}`
      : sql`c.name = ${name} and c.phone is null and c.email is null`;
  const { rows } = await sql<KnownClient>`
    select c.client_id id, c.version, c.name, c.phone, c.email, c.language, c.note from clients c
     where c.chain_id = ${chainId} and c.merged_into is null and c.erased_at is null and ${who} order by c.client_id limit 1`.execute(q);
  return rows[0];
}
