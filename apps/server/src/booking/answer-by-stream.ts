import type { FastifyReply } from 'fastify';
import type { Scope } from '../access/scope.ts';
import type { Live } from '../kit/live.ts';
import type { LiveStream } from './live-streams.ts';

/** From here on the answer is what the stream says, until it ends. */
export async function answerByStream(reply: FastifyReply, live: Live, { chainId, locationId }: Scope, stream: LiveStream): Promise<void> {
  try {
    stream.onEnd(await live.subscribe(chainId, locationId, stream));
  } catch (error) {
    stream.end();
    throw error;
  }
  reply.hijack();
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // a proxy that collects the answer before it passes it on would show nothing for ever
    'x-accel-buffering': 'no',
  });
  stream.begin(reply.raw);
}
