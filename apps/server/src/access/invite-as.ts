import type { Invitation, User } from '@holdfast/contract/users';
import type { Deps } from '../kit/deps.ts';
import { beginUserChange } from './begin-user-change.ts';
import { decidePlaces } from './decide-places.ts';
import { inviteAgain, inviteUser } from './invite-user.ts';
import { refuseLocked } from './refuse-locked.ts';
import { findUser, seeUser } from './see-users.ts';
import type { Who } from './who.ts';

/** Invites somebody to the places that who asks may give. */
export async function inviteAs({ db, ...deps }: Deps, asking: Who, { name, email, language, places }: Invitation): Promise<User> {
  return db.transaction(async (tx) => {
    const who = await beginUserChange(tx, asking);
    await decidePlaces(tx, who, undefined, [], places);
    const { userId } = await inviteUser(tx, deps, who, { name, email, language, places });
    return seeUser(tx, who, userId);
  });
}

/** Sends the invitation again, to whom who asks could have invited. */
export async function inviteAgainAs({ db, ...deps }: Deps, asking: Who, userId: string): Promise<User> {
  return db.transaction(async (tx) => {
    const who = await beginUserChange(tx, asking);
    refuseLocked(who, await findUser(tx, who, userId));
    await inviteAgain(tx, deps, who, userId);
    return seeUser(tx, who, userId);
  });
}
