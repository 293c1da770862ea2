import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Database } from '../kit/database.ts';

/** A group event of the test salon: its service becomes an event's. The team member's time is taken by it. */
export async function openEvent(
  app: { readonly database: Pick<Database, 'transaction'>; readonly scope: Scope },
  wish: { eventId: string; serviceId: string; staffId: string; startsAt: string; minutes?: number; capacity: number },
): Promise<void> {
  const { chainId, locationId } = app.scope;
  const endsAt = new Date(Date.parse(wish.startsAt) + (wish.minutes ?? 60) * 60_000);
  await app.database.transaction(async (tx) => {
    await sql`update services set kind = 'event', places = ${wish.capacity} where chain_id = ${chainId} and service_id = ${wish.serviceId}`.execute(
      tx,
    );
    await sql`
      insert into events (chain_id, event_id, location_id, service_id, staff_id, starts_at, ends_at, busy, capacity, created_at, changed_at)
      values (${chainId}, ${wish.eventId}, ${locationId}, ${wish.serviceId}, ${wish.staffId}, ${wish.startsAt}, ${endsAt},
              tstzrange(${wish.startsAt}::timestamptz, ${endsAt}), ${wish.capacity}, now(), now())`.execute(tx);
    const { rows } = await sql<{ got: boolean }>`
      select claim_span(${chainId}, ${locationId}, ${wish.staffId}, tstzrange(${wish.startsAt}::timestamptz, ${endsAt}), 'event', ${wish.eventId}, null, now()) got`.execute(
      tx,
    );
    if (!rows[0]?.got) throw new Error('the team member is busy then');
  });
}
