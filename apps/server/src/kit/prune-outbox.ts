import { sql } from 'kysely';
import type { Chore } from './background.ts';
import type { Deps } from './deps.ts';

const KEPT_MS = 30 * 24 * 3_600_000;
const EVERY_MS = 10 * 60_000;
const BATCH = 1000;

/** Forgets what was told a month ago and has been done. What still waits stays, however old it is. */
export function outboxPruningChore({ db, now }: Pick<Deps, 'db' | 'now'>): Chore {
  let next = 0;
  return {
    name: 'what was told long ago',
    async run() {
      const at = now().getTime();
      if (at < next) return 0;
      // in batches, each of them committed: nobody waits behind a delete of millions; chosen once, whatever plan the delete gets
      const { numAffectedRows = 0n } = await sql`
        with old as materialized (
          select chain_id, outbox_id from outbox where due_at is null and told_at < ${new Date(at - KEPT_MS)}
           order by told_at limit ${BATCH} for update skip locked)
        delete from outbox o using old where o.chain_id = old.chain_id and o.outbox_id = old.outbox_id`.execute(db.read);
      if (numAffectedRows < BATCH) next = at + EVERY_MS;
      return Number(numAffectedRows);
    },
  };
}
