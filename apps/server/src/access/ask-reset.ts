import { sql } from 'kysely';
import type { SessionUser } from './begin-session.ts';
import type { AccessContext } from './context.ts';
import { makeUserToken } from './make-user-token.ts';
import { noteAudit } from './note-audit.ts';
import { takeTry } from './take-try.ts';
import type { Visit } from './visit.ts';

/**
 * Sends a way to a new password to whoever has this e-mail address, in each chain that knows it; who has not accepted their invitation yet gets that again. It
 * happens after the answer, so that neither the answer nor its time tells whether somebody works here.
 */
export async function askReset(ctx: AccessContext, typed: string, visit: Visit): Promise<void> {
  const email = typed.trim().toLowerCase();
  await takeTry(ctx, [
    ['resetEmail', email],
    ['resetNetwork', visit.network],
  ]);
  ctx.soon('a reset was asked', async () => {
    const { rows } = await sql<SessionUser & { readonly invited: boolean }>`
      select chain_id "chainId", user_id "userId", name, password_hash is null invited from users where email = ${email} and disabled_at is null`.execute(
      ctx.db.read,
    );
    for (const { chainId, userId, name, invited } of rows) {
      await ctx.db.transaction(async (tx) => {
        // anybody can ask, and where no e-mail is set up none comes: an invitation that was handed over must not die of it
        await makeUserToken(tx, ctx, { chainId, userId, kind: invited ? 'invite' : 'reset', besides: invited });
        const nobody = { chainId, userId: null, name, address: visit.address, requestId: visit.requestId };
        await noteAudit(tx, ctx, nobody, { action: 'user.reset_asked', subject: { kind: 'user', id: userId } });
      });
    }
  });
}
