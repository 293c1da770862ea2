import { sql } from 'kysely';
import type { Deps } from '../kit/deps.ts';

const DAY_MS = 86_400_000;
const KEPT_DAYS = 30;
const AT_ONCE = 1000;

/** What ended a month ago goes, with what came back; and what was told to an endpoint while it was being switched off is given up. */
export async function pruneDeliveries({ db, now }: Deps): Promise<number> {
  const at = now();
  const old = await sql`
    with old as (select chain_id, delivery_id from webhook_deliveries where ended_at < ${new Date(at.getTime() - KEPT_DAYS * DAY_MS)} limit ${AT_ONCE})
    delete from webhook_deliveries d using old where d.chain_id = old.chain_id and d.delivery_id = old.delivery_id`.execute(db.read);
  const late = await sql`
    update webhook_deliveries d set status = 'given_up', due_at = null, ended_at = ${at}, because = 'endpoint_off'
      from webhook_endpoints e
     where d.due_at <= ${at} and e.chain_id = d.chain_id and e.endpoint_id = d.endpoint_id and (e.off_at is not null or e.deleted_at is not null)`.execute(
    db.read,
  );
  return Number(old.numAffectedRows ?? 0n) + Number(late.numAffectedRows ?? 0n);
}
