import { sql } from 'kysely';
import { mintScope, type Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { lockAccounts } from './lock-accounts.ts';
import { type AccountName, openAccount } from './open-account.ts';
import { postEntry } from './post-entry.ts';
import { postingsOfCause } from './read-books.ts';
import { reverseEntry } from './reverse-entry.ts';
import type { Posting } from './rules.ts';
import { type Share, shareOut } from './share-out.ts';

export interface Spending {
  /** Of the entry at the place. One per cause, ever: the same cause again is a bug of the caller's, who is to know by its own row. */
  readonly cause: { readonly kind: string; readonly id: string };
  /** Whose account: a client's id, or with a type `client/type`. */
  readonly ownerId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** What is paid with it, at the place. */
  readonly purpose: { readonly kind: string; readonly id: string };
  /** Services, if nothing is said. */
  readonly itemId?: string;
  /** Where the money is taken from at the place instead of from what was prepaid there: the register out of which it is handed to the client. */
  readonly takenFrom?: { readonly accountId: string; readonly operation: 'refund' };
  readonly memo: string;
  readonly by?: { readonly id: string; readonly name: string };
  readonly at: Date;
}

export interface Spent {
  /** The place first, if anything of it lay there. */
  readonly shares: readonly Share[];
  /** What the place gave on credit. */
  readonly creditMinor: bigint;
}

/**
 * Pays for something at a place from a client's account, wherever in the chain its money lies: first what lies there, then what other locations have, the
 * rest is credit. All of it in this transaction: an entry at the place (prepayments → client, prepayments → between) and one at each location that lends
 * (between → client); where it is handed out, the register stands instead of the prepayments. Refused with `not_enough_on_account` when that would pass the account's limit or touch what is held: what is held for this very
 * payment has to be let go before, in the same transaction. Locks: the client account, then every ledger account by id.
 */
export async function spendClientMoney(tx: Tx, deps: Pick<Deps, 'newId' | 'now'>, place: Scope, spending: Spending): Promise<Spent> {
  const { ownerId, currency, amountMinor, purpose, at, memo } = spending;
  const { chainId, locationId } = place;
  invariant(amountMinor > 0n, 'something is spent');
  const spendableMinor = await lockClientAccount(tx, chainId, { ownerId, currency });
  if (amountMinor > spendableMinor) throw notEnough(spendableMinor);
  const lying = await sql<{ locationId: string; owedMinor: bigint }>`
    select location_id "locationId", -balance_minor "owedMinor" from ledger_accounts
     where chain_id = ${chainId} and kind = 'client' and owner_id = ${ownerId} and currency = ${currency}`.execute(tx);
  const { shares, creditMinor } = shareOut(amountMinor, locationId, lying.rows);

  const here = (kind: AccountName['kind'], owner: string) => ({ locationId, kind, ownerId: owner });
  const homes = shares.filter((share) => share.locationId !== locationId);
  const own = amountMinor - homes.reduce((sum, { amountMinor: part }) => sum + part, 0n);
  const accounts = await openInOrder(tx, deps, chainId, currency, [
    ...(spending.takenFrom ? [] : [here('prepayments', '')]),
    ...(own > 0n ? [here('client', ownerId)] : []),
    ...homes.flatMap((home) => [
      here('between', home.locationId),
      { locationId: home.locationId, kind: 'between' as const, ownerId: locationId },
      { locationId: home.locationId, kind: 'client' as const, ownerId },
    ]),
  ]);
  await lockAccounts(tx, chainId, [...accounts.values(), ...(spending.takenFrom ? [spending.takenFrom.accountId] : [])]);

  const account = (where: string, kind: AccountName['kind'], owner: string) => {
    const id = accounts.get(keyOf({ locationId: where, kind, ownerId: owner }));
    invariant(id, `the account ${kind} of ${owner} at ${where} was opened`);
    return id;
  };
  const words = { currency, itemId: spending.itemId ?? 'services', purpose } as const;
  const from = spending.takenFrom?.accountId ?? account(locationId, 'prepayments', '');
  const operation = spending.takenFrom?.operation ?? ('spend' as const);
  const postings: Posting[] = [
    ...(own > 0n ? [{ ...words, operation, from, to: account(locationId, 'client', ownerId), amountMinor: own }] : []),
    ...homes.map((home) => ({
      ...words,
      operation,
      from,
      to: account(locationId, 'between', home.locationId),
      amountMinor: home.amountMinor,
    })),
  ];
  const entry = { happenedAt: at, memo, ...(spending.by ? { by: spending.by } : {}) };
  try {
    invariant((await postEntry(tx, deps, { ...entry, scope: place, cause: spending.cause, postings })) === 'posted', 'one cause spends once');
    for (const home of homes) {
      const lent = await postEntry(tx, deps, {
        ...entry,
        scope: mintScope(chainId, home.locationId),
        cause: causeOfHome(spending.cause, home.locationId),
        postings: [
          {
            ...words,
            operation: 'settlement',
            from: account(home.locationId, 'between', locationId),
            to: account(home.locationId, 'client', ownerId),
            amountMinor: home.amountMinor,
          },
        ],
      });
      invariant(lent === 'posted', 'one cause lends once');
    }
  } catch (error) {
    // the last word is the database's
    if (isSqlError(error) && error.constraint === 'client_accounts_within_limit') throw notEnough(spendableMinor);
    throw error;
  }
  return { shares, creditMinor };
}

/** Gives back exactly what was spent for this cause, to wherever it came from: every entry of it the other way. It can be done once. */
export async function unspendClientMoney(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  place: Scope,
  undone: {
    readonly of: { readonly kind: string; readonly id: string };
    readonly cause: { readonly kind: string; readonly id: string };
    readonly memo: string;
    readonly at: Date;
    readonly by?: { readonly id: string; readonly name: string };
  },
): Promise<void> {
  const { of, cause, ...rest } = undone;
  const spent = await postingsOfCause(tx, place, of);
  const homes = spent.flatMap(({ to }) => (to.kind === 'between' ? [mintScope(place.chainId, to.ownerId)] : []));
  const undo = [
    { scope: place, of, cause },
    ...homes.map((scope) => ({ scope, of: causeOfHome(of, scope.locationId), cause: causeOfHome(cause, scope.locationId) })),
  ];
  const touched = await sql<{ accountId: string }>`
    select distinct unnest(array[p.from_account_id, p.to_account_id]) "accountId"
      from unnest(${undo.map((one) => one.of.kind)}::text[], ${undo.map((one) => one.of.id)}::text[]) u (kind, id)
      join ledger_entries e on e.chain_id = ${place.chainId} and e.cause_kind = u.kind and e.cause_id = u.id
      join ledger_postings p on p.chain_id = e.chain_id and p.entry_id = e.entry_id`.execute(tx);
  await lockAccounts(
    tx,
    place.chainId,
    touched.rows.map(({ accountId }) => accountId),
  );
  for (const one of undo) await reverseEntry(tx, deps, one.scope, { ...rest, of: one.of, cause: one.cause });
}

/** What may be spent of a client's account, with its row locked until the transaction ends. An account that nobody opened has nothing and no credit. */
async function lockClientAccount(tx: Tx, chainId: string, { ownerId, currency }: { ownerId: string; currency: string }): Promise<bigint> {
  const { rows } = await sql<{ spendableMinor: bigint }>`
    select credit_limit_minor - balance_minor - held_minor "spendableMinor" from client_accounts
     where chain_id = ${chainId} and owner_id = ${ownerId} and currency = ${currency} for no key update`.execute(tx);
  return rows[0]?.spendableMinor ?? 0n;
}

interface PlacedAccount {
  readonly locationId: string;
  readonly kind: AccountName['kind'];
  readonly ownerId: string;
}

const keyOf = ({ locationId, kind, ownerId }: PlacedAccount) => `${locationId} ${kind} ${ownerId}`;

/** Opens accounts at several locations in one order for everybody: a new account is waited for like a lock. */
async function openInOrder(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  chainId: string,
  currency: string,
  wanted: readonly PlacedAccount[],
): Promise<ReadonlyMap<string, string>> {
  const named = new Map(wanted.map((one) => [keyOf(one), one]));
  const opened = new Map<string, string>();
  for (const key of [...named.keys()].sort()) {
    const one = named.get(key);
    if (!one) continue;
    opened.set(key, await openAccount(tx, deps, mintScope(chainId, one.locationId), { kind: one.kind, ownerId: one.ownerId, currency }));
  }
  return opened;
}

/** Entries have one cause each, in the whole chain: what a location lends for a cause is named after the cause and after that location. */
const causeOfHome = (cause: { readonly kind: string; readonly id: string }, locationId: string) => ({
  kind: `${cause.kind}.lent`,
  id: `${cause.id}/${locationId}`,
});

const notEnough = (spendableMinor: bigint) =>
  new Problem('not_enough_on_account', 409, 'There is not that much on the account.', {
    spendableMinor: Number(spendableMinor > 0n ? spendableMinor : 0n),
  });
