import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant } from '../kit/problem.ts';
import type { AccountKind } from './rules.ts';

export interface AccountName {
  readonly kind: AccountKind;
  /** Whose: a client's id, a connection's id, 'main' or 'card' of the registers; '' where a location has only one. */
  readonly ownerId: string;
  /** ISO 4217. */
  readonly currency: string;
}

/**
 * The account of this name at this location; made when it is not there yet. Answers its id. An entry that needs several opens all of them
 * before it posts, in the order of their names, so that two entries never wait for each other's new accounts.
 */
export async function openAccount(tx: Tx, { newId, now }: Pick<Deps, 'newId' | 'now'>, scope: Scope, name: AccountName): Promise<string> {
  const { kind, ownerId, currency } = name;
  const known = await findAccount(tx, scope, name);
  if (known) return known;
  const { rows } = await sql<{ account_id: string }>`
    insert into ledger_accounts (chain_id, account_id, location_id, kind, owner_id, currency, created_at)
    values (${scope.chainId}, ${newId('acc')}, ${scope.locationId}, ${kind}, ${ownerId}, ${currency}, ${now()})
    on conflict on constraint ledger_accounts_one_each do nothing returning account_id`.execute(tx);
  const opened = rows[0]?.account_id ?? (await findAccount(tx, scope, name));
  invariant(opened, 'an account that could not be opened must be there');
  return opened;
}

async function findAccount(tx: Tx, scope: Scope, { kind, ownerId, currency }: AccountName): Promise<string | undefined> {
  const { rows } = await sql<{ account_id: string }>`
    select account_id from ledger_accounts
     where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and kind = ${kind} and owner_id = ${ownerId} and currency = ${currency}`.execute(
    tx,
  );
  return rows[0]?.account_id;
}
