import type { MoneyFigures } from '@holdfast/contract/reports';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { balancesAt } from '../ledger/balances-at.ts';
import { movesBetween } from '../ledger/read-moves.ts';
import { moneyFigures } from './money-figures.ts';
import { factsOfLocation, itemNames, moneyPlaces } from './store.ts';

/**
 * What the books say of a period: one for each currency in which something stands or moved, the location's own first. For figures that belong together: within
 * a transaction that sees one state of the books, or under the days' lock.
 */
export async function readMoney(tx: Tx, scope: Scope, from: Date, until: Date): Promise<readonly MoneyFigures[]> {
  const { currency: own } = await factsOfLocation(tx, scope);
  const moves = await movesBetween(tx, scope, from, until);
  const start = await balancesAt(tx, scope, from);
  const end = await balancesAt(tx, scope, until);
  const around = { moves, start, end, places: await moneyPlaces(tx, scope), itemNames: await itemNames(tx, scope) };
  const touched = new Set([
    ...moves.map(({ currency }) => currency),
    ...[...start, ...end].filter(({ balanceMinor }) => balanceMinor !== 0n).map(({ currency }) => currency),
  ]);
  touched.delete(own);
  return [own, ...[...touched].sort()].map((currency) => moneyFigures(currency, around));
}
