import type { ClientAccount } from '@holdfast/contract/accounts';
import { toJsonAmount } from '@holdfast/contract/money';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { accountIdOf, ownerOf, readAccountId } from './account-name.ts';
import { type AccountRow, accountByName } from './account-rows.ts';
import { spendableMinor } from './account-rules.ts';

export type { AccountRow } from './account-rows.ts';

/** The account of this id, seen from a location of its chain; opened or not. Refuses with `not_found`. */
export async function findAccount(q: Queryable, scope: Scope, accountId: string): Promise<AccountRow> {
  const name = readAccountId(accountId);
  const found = name && (await accountByName(q, scope, { ...name, ownerId: ownerOf(name) }));
  if (!found) throw new Problem('not_found', 404, 'There is no such account.');
  return found;
}

/** The same, and nobody else moves anything on it until the transaction ends. Bookings and attempts are locked before it, ledger accounts after it. */
export async function lockAccount(tx: Tx, scope: Scope, accountId: string): Promise<AccountRow> {
  const name = readAccountId(accountId);
  if (name)
    await sql`
      select 1 from client_accounts where chain_id = ${scope.chainId} and owner_id = ${ownerOf(name)} and currency = ${name.currency} for no key update`.execute(
      tx,
    );
  return findAccount(tx, scope, accountId);
}

/** May it be filled here, and may a visit here be paid from it? What is on an archived type can still be spent. */
export function mayBeUsed({ validHere, archived, erased }: AccountRow): { readonly mayTopUp: boolean; readonly mayPay: boolean } {
  return { mayTopUp: validHere && !archived && !erased, mayPay: validHere && !erased };
}

/** As screens see it. */
export function shownAccount(row: AccountRow, { seesClients }: { seesClients: boolean }): ClientAccount {
  return {
    id: accountIdOf(row),
    clientId: row.clientId,
    clientName: seesClients ? row.clientName : null,
    typeId: row.typeId || null,
    typeName: row.typeName,
    currency: row.currency,
    balanceMinor: toJsonAmount(row.balanceMinor),
    heldMinor: toJsonAmount(row.heldMinor),
    creditLimitMinor: toJsonAmount(row.creditLimitMinor),
    spendableMinor: toJsonAmount(spendableMinor(row)),
    lies: [...row.lies],
    openedAt: row.openedAt?.toISOString() ?? null,
    ...mayBeUsed(row),
  };
}
