import type { TransactionDetail, UndeletableReason } from '@holdfast/contract/transactions';
import { sql } from 'kysely';
import { mayTouchRegister, withinLastDays } from '../access/limits-of-place.ts';
import type { Place } from '../access/who.ts';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import type { FinanceContext } from './context.ts';
import { placeFacts } from './place-facts.ts';
import { linesOfEntry } from './read-transactions.ts';

export interface EntryFacts {
  readonly entryId: string;
  readonly causeKind: string;
  readonly causeId: string;
  readonly happenedAt: Date;
  readonly reverses: string | null;
  readonly reversedBy: string | null;
  /** Registers that it has put money into or taken it out of. */
  readonly registers: readonly string[];
}

const THROUGH_PROVIDERS: ReadonlySet<string> = new Set(['payment_captured', 'payment_captured_more', 'provider_refund']);
const FOLLOWING: ReadonlySet<string> = new Set(['acquiring_fee', 'acquiring_fee_reversal']);

/** An entry with everything that belongs to it, and what may be done with it. Refuses with `not_found`. */
export async function readTransaction({ db, now, deletions }: FinanceContext, place: Place, entryId: string): Promise<TransactionDetail> {
  const q = db.read;
  const facts = await entryFacts(q, place, entryId);
  const undeletable = await whyUndeletable({ db, now, deletions }, place, facts);
  const uneditable = await whyUneditable({ db, now }, place, facts);
  const [reversal, original] = [facts.reversedBy, facts.reverses].map((id) => (id === null ? undefined : id));
  return {
    entryId,
    lines: [...(await linesOfEntry(q, place, entryId))],
    reversal: reversal === undefined ? null : await told(q, place, reversal),
    original: original === undefined ? null : await told(q, place, original),
    ...(await replacements(q, place, facts)),
    follows: FOLLOWING.has(facts.causeKind) ? await entryOfCause(q, place, facts.causeId) : null,
    undeletable: undeletable ?? null,
    uneditable: uneditable ?? null,
    asksRegister: deletions[facts.causeKind]?.asksRegister ?? false,
  };
}

export async function entryFacts(q: Queryable, { scope: { chainId, locationId } }: Place, entryId: string): Promise<EntryFacts> {
  const { rows } = await sql<EntryFacts>`
    select e.entry_id "entryId", e.cause_kind "causeKind", e.cause_id "causeId", e.happened_at "happenedAt", e.reverses_entry_id reverses,
           (select r.entry_id from ledger_entries r where r.chain_id = e.chain_id and r.reverses_entry_id = e.entry_id) "reversedBy",
           array(select distinct a.account_id from ledger_postings p
                   join ledger_accounts a on a.chain_id = p.chain_id and a.account_id in (p.from_account_id, p.to_account_id)
                  where p.chain_id = e.chain_id and p.entry_id = e.entry_id and a.kind = 'register') registers
      from ledger_entries e where e.chain_id = ${chainId} and e.location_id = ${locationId} and e.entry_id = ${entryId}`.execute(q);
  if (!rows[0]) throw new Problem('not_found', 404, 'There is no such transaction.');
  return rows[0];
}

/** Why it cannot be deleted by whoever asks; undefined: by what is known here, it can. */
export async function whyUndeletable(
  { db, now, deletions }: Pick<FinanceContext, 'db' | 'now' | 'deletions'>,
  place: Place,
  { causeKind, causeId, happenedAt, reverses, reversedBy, registers }: EntryFacts,
): Promise<UndeletableReason | undefined> {
  if (reverses !== null) return 'is_reversal';
  if (reversedBy !== null) return 'deleted_before';
  if (FOLLOWING.has(causeKind)) return 'follows';
  const deletion = Object.hasOwn(deletions, causeKind) ? deletions[causeKind] : undefined;
  if (!deletion) return THROUGH_PROVIDERS.has(causeKind) ? 'through_provider' : 'automatic';
  const { timeZone } = await placeFacts(db.read, place.scope);
  if (!withinLastDays(place, 'transactions.delete', happenedAt, now(), timeZone)) return 'right_missing';
  if (!deletion.asksRegister && !registers.every((id) => mayTouchRegister(place, id))) return 'register_not_allowed';
  return deletion.whyNot?.(db.read, place, causeId);
}

async function whyUneditable(
  { db, now }: Pick<FinanceContext, 'db' | 'now'>,
  place: Place,
  { causeKind, happenedAt, reverses, reversedBy, registers }: EntryFacts,
): Promise<TransactionDetail['uneditable'] | undefined> {
  if (causeKind !== 'manual') return 'not_written_by_hand';
  if (reverses !== null) return 'is_reversal';
  if (reversedBy !== null) return 'deleted_before';
  const { timeZone } = await placeFacts(db.read, place.scope);
  if (!withinLastDays(place, 'transactions.edit', happenedAt, now(), timeZone)) return 'right_missing';
  return registers.every((id) => mayTouchRegister(place, id)) ? undefined : 'register_not_allowed';
}

async function told(
  q: Queryable,
  { scope: { chainId, locationId } }: Place,
  entryId: string,
): Promise<{ entryId: string; at: string; by: string | null; because: string } | null> {
  const { rows } = await sql<{ at: Date; by: string | null; because: string }>`
    select recorded_at at, by_name "by", memo because from ledger_entries
     where chain_id = ${chainId} and location_id = ${locationId} and entry_id = ${entryId}`.execute(q);
  return rows[0] ? { entryId, at: rows[0].at.toISOString(), by: rows[0].by, because: rows[0].because } : null;
}

/** What it stands in the place of, and what stands in its place. */
async function replacements(
  q: Queryable,
  { scope: { chainId, locationId } }: Place,
  { causeKind, causeId }: EntryFacts,
): Promise<{ replaces: string | null; replacedBy: string | null }> {
  if (causeKind !== 'manual') return { replaces: null, replacedBy: null };
  const { rows } = await sql<{ replaces: string | null; replacedBy: string | null }>`
    select (select e.entry_id from ledger_entries e where e.chain_id = m.chain_id and e.cause_kind = 'manual' and e.cause_id = m.replaces_id) replaces,
           (select e.entry_id from manual_entries n join ledger_entries e on e.chain_id = n.chain_id and e.cause_kind = n.kind and e.cause_id = n.manual_entry_id
             where n.chain_id = m.chain_id and n.replaces_id = m.manual_entry_id) "replacedBy"
      from manual_entries m where m.chain_id = ${chainId} and m.location_id = ${locationId} and m.manual_entry_id = ${causeId}`.execute(q);
  return rows[0] ?? { replaces: null, replacedBy: null };
}

/** `desk_payment:dpm_…` → its entry. */
async function entryOfCause(q: Queryable, { scope: { chainId, locationId } }: Place, cause: string): Promise<string | null> {
  const split = cause.indexOf(':');
  const { rows } = await sql<{ id: string }>`
    select entry_id id from ledger_entries
     where chain_id = ${chainId} and location_id = ${locationId} and cause_kind = ${cause.slice(0, split)} and cause_id = ${cause.slice(split + 1)}`.execute(
    q,
  );
  return rows[0]?.id ?? null;
}
