import type { Deps } from '../kit/deps.ts';
import { expireRunOutHolds } from './store.ts';

const AT_ONCE = 100;

/** Lets go of unpaid times whose grace is over (A8). Waits for no provider. Answers how many. */
export async function expireHolds({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<number> {
  return expireRunOutHolds(db.read, now(), AT_ONCE);
}
