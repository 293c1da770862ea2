import type { FastifyReply } from 'fastify';
import { beginStream } from './begin-stream.ts';
import { Problem } from './problem.ts';

/** What one process serves to everybody, and to one network: a household, an office, the way out of a mobile operator. */
const MOST = 2_000;
const MOST_PER_NETWORK = 50;
const HEARTBEAT_MS = 15_000;
/** Who does not read this much of what is said is let go; they ask instead, and come back. */
const MOST_UNREAD_BYTES = 64 * 1024;
const TRY_AGAIN_SECONDS = 15;

export interface PublicStream {
  say(message: object): void;
  /** Text that several are told, made once. */
  sayText(json: string): void;
  end(): void;
}

export interface PublicStreams {
  /**
   * Answers with a stream. `join` is told of it before anything is sent, and answers how to leave. Nobody has a session here, so it is networks that are counted.
   * Refuses with `too_many_requests`: whoever is refused asks now and then instead.
   */
  answer(reply: FastifyReply, network: string, join: (stream: PublicStream) => Promise<() => void>): Promise<void>;
  /** A stream never ends by itself, and closing waits for whoever is being answered. */
  endAll(): void;
}

/** The streams that clients follow, with their limits. */
export function createPublicStreams({ most = MOST, mostPerNetwork = MOST_PER_NETWORK } = {}): PublicStreams {
  const all = new Set<PublicStream>();
  const byNetwork = new Map<string, number>();
  let closed = false;

  const take = (network: string) => {
    const theirs = byNetwork.get(network) ?? 0;
    if (all.size >= most || theirs >= mostPerNetwork)
      throw new Problem('too_many_requests', 429, 'Too many follow this already. Ask now and then instead.', {
        retryAfterSeconds: TRY_AGAIN_SECONDS,
      });
    byNetwork.set(network, theirs + 1);
  };
  const giveBack = (network: string) => {
    const left = (byNetwork.get(network) ?? 1) - 1;
    if (left > 0) byNetwork.set(network, left);
    else byNetwork.delete(network);
  };

  return {
    async answer(reply, network, join) {
      take(network);
      const { raw } = reply;
      const early: string[] = [];
      let begun = false;
      let ended = false;
      let leave = () => {};
      let heartbeat: NodeJS.Timeout | undefined;
      const stream: PublicStream = {
        say: (message) => stream.sayText(JSON.stringify(message)),
        sayText(json) {
          if (ended) return;
          if (!begun) return void early.push(json);
          raw.write(`data: ${json}\n\n`);
          if (raw.writableLength <= MOST_UNREAD_BYTES) return;
          stream.end();
          raw.destroy();
        },
        end() {
          if (ended) return;
          ended = true;
          clearInterval(heartbeat);
          all.delete(stream);
          giveBack(network);
          leave();
          if (begun) raw.end();
        },
      };
      all.add(stream);
      raw.on('close', stream.end);
      raw.on('error', stream.end);
      try {
        leave = await join(stream);
      } catch (error) {
        stream.end();
        throw error;
      }
      beginStream(reply).flushHeaders();
      begun = true;
      // they went, or we are closing, while it was being joined
      if (ended) leave();
      if (closed || raw.destroyed) stream.end();
      if (ended) return void raw.end();
      for (const json of early.splice(0)) stream.sayText(json);
      // not a mere comment: a page has to notice, too, that its line has died without a word
      heartbeat = setInterval(() => stream.say({ kind: 'still' }), HEARTBEAT_MS).unref();
    },
    endAll() {
      closed = true;
      for (const stream of all) stream.end();
    },
  };
}
