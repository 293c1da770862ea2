import { sql } from 'kysely';
import type { Chore } from '../kit/background.ts';
import type { Deps } from '../kit/deps.ts';
import { TRIES_COUNT_MS } from './try-rules.ts';

const EVERY_MS = 10 * 60_000;
const KEPT_MS = 30 * 24 * 3_600_000;

/** Forgets what signing in needs no more: tries that do not count, sessions and links that ended a month ago. The audit log keeps who signed in when. */
export function accessChore({ db, now }: Pick<Deps, 'db' | 'now'>): Chore {
  let next = 0;
  return {
    name: 'signing in',
    async run() {
      const at = now();
      if (at.getTime() < next) return 0;
      next = at.getTime() + EVERY_MS;
      const ended = new Date(at.getTime() - KEPT_MS);
      await sql`delete from sign_in_tries where tried_at < ${new Date(at.getTime() - TRIES_COUNT_MS)}`.execute(db.read);
      await sql`delete from sessions where least(ended_at, expires_at) < ${ended}`.execute(db.read);
      await sql`delete from user_tokens where least(used_at, expires_at) < ${ended}`.execute(db.read);
      return 0;
    },
  };
}
