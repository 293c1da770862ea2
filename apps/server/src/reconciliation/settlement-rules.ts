import type { SettlementStatus } from '@holdfast/contract/reconciliation';
import { openStatuses } from '@holdfast/contract/settlement-statuses';
import type { SettlementLine } from '@holdfast/providers/payment-provider';

export type ItemKind = SettlementLine['kind'] | 'missing' | 'refund_missing';

/** What waits for somebody to decide. */
export function isOpen(status: SettlementStatus): boolean {
  return (openStatuses as readonly SettlementStatus[]).includes(status);
}

/** What a rule has to know of a line. */
export interface JudgedItem {
  readonly itemId: string;
  readonly kind: ItemKind;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  readonly currency: string;
  readonly correctedMinor: bigint;
  readonly status: SettlementStatus;
  /** What of its fee stands in the books. */
  readonly feePostedMinor: bigint;
  /** What a dispute has posted because of the same movement. */
  readonly disputedMinor: bigint;
}

export interface JudgedPayment {
  readonly capturedMinor: bigint;
  readonly refundedMinor: bigint;
  /** ISO 4217 of what was captured; null: nothing was. */
  readonly currency: string | null;
}

export interface Verdict {
  readonly status: SettlementStatus;
  /** What the provider says less what the books say. */
  readonly differenceMinor: bigint;
}

const fine: Verdict = { status: 'matched', differenceMinor: 0n };

/**
 * What a provider's lines about one payment are, compared with what the books hold of it: the amounts in all, since a payment can come in two lines. Of
 * lines that do not add up the last one differs. What was corrected before counts as said.
 */
export function judgePayment(items: readonly JudgedItem[], payment: JudgedPayment): ReadonlyMap<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  const foreign = items.filter(({ currency }) => payment.currency !== null && currency !== payment.currency);
  for (const item of foreign) {
    const open: Verdict = { status: 'currency_differs', differenceMinor: 0n };
    verdicts.set(item.itemId, item.correctedMinor !== 0n || item.status === 'accepted' ? { ...fine, status: 'accepted' } : open);
  }
  const ours = items.filter((item) => !foreign.includes(item));
  const sides = [
    { kinds: ['payment', 'missing'], booked: payment.capturedMinor },
    { kinds: ['refund', 'refund_missing'], booked: -payment.refundedMinor },
  ];
  for (const { kinds, booked } of sides) {
    const side = ours.filter(({ kind }) => kinds.includes(kind));
    const told = side.filter(({ kind }) => !kind.endsWith('missing'));
    const expected = side.reduce((sum, { correctedMinor }) => sum + correctedMinor, booked);
    const said = told.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    const last = told.at(-1);
    for (const item of told) {
      const differs = item === last && said !== expected && foreign.length === 0;
      verdicts.set(item.itemId, differs ? { status: 'amount_differs', differenceMinor: said - expected } : feeVerdict(item));
    }
    // what was missing and has come, or was decided
    for (const item of side.filter(({ kind }) => kind.endsWith('missing'))) verdicts.set(item.itemId, missingVerdict(item, told.length > 0));
  }
  for (const item of ours.filter(({ kind }) => kind === 'fee')) verdicts.set(item.itemId, feeVerdict(item));
  for (const item of ours.filter(({ kind }) => kind === 'adjustment')) verdicts.set(item.itemId, judgeAlone(item));
  return verdicts;
}

function missingVerdict(item: JudgedItem, came: boolean): Verdict {
  if (came) return { status: item.correctedMinor === 0n ? 'gone' : 'accepted', differenceMinor: 0n };
  if (item.correctedMinor !== 0n) return { status: 'accepted', differenceMinor: 0n };
  return { status: item.kind === 'missing' ? 'missing' : 'refund_missing', differenceMinor: -item.amountMinor };
}

function feeVerdict(item: JudgedItem): Verdict {
  const said = feeOf(item);
  if (said !== item.feePostedMinor) return { status: 'fee_differs', differenceMinor: item.feePostedMinor - said };
  return item.correctedMinor === 0n ? fine : { ...fine, status: 'accepted' };
}

/** What a line says is kept: of a line that is a fee, all of it. */
export function feeOf({ kind, amountMinor, feeMinor }: Pick<JudgedItem, 'kind' | 'amountMinor' | 'feeMinor'>): bigint {
  return kind === 'fee' ? feeMinor - amountMinor : feeMinor;
}

/** What a line brings to the account at the provider. */
export function netOf({ amountMinor, feeMinor }: Pick<JudgedItem, 'amountMinor' | 'feeMinor'>): bigint {
  return amountMinor - feeMinor;
}

/** A line that is about no payment of ours. */
export function judgeAlone(item: JudgedItem): Verdict {
  if (item.kind === 'fee') return feeVerdict(item);
  const difference = item.amountMinor - item.correctedMinor - item.disputedMinor;
  if (difference === 0n) {
    if (item.feePostedMinor !== feeOf(item)) return feeVerdict(item);
    return item.disputedMinor !== 0n && item.correctedMinor === 0n ? fine : { status: 'accepted', differenceMinor: 0n };
  }
  return { status: item.kind === 'adjustment' ? 'adjustment' : 'unknown', differenceMinor: difference };
}

export type JudgedPayout = Pick<JudgedItem, 'amountMinor' | 'correctedMinor'> & { readonly byHandOnly: boolean };

/** What the lines of a payout make, in all. */
export interface LinesInAll {
  readonly count: number;
  /** What they bring, after fees. */
  readonly netMinor: bigint;
  /** None of them is open or was left as it is, and all are in the payout's currency. */
  readonly clean: boolean;
}

/** Is a payout what its lines make, and may it be posted by itself? */
export function judgePayout(payout: JudgedPayout, lines: LinesInAll, { autoAccept }: { autoAccept: boolean }): Verdict & { post: boolean } {
  const differenceMinor = -payout.amountMinor - lines.netMinor;
  const posted = -payout.correctedMinor;
  if (posted === -payout.amountMinor && posted !== 0n) return { status: 'accepted', differenceMinor, post: false };
  const fits = lines.count > 0 && lines.clean && differenceMinor === 0n;
  const post = autoAccept && !payout.byHandOnly && posted === 0n && fits && payout.amountMinor < 0n;
  return { status: 'payout_open', differenceMinor, post };
}

export type AccountAsked =
  | { readonly kind: 'clearing' | 'fees' }
  | { readonly kind: 'register' }
  | { readonly kind: 'unplaced' }
  | { readonly kind: 'item'; readonly ownerId: 'other_income' | 'other_expense' };

export interface Proposal {
  readonly from: AccountAsked;
  readonly to: AccountAsked;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly operation: 'correction' | 'fee' | 'payout' | 'unplaced';
  readonly itemId?: string;
}

export interface Asked extends JudgedItem {
  readonly differenceMinor: bigint;
  /** Whether its reference carries this installation's mark: then it is somebody's payment here, and not another sale. */
  readonly ours: boolean;
  /** What the books hold of its payment, in their own currency. */
  readonly payment: JudgedPayment | undefined;
}

/** What would be posted if a difference were accepted, in the order in which it is posted. Fees are told apart: `fee` says what of it is one. */
export function proposalsFor(item: Asked): readonly Proposal[] {
  switch (item.status) {
    case 'fee_differs':
      return feeProposal(item);
    case 'amount_differs':
    case 'missing':
    case 'refund_missing':
      return [...correction(item.differenceMinor, item.currency), ...(item.kind.endsWith('missing') ? [] : feeProposal(item))];
    case 'adjustment':
      return [...correction(item.differenceMinor, item.currency), ...feeProposal(item)];
    case 'unknown':
      return [...(item.ours ? toNobody(item.differenceMinor, item.currency) : correction(item.differenceMinor, item.currency)), ...feeProposal(item)];
    case 'currency_differs':
      return [
        ...correction(-bookedOf(item), item.payment?.currency ?? item.currency),
        ...correction(item.amountMinor, item.currency),
        ...feeProposal(item),
      ];
    case 'payout_open': {
      const amountMinor = -item.amountMinor + item.correctedMinor;
      if (amountMinor === 0n) return [];
      const [from, to] = [{ kind: 'clearing' }, { kind: 'register' }] as const;
      return [
        amountMinor > 0n
          ? { from, to, amountMinor, currency: item.currency, operation: 'payout' }
          : { from: to, to: from, amountMinor: -amountMinor, currency: item.currency, operation: 'payout' },
      ];
    }
    default:
      return [];
  }
}

function bookedOf({ kind, payment }: Asked): bigint {
  if (!payment) return 0n;
  return kind === 'refund' ? -payment.refundedMinor : payment.capturedMinor;
}

function correction(differenceMinor: bigint, currency: string): Proposal[] {
  if (differenceMinor === 0n) return [];
  const clearing = { kind: 'clearing' } as const;
  if (differenceMinor > 0n) {
    const from = { kind: 'item', ownerId: 'other_income' } as const;
    return [{ from, to: clearing, amountMinor: differenceMinor, currency, operation: 'correction', itemId: 'other_income' }];
  }
  const to = { kind: 'item', ownerId: 'other_expense' } as const;
  return [{ from: clearing, to, amountMinor: -differenceMinor, currency, operation: 'correction', itemId: 'other_expense' }];
}

function toNobody(differenceMinor: bigint, currency: string): Proposal[] {
  if (differenceMinor === 0n) return [];
  const [clearing, unplaced] = [{ kind: 'clearing' }, { kind: 'unplaced' }] as const;
  return [
    differenceMinor > 0n
      ? { from: unplaced, to: clearing, amountMinor: differenceMinor, currency, operation: 'unplaced' }
      : { from: clearing, to: unplaced, amountMinor: -differenceMinor, currency, operation: 'unplaced' },
  ];
}

function feeProposal(item: JudgedItem): Proposal[] {
  const more = feeOf(item) - item.feePostedMinor;
  if (more === 0n) return [];
  const [clearing, fees] = [{ kind: 'clearing' }, { kind: 'fees' }] as const;
  const common = { currency: item.currency, operation: 'fee', itemId: 'acquiring' } as const;
  return [more > 0n ? { from: clearing, to: fees, amountMinor: more, ...common } : { from: fees, to: clearing, amountMinor: -more, ...common }];
}
