import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { lockAccounts } from './lock-accounts.ts';
import { openAccount } from './open-account.ts';
import { postEntry } from './post-entry.ts';

interface Side {
  readonly scope: Scope;
  /** A register of that location: its ledger account. */
  readonly registerId: string;
}

export interface Settlement {
  /** Of the screen's try: repeating it has one effect. */
  readonly key: string;
  readonly from: Side;
  readonly to: Side;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly memo: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: Date;
}

/**
 * A location pays another one what it owes it, register to register: an entry in each of their books, in this transaction. Not more than it owes
 * (`more_than_left`). Answers what it still owes afterwards; `posted`: not a repetition.
 */
export async function settleBetween(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  settlement: Settlement,
): Promise<{ readonly owedMinor: bigint; readonly posted: boolean }> {
  const { from, to, amountMinor, currency, key, memo, by, at } = settlement;
  invariant(from.scope.chainId === to.scope.chainId && from.scope.locationId !== to.scope.locationId, 'two locations of a chain settle');
  for (const { scope, registerId } of [from, to]) {
    const { rows } = await sql`
      select 1 from ledger_accounts where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and account_id = ${registerId}
         and kind = 'register' and currency = ${currency}`.execute(tx);
    if (rows.length === 0) throw new Problem('not_found', 404, 'There is no such register.');
  }
  // in the order of the locations, whoever pays: two who settle the other way round would wait for each other's new accounts
  const owing = new Map<string, string>();
  for (const [one, other] of from.scope.locationId < to.scope.locationId
    ? ([
        [from, to],
        [to, from],
      ] as const)
    : ([
        [to, from],
        [from, to],
      ] as const))
    owing.set(one.scope.locationId, await openAccount(tx, deps, one.scope, { kind: 'between', ownerId: other.scope.locationId, currency }));
  const [owes, isOwed] = [owing.get(from.scope.locationId), owing.get(to.scope.locationId)];
  invariant(owes && isOwed, 'both accounts were opened');
  await lockAccounts(tx, from.scope.chainId, [owes, isOwed, from.registerId, to.registerId]);
  const { rows } = await sql<{ owed: bigint; done: boolean }>`
    select -balance_minor owed, exists (select 1 from ledger_entries e where e.chain_id = a.chain_id and e.cause_kind = 'between_paid' and e.cause_id = ${key}) done
      from ledger_accounts a where chain_id = ${from.scope.chainId} and account_id = ${owes}`.execute(tx);
  const owed = rows[0]?.owed ?? 0n;
  if (rows[0]?.done) return { owedMinor: owed, posted: false };
  if (amountMinor > owed) throw new Problem('more_than_left', 409, 'It does not owe that much.', { leftMinor: Number(owed > 0n ? owed : 0n) });
  const entry = { happenedAt: at, memo, by };
  const posting = { amountMinor, currency, operation: 'settlement' } as const;
  const posted = [
    await postEntry(tx, deps, {
      ...entry,
      scope: from.scope,
      cause: { kind: 'between_paid', id: key },
      postings: [{ ...posting, from: from.registerId, to: owes }],
    }),
    await postEntry(tx, deps, {
      ...entry,
      scope: to.scope,
      cause: { kind: 'between_received', id: key },
      postings: [{ ...posting, from: isOwed, to: to.registerId }],
    }),
  ];
  invariant(
    posted.every((one) => one === 'posted'),
    'a settlement is in both books or in none',
  );
  return { owedMinor: owed - amountMinor, posted: true };
}
