import { rightMissing } from '../access/guard.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import { askTogether } from '../kit/ask-together.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { lockDays } from '../ledger/lock-days.ts';
import { lastClosing, noteReopened } from './store-closings.ts';
import { whileNobodyPosts } from './while-nobody-posts.ts';

/**
 * The last closing is taken back, by the owner, with a reason. What was dated later meanwhile stays where it is, and the closing itself is kept.
 *
 * Refuses with `right_missing` (only the owner), `step_not_allowed` (not the last closed day, with `closedThrough`).
 */
export async function reopenDay(deps: Deps, { who, place }: { who: Who; place: Place }, day: string, because: string): Promise<void> {
  if (place.role !== 'owner') throw rightMissing('days.close');
  const { scope } = place;
  await whileNobodyPosts(deps, async (tx) => {
    await lockDays(tx, scope);
    const [last] = (await askTogether(tx, { last: lastClosing(scope) })).last;
    if (!last || last.day !== day)
      throw new Problem('step_not_allowed', 409, 'Only the last closed day can be opened again.', { closedThrough: last?.day ?? null });
    await noteReopened(tx, scope, who, { id: last.id, because, at: deps.now() });
    const [before] = (await askTogether(tx, { last: lastClosing(scope) })).last;
    await noteAudit(tx, deps, who, {
      action: 'day.reopened',
      subject: { kind: 'day', id: day },
      locationId: scope.locationId,
      before: { closedThrough: day },
      after: { closedThrough: before?.day ?? null, because },
    });
  });
}
