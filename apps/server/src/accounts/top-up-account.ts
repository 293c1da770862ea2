import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import { insertTopUp } from './top-up-rows.ts';

interface Filling {
  readonly key: string;
  readonly ownerId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: Date;
}

/**
 * Cash or a card was taken into a register for it: from now on the salon owes it to the client. Answers the top-up. `before`: what else is posted for this
 * cause, before it, with the ledger account it fills.
 */
export async function topUpFromRegister(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  scope: Scope,
  { registerId, ...filling }: Filling & { readonly registerId: string },
  before: (cause: { kind: string; id: string }, clientAccountId: string) => Promise<void>,
): Promise<string> {
  const { ownerId, currency, amountMinor, by, at } = filling;
  const id = deps.newId('top');
  await insertTopUp(tx, scope, { ...filling, id, kind: 'desk', registerId });
  const client = await openAccount(tx, deps, scope, { kind: 'client', ownerId, currency });
  const cause = { kind: 'account_top_up', id };
  await before(cause, client);
  await postEntry(tx, deps, {
    scope,
    cause,
    happenedAt: at,
    memo: '',
    by,
    postings: [
      { from: client, to: registerId, amountMinor, currency, operation: 'top_up', itemId: 'top_ups', purpose: { kind: 'account_top_up', id } },
    ],
  });
  return id;
}

/** A link by which the client fills the account themself. Nothing is on the account yet. Answers the top-up. */
export async function offerTopUpLink(tx: Tx, deps: Pick<Deps, 'newId' | 'now'>, scope: Scope, filling: Filling): Promise<string> {
  const id = deps.newId('top');
  await insertTopUp(tx, scope, { ...filling, id, kind: 'link', registerId: null });
  return id;
}
