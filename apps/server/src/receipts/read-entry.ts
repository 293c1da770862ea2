import type { Operation } from '@holdfast/contract/operations';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

export interface EntryToTell {
  readonly entryId: string;
  readonly causeKind: string;
  readonly causeId: string;
  readonly happenedAt: Date;
  readonly reverses: string | null;
  readonly postings: readonly {
    readonly operation: Operation;
    readonly amountMinor: bigint;
    readonly currency: string;
    readonly fromKind: string;
    readonly fromOwner: string;
    readonly toKind: string;
    readonly toOwner: string;
    readonly purposeKind: string | null;
    readonly purposeId: string | null;
  }[];
}

export async function readEntry(q: Queryable, { chainId }: Scope, entryId: string): Promise<EntryToTell | undefined> {
  const { rows } = await sql<Omit<EntryToTell, 'postings'>>`
    select entry_id "entryId", cause_kind "causeKind", cause_id "causeId", happened_at "happenedAt", reverses_entry_id reverses
      from ledger_entries where chain_id = ${chainId} and entry_id = ${entryId}`.execute(q);
  const [entry] = rows;
  if (!entry) return undefined;
  const postings = await sql<EntryToTell['postings'][number]>`
    select p.operation, p.amount_minor "amountMinor", p.currency, f.kind "fromKind", f.owner_id "fromOwner", t.kind "toKind", t.owner_id "toOwner",
           p.purpose_kind "purposeKind", p.purpose_id "purposeId"
      from ledger_postings p join ledger_accounts f on f.chain_id = p.chain_id and f.account_id = p.from_account_id
      join ledger_accounts t on t.chain_id = p.chain_id and t.account_id = p.to_account_id
     where p.chain_id = ${chainId} and p.entry_id = ${entryId} order by p.posting_no`.execute(q);
  return { ...entry, postings: postings.rows };
}

const isMoney = (kind: string) => kind === 'register' || kind === 'clearing';

type ToldPosting = EntryToTell['postings'][number];

/**
 * Something is paid, or put on an account: money came; money that was nobody's is found to be a client's; or what lay on an account paid for a visit or a
 * membership, which is when the tax in it is due.
 */
function came({ operation, fromKind, toKind }: Pick<ToldPosting, 'operation' | 'fromKind' | 'toKind'>): boolean {
  if (operation === 'spend') return fromKind === 'prepayments';
  if (operation === 'credit' && toKind === 'unplaced') return true;
  return (operation === 'payment' || operation === 'top_up' || operation === 'credit') && isMoney(toKind);
}

/** What an entry asks for, of which of its postings: a receipt for what came, a credit note for what goes back and for what never was. */
export function documentOf({ postings, reverses }: EntryToTell): { kind: 'receipt' | 'credit_note'; postings: EntryToTell['postings'] } | undefined {
  const back = postings.filter((one) =>
    reverses === null ? one.operation === 'refund' : came({ ...one, fromKind: one.toKind, toKind: one.fromKind }),
  );
  if (back.length > 0) return { kind: 'credit_note', postings: back };
  const all = reverses === null ? postings.filter(came) : [];
  return all.length > 0 ? { kind: 'receipt', postings: all } : undefined;
}

/** It is about a visit or a membership, with the tax in that; everything else lies on an account, or is nobody's. */
export function isPaidFor({ fromKind, toKind }: Pick<ToldPosting, 'fromKind' | 'toKind'>): boolean {
  return fromKind === 'prepayments' || toKind === 'prepayments';
}

/** How it was paid, or goes back: the account of money it moved through. */
export function moneyAccountOf(postings: EntryToTell['postings']): { readonly kind: string; readonly owner: string } | undefined {
  for (const { fromKind, fromOwner, toKind, toOwner } of postings) {
    if (isMoney(toKind)) return { kind: toKind, owner: toOwner };
    if (isMoney(fromKind)) return { kind: fromKind, owner: fromOwner };
    // through some provider: its account has been left by then
    if (toKind === 'unplaced') return { kind: toKind, owner: toOwner };
  }
  return undefined;
}
