import type { Cancel, Invoice, Payment } from './kinds.ts';
import { feeOf } from './price-list.ts';

/** RFC 3339, whole seconds, as the bank writes dates. */
export const dateText = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** How much has gone back, and how much is asked for and not decided. */
export function givenBack({ cancels }: Pick<Invoice, 'cancels'>): { readonly done: number; readonly pending: number } {
  const sum = (status: Cancel['status']) => cancels.reduce((total, one) => total + (one.status === status ? one.amount : 0), 0);
  return { done: sum('success'), pending: sum('processing') };
}

/** The invoice as `GET /invoice/status` and every webhook show it. */
export function showInvoice(invoice: Invoice) {
  const { id, status, amount, ccy, reference, destination, payment, cancels } = invoice;
  const taken = status === 'success' || status === 'reversed';
  return {
    invoiceId: id,
    status,
    ...(payment?.failure && { failureReason: payment.failure.reason, errCode: payment.failure.code }),
    amount,
    ccy,
    finalAmount: taken || status === 'hold' ? amount - givenBack(invoice).done : 0,
    createdDate: dateText(invoice.createdAt),
    modifiedDate: dateText(invoice.modifiedAt),
    ...(reference !== undefined && { reference }),
    ...(destination !== undefined && { destination }),
    ...(cancels.length > 0 && { cancelList: cancels.map((one) => showCancel(one, ccy)) }),
    ...(payment && { paymentInfo: showPayment(payment, taken ? feeOf(amount) : undefined) }),
  };
}

function showCancel({ status, amount, createdAt, modifiedAt, approvalCode, rrn, extRef }: Cancel, ccy: number) {
  return {
    status,
    amount,
    ccy,
    createdDate: dateText(createdAt),
    modifiedDate: dateText(modifiedAt),
    ...(status === 'success' && { approvalCode, rrn }),
    ...(extRef !== undefined && { extRef }),
  };
}

function showPayment({ maskedPan, approvalCode, rrn, tranId }: Payment, fee: number | undefined) {
  return {
    maskedPan,
    ...(fee !== undefined && { approvalCode, rrn }),
    tranId,
    terminal: 'MI000000',
    bank: 'Універсал Банк',
    paymentSystem: maskedPan.startsWith('4') ? 'visa' : 'mastercard',
    paymentMethod: 'pan',
    ...(fee !== undefined && { fee }),
    country: '804',
  };
}
