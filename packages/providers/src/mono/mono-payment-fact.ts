import type { PaymentFact, RefundFact, RefundOrder } from '../payment-provider.ts';
import type { MonoCancel, MonoInvoice } from './wire.ts';

/** An invoice as a fact in our words. */
export function paymentFact(invoice: MonoInvoice): PaymentFact {
  const state = stateOf(invoice.status);
  const { taken, back } = state === 'captured' ? money(invoice) : { taken: 0n, back: 0n };
  const fee = invoice.paymentInfo?.fee;
  const fact: PaymentFact = {
    reference: invoice.reference ?? undefined,
    providerPaymentId: invoice.invoiceId,
    state,
    capturedMinor: taken,
    currency: invoice.ccy,
    refundedMinor: back,
  };
  return state === 'captured' && fee !== undefined && fee !== null ? { ...fact, feeMinor: fee } : fact;
}

/** How much of it has gone back for certain, and how much is on its way. */
export function goneBack(invoice: MonoInvoice): { readonly refunded: bigint; readonly underway: bigint } {
  const { taken, back } = money(invoice);
  return { refunded: back, underway: sumOf(invoice, 'processing', taken - back) };
}

/** Our refund among the ones monobank lists: it carries our key as `extRef`. A later one wins over an earlier one that failed. */
export function refundFact(
  invoice: MonoInvoice,
  { idempotencyKey, amountMinor }: Pick<RefundOrder, 'idempotencyKey' | 'amountMinor'>,
): RefundFact | undefined {
  const ours = (invoice.cancelList ?? []).filter(({ extRef }) => extRef === idempotencyKey);
  const found = ours.findLast(({ status }) => status !== 'failure') ?? ours.at(-1);
  // a cancellation without an amount is one of everything
  return found && { providerRefundId: idempotencyKey, state: refundState(found.status), amountMinor: found.amount ?? amountMinor };
}

export function refundState(status: MonoCancel['status']): RefundFact['state'] {
  switch (status) {
    case 'processing':
      return 'pending';
    case 'success':
      return 'refunded';
    case 'failure':
      return 'failed';
    default:
      return status satisfies never;
  }
}

function stateOf(status: MonoInvoice['status']): PaymentFact['state'] {
  switch (status) {
    case 'created':
      return 'open';
    // money that is only blocked is not ours; we never ask for that, somebody changed the invoice elsewhere
    case 'processing':
    case 'hold':
      return 'processing';
    case 'success':
    case 'reversed':
      return 'captured';
    case 'failure':
      return 'failed';
    case 'expired':
      return 'closed';
    default:
      return status satisfies never;
  }
}

/**
 * `finalAmount` is what is left of what was taken, so what was taken is that and what went back. While a refund is on its way `finalAmount` may or may
 * not be lower already: then `amount`, what was asked, decides.
 */
function money(invoice: MonoInvoice): { readonly taken: bigint; readonly back: bigint } {
  const { status, amount, finalAmount } = invoice;
  if (status === 'reversed') {
    const left = finalAmount ?? 0n;
    const listed = sumOf(invoice, 'success', 0n) + left;
    // what the bank reversed is not listed: less than was asked had been taken in no reversal
    const taken = listed > amount ? listed : amount;
    return { taken, back: taken - left };
  }
  if (finalAmount === undefined || finalAmount === null) return { taken: amount, back: sumOf(invoice, 'success', amount) };
  const back = sumOf(invoice, 'success', amount - finalAmount);
  const taken = finalAmount + back;
  return taken + sumOf(invoice, 'processing', 0n) === amount ? { taken: amount, back } : { taken, back };
}

/** @param whole what a cancellation that says no amount has moved */
function sumOf({ cancelList }: MonoInvoice, status: MonoCancel['status'], whole: bigint): bigint {
  return (cancelList ?? []).reduce((sum, one) => (one.status === status ? sum + (one.amount ?? whole) : sum), 0n);
}
