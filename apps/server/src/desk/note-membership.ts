import { noteAudit } from '../access/note-audit.ts';
import type { BookingContext } from '../booking/context.ts';
import type { Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { lockMembership, type MembershipRow, membershipById } from '../memberships/membership-rows.ts';
import type { AtDesk } from './take-for-visit.ts';

export type MembershipDeed = 'sold' | 'link_made' | 'link_cancelled' | 'refunded' | 'refund_asked' | 'frozen' | 'unfrozen';

/** In the audit log and to whoever listens. */
export async function noteMembership(
  tx: Tx,
  ctx: BookingContext,
  { who, place }: AtDesk,
  what: MembershipDeed,
  membership: Pick<MembershipRow, 'id' | 'clientId' | 'name'>,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { scope } = place;
  const after = { membership: membership.id, name: membership.name, ...facts };
  await noteAudit(tx, ctx, who, {
    action: `membership.${what}`,
    subject: { kind: 'client', id: membership.clientId },
    locationId: scope.locationId,
    after,
  });
  const payload = { membershipId: membership.id, name: membership.name, ...facts };
  await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: `membership.${what}`, subjectId: membership.clientId, payload, at: ctx.now() });
}

/** The membership, locked, as the screen that asks has seen it. Refuses with `not_found` and `changed_meanwhile`. */
export async function membershipAsSeen(tx: Tx, { place }: AtDesk, id: string, version: number): Promise<MembershipRow> {
  await lockMembership(tx, place.scope, id);
  const membership = await membershipById(tx, place.scope, id);
  if (!membership) throw new Problem('not_found', 404, 'There is no such membership.');
  if (membership.version !== version)
    throw new Problem('changed_meanwhile', 409, 'Something has become of this membership meanwhile.', { version: membership.version });
  return membership;
}
