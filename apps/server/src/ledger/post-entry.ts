import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant } from '../kit/problem.ts';
import { entryFault, type Posting } from './rules.ts';

export interface Entry {
  readonly scope: Scope;
  /** Why money moved: `{ kind: 'payment_captured', id }`. One entry per cause, ever: that is what makes posting twice impossible. */
  readonly cause: { readonly kind: string; readonly id: string };
  /** When, for whoever looks at a day. What is written about an entry later than it happened has `recordedAt` for that. */
  readonly happenedAt: Date;
  readonly memo: string;
  /** Who did it; left out: it followed from something else. */
  readonly by?: { readonly id: string; readonly name: string };
  /** At least one; all of one currency, which is also the currency of every account they touch. */
  readonly postings: readonly Posting[];
  /** The entry that this one undoes. */
  readonly reverses?: string;
}

/**
 * Writes an entry and its postings in one statement; the database keeps the balances. Nothing here is ever changed or erased afterwards.
 * Refused by the database: a currency that is not the account's (HF901).
 */
export async function postEntry(tx: Tx, { newId, now }: Pick<Deps, 'newId' | 'now'>, entry: Entry): Promise<'posted' | 'already_posted'> {
  const fault = entryFault(entry.postings);
  invariant(fault === undefined, `an entry for ${entry.cause.kind} ${entry.cause.id} is wrong: ${fault}`);
  const { chainId, locationId } = entry.scope;
  const postings = JSON.stringify(
    entry.postings.map((one, index) => ({
      posting_no: index,
      from_account_id: one.from,
      to_account_id: one.to,
      amount_minor: one.amountMinor.toString(),
      currency: one.currency,
      operation: one.operation,
      item_id: one.itemId ?? null,
      purpose_kind: one.purpose?.kind ?? null,
      purpose_id: one.purpose?.id ?? null,
    })),
  );
  const { rows } = await sql<{ entries: bigint; postings: bigint }>`
    with entry as (
      insert into ledger_entries (chain_id, entry_id, location_id, cause_kind, cause_id, happened_at, recorded_at, memo, reverses_entry_id, by_id, by_name)
      values (${chainId}, ${newId('ent')}, ${locationId}, ${entry.cause.kind}, ${entry.cause.id}, ${entry.happenedAt}, ${now()}, ${entry.memo},
              ${entry.reverses ?? null}, ${entry.by?.id ?? null}, ${entry.by?.name ?? null})
      on conflict on constraint ledger_entries_one_per_cause do nothing returning chain_id, entry_id, location_id, happened_at
    ), posted as (
      insert into ledger_postings (chain_id, entry_id, posting_no, from_account_id, to_account_id, amount_minor, currency, purpose_kind, purpose_id, operation, item_id,
                                   location_id, happened_at)
      select entry.chain_id, entry.entry_id, p.posting_no, p.from_account_id, p.to_account_id, p.amount_minor, p.currency, p.purpose_kind, p.purpose_id,
             p.operation, p.item_id, entry.location_id, entry.happened_at
        from entry, jsonb_to_recordset(${postings}::jsonb)
          as p(posting_no smallint, from_account_id text, to_account_id text, amount_minor bigint, currency text, purpose_kind text, purpose_id text,
               operation text, item_id text)
      returning 1
    ) select (select count(*) from entry) entries, (select count(*) from posted) postings`.execute(tx);
  if (rows[0]?.entries === 0n) return 'already_posted';
  invariant(rows[0]?.postings === BigInt(entry.postings.length), 'an entry is written with all of its postings');
  return 'posted';
}
