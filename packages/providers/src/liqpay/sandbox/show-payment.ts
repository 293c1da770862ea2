import type { Payment, PaymentStatus, Refund } from './kinds.ts';
import { commissionOf, decimalOf, numberAs } from './money-text.ts';

/** How much of it has gone back, or is to: what waits counts, until it fails. */
export function refundedMinor({ refunds }: Payment, which: readonly Refund['status'][] = ['waiting', 'done']): bigint {
  return refunds.reduce((sum, one) => (which.includes(one.status) ? sum + BigInt(one.amount) : sum), 0n);
}

/** A page that nobody paid ends by the clock; nobody is told. */
export function statusAt(payment: Payment, now: Date): { readonly status: PaymentStatus; readonly errCode?: string | undefined } {
  const { status, errCode, expiresAt } = payment;
  if (status === 'prepared' && expiresAt !== undefined && now.getTime() >= expiresAt) return { status: 'failure', errCode: 'expired_prepared' };
  return { status, errCode };
}

/** What the status call answers, the callback carries and the archive lists. */
export function showPayment(payment: Payment, now: Date): Record<string, unknown> {
  const { status, errCode } = statusAt(payment, now);
  const amount = BigInt(payment.amount);
  const money = (minor: bigint) => numberAs(decimalOf(minor));
  const begun = status !== 'prepared' && errCode !== 'expired_prepared';
  const taken = status === 'success' || status === 'reversed';
  const commission = taken ? commissionOf(amount) : 0n;
  const back = refundedMinor(payment);
  const lastRefund = payment.refunds.findLast((one) => one.status !== 'failed');
  return {
    payment_id: numberAs(payment.paymentId),
    action: 'pay',
    status,
    ...(errCode === undefined ? {} : { err_code: errCode, err_description: descriptions[errCode] ?? errCode }),
    version: Number(payment.version),
    type: 'buy',
    paytype: 'card',
    public_key: payment.publicKey,
    acq_id: 414963,
    order_id: payment.orderId,
    liqpay_order_id: payment.liqpayOrderId,
    description: payment.description,
    ...(payment.info === undefined ? {} : { info: payment.info }),
    ...(begun && { sender_card_mask2: '424242*42', sender_card_bank: 'pb', sender_card_type: 'visa', sender_card_country: 804, ip: '127.0.0.1' }),
    amount: money(amount),
    currency: payment.currency,
    sender_commission: money(0n),
    receiver_commission: money(commission),
    agent_commission: money(0n),
    amount_debit: money(amount),
    amount_credit: money(amount),
    commission_debit: money(0n),
    commission_credit: money(commission),
    currency_debit: payment.currency,
    currency_credit: payment.currency,
    sender_bonus: money(0n),
    amount_bonus: money(0n),
    mpi_eci: '7',
    is_3ds: false,
    create_date: payment.createdAt,
    end_date: payment.endedAt,
    transaction_id: numberAs(payment.paymentId),
    ...(back > 0n && { refund_amount: money(back), refund_date_last: lastRefund?.at }),
    ...(payment.refunds.some((one) => one.status === 'waiting') && { wait_amount: true }),
  };
}

const descriptions: Readonly<Record<string, string>> = {
  limit: 'Перевищено ліміт на суму або кількість платежів клієнта',
  expired_prepared: 'Платіж залишився у статусі створений',
};
