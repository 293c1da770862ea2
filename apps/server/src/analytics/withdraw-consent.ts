import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Deps } from '../kit/deps.ts';

/** The client does not want to be measured any more: what Google calls their browser goes, and with it whatever our own sender would still have told. */
export async function withdrawConsent({ db }: Pick<Deps, 'db'>, { chainId, locationId }: Scope, bookingId: string): Promise<void> {
  await sql`
    update bookings set analytics = null
     where chain_id = ${chainId} and location_id = ${locationId} and booking_id = ${bookingId} and analytics is not null`.execute(db.read);
}
