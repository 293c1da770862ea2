import type { UserPlace } from '@holdfast/contract/users';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import type { PlaceRow } from './places-of-user.ts';
import { mayGive, type Powers, powersOf } from './role-rules.ts';
import { readRoles, staffExists } from './users-store.ts';
import type { Who } from './who.ts';

export interface PlaceChange {
  readonly locationId: string;
  readonly before: PlaceRow | undefined;
  readonly after: UserPlace | undefined;
}

/**
 * What differs between the places somebody has and those they are to have, where who asks may make all of it so; refuses it otherwise. `userId`
 * undefined: somebody who is only being invited.
 */
export async function decidePlaces(
  tx: Tx,
  who: Who,
  userId: string | undefined,
  before: readonly PlaceRow[],
  wanted: readonly UserPlace[],
): Promise<readonly PlaceChange[]> {
  const own = new Map((await readRoles(tx, who.chainId)).map((role) => [role.id, powersOf(role.id, role)]));
  const changes: PlaceChange[] = [];
  for (const locationId of new Set([...before, ...wanted].map((one) => one.locationId))) {
    const old = before.find((one) => one.locationId === locationId);
    const next = wanted.find((one) => one.locationId === locationId);
    if (old && next && old.role === next.role && old.staffId === next.staffId) continue;
    if (!who.places.get(locationId)?.rights.has('users.edit')) throw new Problem('not_found', 404, 'There is no such location.');
    if (old?.role !== next?.role) {
      if (userId === who.userId) throw new Problem('not_yourself', 403, 'Nobody changes their own role.');
      if (old) refuseBeyond(who, locationId, powersOf(old.role, old.own));
      if (next) refuseBeyond(who, locationId, roleNamed(next.role, own));
    } else if (userId !== who.userId && next) refuseBeyond(who, locationId, roleNamed(next.role, own));
    if (next?.staffId && next.staffId !== old?.staffId && !(await staffExists(tx, who.chainId, locationId, next.staffId)))
      throw new Problem('not_found', 404, 'There is no such team member.');
    changes.push({ locationId, before: old, after: next });
  }
  return changes;
}

function roleNamed(role: string, own: ReadonlyMap<string, Powers>): Powers {
  const powers = own.get(role) ?? powersOf(role, null);
  // a built-in role always allows something
  if (!own.has(role) && powers.rights.size === 0) throw new Problem('not_found', 404, 'There is no such role.');
  return powers;
}

function refuseBeyond(who: Who, locationId: string, powers: Powers): void {
  if (!mayGive(who.places, locationId, powers))
    throw new Problem('right_missing', 403, 'A role that allows more than your own is not yours to give or take.', { locationId, role: powers.role });
}
