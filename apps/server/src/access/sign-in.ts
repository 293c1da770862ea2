import { sql } from 'kysely';
import { Problem } from '../kit/problem.ts';
import { beginSession, type SessionUser } from './begin-session.ts';
import type { AccessContext } from './context.ts';
import { hashPassword, isHashedAnew, passwordMatches } from './password-hash.ts';
import type { SessionCookie } from './session-cookie.ts';
import { takeTry } from './take-try.ts';
import type { Visit } from './visit.ts';

export interface SignInWish {
  readonly email: string;
  readonly password: string;
  readonly chain?: string | undefined;
}

interface Candidate extends SessionUser {
  readonly chain: { readonly slug: string; readonly name: string };
  readonly passwordHash: string | null;
}

/**
 * Signs in whom e-mail address and password name. Whatever is wrong, the answer is the same sentence after the same time: whether somebody works here is
 * nobody's business. Refuses with `wrong_credentials`, `choose_chain`, `too_many_requests`.
 */
export async function signIn(
  ctx: AccessContext,
  wish: SignInWish,
  visit: Visit & { readonly knownDevice: string | undefined },
): Promise<{ cookie: SessionCookie; secondFactor: boolean }> {
  const email = wish.email.trim().toLowerCase();
  const counters = visit.knownDevice
    ? ([['device', visit.knownDevice]] as const)
    : ([
        ['email', email],
        ['network', visit.network],
      ] as const);
  const taken = await takeTry(ctx, counters);
  const right = await whoseIsIt(ctx, { ...wish, email });
  const [user, ...more] = right;
  if (!user) throw wrongCredentials();
  await taken.succeeded(['email', 'device']);
  if (more.length > 0) {
    const chains = right.map(({ chain }) => chain);
    throw new Problem('choose_chain', 409, 'You work for several chains with this password: say for which one.', { chains });
  }
  const renewed = user.passwordHash && !isHashedAnew(user.passwordHash) ? await hashPassword(wish.password) : undefined;
  return ctx.db.transaction(async (tx) => {
    // comparing took its time: whoever was locked out, or got another password or a second factor meanwhile, is not let in by what was true before
    const { rows } = await sql<{ totp: boolean }>`
      update users set password_hash = ${renewed ?? user.passwordHash}
       where chain_id = ${user.chainId} and user_id = ${user.userId} and password_hash = ${user.passwordHash} and disabled_at is null
      returning totp_since is not null totp`.execute(tx);
    const [still] = rows;
    if (!still) throw wrongCredentials();
    return { cookie: await beginSession(tx, ctx, user, visit, { passedTotp: !still.totp }), secondFactor: still.totp };
  });
}

export function wrongCredentials(): Problem {
  return new Problem('wrong_credentials', 401, 'This e-mail address and password do not go together.');
}

async function whoseIsIt(ctx: AccessContext, { email, password, chain }: SignInWish): Promise<readonly Candidate[]> {
  const { rows } = await sql<Candidate>`
    select u.chain_id "chainId", u.user_id "userId", u.name, u.password_hash "passwordHash",
           jsonb_build_object('slug', c.slug, 'name', c.name) chain
      from users u join chains c on c.chain_id = u.chain_id
     where u.email = ${email} and u.disabled_at is null and (${chain ?? null}::text is null or c.slug = ${chain ?? null})
     order by c.name, c.chain_id limit 20`.execute(ctx.db.read);
  if (rows.length === 0) await passwordMatches(null, password);
  const right: Candidate[] = [];
  for (const one of rows) if (await passwordMatches(one.passwordHash, password)) right.push(one);
  return right;
}
