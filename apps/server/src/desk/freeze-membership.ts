import type { BookingContext } from '../booking/context.ts';
import { Problem } from '../kit/problem.ts';
import { noteFrozen, noteUnfrozen, visitsReservedUntil } from '../memberships/membership-rows.ts';
import { stateOf, whyNotFrozen } from '../memberships/membership-rules.ts';
import { membershipAsSeen, noteMembership } from './note-membership.ts';
import type { AtDesk } from './take-for-visit.ts';

const DAY_MS = 86_400_000;

/** Not used for so many days from now, which are added at its end. Refuses with `step_not_allowed` (`reason`), `changed_meanwhile`, `not_found`. Answers whose it is. */
export async function freezeMembership(
  ctx: BookingContext,
  desk: AtDesk,
  id: string,
  { version, days }: { version: number; days: number },
): Promise<string> {
  return ctx.db.transaction(async (tx) => {
    const membership = await membershipAsSeen(tx, desk, id, version);
    const at = ctx.now();
    const reservedWithin = await visitsReservedUntil(tx, desk.place.scope, id, new Date(at.getTime() + days * DAY_MS));
    const reason = whyNotFrozen(membership, { days, reservedWithin, at });
    if (reason) throw new Problem('step_not_allowed', 409, 'It cannot be frozen so.', { reason });
    await noteFrozen(tx, desk.place.scope, id, { days, at });
    await noteMembership(tx, ctx, desk, 'frozen', membership, { days });
    return membership.clientId;
  });
}

/** It is used again from now on; whole days that were not needed are left for another time. */
export async function unfreezeMembership(ctx: BookingContext, desk: AtDesk, id: string, version: number): Promise<string> {
  return ctx.db.transaction(async (tx) => {
    const membership = await membershipAsSeen(tx, desk, id, version);
    const at = ctx.now();
    const { frozenUntil } = membership;
    if (stateOf(membership, at) !== 'frozen' || frozenUntil === null)
      throw new Problem('step_not_allowed', 409, 'It is not frozen.', { reason: 'not_frozen' });
    // a day in which summer time begins is an hour short
    const daysBack = Math.floor((frozenUntil.getTime() - at.getTime() + 3_600_000) / DAY_MS);
    await noteUnfrozen(tx, desk.place.scope, id, { daysBack, at });
    await noteMembership(tx, ctx, desk, 'unfrozen', membership, { daysBack });
    return membership.clientId;
  });
}
