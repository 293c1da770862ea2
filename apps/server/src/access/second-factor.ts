import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { Secret, TOTP } from 'otpauth';
import type { Tx } from '../kit/database.ts';
import { keyedHash, seal, unseal } from '../kit/seal.ts';
import type { AccessContext } from './context.ts';

const PERIOD_SECONDS = 30;
const RECOVERY_CODES = 10;
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

type CodeContext = Pick<AccessContext, 'keys' | 'now'>;
interface UserKey {
  readonly chainId: string;
  readonly userId: string;
}

/** A new secret for an authenticator app: what is shown, once, and what is kept. */
export function newTotpSecret({ keys }: CodeContext, user: UserKey, label: string): { secret: string; uri: string; sealed: Buffer } {
  const secret = new Secret({ size: 20 });
  return { secret: secret.base32, uri: totpOf(secret, label).toString(), sealed: seal(keys.sealing, secret.base32, placeOf(user)) };
}

/** Ten ways back in for whoever has lost the device: `k3f9x-28mqz`, 50 bits each, good once. */
export function newRecoveryCodes(ctx: CodeContext, user: UserKey): { codes: readonly string[]; hashes: readonly string[] } {
  const codes = Array.from({ length: RECOVERY_CODES }, () => {
    const text = [...randomBytes(10)].map((byte) => ALPHABET[byte & 31]).join('');
    return `${text.slice(0, 5)}-${text.slice(5)}`;
  });
  return { codes, hashes: codes.map((code) => recoveryHash(ctx, user, code)) };
}

/** The 30-second step a code of this secret belongs to: the present one or a neighbour, for clocks that are a little off. Undefined: none of them. */
export function stepOfCode({ keys, now }: CodeContext, user: UserKey, sealed: Uint8Array, code: string): number | undefined {
  const digits = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(digits)) return undefined;
  const secret = Secret.fromBase32(unseal(keys.sealing, sealed, placeOf(user)));
  const timestamp = now().getTime();
  const delta = totpOf(secret, '').validate({ token: digits, timestamp, window: 1 });
  return delta === null ? undefined : Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta;
}

/**
 * Uses up a code: of the app (each step is good once, and none before it any more) or a recovery code. The row is locked, so of two who come with the same
 * one at the same time one is refused.
 */
export async function useCode(tx: Tx, ctx: CodeContext, user: UserKey, code: string): Promise<'totp' | 'recovery' | undefined> {
  const { chainId, userId } = user;
  const { rows } = await sql<{ secret: Uint8Array; lastStep: bigint | null }>`
    select totp_secret secret, totp_last_step "lastStep" from users
     where chain_id = ${chainId} and user_id = ${userId} and totp_since is not null for update`.execute(tx);
  const [row] = rows;
  if (!row) return undefined;
  const step = stepOfCode(ctx, user, row.secret, code);
  if (step !== undefined) {
    if (row.lastStep !== null && BigInt(step) <= row.lastStep) return undefined;
    await sql`update users set totp_last_step = ${step} where chain_id = ${chainId} and user_id = ${userId}`.execute(tx);
    return 'totp';
  }
  const kept = recoveryHash(ctx, user, code);
  const { rows: used } = await sql`
    update users set recovery_codes = array_remove(recovery_codes, ${kept})
     where chain_id = ${chainId} and user_id = ${userId} and ${kept} = any(recovery_codes) returning 1`.execute(tx);
  return used.length > 0 ? 'recovery' : undefined;
}

function totpOf(secret: Secret, label: string): TOTP {
  return new TOTP({ issuer: 'Holdfast', label, secret, algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS });
}

function placeOf({ chainId, userId }: UserKey): string {
  return `second-factor ${chainId} ${userId}`;
}

/** Read as a person types it: case, blanks and hyphens do not count, and letters that look like digits are those. */
function recoveryHash({ keys }: CodeContext, { chainId, userId }: UserKey, code: string): string {
  const typed = code.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
  return keyedHash(keys.recovery, `${chainId}\n${userId}\n${typed}`).toString('base64url');
}
