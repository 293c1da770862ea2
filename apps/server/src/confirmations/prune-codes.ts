import { sql } from 'kysely';
import type { Chore } from '../kit/background.ts';
import type { Deps } from '../kit/deps.ts';

const EVERY_MS = 10 * 60_000;
const KEPT_MS = 7 * 24 * 3_600_000;

/** Forgets codes after a week: by then they count nowhere, and a telephone that nobody booked with is nobody's business. A block that has ended is no news. */
export function codesChore({ db, now }: Pick<Deps, 'db' | 'now'>): Chore {
  let next = 0;
  return {
    name: 'phone codes',
    async run() {
      const at = now();
      if (at.getTime() < next) return 0;
      next = at.getTime() + EVERY_MS;
      const old = new Date(at.getTime() - KEPT_MS);
      await sql`delete from phone_codes where asked_at < ${old}`.execute(db.read);
      await sql`
        update attention t set resolved_at = ${at}, resolution = 'ended' from blocked_prefixes b
         where t.kind = 'codes_blocked' and t.resolved_at is null and b.chain_id = t.chain_id and b.location_id = t.location_id and b.prefix = t.subject_id
           and b.blocked_until <= ${at}`.execute(db.read);
      return 0;
    },
  };
}
