import { randomInt } from 'node:crypto';
import type { PayAnswer } from '../../sandbox-kit/sandbox.ts';
import { changeInvoice } from './change-invoice.ts';
import type { Invoice, Payment, Work } from './kinds.ts';

/** What the client presses on the page. */
export type Card = 'pays' | 'declines' | 'later';

const declined = { reason: 'Неправильний CVV код', code: '59' };

/** The client pays: the invoice is being processed, and then what the card makes of it. A refused card ends it: nobody can pay it any more. */
export function payInvoice(work: Work, invoice: Invoice, card: Card): PayAnswer {
  if (invoice.status !== 'created') return 'closed';
  const payment: Payment = {
    at: work.now.getTime(),
    maskedPan: card === 'declines' ? '400000******0002' : card === 'later' ? '555555******4444' : '424242******4242',
    approvalCode: digits(6),
    rrn: digits(12),
    tranId: digits(8),
  };
  const begun = changeInvoice(work, invoice, { status: 'processing', payment });
  if (card === 'later') return 'processing';
  decide(work, begun, card === 'pays');
  return card === 'declines' ? 'declined' : begun.paymentType === 'hold' ? 'processing' : 'captured';
}

/** What was being processed is decided: the bank has looked, or the merchant has taken (or let go) what was held. */
export function settleInvoice(work: Work, invoice: Invoice, paid: boolean): void {
  if (invoice.status === 'processing') decide(work, invoice, paid);
  else if (invoice.status === 'hold') changeInvoice(work, invoice, paid ? { status: 'success' } : failed(invoice));
}

function decide(work: Work, invoice: Invoice, paid: boolean): void {
  changeInvoice(work, invoice, paid ? { status: invoice.paymentType === 'hold' ? 'hold' : 'success' } : failed(invoice));
}

function failed({ payment }: Invoice): Partial<Invoice> {
  return { status: 'failure', ...(payment && { payment: { ...payment, failure: declined } }) };
}

export function digits(count: number): string {
  return Array.from({ length: count }, (_, at) => randomInt(at === 0 ? 1 : 0, 10)).join('');
}
