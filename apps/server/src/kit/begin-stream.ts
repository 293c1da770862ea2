import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/** From here on the answer is written piece by piece, with the headers that every answer has. */
export function beginStream(reply: FastifyReply): ServerResponse {
  reply.hijack();
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // when it ends, so does its connection: while we close, nobody waits for what the next request on it might be
    connection: 'close',
    // a proxy that collects the answer before it passes it on would show nothing for ever
    'x-accel-buffering': 'no',
  });
  return reply.raw;
}
