import type { User, UserChange, UserPlace } from '@holdfast/contract/users';
import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { beginUserChange, keepingOwners } from './begin-user-change.ts';
import type { AccessContext } from './context.ts';
import { decidePlaces, type PlaceChange } from './decide-places.ts';
import { differences, noteAudit } from './note-audit.ts';
import { proveOwnPassword } from './prove-own-password.ts';
import { refuseLocked } from './refuse-locked.ts';
import { findUser, locationsToEdit, seeChangedUser } from './see-users.ts';
import { wrongCredentials } from './sign-in.ts';
import { takePlace, writePlace } from './users-store.ts';
import type { Who } from './who.ts';

/** Changes who somebody is and what they do where. What they do where who asks edits no users stays as it is. One's own e-mail
 * changes with one's password only. */
export async function changeUser(
  ctx: Pick<AccessContext, 'db' | 'now' | 'newId' | 'keys'>,
  asking: Who,
  userId: string,
  change: UserChange,
): Promise<User> {
  const { db, ...deps } = ctx;
  // with the e-mail goes the way to a new password: an open browser alone must not lead there
  if (userId === asking.userId && change.email !== asking.email) {
    if (change.password === undefined) throw wrongCredentials();
    await proveOwnPassword(ctx, asking, change.password);
  }
  return db.transaction(async (tx) => {
    const who = await beginUserChange(tx, asking);
    const user = await findUser(tx, who, userId);
    if (user.version !== change.version)
      throw new Problem('changed_meanwhile', 409, 'Somebody else has changed this user.', { version: user.version });
    const was = { name: user.name, email: user.email, language: user.language };
    const { name, email, language } = change;
    const person = differences(was, { name, email, language });
    if (Object.keys(person.after).length > 0) refuseLocked(who, user);
    const edited = locationsToEdit(who);
    const seen = user.places.filter(({ locationId }) => edited.includes(locationId));
    const places = await decidePlaces(tx, who, userId, seen, change.places);
    if (change.places.length + user.places.length - seen.length === 0)
      throw new Problem('invalid_request', 400, 'Somebody without any place could do nothing: disable them instead.', { field: 'places' });
    await keepingOwners(tx, who.chainId, () => writePlaces(tx, deps, who, userId, places));
    if (Object.keys(person.after).length > 0) {
      await writePerson(tx, who, userId, change, { at: deps.now(), endLinks: person.after.email !== undefined });
      await noteAudit(tx, deps, who, { action: 'user.changed', subject: { kind: 'user', id: userId }, ...person });
    }
    if (places.length > 0 || Object.keys(person.after).length > 0)
      await sql`update users set version = version + 1 where chain_id = ${who.chainId} and user_id = ${userId}`.execute(tx);
    return seeChangedUser(tx, who, userId);
  });
}

async function writePerson(
  tx: Tx,
  { chainId }: Who,
  userId: string,
  { name, email, language }: Pick<UserChange, 'name' | 'email' | 'language'>,
  { at, endLinks }: { at: Date; endLinks: boolean },
): Promise<void> {
  try {
    await sql`update users set name = ${name}, email = ${email}, language = ${language} where chain_id = ${chainId} and user_id = ${userId}`.execute(
      tx,
    );
  } catch (error) {
    if (isSqlError(error) && error.constraint === 'users_email')
      throw new Problem('already_there', 409, 'There is a user of this e-mail address.', { field: 'email' });
    throw error;
  }
  // an invitation or a reset that was sent to the old address opens nothing any more
  if (endLinks) await sql`update user_tokens set used_at = ${at} where chain_id = ${chainId} and user_id = ${userId} and used_at is null`.execute(tx);
}

async function writePlaces(tx: Tx, deps: Pick<Deps, 'newId' | 'now'>, who: Who, userId: string, changes: readonly PlaceChange[]): Promise<void> {
  const facts = ({ role, staffId }: UserPlace) => ({ role, staffId });
  for (const { locationId, before, after } of changes) {
    if (after) await writePlace(tx, { chainId: who.chainId, userId, locationId, role: after.role, staffId: after.staffId });
    else await takePlace(tx, who.chainId, userId, locationId);
    await noteAudit(tx, deps, who, {
      action: !before ? 'user.role_given' : !after ? 'user.role_taken' : 'user.role_changed',
      subject: { kind: 'user', id: userId },
      locationId,
      ...(before && after
        ? differences(facts(before), facts(after))
        : { ...(before && { before: facts(before) }), ...(after && { after: facts(after) }) }),
    });
  }
}
