import type { FastifyReply } from 'fastify';
import type { Scope } from '../access/scope.ts';
import { beginStream } from '../kit/begin-stream.ts';
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
  stream.begin(beginStream(reply));
}
