import type { SettlementLine } from '../payment-provider.ts';
import type { MonoStatementItem } from './wire.ts';

/**
 * monobank's statement as lines. Only what moved money: an operation that is held, under way or failed has not. What monobank keeps is the difference
 * between what the client paid and what the merchant gets. A refund gives no fee back. Throws a RangeError when it does not say what the merchant gets.
 */
export function settlementLines(
  list: readonly MonoStatementItem[],
  { from, to }: { readonly from: Date; readonly to: Date },
): readonly SettlementLine[] {
  return list
    .flatMap((item) => [paymentLine(item), ...refundLines(item)])
    .filter((line) => line !== undefined)
    .filter(({ at }) => at >= from && at < to)
    .sort((one, other) => one.at.getTime() - other.at.getTime());
}

function paymentLine(item: MonoStatementItem): SettlementLine | undefined {
  if (item.status !== 'success') return undefined;
  if (item.profitAmount === undefined || item.profitAmount === null) throw new RangeError(`no profitAmount for ${item.invoiceId}`);
  return {
    lineId: `${item.invoiceId}/payment`,
    kind: 'payment',
    ...whose(item),
    amountMinor: item.amount,
    feeMinor: item.amount - item.profitAmount,
    currency: item.ccy,
    at: item.date,
    payoutId: undefined,
  };
}

function refundLines(item: MonoStatementItem): SettlementLine[] {
  const seen = new Map<string, number>();
  return (item.cancelList ?? []).map(({ amount, ccy, date, rrn, approvalCode }) => {
    // the bank's own number of the operation; two that share one (or have none, in one second) are told apart by their order
    const name = rrn ?? approvalCode ?? date.toISOString();
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return {
      lineId: `${item.invoiceId}/refund/${name}${count === 1 ? '' : `/${count}`}`,
      kind: 'refund',
      ...whose(item),
      amountMinor: -amount,
      feeMinor: 0n,
      currency: ccy,
      at: date,
      payoutId: undefined,
    };
  });
}

function whose({ reference, invoiceId }: MonoStatementItem) {
  return { reference: reference ?? undefined, providerPaymentId: invoiceId };
}
