import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';

/** A transaction that begins with `lockDays`. Somebody who posts and does not come to an end is no reason for everybody else to wait: then it is refused. */
export async function whileNobodyPosts(deps: Pick<Deps, 'db'>, deed: (tx: Tx) => Promise<void>): Promise<void> {
  try {
    await deps.db.transaction(deed);
  } catch (error) {
    if (isSqlError(error) && error.code === '55P03')
      throw new Problem('too_many_requests', 429, 'Money is being posted just now. Try again.', { retryAfterSeconds: 2 });
    throw error;
  }
}
