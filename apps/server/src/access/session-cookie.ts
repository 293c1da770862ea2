import { hash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SESSION_LONGEST_MS } from './session-times.ts';

/** Over https the name itself keeps out a cookie that a page of a neighbouring host, or plain http, tries to slip in (RFC 6265bis, `__Host-`). */
function nameOf({ secure }: { secure: boolean }): string {
  return secure ? '__Host-holdfast' : 'holdfast';
}

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

export function readSessionCookie(request: FastifyRequest, where: { secure: boolean }): SessionCookie | undefined {
  const [chainId, sessionId, secret, ...more] = (request.cookies[nameOf(where)] ?? '').split('.');
  if (!chainId || !sessionId || !secret || more.length > 0) return undefined;
  // a database keeps no zero character: such ids are nobody's, not a fault of ours
  return /^[\w-]+$/.test(chainId) && /^[\w-]+$/.test(sessionId) ? { chainId, sessionId, secret } : undefined;
}

/** No script can read it, no other site's form sends it. It lives as long as the longest session; when a session ends is for its row to say. */
export function setSessionCookie(reply: FastifyReply, { chainId, sessionId, secret }: SessionCookie, { secure }: { secure: boolean }): void {
  const value = `${chainId}.${sessionId}.${secret}`;
  reply.setCookie(nameOf({ secure }), value, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: SESSION_LONGEST_MS / 1000 });
}

export function clearSessionCookie(reply: FastifyReply, { secure }: { secure: boolean }): void {
  reply.clearCookie(nameOf({ secure }), { path: '/', httpOnly: true, sameSite: 'lax', secure });
}
