import type { ReceiptContent } from '@holdfast/contract/receipts';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { BilledVisit } from '../booking/read-billed-visit.ts';
import type { Tx } from '../kit/database.ts';
import { linesAgain, linesAndTaxes } from './compose-content.ts';
import type { EntryToTell } from './read-entry.ts';
import type { TakenReceipt } from './taken-back.ts';

/** A receipt whose tax is not that of the visit it is about: taken back, and issued anew. */
interface Corrected {
  readonly of: TakenReceipt;
  readonly paidBy: string;
  readonly posting: EntryToTell['postings'][number];
}

/** Income of a visit, and not of a membership: the moment at which the tax of what was paid for it is the salon's. */
export function visitEarnedBy({ causeKind, postings }: EntryToTell): string | undefined {
  return causeKind === 'income' ? (postings.find(({ purposeKind }) => purposeKind === 'appointment')?.purposeId ?? undefined) : undefined;
}

/**
 * Receipts of a visit that was paid before its services were others: what is left of each, where the tax in it is another one by now. A receipt that is about
 * several visits is left alone. Cents by which shares are rounded are no other tax.
 */
export async function receiptsToCorrect(
  tx: Tx,
  { chainId, locationId }: Scope,
  appointmentId: string,
  visit: BilledVisit,
): Promise<readonly Corrected[]> {
  if (visit.lines.every(({ costMinor }) => costMinor === 0n)) return [];
  const { rows } = await sql<TakenReceipt & { paidBy: string; currency: string }>`
    select r.receipt_id id, r.name, r.happened_at "happenedAt", r.content->'lines' lines, true single, r.content->>'paidBy' "paidBy", r.currency,
           r.amount_minor - coalesce((select sum(n.amount_minor) from receipts n where n.chain_id = r.chain_id and n.of_receipt = r.receipt_id), 0)::bigint "leftMinor"
      from receipts r
     where r.chain_id = ${chainId} and r.location_id = ${locationId} and r.purpose_id = ${appointmentId} and r.kind = 'receipt'
       and (select count(distinct coalesce(p.purpose_id, '')) from ledger_postings p where p.chain_id = r.chain_id and p.entry_id = r.entry_id) = 1
     order by r.issued_at, r.number`.execute(tx);
  return rows
    .filter((of) => of.leftMinor > 0n && isOtherTax(of, visit))
    .map((of) => ({
      of,
      paidBy: of.paidBy,
      posting: {
        operation: 'refund',
        amountMinor: of.leftMinor,
        currency: of.currency,
        fromKind: 'prepayments',
        fromOwner: '',
        toKind: 'prepayments',
        toOwner: '',
        purposeKind: 'appointment',
        purposeId: appointmentId,
      },
    }));
}

function isOtherTax(of: TakenReceipt, { lines }: BilledVisit): boolean {
  const amountMinor = of.leftMinor;
  const [was, is] = [linesAndTaxes([linesAgain(of, amountMinor)]).taxes, linesAndTaxes([{ amountMinor, lines }]).taxes];
  const cents = of.lines.length + lines.length;
  const taxAt = (taxes: ReceiptContent['taxes'], key: string) => taxes.find((one) => keyOf(one) === key)?.taxMinor ?? 0;
  return [...was, ...is].some((one) => Math.abs(taxAt(was, keyOf(one)) - taxAt(is, keyOf(one))) > cents);
}

const keyOf = ({ name, basisPoints }: ReceiptContent['taxes'][number]) => `${basisPoints} ${name}`;
