import { z } from 'zod';
import type { Credentials, Outcome } from '../payment-provider.ts';
import type { Viva } from './ask-viva.ts';
import type { VivaOrder } from './viva-payment-fact.ts';
import { failedLater, type VivaTransaction, vivaTransaction } from './viva-transaction.ts';
import { type TransactionRow, transactionListShape, transactionRowShape, transactionShape } from './wire.ts';

/** Viva's day is that of the merchant's country; whoever asks from UTC asks a little wider. */
const widestZoneMs = 14 * 60 * 60_000;
const dayMs = 24 * 60 * 60_000;

/** All transactions of one order, none for an order nobody has begun to pay; and whether a way of paying that is decided later came to nothing. */
export async function readTransactionsOfOrder(
  viva: Viva,
  credentials: Credentials,
  orderCode: string,
): Promise<Outcome<Pick<VivaOrder, 'transactions' | 'failedLater'>>> {
  const rows = await readRows(viva, credentials, { query: `?ordercode=${encodeURIComponent(orderCode)}` });
  if (rows.kind !== 'done') return rows;
  const transactions = await inWords(viva, credentials, rows.value);
  if (transactions.kind !== 'done') return transactions;
  return { kind: 'done', value: { transactions: transactions.value, failedLater: rows.value.some(failedLater) } };
}

/** The transactions of all days that touch this span, also somewhat outside it; each once. Of all references, or of one. */
export async function readTransactionsOfDays(
  viva: Viva,
  credentials: Credentials,
  { from, to, reference }: { from: Date; to: Date; reference?: string },
): Promise<Outcome<readonly VivaTransaction[]>> {
  const found = new Map<string, VivaTransaction>();
  for (const day of daysOf(from, to)) {
    const rows = await readRows(viva, credentials, { query: `?date=${day}`, reference });
    if (rows.kind !== 'done') return rows;
    const answer = await inWords(viva, credentials, rows.value);
    if (answer.kind !== 'done') return answer;
    for (const one of answer.value) found.set(one.id, one);
  }
  return { kind: 'done', value: [...found.values()] };
}

/** A strange transaction of another shop's on the account is no trouble where only one reference is wanted. */
async function readRows(
  viva: Viva,
  credentials: Credentials,
  { query, reference }: { query: string; reference?: string | undefined },
): Promise<Outcome<readonly TransactionRow[]>> {
  const list = await viva.askOlder(credentials, { method: 'GET', path: `/api/transactions/${query}` }, transactionListShape);
  if (list.kind !== 'done') return list;
  const wanted = list.value.Transactions.filter(({ MerchantTrns }) => reference === undefined || MerchantTrns === reference);
  const rows = z.array(transactionRowShape).safeParse(wanted);
  return rows.success ? { kind: 'done', value: rows.data } : unreadable(rows.error.issues[0]);
}

/** Failed attempts are left out: nobody needs their currency. */
async function inWords(viva: Viva, credentials: Credentials, rows: readonly TransactionRow[]): Promise<Outcome<readonly VivaTransaction[]>> {
  const found: VivaTransaction[] = [];
  for (const row of rows) {
    if (row.StatusId === 'E') continue;
    const currency = await currencyNumberOf(viva, credentials, row);
    if (currency.kind !== 'done') return currency;
    try {
      const one = vivaTransaction(row, currency.value);
      if (one) found.push(one);
    } catch (error) {
      return unreadable(error);
    }
  }
  return { kind: 'done', value: found };
}

async function currencyNumberOf(viva: Viva, credentials: Credentials, { CurrencyCode, TransactionId }: TransactionRow): Promise<Outcome<string>> {
  if (CurrencyCode != null) return { kind: 'done', value: CurrencyCode };
  const path = `/checkout/v2/transactions/${encodeURIComponent(TransactionId)}`;
  const answer = await viva.askNewer(credentials, { method: 'GET', path }, transactionShape);
  return answer.kind === 'done' ? { kind: 'done', value: answer.value.currencyCode } : answer;
}

function unreadable(error: unknown): Outcome<never> {
  const reason = typeof error === 'object' && error && 'message' in error ? String(error.message) : 'no reason given';
  return { kind: 'unknown', message: `Viva: a transaction that cannot be read (${reason})` };
}

function daysOf(from: Date, to: Date): readonly string[] {
  const days: string[] = [];
  const last = dayOf(to.getTime() + widestZoneMs);
  for (let at = from.getTime() - widestZoneMs; dayOf(at) <= last; at += dayMs) days.push(dayOf(at));
  return days;
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
