import type { AppointmentWish } from '@holdfast/contract/calendar';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { phoneOf } from '../clients/write-client.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';

export interface BookedClient {
  readonly id: string;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly language: string;
}

const TRIES = 4;

type WishedClient = { readonly clientId: string } | { readonly name: string; readonly phone: string | null; readonly email: string | null };

/** The telephone in its international form; null where none was given. Refuses with `invalid_phone`. */
export function readWishedClient(client: AppointmentWish['client'], country: string): WishedClient {
  if ('clientId' in client) return client;
  return { name: client.name, phone: phoneOf(client.phone, country), email: client.email || null };
}

/**
 * Whom staff book: one they chose, one who is recognised by telephone (and keeps the name they have), or somebody new. Until the booking is written nobody
 * merges or erases them. Refuses with `not_found`.
 */
export async function clientByStaff(
  tx: Tx,
  ctx: Pick<Deps, 'newId'>,
  { chainId }: Scope,
  wished: WishedClient,
  language: string,
  at: Date,
): Promise<BookedClient> {
  const known = sql`
    select client_id id, name, phone, email, language from clients where chain_id = ${chainId} and merged_into is null and erased_at is null`;
  if ('clientId' in wished) {
    const { rows } = await sql<BookedClient>`${known} and client_id = ${wished.clientId} for key share`.execute(tx);
    if (!rows[0]) throw new Problem('not_found', 404, 'There is no such client.', { field: 'client.clientId' });
    return rows[0];
  }
  const { name, phone, email } = wished;
  const id = ctx.newId('cli');
  for (let again = 0; again < TRIES; again++) {
    const { rows } = await sql`
      insert into clients (chain_id, client_id, name, phone, email, language, created_at) values (${chainId}, ${id}, ${name}, ${phone}, ${email}, ${language}, ${at})
      on conflict (chain_id, phone) do nothing returning 1`.execute(tx);
    if (rows.length > 0) return { id, name, phone, email, language };
    // who was merged is the one they were merged into; who is being merged or erased just now is looked for again
    const recognised = await sql<BookedClient>`
      ${known} and client_id = (select coalesce(merged_into, client_id) from clients where chain_id = ${chainId} and phone = ${phone}) for key share`.execute(
      tx,
    );
    if (recognised.rows[0]) return recognised.rows[0];
  }
  throw new Error(`a client was merged ${TRIES} times while they were booked`);
}
