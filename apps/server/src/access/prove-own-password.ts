import { sql } from 'kysely';
import type { AccessContext } from './context.ts';
import { passwordMatches } from './password-hash.ts';
import { wrongCredentials } from './sign-in.ts';
import { takeTry } from './take-try.ts';
import type { Who } from './who.ts';

/** A session alone does not change what guards the account: whoever sits down at somebody's open browser would own it. Refuses with `wrong_credentials`. */
export async function proveOwnPassword(ctx: AccessContext, { chainId, userId }: Who, password: string): Promise<void> {
  const taken = await takeTry(ctx, [['ownPassword', `${chainId} ${userId}`]]);
  const { rows } = await sql<{
    kept: string | null;
  }>`select password_hash kept from users where chain_id = ${chainId} and user_id = ${userId}`.execute(ctx.db.read);
  if (!(await passwordMatches(rows[0]?.kept ?? null, password))) throw wrongCredentials();
  await taken.succeeded(['ownPassword']);
}
