import type { Books } from '@holdfast/contract/books';
import { toJsonAmount } from '@holdfast/contract/money';
import type { Place } from '../access/who.ts';
import type { Deps } from '../kit/deps.ts';
import { balancesAsKnown, type KnownBalance } from '../ledger/balance-as-known.ts';
import type { AccountKind } from '../ledger/rules.ts';
import { dayOf, spanOfDay } from './span-of-day.ts';
import { factsOfLocation } from './store.ts';

/** The books at the end of a day of the place (today), as they were known at some moment (now). */
export async function readBooks(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  { scope }: Place,
  asked: { on?: string | undefined; knownAt?: string | undefined },
): Promise<Books> {
  const { timeZone } = await factsOfLocation(db.read, scope);
  const knownAt = asked.knownAt ? new Date(asked.knownAt) : now();
  const on = asked.on ?? dayOf(now(), timeZone);
  const accounts = await balancesAsKnown(db.read, scope, { happenedUntil: spanOfDay(on, timeZone).until, knownAt });
  const currencies = [...new Set(accounts.map(({ currency }) => currency))];
  return { on, knownAt: knownAt.toISOString(), currencies: currencies.map((currency) => inCurrency(currency, accounts)) };
}

function inCurrency(currency: string, all: readonly KnownBalance[]): Books['currencies'][number] {
  const accounts = all.filter((one) => one.currency === currency);
  const sum = (some: readonly KnownBalance[]) => toJsonAmount(some.reduce((total, { balanceMinor }) => total + balanceMinor, 0n));
  const of = (kind: AccountKind) =>
    accounts
      .filter((one) => one.kind === kind)
      .map(({ accountId, ownerId, balanceMinor }) => ({ accountId, ownerId, balanceMinor: toJsonAmount(balanceMinor) }));
  const clients = accounts.filter(({ kind }) => kind === 'client');
  return {
    currency,
    registers: of('register'),
    clearing: of('clearing'),
    disputed: of('disputed'),
    between: of('between'),
    items: of('item'),
    income: of('income'),
    tax: of('tax'),
    fees: of('fees'),
    prepayments: of('prepayments'),
    unplaced: of('unplaced'),
    opening: of('opening'),
    clients: { accounts: clients.filter(({ balanceMinor }) => balanceMinor !== 0n).length, balanceMinor: sum(clients) },
    sumMinor: sum(accounts),
  };
}
