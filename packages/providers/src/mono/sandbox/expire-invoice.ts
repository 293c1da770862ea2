import type { Invoice, Work } from './kinds.ts';

/** `expired` is the one change of which no webhook is sent. */
export function expireDue({ tx, now }: Work): void {
  for (const invoice of tx.list('invoice')) {
    if (invoice.status === 'created' && invoice.expiresAt <= now.getTime()) tx.put('invoice', invoice.id, expired(invoice, invoice.expiresAt));
  }
}

export function expired(invoice: Invoice, at: number): Invoice {
  return { ...invoice, status: 'expired', modifiedAt: Math.max(at, invoice.modifiedAt + 1000) };
}
