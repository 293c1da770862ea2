import { sql } from 'kysely';
import type { AccessContext } from './context.ts';
import { passwordMatches } from './password-hash.ts';
import { wrongCredentials } from './sign-in.ts';
import { takeTry } from './take-try.ts';
import type { Who } from './who.ts';

/**
 * A session alone does not change what guards the account: whoever sits down at somebody's open browser would own it. Answers what is kept of the password,
 * for a change that has to know that it still is the same one. Refuses with `wrong_credentials`.
 */
export async function proveOwnPassword(ctx: Pick<AccessContext, 'db' | 'now' | 'keys'>, { chainId, userId }: Who, password: string): Promise<string> {
  const taken = await takeTry(ctx, [['ownPassword', `${chainId} ${userId}`]]);
  const { rows } = await sql<{
    kept: string | null;
  }>`select password_hash kept from users where chain_id = ${chainId} and user_id = ${userId}`.execute(ctx.db.read);
  const kept = rows[0]?.kept ?? null;
  if (!(await passwordMatches(kept, password)) || kept === null) throw wrongCredentials();
  await taken.succeeded(['ownPassword']);
  return kept;
}
