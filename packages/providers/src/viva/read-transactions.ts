import type { Credentials, Outcome } from '../payment-provider.ts';
import type { Viva } from './ask-viva.ts';
import { type VivaTransaction, vivaTransaction } from './viva-transaction.ts';
import { type TransactionRow, transactionListShape, transactionRowShape, transactionShape } from './wire.ts';

/** Viva's day is that of the merchant's country; whoever asks from UTC asks a little wider. */
const widestZoneMs = 14 * 60 * 60_000;
const dayMs = 24 * 60 * 60_000;

/** All transactions of one order; none for an order nobody has begun to pay. */
export function readTransactionsOfOrder(viva: Viva, credentials: Credentials, orderCode: string): Promise<Outcome<readonly VivaTransaction[]>> {
  return readTransactions(viva, credentials, { query: `?ordercode=${encodeURIComponent(orderCode)}` });
}

/** The transactions of all days that touch this span, also somewhat outside it; each once. Of all references, or of one. */
export async function readTransactionsOfDays(
  viva: Viva,
  credentials: Credentials,
  { from, to, reference }: { from: Date; to: Date; reference?: string },
): Promise<Outcome<readonly VivaTransaction[]>> {
  const found = new Map<string, VivaTransaction>();
  for (const day of daysOf(from, to)) {
    const answer = await readTransactions(viva, credentials, { query: `?date=${day}`, reference });
    if (answer.kind !== 'done') return answer;
    for (const one of answer.value) found.set(one.id, one);
  }
  return { kind: 'done', value: [...found.values()] };
}

async function readTransactions(
  viva: Viva,
  credentials: Credentials,
  { query, reference }: { query: string; reference?: string | undefined },
): Promise<Outcome<readonly VivaTransaction[]>> {
  const list = await viva.askOlder(credentials, { method: 'GET', path: `/api/transactions/${query}` }, transactionListShape);
  if (list.kind !== 'done') return list;
  const found: VivaTransaction[] = [];
  for (const wanted of list.value.Transactions.filter(({ MerchantTrns }) => reference === undefined || MerchantTrns === reference)) {
    const row = transactionRowShape.safeParse(wanted);
    if (!row.success) return unreadable(row.error.issues[0]);
    if (row.data.StatusId === 'E') continue;
    const currency = await currencyNumberOf(viva, credentials, row.data);
    if (currency.kind !== 'done') return currency;
    const one = inWords(row.data, currency.value);
    if (one.kind !== 'done') return one;
    if (one.value) found.push(one.value);
  }
  return { kind: 'done', value: found };
}

async function currencyNumberOf(viva: Viva, credentials: Credentials, { CurrencyCode, TransactionId }: TransactionRow): Promise<Outcome<string>> {
  if (CurrencyCode != null) return { kind: 'done', value: CurrencyCode };
  const path = `/checkout/v2/transactions/${encodeURIComponent(TransactionId)}`;
  const answer = await viva.askNewer(credentials, { method: 'GET', path }, transactionShape);
  return answer.kind === 'done' ? { kind: 'done', value: answer.value.currencyCode } : answer;
}

function inWords(row: TransactionRow, currencyNumber: string): Outcome<VivaTransaction | undefined> {
  try {
    return { kind: 'done', value: vivaTransaction(row, currencyNumber) };
  } catch (error) {
    return unreadable(error);
  }
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
