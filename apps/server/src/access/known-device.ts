import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { keyedHash, readToken, signToken } from '../kit/seal.ts';
import type { AccessContext } from './context.ts';

const NAME = 'holdfast_device';

/**
 * A browser in which this e-mail address has signed in before. Its tries are counted apart (OWASP: device cookies), so that whoever guesses at an address from
 * elsewhere makes everybody wait but its owner. Undefined: not known. It signs nobody in.
 */
export function knownDevice(ctx: Pick<AccessContext, 'keys'>, request: FastifyRequest, email: string): string | undefined {
  const [device, whose, ...more] = readToken(ctx.keys.devices, request.cookies[NAME] ?? '') ?? [];
  return device && more.length === 0 && whose === emailMark(ctx, email) ? device : undefined;
}

export function rememberDevice(ctx: Pick<AccessContext, 'keys' | 'secure'>, reply: FastifyReply, email: string): void {
  const value = signToken(ctx.keys.devices, [randomBytes(12).toString('base64url'), emailMark(ctx, email)]);
  reply.setCookie(NAME, value, { path: '/api/v1/admin', httpOnly: true, sameSite: 'strict', secure: ctx.secure, maxAge: 365 * 24 * 3600 });
}

function emailMark({ keys }: Pick<AccessContext, 'keys'>, email: string): string {
  return keyedHash(keys.devices, email).toString('base64url').slice(0, 22);
}
