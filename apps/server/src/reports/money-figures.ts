import { toJsonAmount } from '@holdfast/contract/money';
import type { Operation } from '@holdfast/contract/operations';
import type { MoneyFigures, MoneyPlace } from '@holdfast/contract/reports';
import type { BalanceAt } from '../ledger/balances-at.ts';
import type { MoveEnd, Moves } from '../ledger/read-moves.ts';

type Method = 'cash' | 'card' | 'online';

/** Where money lies: a register, or a provider. */
export interface KnownPlace {
  readonly accountId: string;
  readonly name: string;
  readonly kind: MoneyPlace['kind'];
}

/** Which way money went for people, before anything undid it: `within`: from one place of ours to another; `aside`: no money moved, only whose it is. */
type Way = 'in' | 'out' | 'within' | 'aside';

export function wayOf({ from, to, undone }: Pick<Moves, 'from' | 'to' | 'undone'>): Way {
  const [leaves, comes] = undone ? [to, from] : [from, to];
  if (isPlace(leaves)) return isPlace(comes) ? 'within' : 'out';
  return isPlace(comes) ? 'in' : 'aside';
}

/** What counts as receipts when it comes in. The rest of what comes in (openings, corrections) is in the balances only. */
const receiptOperations: ReadonlySet<Operation> = new Set(['payment', 'top_up', 'credit', 'unplaced', 'manual']);

export function isReceipt(move: Moves): boolean {
  return wayOf(move) === 'in' && receiptOperations.has(move.operation);
}

export function isRefund(move: Moves): boolean {
  return move.operation === 'refund' && wayOf(move) === 'out';
}

function isExpense(move: Moves): boolean {
  return move.operation === 'manual' && wayOf(move) === 'out';
}

export function isPlace({ kind }: Pick<MoveEnd, 'kind'>): boolean {
  return kind === 'register' || kind === 'clearing' || kind === 'disputed';
}

/** Counted once, and taken off again where it was undone. */
export function signed({ amountMinor, undone }: Moves): bigint {
  return undone ? -amountMinor : amountMinor;
}

/**
 * What figures mean; one more with every change of it, so that a closed day is compared by what they meant then.
 * 1: what was paid for a membership counted as paid for services, and what went back onto an account was less given back of it. 2: as below.
 */
export const FIGURES_BY = 2;
export type FiguresBy = 1 | 2;

interface Around {
  readonly moves: readonly Moves[];
  readonly start: readonly BalanceAt[];
  readonly end: readonly BalanceAt[];
  readonly places: readonly KnownPlace[];
}

function byDirection({ to, amountMinor }: Moves): bigint {
  return isPlace(to) ? amountMinor : -amountMinor;
}

/** What the books say of a period in one currency. `start` and `end`: the balances around it. */
export function moneyFigures(
  currency: string,
  { moves, start, end, places, itemNames }: Around & { readonly itemNames: ReadonlyMap<string, string> },
  by: FiguresBy = FIGURES_BY,
): MoneyFigures {
  const mine = moves.filter((move) => move.currency === currency);
  const methodOf = (account: MoveEnd): Method => {
    if (account.kind === 'clearing' || account.kind === 'disputed') return 'online';
    const known = places.find(({ accountId }) => accountId === account.accountId)?.kind;
    return (known ?? (account.ownerId === 'card' ? 'cashless' : 'cash')) === 'cash' ? 'cash' : 'card';
  };
  const byMethod = (counts: (move: Moves) => boolean): MoneyFigures['receipts'] => {
    const sums = { cash: 0n, card: 0n, online: 0n };
    for (const move of mine) if (counts(move)) sums[methodOf(isPlace(move.to) ? move.to : move.from)] += signed(move);
    return {
      totalMinor: toJsonAmount(sums.cash + sums.card + sums.online),
      cashMinor: toJsonAmount(sums.cash),
      cardMinor: toJsonAmount(sums.card),
      onlineMinor: toJsonAmount(sums.online),
    };
  };
  const sum = (counts: (move: Moves) => boolean, amount: (move: Moves) => bigint) =>
    toJsonAmount(mine.reduce((total, move) => (counts(move) ? total + amount(move) : total), 0n));
  const at = (balances: readonly BalanceAt[], kind: string) =>
    balances.reduce((total, one) => (one.kind === kind && one.currency === currency ? total - one.balanceMinor : total), 0n);
  return {
    currency,
    receipts: byMethod(isReceipt),
    refunds: byMethod(isRefund),
    expenses: byMethod(isExpense),
    feesMinor: sum(({ operation }) => operation === 'fee', signed),
    correctionsMinor: sum((move) => move.operation === 'correction' && isPlace(move.from) !== isPlace(move.to), byDirection),
    disputesMinor: sum((move) => move.operation === 'dispute' && isPlace(move.from) !== isPlace(move.to), byDirection),
    openingsMinor: sum(({ operation }) => operation === 'opening', byDirection),
    servicesPaidMinor: sum((move) => isPaidForServices(move, by), signed),
    prepayments: owed(mine, 'prepayments', at(start, 'prepayments'), at(end, 'prepayments'), by),
    deposits: owed(mine, 'client', at(start, 'client'), at(end, 'client'), by),
    unplacedMinor: toJsonAmount(at(end, 'unplaced')),
    items: itemsOf(mine, itemNames),
    places: placesOf(currency, { moves: mine, start, end, places }),
  };
}

/** Money, or a part of a client's account, became a visit's. What is paid for a membership is none's yet. */
function isPaidForServices({ operation, purposeKind, from, to, undone }: Moves, by: FiguresBy): boolean {
  return (
    (by === 1 || purposeKind === 'appointment') && (operation === 'payment' || operation === 'spend') && (undone ? to : from).kind === 'prepayments'
  );
}

const parts: Readonly<Record<'prepayments' | 'client', Partial<Record<Operation, 'received' | 'used' | 'returned'>>>> = {
  prepayments: { payment: 'received', spend: 'received', income: 'used', tax: 'used', refund: 'returned', credit: 'returned' },
  client: { top_up: 'received', credit: 'received', payment: 'received', spend: 'used', refund: 'returned', dispute: 'returned' },
};

/** What is owed grows when the account goes further below zero. Each part is what it added or took; what has no name of its own is `other`, so that they add up. */
function owed(moves: readonly Moves[], kind: 'prepayments' | 'client', start: bigint, end: bigint, by: FiguresBy): MoneyFigures['prepayments'] {
  const sums = { received: 0n, used: 0n, returned: 0n };
  for (const { operation, from, to, amountMinor, undone } of moves) {
    const grows = (from.kind === kind ? amountMinor : 0n) - (to.kind === kind ? amountMinor : 0n);
    // what was paid for a visit and goes back onto the client's account has come to that account, and is taken off again where it is undone
    const ontoAccount = by > 1 && kind === 'client' && operation === 'refund' && (undone ? -grows : grows) > 0n;
    const part = ontoAccount ? 'received' : parts[kind][operation];
    if (part) sums[part] += part === 'received' ? grows : -grows;
  }
  return {
    startMinor: toJsonAmount(start),
    receivedMinor: toJsonAmount(sums.received),
    usedMinor: toJsonAmount(sums.used),
    returnedMinor: toJsonAmount(sums.returned),
    otherMinor: toJsonAmount(end - start - sums.received + sums.used + sums.returned),
    endMinor: toJsonAmount(end),
  };
}

/** By payment item: what came in and what went out, as people count it. */
function itemsOf(moves: readonly Moves[], names: ReadonlyMap<string, string>): MoneyFigures['items'] {
  const items = new Map<string, { in: bigint; out: bigint }>();
  for (const move of moves) {
    const way = wayOf(move);
    if (move.itemId === null || (way !== 'in' && way !== 'out')) continue;
    const item = items.get(move.itemId) ?? { in: 0n, out: 0n };
    item[way] += signed(move);
    items.set(move.itemId, item);
  }
  return [...items]
    .map(([itemId, sums]) => ({ itemId, name: names.get(itemId) ?? '', inMinor: toJsonAmount(sums.in), outMinor: toJsonAmount(sums.out) }))
    .sort((a, b) => b.inMinor - b.outMinor - (a.inMinor - a.outMinor) || (a.itemId < b.itemId ? -1 : 1));
}

/** Each register and provider from the start to the end: start, in, out, end. */
function placesOf(currency: string, { moves, start, end, places }: Around): MoneyFigures['places'] {
  return end
    .filter((account) => account.currency === currency && isPlace(account))
    .map((account) => {
      const known = places.find(({ accountId }) => accountId === account.accountId);
      const mine = { in: 0n, out: 0n };
      for (const { from, to, amountMinor } of moves) {
        if (to.accountId === account.accountId) mine.in += amountMinor;
        if (from.accountId === account.accountId) mine.out += amountMinor;
      }
      return {
        id: account.accountId,
        kind:
          account.kind === 'clearing' || account.kind === 'disputed'
            ? account.kind
            : (known?.kind ?? (account.ownerId === 'card' ? 'cashless' : 'cash')),
        name: known?.name ?? account.ownerId,
        startMinor: toJsonAmount(start.find(({ accountId }) => accountId === account.accountId)?.balanceMinor ?? 0n),
        inMinor: toJsonAmount(mine.in),
        outMinor: toJsonAmount(mine.out),
        endMinor: toJsonAmount(account.balanceMinor),
      };
    })
    .sort((a, b) => order(places, a.id) - order(places, b.id) || (a.id < b.id ? -1 : 1));
}

function order(places: readonly KnownPlace[], id: string): number {
  const index = places.findIndex(({ accountId }) => accountId === id);
  return index === -1 ? places.length : index;
}
