import type { Operation } from '@holdfast/contract/operations';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant } from '../kit/problem.ts';
import { postEntry } from './post-entry.ts';

/** A cause's entry is undone by the same postings the other way, as an entry of its own that names the first. An entry can be undone once. */
export async function reverseEntry(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  scope: Scope,
  {
    of,
    cause,
    memo,
    at,
    by,
    instead,
  }: {
    of: { kind: string; id: string };
    cause: { readonly kind: string; readonly id: string };
    memo: string;
    at: Date;
    by?: { readonly id: string; readonly name: string };
    /** Accounts that stand for others of the first entry: another register hands it back, a client was merged into another. */
    instead?: ReadonlyMap<string, string>;
  },
): Promise<void> {
  const { rows } = await sql<{
    entry_id: string;
    from: string;
    to: string;
    amount: bigint;
    currency: string;
    purpose_kind: string | null;
    purpose_id: string | null;
    operation: Operation;
    item_id: string | null;
  }>`
    select e.entry_id, p.from_account_id "from", p.to_account_id "to", p.amount_minor amount, p.currency, p.purpose_kind, p.purpose_id,
           p.operation, p.item_id
      from ledger_entries e join ledger_postings p on p.chain_id = e.chain_id and p.entry_id = e.entry_id
     where e.chain_id = ${scope.chainId} and e.location_id = ${scope.locationId} and e.cause_kind = ${of.kind} and e.cause_id = ${of.id}
     order by p.posting_no`.execute(tx);
  const [first] = rows;
  invariant(first, `${of.kind} ${of.id} has an entry to be undone`);
  const posted = await postEntry(tx, deps, {
    scope,
    cause,
    happenedAt: at,
    memo,
    ...(by ? { by } : {}),
    reverses: first.entry_id,
    postings: rows.map((row) => ({
      from: instead?.get(row.to) ?? row.to,
      to: instead?.get(row.from) ?? row.from,
      amountMinor: row.amount,
      currency: row.currency,
      operation: row.operation,
      ...(row.item_id === null ? {} : { itemId: row.item_id }),
      ...(row.purpose_kind !== null && row.purpose_id !== null ? { purpose: { kind: row.purpose_kind, id: row.purpose_id } } : {}),
    })),
  });
  invariant(posted === 'posted', `${of.kind} ${of.id} is undone once`);
}
