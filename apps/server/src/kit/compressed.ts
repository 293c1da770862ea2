import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const squeeze = promisify(gzip);
/** Below this an answer is one packet anyway. */
const WORTH_IT = 1400;

/**
 * Sends an answer compressed, as a hook of its route. Only where nothing secret is in it: where something is, beside what somebody else may write, the length of
 * what is sent would give it away letter by letter.
 */
export async function compressed(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (typeof payload !== 'string' || payload.length < WORTH_IT) return payload;
  reply.header('vary', ['accept-encoding', reply.getHeader('vary')].flat().filter(Boolean).join(', '));
  if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return payload;
  reply.header('content-encoding', 'gzip');
  return squeeze(payload);
}
