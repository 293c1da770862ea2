import { z } from 'zod';
import type { Invoice, InvoiceStatus } from './kinds.ts';
import { feeOf } from './price-list.ts';
import { dateText } from './show-invoice.ts';

const second = z
  .string()
  .regex(/^\d{1,11}$/)
  .transform(Number);
export const statementShape = z.strictObject({ from: second, to: second.optional() });

/** The statement knows four statuses: what went back is in `cancelList`. */
const statusOf: Readonly<Partial<Record<InvoiceStatus, 'hold' | 'processing' | 'success' | 'failure'>>> = {
  processing: 'processing',
  hold: 'hold',
  success: 'success',
  reversed: 'success',
  failure: 'failure',
};

/** What clients' cards did from `from` to `to` (Unix seconds), newest first. */
export function statement(invoices: readonly Invoice[], { from, to }: { from: number; to: number }) {
  const list = invoices.flatMap((invoice) => {
    const { payment } = invoice;
    const status = statusOf[invoice.status];
    if (!payment || !status || payment.at < from * 1000 || payment.at >= (to + 1) * 1000) return [];
    return [{ at: payment.at, line: lineOf(invoice, status, payment) }];
  });
  return { list: list.sort((one, other) => other.at - one.at).map(({ line }) => line) };
}

function lineOf(invoice: Invoice, status: string, payment: NonNullable<Invoice['payment']>) {
  const { maskedPan, approvalCode, rrn } = payment;
  const back = invoice.cancels.filter((one) => one.status === 'success');
  return {
    invoiceId: invoice.id,
    status,
    maskedPan,
    date: dateText(payment.at),
    paymentScheme: 'full',
    amount: invoice.amount,
    ...(status === 'success' && { profitAmount: invoice.amount - feeOf(invoice.amount), approvalCode, rrn }),
    ccy: invoice.ccy,
    ...(invoice.reference !== undefined && { reference: invoice.reference }),
    ...(invoice.destination !== undefined && { destination: invoice.destination }),
    ...(back.length > 0 && {
      cancelList: back.map((one) => ({
        amount: one.amount,
        ccy: invoice.ccy,
        date: dateText(one.modifiedAt),
        approvalCode: one.approvalCode,
        rrn: one.rrn,
        maskedPan,
      })),
    }),
    ...(invoice.metadata && { metadata: invoice.metadata }),
  };
}
