export interface EventStream<Message> {
  readonly status: number;
  readonly headers: Headers;
  /** The next message; 'ended' when there will be none. */
  next(): Promise<Message | 'ended'>;
  leave(): void;
}

/** Follows server-sent events as a browser does, but for coming back. */
export async function openStream<Message>(url: string, headers: Record<string, string> = {}): Promise<EventStream<Message>> {
  const stop = new AbortController();
  const answer = await fetch(url, { headers, signal: stop.signal });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    status: answer.status,
    headers: answer.headers,
    async next() {
      for (;;) {
        const [piece, rest] = [text.slice(0, text.indexOf('\n\n')), text.slice(text.indexOf('\n\n') + 2)];
        if (text.includes('\n\n')) {
          text = rest;
          if (piece.startsWith('data: ')) return JSON.parse(piece.slice(6)) as Message;
          continue;
        }
        const read = await reader?.read().catch(() => undefined);
        if (!read || read.done) return 'ended';
        text += read.value;
      }
    },
    leave: () => stop.abort(),
  };
}
