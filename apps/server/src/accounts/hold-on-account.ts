import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { openAccount } from '../ledger/open-account.ts';
import { type HoldPurpose, insertHold } from './hold-rows.ts';

/**
 * Keeps a part of an account for something that is under way, so that nobody spends it meanwhile. Answers the hold. Its account is locked by the caller. The
 * database has the last word on whether there is so much: `not_enough_on_account`.
 */
export async function holdOnAccount(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  scope: Scope,
  hold: {
    readonly ownerId: string;
    readonly currency: string;
    readonly purpose: HoldPurpose;
    readonly key: string;
    readonly amountMinor: bigint;
    readonly spendableMinor: bigint;
    readonly by: { readonly id: string; readonly name: string };
    readonly at: Date;
  },
): Promise<string> {
  const { ownerId, currency, spendableMinor } = hold;
  if (hold.amountMinor > spendableMinor) throw notEnough(spendableMinor);
  // what a credit limit allows may be held before anything was ever on it
  await openAccount(tx, deps, scope, { kind: 'client', ownerId, currency });
  const id = deps.newId('hld');
  try {
    await insertHold(tx, scope, { ...hold, id });
  } catch (error) {
    if (isSqlError(error) && error.constraint === 'client_accounts_within_limit') throw notEnough(spendableMinor);
    throw error;
  }
  return id;
}

function notEnough(spendableMinor: bigint): Problem {
  return new Problem('not_enough_on_account', 409, 'There is not that much on the account.', { spendableMinor: Number(spendableMinor) });
}
