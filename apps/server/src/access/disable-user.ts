import type { User } from '@holdfast/contract/users';
import { sql } from 'kysely';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { beginUserChange, keepingOwners } from './begin-user-change.ts';
import { noteAudit } from './note-audit.ts';
import { refuseLocked } from './refuse-locked.ts';
import { findUser, seeUser } from './see-users.ts';
import type { Who } from './who.ts';

/** Somebody may not sign in any more, at once and everywhere; or may again, with a new session. Repeating it changes nothing. */
export async function disableUser({ db, ...deps }: Deps, asking: Who, userId: string, disabled: boolean): Promise<User> {
  return db.transaction(async (tx) => {
    const who = await beginUserChange(tx, asking);
    const user = await findUser(tx, who, userId);
    if (user.id === who.userId) throw new Problem('not_yourself', 403, 'Nobody disables themselves.');
    refuseLocked(who, user);
    if ((user.disabledAt !== null) === disabled) return seeUser(tx, who, userId);
    const at = deps.now();
    await keepingOwners(tx, who.chainId, async () => {
      await sql`
        update users set disabled_at = ${disabled ? at : null}, version = version + 1 where chain_id = ${who.chainId} and user_id = ${userId}`.execute(
        tx,
      );
    });
    await sql`update sessions set ended_at = ${at} where chain_id = ${who.chainId} and user_id = ${userId} and ended_at is null`.execute(tx);
    await noteAudit(tx, deps, who, { action: disabled ? 'user.disabled' : 'user.enabled', subject: { kind: 'user', id: userId } });
    return seeUser(tx, who, userId);
  });
}

/** Signs somebody out everywhere; oneself everywhere else. Answers how many sessions it ended. */
export async function endSessions({ db, ...deps }: Deps, asking: Who, userId: string): Promise<{ ended: number }> {
  return db.transaction(async (tx) => {
    const who = await beginUserChange(tx, asking);
    const user = await findUser(tx, who, userId);
    refuseLocked(who, user);
    const { rows } = await sql`
      update sessions set ended_at = ${deps.now()}
       where chain_id = ${who.chainId} and user_id = ${userId} and ended_at is null and session_id <> ${who.sessionId} returning 1`.execute(tx);
    if (rows.length > 0)
      await noteAudit(tx, deps, who, { action: 'user.sessions_ended', subject: { kind: 'user', id: userId }, after: { sessions: rows.length } });
    return { ended: rows.length };
  });
}
