import { Refusal } from './refusal.ts';
import { greekDay } from './viva-dates.ts';
import type { TransactionRow, Work } from './work.ts';

const known: ReadonlySet<string> = new Set(['ordercode', 'date', 'clearancedate', 'sourcecode']);

/** `GET /api/transactions/?ordercode=` or `?date=YYYY-MM-DD` (a Greek day). Names of parameters in any case, as Viva takes them. */
export function listTransactions({ tx, account }: Work, query: ReadonlyMap<string, string>): TransactionRow[] {
  const strange = [...query.keys()].find((name) => !known.has(name));
  if (strange !== undefined) throw new Refusal(400, `the sandbox does not know the parameter ${strange}`);
  const [code, date, cleared, source] = ['ordercode', 'date', 'clearancedate', 'sourcecode'].map((name) => query.get(name));
  const day = date ?? cleared;
  if (code === undefined && day === undefined) throw new Refusal(400, 'ordercode, date or clearancedate is needed');
  if (day !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Refusal(400, 'date is not YYYY-MM-DD');
  return tx
    .list('transaction')
    .filter((one) => one.merchantId === account.merchantId)
    .filter((one) => code === undefined || one.orderCode === code)
    .filter((one) => day === undefined || greekDay(new Date(one.at)) === day)
    .filter((one) => source === undefined || tx.get('order', one.orderCode)?.sourceCode === source);
}
