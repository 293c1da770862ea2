import type { Purchases } from '@holdfast/contract/measuring';
import { toJsonAmount } from '@holdfast/contract/money';
import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

export type Purchase = Purchases['purchases'][number];

/**
 * Payments that are purchases, each by its own number: what came online for a booking, and what its client has paid from their account. What is paid partly online has
 * its items there, so that each is counted once.
 */
export const purchases = sql`
  select t.chain_id, t.location_id, t.attempt_id payment_id, t.order_id booking_id, null appointment_id, t.captured_minor minor, t.captured_currency currency,
         t.captured_at paid_at, true itemised
    from payment_attempts t where t.order_kind = 'booking' and t.status = 'captured'
  union all
  select p.chain_id, p.location_id, p.account_payment_id, a.booking_id, a.appointment_id, p.amount_minor, p.currency, p.paid_at,
         not exists (select 1 from payment_attempts t
                      where t.chain_id = a.chain_id and t.order_kind = 'booking' and t.order_id = a.booking_id and t.status = 'captured')
    from account_payments p join appointments a on a.chain_id = p.chain_id and a.appointment_id = p.appointment_id where p.user_id = 'client'`;

/** A payment as a purchase: what came, and for what. Undefined: it has not come. */
export async function readPurchase(q: Queryable, chainId: string, paymentId: string): Promise<(Purchase & { readonly at: Date }) | undefined> {
  const { rows } = await sql<{ minor: bigint; currency: string; at: Date; items: Purchase['items'] }>`
    select t.minor, t.currency, t.paid_at at,
           (select coalesce(json_agg(json_build_object('id', s.service_id, 'name', s.name, 'priceMinor', s.price_min_minor / greatest(a.places, 1),
                                                       'quantity', a.places, 'staffId', a.staff_id) order by a.line_no, s.line_no), '[]')
              from appointments a join appointment_services s on s.chain_id = a.chain_id and s.appointment_id = a.appointment_id
             where a.chain_id = t.chain_id and a.booking_id = t.booking_id and a.appointment_id = coalesce(t.appointment_id, a.appointment_id) and t.itemised
               and s.pay in ('required', 'ticked')) items
      from (${purchases}) t where t.chain_id = ${chainId} and t.payment_id = ${paymentId}`.execute(q);
  const [row] = rows;
  return row && { transactionId: paymentId, valueMinor: toJsonAmount(row.minor), currency: row.currency, items: row.items, at: row.at };
}
