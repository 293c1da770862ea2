import type { LiveMessage } from '@holdfast/contract/calendar';

/** `lost`: since when nothing has been heard. `refused`: there is no use in asking again. */
export type Live = { readonly kind: 'joining' | 'live' | 'refused' } | { readonly kind: 'lost'; readonly sinceMs: number };

/** The part of EventSource that is used. */
interface Stream {
  readonly readyState: number;
  onmessage: ((event: MessageEvent<string>) => void) | null;
  onerror: ((event: Event) => void) | null;
  close(): void;
}

export interface Following {
  readonly open: () => Stream;
  readonly now: () => number;
  /** Calls once after so long; answers how not to. */
  readonly later: (run: () => void, ms: number) => () => void;
  /** False where asking again would be refused again: signed out, or the right is gone. */
  readonly mayStillListen: () => Promise<boolean>;
  readonly onLive: (live: Live) => void;
  readonly onChange: (message: Exclude<LiveMessage, { kind: 'hello' }>) => void;
  /** Heard again after it was lost: whatever was said meanwhile has to be read. */
  readonly onBack: () => void;
}

const CLOSED = 2;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

/** Listens until told to stop. A browser tries a broken line again by itself; a refusal it takes for final, so that is decided here. */
export function followLive({ open, now, later, mayStillListen, onLive, onChange, onBack }: Following) {
  let stream: Stream | undefined;
  let lostAtMs: number | undefined;
  let waitMs = FIRST_WAIT_MS;
  let forget = () => {};
  let stopped = false;

  const heard = () => {
    waitMs = FIRST_WAIT_MS;
    onLive({ kind: 'live' });
    if (lostAtMs === undefined) return;
    lostAtMs = undefined;
    onBack();
  };
  const lost = (mine: Stream) => {
    if (stopped || mine !== stream) return;
    lostAtMs ??= now();
    onLive({ kind: 'lost', sinceMs: lostAtMs });
    if (mine.readyState !== CLOSED) return;
    stream = undefined;
    void mayStillListen().then((may) => {
      if (stopped || stream) return;
      if (!may) return onLive({ kind: 'refused' });
      forget = later(join, waitMs);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
      return undefined;
    });
  };
  const join = () => {
    forget();
    stream?.close();
    const mine = open();
    stream = mine;
    mine.onerror = () => lost(mine);
    mine.onmessage = ({ data }) => {
      if (stopped || mine !== stream) return;
      heard();
      const message = JSON.parse(data) as LiveMessage;
      if (message.kind !== 'hello') onChange(message);
    };
  };
  onLive({ kind: 'joining' });
  join();
  return {
    /** After a sleep nobody knows whether the line still holds: begin a new one. */
    wake: () => {
      if (stopped) return;
      lostAtMs ??= now();
      join();
    },
    stop: () => {
      stopped = true;
      forget();
      stream?.close();
    },
  };
}
