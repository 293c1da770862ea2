import { mintScope } from '../access/scope.ts';
import type { Database } from '../kit/database.ts';
import { readMoney } from './read-money.ts';
import { closedBy, sameMoney } from './same-money.ts';
import { seeOneState } from './see-one-state.ts';
import { spanOfDay } from './span-of-day.ts';
import { factsOfLocation } from './store.ts';
import { allClosings, postingsBefore } from './store-closings.ts';

export interface ClosingFault {
  readonly closingId: string;
  readonly says: string;
}

/** Every closed day is what it was when it was closed: its figures, and how many postings there are up to its end. For the audit. */
export async function checkClosings(db: Database): Promise<readonly ClosingFault[]> {
  return seeOneState(db, async (tx) => {
    const faults: ClosingFault[] = [];
    for (const closing of await allClosings(tx)) {
      const scope = mintScope(closing.chainId, closing.locationId);
      const { timeZone } = await factsOfLocation(tx, scope);
      const postings = await postingsBefore(tx, scope, closing.closedUntil);
      if (postings !== closing.postings)
        faults.push({ closingId: closing.id, says: `${closing.postings} postings until ${closing.day} when it was closed, ${postings} now` });
      const { from } = spanOfDay(closing.day, timeZone);
      let same = false;
      for (const by of closedBy(closing)) same ||= sameMoney(closing.figures, await readMoney(tx, scope, from, closing.closedUntil, by));
      if (!same) faults.push({ closingId: closing.id, says: `the figures of ${closing.day} are not what they were when it was closed` });
    }
    return faults;
  });
}
