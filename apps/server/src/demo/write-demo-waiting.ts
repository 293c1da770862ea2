import { sql } from 'kysely';
import type { WaitingContext } from '../waiting/context.ts';
import { joinEventByStaff } from '../waiting/join-by-staff.ts';
import { number } from './booking-rows.ts';
import { demoId } from './demo-location.ts';
import { demoLocations } from './seed-demo.ts';
import { accountantAt } from './write-demo-transactions.ts';

/** Parties in line for the workshop that is full. */
const parties = [2, 1, 1];

/** Three clients who wait at each location's full workshop, as staff put them there. Once. */
export async function writeDemoWaiting(ctx: WaitingContext): Promise<void> {
  for (const location of demoLocations) {
    const at = accountantAt(location);
    const { chainId, locationId } = at.place.scope;
    const { rows } = await sql<{ eventId: string }>`
      select event_id "eventId" from events e
       where chain_id = ${chainId} and location_id = ${locationId} and status = 'open' and places_taken = capacity
         and not exists (select 1 from waiting_entries w where w.chain_id = e.chain_id and w.location_id = e.location_id) order by starts_at limit 1`.execute(
      ctx.db.read,
    );
    for (const [n, places] of rows[0] ? parties.entries() : []) {
      const clientId = demoId('cli', location, number(location.clientNames.length - 1 - n));
      const viewer = { ...at, onlyStaffId: undefined, clients: true, contacts: true };
      await joinEventByStaff(ctx, viewer, rows[0]?.eventId ?? '', { client: { clientId }, places });
    }
  }
}
