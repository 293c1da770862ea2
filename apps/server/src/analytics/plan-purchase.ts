import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../kit/database.ts';
import type { OutboxHandlers } from '../kit/outbox-handlers.ts';
import { purchases } from './read-purchase.ts';

/** How long the client's page has to come back and tell of the payment itself: from there it belongs to the visit that led to it. */
export const BROWSER_FIRST_MS = 60_000;

/** A payment is through: unless the client's page tells Google of it within a minute, we do. Only where the client has agreed and there is a secret. */
export const purchaseHandlers: OutboxHandlers = {
  'payment.captured': (deps, told) => plan(deps, told, sql`t.payment_id = ${told.subjectId}`),
  'appointment.paid_by_client': (deps, told) => plan(deps, told, sql`t.appointment_id = ${told.subjectId}`),
};

async function plan(
  { db }: { readonly db: Database },
  { chainId, toldAt }: { chainId: string; toldAt: Date },
  which: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    insert into analytics_purchases (chain_id, location_id, attempt_id, booking_id, membership_id, link_id, due_at)
      select t.chain_id, t.location_id, t.payment_id, t.booking_id, t.membership_id, l.link_id, ${new Date(toldAt.getTime() + BROWSER_FIRST_MS)}::timestamptz
        from (${purchases}) t
        left join bookings b on b.chain_id = t.chain_id and b.booking_id = t.booking_id
        left join memberships m on m.chain_id = t.chain_id and m.membership_id = t.membership_id
        join booking_links l on l.chain_id = t.chain_id and l.location_id = t.location_id and l.link_id = coalesce(b.link_id, m.link_id) and l.api_secret is not null
       where t.chain_id = ${chainId} and coalesce(b.analytics, m.analytics) is not null and ${which}
    on conflict do nothing`.execute(db.read);
}
