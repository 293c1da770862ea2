import type { ClientWish, NewClient } from '@holdfast/contract/clients';
import { sql } from 'kysely';
import type { Queryable, Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { readPhone } from './read-phone.ts';

/** A client that staff write down. Refuses with `invalid_phone`, and with `already_there` (whose id) where somebody has this phone. */
export async function addClient(deps: Deps, chainId: string, country: string, wish: NewClient): Promise<string> {
  const clientId = deps.newId('cli');
  const phone = phoneOf(wish.phone, country);
  await unlessPhoneIsTaken(
    deps.db.read,
    chainId,
    () => phone,
    async () => {
      await sql`
      insert into clients (chain_id, client_id, name, phone, email, language, note, created_at)
      values (${chainId}, ${clientId}, ${wish.name}, ${phone}, ${wish.email || null}, ${wish.language}, ${wish.note}, ${deps.now()})`.execute(
        deps.db.read,
      );
    },
  );
  return clientId;
}

/** What of a client differs from the wish: the fields' names only, because the audit log keeps no personal data. */
export type ChangedFields = readonly (keyof NewClient)[];

/** Refuses with `not_found`, `changed_meanwhile`, `invalid_phone`; a phone that somebody else has is a violation that `unlessPhoneIsTaken` words. */
export async function changeClient(tx: Tx, chainId: string, country: string, clientId: string, wish: ClientWish): Promise<ChangedFields> {
  const before = await lockClient(tx, chainId, clientId, wish.version);
  // what is written down already is not judged anew: rules about numbers change
  const phone = wish.phone === before.phone ? before.phone : phoneOf(wish.phone, country);
  const after = { name: wish.name, phone, email: wish.email || null, language: wish.language, note: wish.note };
  await sql`
    update clients set name = ${after.name}, phone = ${after.phone}, email = ${after.email}, language = ${after.language}, note = ${after.note}
     where chain_id = ${chainId} and client_id = ${clientId}`.execute(tx);
  return (Object.keys(after) as (keyof typeof after)[]).filter((field) => after[field] !== before[field]);
}

export interface LockedClient {
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly language: string;
  readonly note: string;
  readonly version: number;
}

/** The client as they are, locked. Refuses with `not_found` (also merged and erased ones) and `changed_meanwhile`. */
export async function lockClient(tx: Tx, chainId: string, clientId: string, version?: number): Promise<LockedClient> {
  const { rows } = await sql<LockedClient>`
    select name, phone, email, language, note, version from clients
     where chain_id = ${chainId} and client_id = ${clientId} and merged_into is null and erased_at is null for update`.execute(tx);
  const [client] = rows;
  if (!client) throw new Problem('not_found', 404, 'There is no such client.');
  if (version !== undefined && client.version !== version)
    throw new Problem('changed_meanwhile', 409, 'Somebody else has changed this client meanwhile.', { version: client.version });
  return client;
}

/** The unique phone decides; who has it is said, so that the screen can offer to open or merge them. */
export async function unlessPhoneIsTaken(q: Queryable, chainId: string, phone: () => string | null, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isSqlError(error) || error.constraint !== 'clients_phone') throw error;
    const { rows } = await sql<{ id: string }>`
      select coalesce(merged_into, client_id) id from clients where chain_id = ${chainId} and phone = ${phone()}`.execute(q);
    throw new Problem('already_there', 409, 'Another client has this phone.', { clientId: rows[0]?.id });
  }
}

export function phoneOf(typed: string, country: string): string | null {
  return typed === '' ? null : readPhone(typed, country);
}
