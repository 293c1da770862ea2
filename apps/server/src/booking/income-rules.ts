import type { AppointmentStatus } from '@holdfast/contract/steps';
import { taxIn } from '../catalog/tax-rules.ts';

export interface EarningVisit {
  readonly status: AppointmentStatus;
  readonly endsAt: Date;
  readonly costMinor: bigint;
  readonly paidMinor: bigint;
  /** A person still has to decide how much of it goes back. */
  readonly refundOpen: boolean;
  /** What the books call earned so far, tax included. */
  readonly earnedMinor: bigint;
}

/**
 * How much of what was paid for a visit is the salon's by now, tax included. A visit earns what it costs when it is over; what was paid on top stays owed.
 * Who did not come, or cancelled, leaves behind what nobody gives back; until that is decided nothing more is earned.
 */
export function earnedBy(visit: EarningVisit, at: Date): bigint {
  const { status, endsAt, costMinor, paidMinor, refundOpen, earnedMinor } = visit;
  switch (status) {
    case 'waiting':
    case 'confirmed':
    case 'arrived':
      return endsAt <= at ? lesser(paidMinor, costMinor) : 0n;
    case 'no_show':
    case 'cancelled':
      return refundOpen ? lesser(earnedMinor, paidMinor) : paidMinor;
    case 'held':
    case 'expired':
      return 0n;
  }
}

/** When the books have to be looked at again although nothing changes; undefined: not before something changes. */
export function earnsAt({ status, endsAt }: Pick<EarningVisit, 'status' | 'endsAt'>, at: Date): Date | undefined {
  return (status === 'waiting' || status === 'confirmed' || status === 'arrived') && endsAt > at ? endsAt : undefined;
}

export interface EarnedLine {
  readonly costMinor: bigint;
  /** The tax in it, as agreed when it was booked; undefined: none. */
  readonly tax: { readonly rateId: string; readonly basisPoints: number } | undefined;
}

/** What stands, or has to stand, in the books: of `kind` under one rate, '' = no rate. */
export interface EarnedPart {
  readonly kind: 'income' | 'tax';
  readonly rateId: string;
  readonly amountMinor: bigint;
}

/** An amount over parts in proportion to their weights: to the last unit, and a whole gives each its own. Without weights all of it is the first's. */
export function inProportion(amountMinor: bigint, weights: readonly bigint[]): readonly bigint[] {
  const total = weights.reduce((sum, one) => sum + one, 0n);
  if (total === 0n) return weights.map((_, index) => (index === 0 ? amountMinor : 0n));
  let [before, given] = [0n, 0n];
  return weights.map((weight) => {
    before += weight;
    const share = (amountMinor * before) / total - given;
    given += share;
    return share;
  });
}

/** Earned money by line, net and tax apart; the parts always add up to it. */
export function partsOf(earnedMinor: bigint, lines: readonly EarnedLine[]): readonly EarnedPart[] {
  const shares = inProportion(
    earnedMinor,
    lines.map(({ costMinor }) => costMinor),
  );
  if (lines.length === 0) return [{ kind: 'income', rateId: '', amountMinor: earnedMinor }];
  const sums = new Map<string, EarnedPart>();
  const add = (kind: EarnedPart['kind'], rateId: string, amountMinor: bigint) => {
    const key = `${kind} ${rateId}`;
    sums.set(key, { kind, rateId, amountMinor: (sums.get(key)?.amountMinor ?? 0n) + amountMinor });
  };
  lines.forEach(({ tax }, index) => {
    const share = shares[index] ?? 0n;
    const owed = tax ? taxIn(share, tax.basisPoints) : 0n;
    add('income', tax?.rateId ?? '', share - owed);
    if (tax) add('tax', tax.rateId, owed);
  });
  return [...sums.values()];
}

/** What has to be posted so that the books say `wanted` where they say `posted`. In the order of their names; nothing for what is right already. */
export function differences(wanted: readonly EarnedPart[], posted: readonly EarnedPart[]): readonly EarnedPart[] {
  const sums = new Map<string, EarnedPart>();
  for (const [parts, sign] of [
    [wanted, 1n],
    [posted, -1n],
  ] as const) {
    for (const { kind, rateId, amountMinor } of parts) {
      const key = `${kind} ${rateId}`;
      sums.set(key, { kind, rateId, amountMinor: (sums.get(key)?.amountMinor ?? 0n) + sign * amountMinor });
    }
  }
  return [...sums]
    .filter(([, { amountMinor }]) => amountMinor !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, part]) => part);
}

function lesser(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
