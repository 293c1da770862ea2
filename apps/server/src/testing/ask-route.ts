export interface RouteAnswer {
  readonly status: number;
  readonly text: string;
  /** The refusal's name, if it is one. */
  readonly code: string | undefined;
  /** The right that is missing, if the refusal names one. */
  readonly right: string | undefined;
}

/** One request over the network, as a page of ours would send it. Of an answer that never ends (live updates) only the beginning is awaited. */
export async function askRoute(
  url: string,
  { method, cookie, key, body }: { method: string; cookie?: string; key?: string; body?: unknown },
): Promise<RouteAnswer> {
  const stop = new AbortController();
  const answer = await fetch(url, {
    method,
    headers: {
      ...(cookie ? { cookie } : {}),
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: stop.signal,
    redirect: 'manual',
  });
  const live = answer.headers.get('content-type')?.startsWith('text/event-stream');
  const text = live ? '' : await answer.text();
  if (live) stop.abort();
  let problem: { code?: string; detail?: { right?: string } } = {};
  if (answer.status >= 400 && text.startsWith('{')) problem = JSON.parse(text) as typeof problem;
  return { status: answer.status, text, code: problem.code, right: problem.detail?.right };
}
