import type { FastifyRequest } from 'fastify';
import type { Database } from '../kit/database.ts';
import { readBearer } from './api-key.ts';
import type { AccessKeys } from './context.ts';
import { readKey } from './read-key.ts';
import { readSession } from './read-session.ts';
import type { Who } from './who.ts';

export interface WhoContext {
  readonly db: Database;
  readonly now: () => Date;
  /** Served over https. */
  readonly secure: boolean;
  readonly keys: Pick<AccessKeys, 'apiKeys'>;
}

/** Whoever the request names: by a key where one is sent, whatever cookie comes along, else by their session. Undefined: nobody. */
export async function readWho(ctx: WhoContext, request: FastifyRequest): Promise<Who | undefined> {
  const { authorization } = request.headers;
  if (!isBearer(authorization)) return readSession(ctx, request);
  const sent = readBearer(authorization);
  return sent && readKey(ctx, request, sent);
}

/** Something is sent as a key of ours; whatever else stands in this header is between others. */
export function isBearer(header: string | undefined): boolean {
  return /^bearer +hf_/i.test(header ?? '');
}
