import type { MoneyFigures } from '@holdfast/contract/reports';
import type { Scope } from '../access/scope.ts';
import { askTogether } from '../kit/ask-together.ts';
import type { Queryable } from '../kit/database.ts';
import { type BalanceAt, balancesAt } from '../ledger/balances-at.ts';
import { type Moves, movesBetween } from '../ledger/read-moves.ts';
import { type FiguresBy, type KnownPlace, moneyFigures } from './money-figures.ts';
import { factsOfLocation, itemNames, moneyPlaces } from './store.ts';

/** What has to be asked for the figures of a period; one statement with whatever else belongs to them. */
export function moneyQuestions(scope: Scope, from: Date, until: Date) {
  return {
    moves: movesBetween(scope, from, until),
    start: balancesAt(scope, from),
    end: balancesAt(scope, until),
    places: moneyPlaces(scope),
    items: itemNames(scope),
  } as const;
}

interface MoneyAnswers {
  readonly moves: readonly Moves[];
  readonly start: readonly BalanceAt[];
  readonly end: readonly BalanceAt[];
  readonly places: readonly KnownPlace[];
  readonly items: readonly (readonly [id: string, name: string])[];
}

/** What the books say of a period: one for each currency in which something stands or moved, the location's own first. */
export function moneyOf(own: string, { items, ...told }: MoneyAnswers, by?: FiguresBy): readonly MoneyFigures[] {
  const touched = new Set([
    ...told.moves.map(({ currency }) => currency),
    ...[...told.start, ...told.end].filter(({ balanceMinor }) => balanceMinor !== 0n).map(({ currency }) => currency),
  ]);
  touched.delete(own);
  const around = { ...told, itemNames: new Map(items) };
  return [own, ...[...touched].sort()].map((currency) => moneyFigures(currency, around, by));
}

export async function readMoney(q: Queryable, scope: Scope, from: Date, until: Date, by?: FiguresBy): Promise<readonly MoneyFigures[]> {
  const { currency } = await factsOfLocation(q, scope);
  return moneyOf(currency, await askTogether(q, moneyQuestions(scope, from, until)), by);
}
