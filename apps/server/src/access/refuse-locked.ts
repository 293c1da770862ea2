import { Problem } from '../kit/problem.ts';
import { whyLocked } from './role-rules.ts';
import { heldRoles } from './see-users.ts';
import type { UserRow } from './users-store.ts';
import type { Who } from './who.ts';

/** Refuses to touch who somebody is (name, e-mail, sessions, whether they can sign in) unless who asks could give all that they may do. */
export function refuseLocked(who: Who, user: UserRow): void {
  if (user.id === who.userId) return;
  const reason = whyLocked(who.places, heldRoles(user));
  if (reason) throw new Problem('right_missing', 403, 'They may do more than you could give them.', { reason });
}
