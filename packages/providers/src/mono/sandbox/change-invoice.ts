import { randomUUID } from 'node:crypto';
import type { Invoice, Work } from './kinds.ts';
import { showInvoice } from './show-invoice.ts';

/**
 * Writes what became of an invoice, and the webhook that tells of it, so that neither exists without the other. Each change has a later
 * `modifiedDate` than the one before, by a second at least: by that a receiver tells which of two webhooks is newer.
 */
export function changeInvoice({ tx, now }: Work, invoice: Invoice, change: Partial<Invoice>): Invoice {
  const changed: Invoice = { ...invoice, ...change, modifiedAt: Math.max(now.getTime(), invoice.modifiedAt + 1000) };
  tx.put('invoice', changed.id, changed);
  if (changed.webHookUrl !== undefined) {
    const id = randomUUID();
    tx.put('letter', id, { id, dueAt: now.getTime(), attempts: 0, url: changed.webHookUrl, body: JSON.stringify(showInvoice(changed)) });
  }
  return changed;
}
