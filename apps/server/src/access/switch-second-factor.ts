import type { Enrolment } from '@holdfast/contract/signing-in';
import { sql } from 'kysely';
import { Problem } from '../kit/problem.ts';
import type { AccessContext } from './context.ts';
import { noteAudit } from './note-audit.ts';
import { proveOwnPassword } from './prove-own-password.ts';
import { newRecoveryCodes, newTotpSecret, stepOfCode, useCode } from './second-factor.ts';
import { wrongCredentials } from './sign-in.ts';
import { takeTry } from './take-try.ts';
import type { Who } from './who.ts';

/** A secret for the authenticator app, shown this once. Nothing is asked for it until a code has shown that the app has it. Refuses with `already_there`. */
export async function enrolSecondFactor(ctx: AccessContext, who: Who, password: string): Promise<Enrolment> {
  await proveOwnPassword(ctx, who, password);
  const { secret, uri, sealed } = newTotpSecret(ctx, who, who.email);
  const { rows } = await sql`
    update users set totp_secret = ${sealed}, totp_last_step = null
     where chain_id = ${who.chainId} and user_id = ${who.userId} and totp_since is null returning 1`.execute(ctx.db.read);
  if (rows.length === 0) throw new Problem('already_there', 409, 'A second factor is on already.');
  return { secret, uri };
}

/** The app has it: from now on signing in asks for a code. Answers the recovery codes, this once. Refuses with `not_ready`, `wrong_credentials`. */
export async function confirmSecondFactor(ctx: AccessContext, who: Who, code: string): Promise<readonly string[]> {
  const { chainId, userId } = who;
  const taken = await takeTry(ctx, [['secondFactor', `${chainId} ${userId}`]]);
  const { codes, hashes } = newRecoveryCodes(ctx, who);
  await ctx.db.transaction(async (tx) => {
    const { rows } = await sql<{ secret: Uint8Array }>`
      select totp_secret secret from users
       where chain_id = ${chainId} and user_id = ${userId} and totp_since is null and totp_secret is not null for update`.execute(tx);
    if (!rows[0]) throw new Problem('not_ready', 409, 'Begin with a new secret.');
    const step = stepOfCode(ctx, who, rows[0].secret, code);
    if (step === undefined) throw wrongCredentials();
    await sql`
      update users set totp_since = ${ctx.now()}, totp_last_step = ${step}, recovery_codes = ${hashes}::text[]
       where chain_id = ${chainId} and user_id = ${userId}`.execute(tx);
    await noteAudit(tx, ctx, who, { action: 'user.second_factor_on', subject: { kind: 'user', id: userId } });
  });
  await taken.succeeded(['secondFactor']);
  return codes;
}

/** Off again: the password and a code (or a recovery code). Refuses with `wrong_credentials`, `not_found`. */
export async function endSecondFactor(ctx: AccessContext, who: Who, { password, code }: { password: string; code: string }): Promise<void> {
  const { chainId, userId } = who;
  if (!who.totp) throw new Problem('not_found', 404, 'There is no second factor.');
  await proveOwnPassword(ctx, who, password);
  const taken = await takeTry(ctx, [['secondFactor', `${chainId} ${userId}`]]);
  await ctx.db.transaction(async (tx) => {
    if (!(await useCode(tx, ctx, who, code))) throw wrongCredentials();
    await sql`
      update users set totp_secret = null, totp_since = null, totp_last_step = null, recovery_codes = '{}'
       where chain_id = ${chainId} and user_id = ${userId}`.execute(tx);
    await noteAudit(tx, ctx, who, { action: 'user.second_factor_off', subject: { kind: 'user', id: userId } });
  });
  await taken.succeeded(['secondFactor']);
}
