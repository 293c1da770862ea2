import type { Purchases } from '@holdfast/contract/measuring';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Deps } from '../kit/deps.ts';
import { purchases, readPurchase } from './read-purchase.ts';

/**
 * The client's page asks which payments of its booking, online or from an account, it is to tell of. Whoever writes the row first is the sender; the page may well come before we have
 * heard of the payment by the outbox. Asked again, it gets nothing: a page that was reloaded has told already.
 */
export async function claimPurchases({ db, now }: Pick<Deps, 'db' | 'now'>, { chainId, locationId }: Scope, bookingId: string): Promise<Purchases> {
  const { rows } = await sql<{ attemptId: string }>`
    insert into analytics_purchases (chain_id, location_id, attempt_id, booking_id, link_id, sender, claimed_at)
      select t.chain_id, t.location_id, t.payment_id, b.booking_id, l.link_id, 'browser', ${now()}::timestamptz
        from bookings b
        join booking_links l on l.chain_id = b.chain_id and l.location_id = b.location_id and l.link_id = b.link_id and l.measurement_id is not null
        join (${purchases}) t on t.chain_id = b.chain_id and t.booking_id = b.booking_id
       where b.chain_id = ${chainId} and b.location_id = ${locationId} and b.booking_id = ${bookingId}
    on conflict (chain_id, location_id, attempt_id) do update set sender = excluded.sender, claimed_at = excluded.claimed_at, due_at = null
      where analytics_purchases.sender is null
    returning attempt_id "attemptId"`.execute(db.read);
  const told = [];
  for (const { attemptId } of rows) {
    const purchase = await readPurchase(db.read, chainId, attemptId);
    if (!purchase) continue;
    const { at: _when, ...shown } = purchase;
    told.push(shown);
  }
  return { purchases: told };
}
