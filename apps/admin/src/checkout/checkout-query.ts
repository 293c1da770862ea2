import type { Checkout } from '@holdfast/contract/checkout';
import type { ReceiptList } from '@holdfast/contract/receipts';
import { queryOptions } from '@tanstack/react-query';
import { ask, at } from '../api.ts';

/** What the Checkout tab shows; whoever hears that it has changed invalidates `['checkout', locationId]`. */
export function checkoutQuery(locationId: string, appointmentId: string) {
  return queryOptions({
    queryKey: ['checkout', locationId, appointmentId],
    queryFn: ({ signal }) => ask<Checkout>('GET', at(locationId, 'appointments', appointmentId, 'checkout'), undefined, signal),
  });
}

/** Receipts and credit notes of a visit; they follow its payments. */
export function receiptsOfVisitQuery(locationId: string, appointmentId: string) {
  return queryOptions({
    queryKey: ['checkout', locationId, appointmentId, 'receipts'],
    queryFn: ({ signal }) =>
      ask<ReceiptList>('GET', `${at(locationId, 'receipts')}?limit=200&appointment=${encodeURIComponent(appointmentId)}`, undefined, signal),
  });
}
