import { expired } from './expire-invoice.ts';
import type { Invoice, Work } from './kinds.ts';
import { badRequest } from './refusal.ts';

/** An invoice that nobody has begun to pay takes no money any more. The bank has no status of its own for that: it reads `expired`, and nobody is told. */
export function removeInvoice({ tx, now }: Work, invoice: Invoice): void {
  if (invoice.status !== 'created') throw badRequest(`invoice is ${invoice.status}`);
  tx.put('invoice', invoice.id, expired(invoice, now.getTime()));
}
