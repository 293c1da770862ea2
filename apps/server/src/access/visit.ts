import type { FastifyRequest } from 'fastify';
import type { AccessContext } from './context.ts';
import { networkOf } from './network-of.ts';
import { readSessionCookie, type SessionCookie } from './session-cookie.ts';

/** Where a request comes from, for deeds of people who are not signed in yet. */
export interface Visit {
  readonly address: string;
  readonly network: string;
  readonly device: string;
  readonly requestId: string;
  /** What the browser holds already: it ends when another session begins. */
  readonly cookie: SessionCookie | undefined;
}

export function visitOf(ctx: Pick<AccessContext, 'secure'>, request: FastifyRequest): Visit {
  return {
    address: request.ip,
    network: networkOf(request.ip),
    device: request.headers['user-agent'] ?? '',
    requestId: request.id,
    cookie: readSessionCookie(request, ctx),
  };
}
