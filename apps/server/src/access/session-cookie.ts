import { hash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'holdfast';

export interface SessionCookie {
  readonly chainId: string;
  readonly sessionId: string;
  readonly secret: string;
}

export function newSessionSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret that is random enough to need no salt. */
export function secretHash(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

export function readSessionCookie(request: FastifyRequest): SessionCookie | undefined {
  const [chainId, sessionId, secret, ...more] = (request.cookies[NAME] ?? '').split('.');
  return chainId && sessionId && secret && more.length === 0 ? { chainId, sessionId, secret } : undefined;
}

/** No script can read it, no other site's form sends it. */
export function setSessionCookie(reply: FastifyReply, { chainId, sessionId, secret }: SessionCookie, { secure }: { secure: boolean }): void {
  reply.setCookie(NAME, `${chainId}.${sessionId}.${secret}`, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 60 * 24 * 3600 });
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(NAME, { path: '/' });
}
