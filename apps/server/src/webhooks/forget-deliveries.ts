import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

/** Whose visits and payments were told: name and contacts go from what is kept of it, and with them what receivers answered. What happened stays. */
export async function forgetDeliveries(q: Queryable, chainId: string, clientId: string): Promise<void> {
  await sql`
    update webhook_tries t set answer = '' from webhook_deliveries d
     where d.chain_id = ${chainId} and d.client_id = ${clientId} and t.chain_id = d.chain_id and t.delivery_id = d.delivery_id`.execute(q);
  const nobody = sql`jsonb_build_object('id', ${clientId}::text, 'name', '', 'phone', null, 'email', null, 'language', 'en')`;
  await sql`
    update webhook_deliveries
       set payload = case when payload #> '{data,appointment,client}' is not null then jsonb_set(payload, '{data,appointment,client}', ${nobody})
                          when payload #> '{data,client}' is not null then jsonb_set(payload, '{data,client}', ${nobody})
                          else payload end
     where chain_id = ${chainId} and client_id = ${clientId}`.execute(q);
}
