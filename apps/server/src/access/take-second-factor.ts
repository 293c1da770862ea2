import type { User } from '@holdfast/contract/users';
import { sql } from 'kysely';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { beginUserChange } from './begin-user-change.ts';
import { noteAudit } from './note-audit.ts';
import { refuseLocked } from './refuse-locked.ts';
import { findUser, seeUser } from './see-users.ts';
import type { Who } from './who.ts';

/**
 * Somebody has lost both the device and the recovery codes: from now on their password alone signs them in, and wherever they were signed in they are not any
 * more. One's own goes only with the password and a code. Refuses with `not_yourself`, `right_missing`, `not_found`.
 */
export async function takeSecondFactor({ db, ...deps }: Deps, asking: Who, userId: string): Promise<User> {
  return db.transaction(async (tx) => {
    const who = await beginUserChange(tx, asking);
    const user = await findUser(tx, who, userId);
    if (user.id === who.userId) throw new Problem('not_yourself', 403, 'Nobody takes their own second factor away from here.');
    refuseLocked(who, user);
    const { rows } = await sql`
      update users set totp_secret = null, totp_since = null, totp_last_step = null, recovery_codes = '{}', version = version + 1
       where chain_id = ${who.chainId} and user_id = ${userId} and totp_since is not null returning 1`.execute(tx);
    if (rows.length === 0) throw new Problem('not_found', 404, 'They have no second factor.');
    await sql`update sessions set ended_at = ${deps.now()} where chain_id = ${who.chainId} and user_id = ${userId} and ended_at is null`.execute(tx);
    await noteAudit(tx, deps, who, { action: 'user.second_factor_taken', subject: { kind: 'user', id: userId } });
    return seeUser(tx, who, userId);
  });
}
