import type { Operation } from '@holdfast/contract/operations';
import { askTogether } from '../kit/ask-together.ts';
import { movesBetween } from '../ledger/read-moves.ts';
import { isPlace, isReceipt, isRefund, signed } from './money-figures.ts';
import type { ReportKind, ReportRow } from './report-rows.ts';
import { moneyPlaces } from './store.ts';

interface Sums {
  readonly currency: string;
  readonly id: string;
  received: bigint;
  refunded: bigint;
  fees: bigint;
  paidOut: bigint;
  n: number;
}

/** Payments by where they were taken: each provider connection, cash and card at the desk; with refunds, fees and what was paid out. */
export const providersReport: ReportKind = {
  columns: [
    { key: 'received', kind: 'money' },
    { key: 'payments', kind: 'count' },
    { key: 'refunded', kind: 'money' },
    { key: 'fees', kind: 'money' },
    { key: 'net', kind: 'money' },
    { key: 'paid_out', kind: 'money' },
  ],
  async read(q, { scope, days, span }) {
    const { moves, places } = await askTogether(q, { moves: movesBetween(scope, span.from, span.until), places: moneyPlaces(scope) });
    const sums = new Map<string, Sums>();
    for (const move of moves) {
      // where it was taken or given back: the side that is a place; of two, the one it left before anything undid it
      const [leaves, comes] = move.undone ? [move.to, move.from] : [move.from, move.to];
      const at = isPlace(leaves) ? leaves : comes;
      if (!isPlace(at)) continue;
      const key = `${move.currency} ${at.accountId}`;
      const sum = sums.get(key) ?? { currency: move.currency, id: at.accountId, received: 0n, refunded: 0n, fees: 0n, paidOut: 0n, n: 0 };
      if (isReceipt(move)) {
        sum.received += signed(move);
        sum.n += move.undone ? -Number(move.count) : Number(move.count);
      } else if (isRefund(move)) sum.refunded += signed(move);
      else if (is(move.operation, 'fee')) sum.fees += signed(move);
      else if (is(move.operation, 'payout') && move.from.kind === 'clearing') sum.paidOut += signed(move);
      else continue;
      sums.set(key, sum);
    }
    const rows = [...sums.values()].map((sum): ReportRow => {
      const known = places.find(({ accountId }) => accountId === sum.id);
      return {
        currency: sum.currency,
        key: `${known?.kind ?? 'cash'}/${sum.id}`,
        name: known?.name ?? '',
        values: [sum.received, sum.n, sum.refunded, sum.fees, sum.received - sum.refunded - sum.fees, sum.paidOut],
        link: { page: 'transactions', ...days, register: sum.id },
      };
    });
    return { rows };
  },
};

function is(operation: Operation, wanted: Operation): boolean {
  return operation === wanted;
}
