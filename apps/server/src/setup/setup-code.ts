import { timingSafeEqual } from 'node:crypto';
import type { AccessContext } from '../access/context.ts';
import { keyedHash } from '../kit/seal.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

export interface SetupCodeContext extends Pick<AccessContext, 'keys'> {
  /** This installation's own, made at its first start. */
  readonly mark: string;
}

/**
 * What whoever starts the server reads in its terminal, and whoever opens it first in a browser has to know: `k3f9-28mq-x7c0`. It follows from the key and the
 * installation, so that several processes say the same one and none is kept anywhere. It is worth nothing once there is a chain.
 */
export function setupCode({ keys, mark }: SetupCodeContext): string {
  const text = [...keyedHash(keys.setup, mark).subarray(0, 12)].map((byte) => ALPHABET[byte & 31]).join('');
  return text.replace(/(.{4})(?=.)/g, '$1-');
}

/** Read as a person types it: case, blanks and hyphens do not count, and letters that look like digits are those. */
export function isSetupCode(ctx: SetupCodeContext, typed: string): boolean {
  const bare = (code: string) => code.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
  const hash = (code: string) => keyedHash(ctx.keys.setup, `typed ${bare(code)}`);
  return timingSafeEqual(hash(typed), hash(setupCode(ctx)));
}
