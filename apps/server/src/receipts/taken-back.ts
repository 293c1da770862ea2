import type { ReceiptContent } from '@holdfast/contract/receipts';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { type EntryToTell, isPaidFor } from './read-entry.ts';

type Postings = EntryToTell['postings'];

export interface TakenReceipt {
  readonly id: string;
  readonly name: string;
  readonly happenedAt: Date;
  readonly lines: ReceiptContent['lines'];
  /** It is about one visit, one membership or one account: a part of it is a part of each of its lines. */
  readonly single: boolean;
  readonly leftMinor: bigint;
}

export interface TakenBack {
  /** Undefined: nothing was ever issued for what goes back. */
  readonly of: TakenReceipt | undefined;
  readonly postings: Postings;
}

/**
 * Which receipts an entry takes back, and what of it takes back which: never more than a receipt says, less what was taken back of it before. What came without
 * a receipt and touches no visit goes back without a credit note. Throws while a receipt it takes back waits to be issued: a credit note comes after it.
 */
export async function takenBack(tx: Tx, scope: Scope, entry: EntryToTell, postings: Postings): Promise<readonly TakenBack[]> {
  const receipts = await receiptsBehind(tx, scope, entry);
  const left = receipts.map(({ leftMinor }) => leftMinor);
  const parts: Postings[number][][] = receipts.map(() => []);
  const none: Postings[number][] = [];
  for (const posting of postings) {
    let { amountMinor } = posting;
    receipts.forEach(({ anyOfPurpose }, index) => {
      const there = left[index] ?? 0n;
      const part = there < amountMinor ? there : amountMinor;
      if (part <= 0n || (anyOfPurpose && !isPaidFor(posting))) return;
      parts[index]?.push({ ...posting, amountMinor: part });
      left[index] = there - part;
      amountMinor -= part;
    });
    if (amountMinor > 0n && isPaidFor(posting)) none.push({ ...posting, amountMinor });
  }
  const taken = receipts.map((of, index): TakenBack => ({ of, postings: parts[index] ?? [] }));
  return [...taken, { of: undefined, postings: none }].filter((one) => one.postings.length > 0);
}

interface Behind extends TakenReceipt {
  /** Only the purpose is the same: the last resort, and only for what was paid for it. */
  readonly anyOfPurpose: boolean;
}

/** Of the entry that is undone; of the payment, the sale, the payments from accounts that are refunded, of what came onto the account of which the rest is given back, the latest first; of money that was nobody's first. */
async function receiptsBehind(tx: Tx, { chainId, locationId }: Scope, entry: EntryToTell): Promise<readonly Behind[]> {
  const { causeKind, causeId } = entry;
  const given = causeKind === 'provider_refund' ? causeId.slice(0, causeId.lastIndexOf(':')) : null;
  const byHand = causeKind === 'refund_by_hand' ? causeId : null;
  const sale = causeKind === 'membership_refund' ? causeId : null;
  const payout = causeKind === 'account_payout' ? causeId : null;
  const about = entry.postings.filter(({ purposeKind, purposeId }) => purposeKind !== null && purposeId !== null);
  const [kinds, ids] = [about.map(({ purposeKind }) => purposeKind), about.map(({ purposeId }) => purposeId)];
  const { rows } = await sql<Behind & { waits: boolean }>`
    with causes as (
      select 'payment_captured' kind, ${given}::text id
      union select 'membership_sale', ${sale}::text
      union select case source_kind when 'payment' then 'payment_captured' else 'desk_payment' end, source_id from refunds
       where chain_id = ${chainId} and refund_id = ${byHand}::text and source_kind <> 'account'
      union select 'account_payment', p.account_payment_id from refunds r join account_payments p on p.chain_id = r.chain_id and p.appointment_id = r.appointment_id
       where r.chain_id = ${chainId} and r.refund_id = ${byHand}::text and r.source_kind = 'account'),
    entries as (
      select 0 rank, ${entry.reverses}::text entry_id
      union all select 1, e.entry_id from causes c join ledger_entries e on e.chain_id = ${chainId} and e.cause_kind = c.kind and e.cause_id = c.id
      union all select 1, p.entry_id from account_payouts o
       join ledger_accounts f on f.chain_id = o.chain_id and f.kind = 'client' and f.owner_id = o.owner_id and f.currency = o.currency
       join ledger_postings p on p.chain_id = f.chain_id and p.from_account_id = f.account_id and p.operation in ('top_up', 'credit')
       where o.chain_id = ${chainId} and o.payout_id = ${payout}::text
      union all select 2, p.entry_id from (select distinct kind, id from unnest(${kinds}::text[], ${ids}::text[]) u (kind, id)) u
       join ledger_postings p on p.chain_id = ${chainId} and p.purpose_kind = u.kind and p.purpose_id = u.id and p.operation = 'credit'
       join ledger_accounts t on t.chain_id = p.chain_id and t.account_id = p.to_account_id and t.kind = 'unplaced'
      union all select 3, r.entry_id from receipts r where r.chain_id = ${chainId} and r.purpose_id = any(${ids}::text[])),
    behind as (select entry_id, min(rank) rank from entries where entry_id is not null and entry_id <> ${entry.entryId} group by 1)
    select r.receipt_id id, r.name, r.happened_at "happenedAt", r.content->'lines' lines, b.rank = 3 "anyOfPurpose", d.entry_id is not null waits,
           (select count(distinct coalesce(p.purpose_id, '')) from ledger_postings p where p.chain_id = ${chainId} and p.entry_id = b.entry_id) = 1 single,
           r.amount_minor - coalesce((select sum(n.amount_minor) from receipts n where n.chain_id = r.chain_id and n.of_receipt = r.receipt_id), 0)::bigint "leftMinor"
      from behind b left join receipts r on r.chain_id = ${chainId} and r.entry_id = b.entry_id and r.location_id = ${locationId} and r.kind = 'receipt'
      left join receipts_due d on d.chain_id = ${chainId} and d.entry_id = b.entry_id and d.location_id = ${locationId}
     where r.receipt_id is not null or d.entry_id is not null order by b.rank, r.issued_at desc, r.number desc`.execute(tx);
  if (rows.some(({ waits }) => waits)) throw new Error('the receipt that is taken back is not issued yet');
  return rows;
}
