import { ours } from './api.ts';
import { onClockMoved } from './server-clock.ts';

/** The server says something every 15 s: a line that says nothing for this long has died without a word. */
const SILENT_MS = 40_000;

interface Following<Message> {
  readonly path: string;
  /** Without a stream it is asked that often, and the stream tried again. */
  readonly askEveryMs: number;
  /** What is followed, asked for. The first time whoever follows has done so already. */
  ask(): void;
  heard(message: Message): void;
}

/**
 * Hears what changes while the page is looked at; where that cannot be had (too many follow, something between holds it back, no line), it asks now and then as if
 * there were no streams. Nobody follows from a page that nobody sees, and whoever comes back to it asks first. Answers how to stop.
 */
export function follow<Message>({ path, askEveryMs, ask, heard }: Following<Message>): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stood = false;

  const hang = () => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };
  const again = () => {
    ask();
    open();
  };
  const lost = () => {
    hang();
    // a server that is started anew is not asked by everybody in the same moment
    timer = setTimeout(again, stood ? 1000 + Math.random() * 3000 : askEveryMs);
    stood = false;
  };
  const listen = () => {
    clearTimeout(timer);
    timer = setTimeout(lost, SILENT_MS);
  };
  const open = () => {
    hang();
    if (document.hidden) return;
    if (typeof EventSource === 'undefined') return lost();
    listen();
    source = new EventSource(ours(path));
    source.onmessage = ({ data }: MessageEvent<string>) => {
      stood = true;
      listen();
      heard(JSON.parse(data) as Message);
    };
    source.onerror = lost;
  };
  const seen = () => (document.hidden ? hang() : again());

  document.addEventListener('visibilitychange', seen);
  addEventListener('online', seen);
  const forget = onClockMoved(ask);
  open();
  return () => {
    hang();
    document.removeEventListener('visibilitychange', seen);
    removeEventListener('online', seen);
    forget();
  };
}
