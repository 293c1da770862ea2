import { askTogether } from '../kit/ask-together.ts';
import { movesBetween } from '../ledger/read-moves.ts';
import { signed, wayOf } from './money-figures.ts';
import type { ReportKind, ReportRow } from './report-rows.ts';
import { itemNames, netByDay } from './store.ts';

/** Income by payment item: all money that came in or went out, so that it comes to what the registers and providers grew by. */
export const itemsReport: ReportKind = {
  columns: [
    { key: 'net', kind: 'money' },
    { key: 'in', kind: 'money' },
    { key: 'out', kind: 'money' },
    { key: 'transactions', kind: 'count' },
  ],
  async read(q, { scope, facts, days, span, compared }) {
    const told = await askTogether(q, {
      moves: movesBetween(scope, span.from, span.until),
      items: itemNames(scope),
      ...(compared ? {} : { course: netByDay(scope, span, facts.timeZone) }),
    });
    const names = new Map(told.items);
    const sums = new Map<string, { currency: string; key: string; in: bigint; out: bigint; n: number }>();
    for (const move of told.moves) {
      const way = wayOf(move);
      if (way !== 'in' && way !== 'out') continue;
      // what has no item is named after what was done
      const key = move.itemId ?? `operation/${move.operation}`;
      const sum = sums.get(`${move.currency} ${key}`) ?? { currency: move.currency, key, in: 0n, out: 0n, n: 0 };
      sum[way] += signed(move);
      sum.n += Number(move.count);
      sums.set(`${move.currency} ${key}`, sum);
    }
    const rows = [...sums.values()].map(
      (sum): ReportRow => ({
        currency: sum.currency,
        key: sum.key,
        name: names.get(sum.key) ?? '',
        values: [sum.in - sum.out, sum.in, sum.out, sum.n],
        link: { page: 'transactions', ...days, ...byWhat(sum.key) },
      }),
    );
    return { rows, course: told.course ?? [] };
  },
};

function byWhat(key: string): object {
  return key.startsWith('operation/') ? { operation: key.slice('operation/'.length) } : { item: key };
}
