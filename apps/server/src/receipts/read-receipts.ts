import { foldText } from '@holdfast/contract/fold-text';
import type { Receipt, ReceiptContent, ReceiptFilter, ReceiptKind, ReceiptList } from '@holdfast/contract/receipts';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

interface Row {
  readonly chainId: string;
  readonly id: string;
  readonly kind: ReceiptKind;
  readonly name: string;
  readonly happenedAt: Date;
  readonly issuedAt: Date;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly clientId: string | null;
  readonly clientName: string | null;
  readonly appointmentId: string | null;
  readonly paymentId: string | null;
  readonly erased: boolean;
  readonly language: string;
  readonly content: ReceiptContent;
}

// whoever was erased is not named any more; the document itself is kept by law, and stays as it is
const columns = sql`r.chain_id "chainId", r.receipt_id id, r.kind, r.name, r.happened_at "happenedAt", r.issued_at "issuedAt", r.amount_minor "amountMinor", r.currency,
  r.client_id "clientId", case when c.erased_at is null then r.client_name end "clientName", c.erased_at is not null erased, r.purpose_id "appointmentId",
  (select e.cause_id from ledger_entries e where e.chain_id = r.chain_id and e.cause_kind in ('payment_captured', 'desk_payment')
      and e.entry_id = coalesce((select o.entry_id from receipts o where o.chain_id = r.chain_id and o.receipt_id = r.of_receipt), r.entry_id)) "paymentId",
  r.language, r.content`;
const tables = sql`receipts r left join clients c on c.chain_id = r.chain_id and c.client_id = r.client_id`;

function shown({ content, ...row }: Row): ReceiptList['items'][number] {
  const { id, kind, name, currency, clientId, clientName, appointmentId, paymentId } = row;
  const at = row.happenedAt.toISOString();
  return {
    id,
    kind,
    name,
    happenedAt: at,
    amountMinor: Number(row.amountMinor),
    currency,
    clientId,
    clientName,
    appointmentId,
    paidBy: content.paidBy,
    paymentId,
  };
}

/** A document itself, without the ways to it. */
export type IssuedReceipt = Omit<Receipt, 'pageUrl' | 'mayBeSentBy'>;

/** Newest first. `next`: where the page after this one begins. Days are the location's. */
export async function readReceipts(
  q: Queryable,
  { chainId, locationId }: Scope,
  timeZone: string,
  { from, to, kind, client, appointment, search }: ReceiptFilter,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<Pick<ReceiptList, 'items' | 'next'>> {
  const startOf = (day: string, plus: number) =>
    new Date(Temporal.PlainDate.from(day).add({ days: plus }).toZonedDateTime({ timeZone }).epochMilliseconds);
  const [afterAt, afterId] = after?.split('~') ?? [];
  const like = (text: string) => `%${text.replaceAll(/[\\%_]/g, (one) => `\\${one}`)}%`;
  const asked = [
    sql`r.chain_id = ${chainId} and r.location_id = ${locationId}`,
    ...(from ? [sql`r.happened_at >= ${startOf(from, 0)}`] : []),
    ...(to ? [sql`r.happened_at < ${startOf(to, 1)}`] : []),
    ...(kind ? [sql`r.kind = ${kind}`] : []),
    ...(client ? [sql`r.client_id = ${client}`] : []),
    ...(appointment ? [sql`r.purpose_id = ${appointment}`] : []),
    ...(search ? [sql`(r.name ilike ${like(search)} or (c.erased_at is null and r.search like ${like(foldText(search))}))`] : []),
    ...(afterAt && afterId && !Number.isNaN(Date.parse(afterAt)) ? [sql`(r.happened_at, r.receipt_id) < (${new Date(afterAt)}, ${afterId})`] : []),
  ];
  const { rows } = await sql<Row>`
    select ${columns} from ${tables} where ${sql.join(asked, sql` and `)} order by r.happened_at desc, r.receipt_id desc limit ${limit + 1}`.execute(
    q,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(shown), next: rows.length > limit && last ? `${last.happenedAt.toISOString()}~${last.id}` : null };
}

/** One document as it is shown; undefined: there is none. `locationId` undefined: wherever in the chain. */
export async function readReceipt(
  q: Queryable,
  { chainId, locationId }: { chainId: string; locationId?: string },
  id: string,
): Promise<IssuedReceipt | undefined> {
  const { rows } = await sql<Row>`
    select ${columns} from ${tables}
     where r.chain_id = ${chainId} and r.receipt_id = ${id} ${locationId === undefined ? sql`` : sql`and r.location_id = ${locationId}`}`.execute(q);
  const [row] = rows;
  if (!row) return undefined;
  const notes = await sql<{ id: string; name: string }>`
    select receipt_id id, name from receipts where chain_id = ${chainId} and of_receipt = ${id} order by issued_at, number`.execute(q);
  const { language, erased, content } = row;
  return { ...shown(row), language, issuedAt: row.issuedAt.toISOString(), erased, content, takenBackBy: [...notes.rows] };
}

/** Of all visits of a booking, oldest first. */
export async function receiptsOfBooking(q: Queryable, chainId: string, bookingId: string): Promise<ReceiptList['items']> {
  const { rows } = await sql<Row>`
    select ${columns} from ${tables}
     where r.chain_id = ${chainId} and r.purpose_id in (select appointment_id from appointments where chain_id = ${chainId} and booking_id = ${bookingId})
     order by r.happened_at, r.number`.execute(q);
  return rows.map(shown);
}
