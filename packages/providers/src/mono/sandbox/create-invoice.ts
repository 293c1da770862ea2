import { randomBytes } from 'node:crypto';
import type { InvoiceWish } from './invoice-shape.ts';
import type { Invoice, Merchant, Work } from './kinds.ts';

/** Longer ones are cut without a word. */
const longestValidity = 30 * 24 * 3600;

export function createInvoice({ tx, now }: Work, merchant: Merchant, wish: InvoiceWish): Invoice {
  const { reference, destination, basketOrder = [], metadata } = wish.merchantPaymInfo ?? {};
  const createdAt = now.getTime();
  const invoice: Invoice = {
    id: invoiceId(now),
    merchant: merchant.id,
    status: 'created',
    amount: wish.amount,
    ccy: wish.ccy,
    paymentType: wish.paymentType,
    createdAt,
    modifiedAt: createdAt,
    expiresAt: createdAt + Math.min(wish.validity, longestValidity) * 1000,
    reference,
    destination,
    basket: basketOrder.map(({ name, qty, sum, total }) => ({ name, qty, sum, total })),
    metadata,
    redirectUrl: wish.redirectUrl,
    webHookUrl: wish.webHookUrl,
    cancels: [],
  };
  tx.put('invoice', invoice.id, invoice);
  return invoice;
}

/** The day and then letters and digits: `261121` and `v4MfatvmUL2oR`. */
function invoiceId(now: Date): string {
  const letters = randomBytes(60).toString('base64').replaceAll(/[+/=]/g, '').slice(0, 14);
  return `${now.toISOString().slice(2, 10).replaceAll('-', '')}${letters}`;
}
