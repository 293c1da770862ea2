import type { ServerResponse } from 'node:http';
import type { LiveMessage } from '@holdfast/contract/calendar';
import type { LiveListener, LiveNews } from '../kit/live.ts';

/** More tabs than anybody has; a script that opens them without end is stopped here. */
const MOST_PER_SESSION = 10;
const HEARTBEAT_MS = 15_000;
/** Whether somebody may still follow is asked anew that often, and at a message when the last answer is this old. */
const ASK_EVERY_MS = 30_000;
const ASK_AT_MESSAGE_MS = 2_000;
/** Who does not read this much of what is said is let go; they come back and read everything anew. */
const MOST_UNREAD_BYTES = 64 * 1024;

interface Follower {
  readonly now: () => number;
  readonly mayFollow: () => Promise<boolean>;
  /** Which of these appointments they see, or saw until just now. */
  readonly whichSeen: (ids: readonly string[]) => Promise<readonly string[]>;
  /** Looks at figures, not at appointments: hears only that something has changed them. */
  readonly figures?: boolean;
}

export interface LiveStream extends LiveListener {
  begin(response: ServerResponse): void;
  onEnd(leave: () => void): void;
  end(): void;
}

/** The streams that this process serves, and their limits. */
export function createLiveStreams() {
  const bySession = new Map<string, Set<LiveStream>>();
  return {
    mayOpen: (sessionId: string) => (bySession.get(sessionId)?.size ?? 0) < MOST_PER_SESSION,
    open(sessionId: string, follower: Follower): LiveStream {
      const theirs = bySession.get(sessionId) ?? new Set();
      const stream = createStream(follower, () => {
        theirs.delete(stream);
        if (theirs.size === 0 && bySession.get(sessionId) === theirs) bySession.delete(sessionId);
      });
      bySession.set(sessionId, theirs.add(stream));
      return stream;
    },
    endAll() {
      for (const theirs of bySession.values()) for (const stream of theirs) stream.end();
    },
  };
}

function createStream({ now, mayFollow, whichSeen, figures = false }: Follower, gone: () => void): LiveStream {
  let response: ServerResponse | undefined;
  let ended = false;
  let askedAt = now();
  let asking: Promise<void> | undefined;
  /** What is said keeps its order. */
  let saying: Promise<void> = Promise.resolve();
  const timers: NodeJS.Timeout[] = [];
  const leaves: (() => void)[] = [gone];

  const end = () => {
    if (ended) return;
    ended = true;
    for (const timer of timers) clearInterval(timer);
    for (const leave of leaves) leave();
    response?.end();
  };
  const write = (text: string) => {
    if (ended || !response) return;
    response.write(text);
    if (response.writableLength <= MOST_UNREAD_BYTES) return;
    end();
    response.destroy();
  };
  const say = (message: LiveMessage) => write(`data: ${JSON.stringify(message)}\n\n`);
  const ask = () =>
    (asking ??= mayFollow()
      // a database that cannot be asked says nothing about rights, but nobody is told anything unasked
      .catch(() => false)
      .then((may) => {
        askedAt = now();
        if (!may) end();
      })
      .finally(() => {
        asking = undefined;
      }));

  return {
    begin(to) {
      response = to;
      if (ended) return void to.end();
      to.on('close', end);
      to.on('error', end);
      to.flushHeaders();
      say({ kind: 'hello', now: new Date(now()).toISOString() });
      timers.push(setInterval(() => write(':\n\n'), HEARTBEAT_MS).unref(), setInterval(() => void ask(), ASK_EVERY_MS).unref());
    },
    onEnd(leave) {
      if (ended) leave();
      else leaves.push(leave);
    },
    end,
    heard({ ids, settings, money }: LiveNews) {
      if (figures ? settings && !ids && !money : money && !ids && !settings) return;
      const told = async () => {
        if (figures) return say({ kind: 'money' });
        const seen = ids && !ended ? await whichSeen(ids) : [];
        if (seen.length > 0) say({ kind: 'appointments', ids: [...seen] });
        if (settings) say({ kind: 'settings' });
      };
      const asked = !asking && now() - askedAt < ASK_AT_MESSAGE_MS ? Promise.resolve() : ask();
      // who cannot be told what has changed comes back and reads everything anew
      saying = saying
        .then(() => asked)
        .then(told)
        .catch(end);
    },
    // whoever comes back reads everything anew
    gap: end,
  };
}
