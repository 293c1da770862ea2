import type { PaymentFact, PaymentKey } from '../payment-provider.ts';
import { reversalsOf, sumOf } from './viva-reversals.ts';
import type { VivaTransaction } from './viva-transaction.ts';
import type { OrderState } from './wire.ts';

/** An order and what was paid for it, in our words. */
export interface VivaOrder {
  readonly orderCode: string;
  readonly reference: string | undefined;
  readonly state: OrderState;
  /** Failed attempts are not among them. */
  readonly transactions: readonly VivaTransaction[];
  /** A way of paying that is decided later came to nothing. */
  readonly failedLater: boolean;
}

/**
 * How an order stands. Money is in its transactions: an order stays "paid" when everything has gone back, and one that was cancelled or ran out may have been
 * paid in that very moment.
 *
 * @param asked what the order was made for: Viva names no currency before somebody pays
 * @throws RangeError when Viva's answers do not fit together
 */
export function paymentFact({ orderCode, reference, state, transactions, failedLater }: VivaOrder, asked: Pick<PaymentKey, 'currency'>): PaymentFact {
  const payments = paymentsOf(transactions);
  const [first] = payments;
  const fact = { reference, providerPaymentId: orderCode, capturedMinor: 0n, currency: asked.currency, refundedMinor: 0n };
  if (!first) {
    const processing = transactions.some(({ status, amountMinor }) => amountMinor > 0n && status === 'A');
    return { ...fact, state: processing ? 'processing' : stateOfUnpaid(state, failedLater) };
  }
  const { currency } = first;
  if (transactions.some((one) => one.currency !== currency)) throw new RangeError('an order was paid in several currencies');
  const captured: PaymentFact = {
    ...fact,
    state: 'captured',
    capturedMinor: payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    currency,
    refundedMinor: sumOf(reversalsOf(transactions).filter(({ pending }) => !pending)),
  };
  const fees = payments.flatMap(({ feeMinor }) => feeMinor ?? []);
  // part of a fee would be a wrong fee
  return fees.length === payments.length ? { ...captured, feeMinor: fees.reduce((sum, fee) => sum + fee, 0n) } : captured;
}

/** The transactions that brought money; a captured hold (C) only where the transaction that captured it is not there. */
export function paymentsOf(transactions: readonly VivaTransaction[]): readonly VivaTransaction[] {
  const incoming = transactions.filter(({ amountMinor }) => amountMinor > 0n);
  const paid = incoming.filter(({ status }) => broughtMoney(status) === 'yes');
  return paid.length > 0 ? paid : incoming.filter(({ status }) => broughtMoney(status) === 'as_a_hold');
}

function broughtMoney(status: VivaTransaction['status']): 'yes' | 'as_a_hold' | 'not_yet' {
  switch (status) {
    case 'F':
    case 'R':
    // cancelled or lost: it had come before it went back
    case 'X':
    case 'M':
    case 'MA':
    case 'MI':
    case 'ML':
    case 'MW':
    case 'MS':
      return 'yes';
    case 'C':
      return 'as_a_hold';
    case 'A':
      return 'not_yet';
    default:
      return status satisfies never;
  }
}

function stateOfUnpaid(state: OrderState, failedLater: boolean): PaymentFact['state'] {
  switch (state) {
    case '0':
      return 'open';
    case '1':
    case '2':
      return failedLater ? 'failed' : 'closed';
    case '3':
      throw new RangeError('an order is paid, but no transaction of it is shown');
    default:
      return state satisfies never;
  }
}
