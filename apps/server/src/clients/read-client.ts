import type { ClientLanguage } from '@holdfast/contract/client-language';
import { foldText } from '@holdfast/contract/fold-text';
import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import type { FoundClient } from './search-clients.ts';

export interface ClientRecord extends FoundClient {
  readonly version: number;
  readonly language: ClientLanguage;
  readonly note: string;
  readonly createdAt: Date;
  readonly erasedAt: Date | null;
  readonly mergedInto: string | null;
  readonly otherPhones: readonly string[];
}

/** A client as they are written down; undefined: there is none. */
export async function readClientRecord(q: Queryable, chainId: string, clientId: string): Promise<ClientRecord | undefined> {
  const { rows } = await sql<ClientRecord>`
    select c.client_id id, c.version, c.name, c.phone, c.email, c.language, c.note, c.created_at "createdAt", c.erased_at "erasedAt", c.merged_into "mergedInto",
           (select coalesce(jsonb_agg(o.phone order by o.phone), '[]') from clients o
             where o.chain_id = c.chain_id and o.merged_into = c.client_id and o.phone is not null) "otherPhones"
      from clients c where c.chain_id = ${chainId} and c.client_id = ${clientId}`.execute(q);
  return rows[0];
}

/** Who may be the same person: the same name without accents and capitals, or the same e-mail. (The same phone is the same client already.) */
export async function lookAlikesOf(q: Queryable, chainId: string, { id, name, email }: FoundClient): Promise<readonly FoundClient[]> {
  const wanted = [`${escaped(foldText(name))} %`, ...(email ? [`% ${escaped(email.toLowerCase())}`] : [])];
  const { rows } = await sql<FoundClient>`
    select client_id id, name, phone, email from clients
     where chain_id = ${chainId} and client_id <> ${id} and merged_into is null and erased_at is null
       and (${sql.join(
         wanted.map((one) => sql`search like ${one}`),
         sql` or `,
       )}) and (lower(name) = lower(${name}) or lower(email) = lower(${email}))
     order by client_id limit 10`.execute(q);
  return rows;
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, (one) => `\\${one}`);
}
