import type { Purchases } from '@holdfast/contract/measuring';
import { toJsonAmount } from '@holdfast/contract/money';
import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import { itemsWorth } from './items-worth.ts';

export type Purchase = Purchases['purchases'][number];

const applied = sql`from payment_lines l where l.chain_id = t.chain_id and l.attempt_id = t.attempt_id and l.outcome = 'applied'`;
const online = sql`(select sum(l.placed_minor) ${applied})::bigint, t.captured_currency, t.captured_at, array(select l.purpose_id ${applied})
    from payment_attempts t where t.status = 'captured' and exists (select ${applied})`;

/**
 * Payments that are purchases, each by its own number: what came online for a booking, what its client has paid from their account, and what came online for
 * a membership. Money that bought nothing, because the time was gone, is none.
 */
export const purchases = sql`
  select p.chain_id, p.location_id, p.account_payment_id payment_id, a.booking_id, null membership_id, a.appointment_id, p.amount_minor minor, p.currency, p.paid_at,
         array[a.appointment_id] paid_for
    from account_payments p join appointments a on a.chain_id = p.chain_id and a.appointment_id = p.appointment_id where p.user_id = 'client'
  union all
  select t.chain_id, t.location_id, t.attempt_id, t.order_id, null, null, ${online} and t.order_kind = 'booking'
  union all
  select t.chain_id, t.location_id, t.attempt_id, null, t.order_id, null, ${online} and t.order_kind = 'membership'`;

/** A payment as a purchase: what came, and for what. Undefined: it has not come, or has bought nothing. */
export async function readPurchase(q: Queryable, chainId: string, paymentId: string): Promise<(Purchase & { readonly at: Date }) | undefined> {
  const { rows } = await sql<{ minor: bigint; currency: string; at: Date; items: Purchase['items'] }>`
    select t.minor, t.currency, t.paid_at at,
           case when t.membership_id is not null
                then (select json_build_array(json_build_object('id', m.type_id, 'name', m.name, 'priceMinor', m.price_minor, 'quantity', 1))
                        from memberships m where m.chain_id = t.chain_id and m.membership_id = t.membership_id)
                else (select coalesce(json_agg(json_build_object('id', s.service_id, 'name', s.name, 'priceMinor', s.price_min_minor / greatest(a.places, 1),
                                                                 'quantity', a.places, 'staffId', a.staff_id) order by a.line_no, s.line_no), '[]')
                        from appointments a join appointment_services s on s.chain_id = a.chain_id and s.appointment_id = a.appointment_id
                       where a.chain_id = t.chain_id and a.appointment_id = any (t.paid_for)
                         -- from the account also what was to be paid at the salon is paid
                         and (s.pay in ('required', 'ticked') or t.appointment_id is not null and s.pay <> 'membership'
                              and not exists (select 1 from appointment_services o where o.chain_id = a.chain_id and o.appointment_id = a.appointment_id
                                                 and o.pay in ('required', 'ticked')))) end items
      from (${purchases}) t where t.chain_id = ${chainId} and t.payment_id = ${paymentId}`.execute(q);
  const [row] = rows;
  if (!row) return undefined;
  const { minor, currency, at } = row;
  return { transactionId: paymentId, valueMinor: toJsonAmount(minor), currency, items: itemsWorth(minor, row.items), at };
}
