import type { ProposedPosting, SettlementItem } from '@holdfast/contract/reconciliation';
import type { TextKey, Words } from '../words.tsx';

const kinds: Readonly<Record<SettlementItem['kind'], TextKey>> = {
  payment: 'reconciliation.kind.payment',
  refund: 'reconciliation.kind.refund',
  fee: 'reconciliation.kind.fee',
  adjustment: 'reconciliation.kind.adjustment',
  payout: 'reconciliation.kind.payout',
  missing: 'reconciliation.kind.missing',
  refund_missing: 'reconciliation.kind.refund_missing',
};

const statuses: Readonly<Record<SettlementItem['status'], TextKey>> = {
  matched: 'reconciliation.status.matched',
  fee_differs: 'reconciliation.status.fee_differs',
  amount_differs: 'reconciliation.status.amount_differs',
  currency_differs: 'reconciliation.status.currency_differs',
  unknown: 'reconciliation.status.unknown',
  adjustment: 'reconciliation.status.adjustment',
  missing: 'reconciliation.status.missing',
  refund_missing: 'reconciliation.status.refund_missing',
  payout_open: 'reconciliation.status.payout_open',
  accepted: 'reconciliation.status.accepted',
  dismissed: 'reconciliation.status.dismissed',
  gone: 'reconciliation.status.gone',
};

const operations: Readonly<Record<string, TextKey>> = {
  correction: 'reconciliation.operation.correction',
  fee: 'reconciliation.operation.fee',
  payout: 'reconciliation.operation.payout',
  unplaced: 'reconciliation.operation.unplaced',
};

export const kindKey = (kind: SettlementItem['kind']): TextKey => kinds[kind];
export const statusKey = (status: SettlementItem['status']): TextKey => statuses[status];
export const operationKey = (operation: string): TextKey => operations[operation] ?? 'reconciliation.operation.correction';

const items: Readonly<Record<string, TextKey>> = {
  other_income: 'reconciliation.account.other_income',
  other_expense: 'reconciliation.account.other_expense',
};

/** Main and Card payment account have their names in each language, own registers the one they were given. */
export function registerName({ say }: Words, name: string): string {
  if (name === 'main') return say('reconciliation.register.main');
  return name === 'card' ? say('reconciliation.register.card') : name;
}

export function accountName(words: Words, { kind, name }: ProposedPosting['from']): string {
  const { say } = words;
  switch (kind) {
    case 'clearing':
      return say('reconciliation.account.clearing', { name });
    case 'fees':
      return say('reconciliation.account.fees', { name });
    case 'unplaced':
      return say('reconciliation.account.unplaced');
    case 'register':
      return registerName(words, name);
    case 'item':
      return say(items[name] ?? 'reconciliation.account.other_expense');
  }
}

/** "Olena, haircut" of what a line was paid for; what else names it where there is no appointment. */
export function aboutLine(item: Pick<SettlementItem, 'appointments' | 'note' | 'reference' | 'providerPaymentId' | 'lineId'>): string {
  const first = item.appointments[0];
  if (!first) return item.note || item.reference || item.providerPaymentId || item.lineId;
  return [first.clientName, first.services].filter(Boolean).join(', ');
}
