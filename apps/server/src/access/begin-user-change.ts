import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { rightMissing } from './guard.ts';
import { readKeyPlaces } from './key-places.ts';
import { activeOwners, lockUsers, readPlaces } from './users-store.ts';
import { mayAnywhere, type Who } from './who.ts';

/**
 * Every change of users and roles begins here: until it is done nobody else of the chain makes one, and who asks is read anew. Of two owners who take
 * each other's role at the same moment, the second is no owner any more when their turn comes.
 */
export async function beginUserChange(tx: Tx, who: Who): Promise<Who> {
  await lockUsers(tx, who.chainId);
  const { chainId, userId, keyId } = who;
  const now = { ...who, places: keyId === undefined ? await readPlaces(tx, chainId, userId) : await readKeyPlaces(tx, chainId, keyId) };
  if (!mayAnywhere(now, 'users.edit')) throw rightMissing('users.edit');
  return now;
}

/** Does it, and refuses all of it (`last_owner`) if a location that had an owner who can sign in would have none. */
export async function keepingOwners<T>(tx: Tx, chainId: string, deed: () => Promise<T>): Promise<T> {
  const before = await activeOwners(tx, chainId);
  const done = await deed();
  const after = await activeOwners(tx, chainId);
  const ownerless = [...before.keys()].filter((locationId) => !after.has(locationId));
  if (ownerless.length > 0)
    throw new Problem('last_owner', 409, 'A location would be left without an owner who can sign in.', { locationIds: ownerless });
  return done;
}
