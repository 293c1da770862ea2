import type { Invitation, InvitedUser, User } from '@holdfast/contract/users';
import type { Queryable, Tx } from '../kit/database.ts';
import { beginUserChange } from './begin-user-change.ts';
import type { AccessContext } from './context.ts';
import { decidePlaces } from './decide-places.ts';
import { inviteAgain, inviteUser } from './invite-user.ts';
import { refuseLocked } from './refuse-locked.ts';
import { findUser, seeUser } from './see-users.ts';
import { linkOfUserToken } from './user-link.ts';
import type { Who } from './who.ts';

export interface InviteContext extends Pick<AccessContext, 'db' | 'now' | 'newId' | 'log' | 'keys' | 'publicUrl'> {
  /** Whether the chain has an e-mail by which an invitation arrives. */
  readonly reachesUsers: (q: Queryable, chainId: string) => Promise<boolean>;
}

/** Invites somebody to the places that who asks may give. */
export async function inviteAs(ctx: InviteContext, asking: Who, { name, email, language, places }: Invitation): Promise<InvitedUser> {
  return invited(ctx, asking, async (tx) => {
    const who = await beginUserChange(tx, asking);
    await decidePlaces(tx, who, undefined, [], places);
    const { userId, tokenId } = await inviteUser(tx, ctx, who, { name, email, language, places });
    return { user: await seeUser(tx, who, userId), tokenId };
  });
}

/** Sends the invitation again, to whom who asks could have invited. */
export async function inviteAgainAs(ctx: InviteContext, asking: Who, userId: string): Promise<InvitedUser> {
  return invited(ctx, asking, async (tx) => {
    const who = await beginUserChange(tx, asking);
    refuseLocked(who, await findUser(tx, who, userId));
    const { tokenId } = await inviteAgain(tx, ctx, who, userId);
    return { user: await seeUser(tx, who, userId), tokenId };
  });
}

/**
 * The address goes to whoever invites only where nobody else could bring it: it lets its bearer choose the new user's password. It is answered once, and kept
 * nowhere.
 */
async function invited(ctx: InviteContext, { chainId }: Who, invite: (tx: Tx) => Promise<{ user: User; tokenId: string }>): Promise<InvitedUser> {
  const { user, tokenId } = await ctx.db.transaction(invite);
  if (await ctx.reachesUsers(ctx.db.read, chainId)) return { ...user, link: null };
  const link = await linkOfUserToken(ctx, chainId, tokenId);
  // whoever invited somebody else again meanwhile ended this one
  return { ...user, link: link?.address ?? null };
}
