import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** This installation's mark in payment references: 8 random characters, made at the first start and then for ever the same. */
export async function installationMark(q: Queryable): Promise<string> {
  const fresh = [...randomBytes(8)].map((byte) => ALPHABET[byte & 31]).join('');
  await sql`insert into installation (key, value) values ('mark', ${fresh}) on conflict do nothing`.execute(q);
  const { rows } = await sql<{ value: string }>`select value from installation where key = 'mark'`.execute(q);
  return rows[0]?.value ?? fresh;
}
