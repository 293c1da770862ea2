import type { Purchases } from '@holdfast/contract/measuring';
import { toJsonAmount } from '@holdfast/contract/money';
import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

export type Purchase = Purchases['purchases'][number];

/** A payment as a purchase: what came, and for what. Undefined: it has not come. */
export async function readPurchase(q: Queryable, chainId: string, attemptId: string): Promise<Purchase | undefined> {
  const { rows } = await sql<{ minor: bigint; currency: string; items: Purchase['items'] }>`
    select t.captured_minor minor, t.captured_currency currency,
           (select coalesce(json_agg(json_build_object('id', s.service_id, 'name', s.name, 'priceMinor', s.price_min_minor / greatest(a.places, 1),
                                                       'quantity', a.places, 'staffId', a.staff_id) order by a.line_no, s.line_no), '[]')
              from appointments a join appointment_services s on s.chain_id = a.chain_id and s.appointment_id = a.appointment_id
             where a.chain_id = t.chain_id and a.booking_id = t.order_id and s.pay in ('required', 'ticked')) items
      from payment_attempts t
     where t.chain_id = ${chainId} and t.attempt_id = ${attemptId} and t.order_kind = 'booking' and t.status = 'captured'`.execute(q);
  const [row] = rows;
  return row && { transactionId: attemptId, valueMinor: toJsonAmount(row.minor), currency: row.currency, items: row.items };
}
