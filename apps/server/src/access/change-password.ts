import { sql } from 'kysely';
import type { AccessContext } from './context.ts';
import { endSessions } from './end-sessions.ts';
import { noteAudit } from './note-audit.ts';
import { hashPassword } from './password-hash.ts';
import { proveOwnPassword } from './prove-own-password.ts';
import { refuseWeakPassword } from './refuse-weak-password.ts';
import { wrongCredentials } from './sign-in.ts';
import type { Who } from './who.ts';

/** Another password; whoever else is signed in as this user is out, and links that were sent are dead. Refuses with `wrong_credentials`, `weak_password`. */
export async function changePassword(ctx: AccessContext, who: Who, { present, next }: { present: string; next: string }): Promise<void> {
  refuseWeakPassword(next, who);
  const kept = await proveOwnPassword(ctx, who, present);
  const passwordHash = await hashPassword(next);
  const { chainId, userId, sessionId } = who;
  await ctx.db.transaction(async (tx) => {
    // whoever reset it meanwhile did so to be rid of whoever knows the one before
    const { rows } = await sql`
      update users set password_hash = ${passwordHash}
       where chain_id = ${chainId} and user_id = ${userId} and password_hash = ${kept} and disabled_at is null returning 1`.execute(tx);
    if (rows.length === 0) throw wrongCredentials();
    await sql`update user_tokens set used_at = ${ctx.now()} where chain_id = ${chainId} and user_id = ${userId} and used_at is null`.execute(tx);
    await endSessions(tx, ctx, who, { but: sessionId });
    await noteAudit(tx, ctx, who, { action: 'user.password_changed', subject: { kind: 'user', id: userId } });
  });
}
