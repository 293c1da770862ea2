import type { Language } from '@holdfast/contract/session';
import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import { readToken, signToken } from '../kit/seal.ts';
import type { AccessContext } from './context.ts';
import type { UserTokenKind } from './make-user-token.ts';

export interface UserLink {
  readonly kind: UserTokenKind;
  readonly chainId: string;
  readonly tokenId: string;
  readonly chain: string;
  readonly expiresAt: Date;
  readonly user: { readonly id: string; readonly email: string; readonly name: string; readonly language: Language };
}

/**
 * The address that is sent to a user, for whoever writes the message. Undefined: it was used, has run out, or they may not sign in any more; then nothing is to
 * be sent. The token stands behind `#`: a browser sends that part to no server, so it is in no log and no referrer.
 */
export async function linkOfUserToken(
  ctx: Pick<AccessContext, 'db' | 'now' | 'keys' | 'publicUrl'>,
  chainId: string,
  tokenId: string,
): Promise<(UserLink & { readonly address: string }) | undefined> {
  const link = await findUserLink(ctx.db.read, chainId, tokenId, ctx.now());
  if (!link) return undefined;
  const page = link.kind === 'invite' ? 'invitation' : 'reset';
  return { ...link, address: `${ctx.publicUrl}/admin/${page}#${signToken(ctx.keys.links, [chainId, tokenId])}` };
}

/** What a token names, while it is good. */
export async function readUserLink(ctx: Pick<AccessContext, 'db' | 'now' | 'keys'>, token: string): Promise<UserLink | undefined> {
  const [chainId, tokenId, ...more] = readToken(ctx.keys.links, token) ?? [];
  return chainId && tokenId && more.length === 0 ? findUserLink(ctx.db.read, chainId, tokenId, ctx.now()) : undefined;
}

async function findUserLink(q: Queryable, chainId: string, tokenId: string, at: Date): Promise<UserLink | undefined> {
  const { rows } = await sql<UserLink>`
    select t.kind, t.chain_id "chainId", t.token_id "tokenId", c.name chain, t.expires_at "expiresAt",
           jsonb_build_object('id', u.user_id, 'email', u.email, 'name', u.name, 'language', u.language) "user"
      from user_tokens t
      join users u on u.chain_id = t.chain_id and u.user_id = t.user_id
      join chains c on c.chain_id = t.chain_id
     where t.chain_id = ${chainId} and t.token_id = ${tokenId} and t.used_at is null and t.expires_at > ${at} and u.disabled_at is null`.execute(q);
  return rows[0];
}
