import type { Language } from '@holdfast/contract/session';
import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { makeUserToken } from './make-user-token.ts';
import { type Actor, noteAudit } from './note-audit.ts';

export interface Invitation {
  /** As it was typed: case and blanks around it do not count. */
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  /** `role`: a built-in role's name or a role_id of the chain. That they exist and may be given is decided before. */
  readonly places: readonly { readonly locationId: string; readonly role: string; readonly staffId: string | null }[];
}

/**
 * Somebody may work here: a user without a password, and an invitation on its way to them (`user.invited`, good for seven days) by which they choose
 * one. Refuses with `already_there` where the chain has a user of this e-mail address.
 */
export async function inviteUser(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  who: Actor,
  { email, name, language, places }: Invitation,
): Promise<{ userId: string; tokenId: string }> {
  const { chainId } = who;
  const userId = deps.newId('usr');
  const address = email.trim().toLowerCase();
  try {
    await sql`
      insert into users (chain_id, user_id, email, name, language, created_at)
      values (${chainId}, ${userId}, ${address}, ${name}, ${language}, ${deps.now()})`.execute(tx);
  } catch (error) {
    if (isSqlError(error) && error.constraint === 'users_email')
      throw new Problem('already_there', 409, 'There is a user of this e-mail address.', { field: 'email' });
    throw error;
  }
  for (const { locationId, role, staffId } of places) {
    await sql`
      insert into user_locations (chain_id, user_id, location_id, role, staff_id)
      values (${chainId}, ${userId}, ${locationId}, ${role}, ${staffId})`.execute(tx);
  }
  await noteAudit(tx, deps, who, {
    action: 'user.invited',
    subject: { kind: 'user', id: userId },
    after: { email: address, name, language, places },
  });
  return { userId, tokenId: await makeUserToken(tx, deps, { chainId, userId, kind: 'invite' }) };
}

/** The invitation did not arrive or has run out: another one; those before are not good any more. Refuses where they have a password already. */
export async function inviteAgain(tx: Tx, deps: Pick<Deps, 'newId' | 'now'>, who: Actor, userId: string): Promise<{ tokenId: string }> {
  const { rows } = await sql<{ invited: boolean }>`
    select password_hash is null and disabled_at is null invited from users where chain_id = ${who.chainId} and user_id = ${userId} for update`.execute(
    tx,
  );
  if (!rows[0]) throw new Problem('not_found', 404, 'There is no such user.');
  if (!rows[0].invited) throw new Problem('already_there', 409, 'They have accepted an invitation, or may not sign in any more.');
  await noteAudit(tx, deps, who, { action: 'user.invited_again', subject: { kind: 'user', id: userId } });
  return { tokenId: await makeUserToken(tx, deps, { chainId: who.chainId, userId, kind: 'invite' }) };
}
