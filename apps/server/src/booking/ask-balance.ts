import type { Balance, BalanceAsked } from '@holdfast/contract/deposits';
import { toJsonAmount } from '@holdfast/contract/money';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { type UsableAccount, usableAccounts } from '../accounts/usable-accounts.ts';
import { phoneAt } from '../confirmations/phone-at.ts';
import { Problem } from '../kit/problem.ts';
import type { BookingContext } from './context.ts';

/**
 * What whoever has this telephone can pay with here. A number that nobody knows and a client without money are answered alike. Refuses with `invalid_phone`, and
 * with `phone_not_confirmed` before anything is looked up. Nothing is used up by asking.
 */
export async function askBalance(
  { db, now }: Pick<BookingContext, 'db' | 'now'>,
  scope: Scope,
  { draftId, phone, proof }: BalanceAsked,
): Promise<Balance> {
  const { e164 } = await phoneAt(db.read, scope, phone);
  const { rows: said } = await sql<{ confirmed: boolean }>`
    select phone_is_confirmed(${scope.chainId}, ${scope.locationId}, ${draftId}, ${e164}, ${proof}, ${now()}) confirmed`.execute(db.read);
  if (!said[0]?.confirmed) throw new Problem('phone_not_confirmed', 409, 'The phone has to be confirmed first.', {});
  const { rows } = await sql<{ id: string }>`
    select client_id id from clients where chain_id = ${scope.chainId} and phone = ${e164}`.execute(db.read);
  const accounts = rows[0] ? await usableAccounts(db.read, scope, rows[0].id) : [];
  return { accounts: accounts.filter(({ freeMinor }) => freeMinor > 0n).map(shownToClient) };
}

export function shownToClient({ typeId, typeName, currency, freeMinor }: UsableAccount): Balance['accounts'][number] {
  return { typeId, typeName, currency, spendableMinor: toJsonAmount(freeMinor) };
}
