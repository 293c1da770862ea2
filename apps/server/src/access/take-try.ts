import { sql } from 'kysely';
import { Problem } from '../kit/problem.ts';
import { keyedHash } from '../kit/seal.ts';
import type { AccessContext } from './context.ts';
import { secondsToWait, TRIES_COUNT_MS, type TryKind, tryLimits } from './try-rules.ts';

/** What a try is counted for: a kind, and whose (an e-mail address, a network, a user). */
export type Counter = readonly [kind: TryKind, whose: string];

/** A try that was counted as a failure before it was known what it is. */
export interface TakenTry {
  /** It was right: what these kinds counted before is forgotten, and the others lose this one try. */
  succeeded(forget: readonly TryKind[]): Promise<void>;
}

type TryContext = Pick<AccessContext, 'db' | 'now' | 'keys'>;

/**
 * Counts first and tries afterwards: a hundred guesses at the same moment are counted one after the other, so no more of them get through than if they had
 * come one by one. Refuses with `too_many_requests` and how long to wait.
 */
export async function takeTry(ctx: TryContext, counters: readonly Counter[]): Promise<TakenTry> {
  const counted = counters.map(([kind, whose]) => ({ kind, name: countedFor(ctx, kind, whose) })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const at = ctx.now();
  const since = new Date(at.getTime() - TRIES_COUNT_MS);
  const wait = await ctx.db.transaction(async (tx) => {
    let longest = 0;
    for (const { kind, name } of counted) {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in-try ${name}`}, 0))`.execute(tx);
      const { rows } = await sql<{ tried: number; lastAt: Date | null }>`
        select count(*)::int tried, max(tried_at) "lastAt" from sign_in_tries where counted_for = ${name} and tried_at > ${since}`.execute(tx);
      longest = Math.max(longest, secondsToWait(tryLimits[kind], rows[0]?.tried ?? 0, rows[0]?.lastAt ?? null, at));
    }
    if (longest === 0) {
      await sql`insert into sign_in_tries (counted_for, tried_at) select name, ${at}::timestamptz from unnest(${counted.map(({ name }) => name)}::text[]) name`.execute(
        tx,
      );
    }
    return longest;
  });
  if (wait > 0) throw new Problem('too_many_requests', 429, 'That was tried too often. Wait a moment.', { retryAfterSeconds: wait });
  return {
    async succeeded(forget) {
      const all = counted.filter(({ kind }) => forget.includes(kind)).map(({ name }) => name);
      const one = counted.filter(({ kind }) => !forget.includes(kind)).map(({ name }) => name);
      await sql`delete from sign_in_tries where counted_for = any(${all}::text[])`.execute(ctx.db.read);
      await sql`
        delete from sign_in_tries t using unnest(${one}::text[]) name
         where t.counted_for = name
           and t.ctid = (select ctid from sign_in_tries same where same.counted_for = name and same.tried_at = ${at} limit 1)`.execute(ctx.db.read);
    },
  };
}

/** Who has proven to be the owner of the e-mail address by another way (a link that was sent there) waits no longer. */
export async function forgetTries(ctx: TryContext, [kind, whose]: Counter): Promise<void> {
  await sql`delete from sign_in_tries where counted_for = ${countedFor(ctx, kind, whose)}`.execute(ctx.db.read);
}

function countedFor({ keys }: Pick<TryContext, 'keys'>, kind: TryKind, whose: string): string {
  return keyedHash(keys.tries, `${kind}\n${whose}`).toString('base64url').slice(0, 22);
}
