import { sql } from 'kysely';
import type { AheadVisit, SchedulePorts } from '../schedule/change-hours.ts';

/** What is booked already with these people and still to come. */
export const schedulePorts: SchedulePorts = {
  async visitsAhead(q, { chainId, locationId }, staffIds, at) {
    const { rows } = await sql<AheadVisit>`
      select appointment_id "appointmentId", staff_id "staffId", starts_at "startsAt", ends_at "endsAt" from appointments
       where chain_id = ${chainId} and location_id = ${locationId} and staff_id = any(${[...staffIds]}::text[]) and starts_at > ${at}
         and status in ('held', 'waiting', 'confirmed') order by starts_at, appointment_id limit 2000`.execute(q);
    return rows;
  },
};
