import type { BrowserContext } from 'playwright-core';

export interface Hit {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Hits {
  readonly all: readonly Hit[];
  /** How often its script was asked for. */
  readonly asked: number;
  until(name: string): Promise<void>;
}

/** Speaks as gtag.js does, of which only commands and hits are known from outside: what it is told goes to the collecting address. */
const script = `(() => {
  const take = (said) => {
    const [command, what, more, last] = said;
    if (command === 'event') fetch('https://www.google-analytics.com/g/collect', { method: 'POST', mode: 'no-cors', keepalive: true, body: JSON.stringify({ name: what, params: more }) });
    if (command === 'get') last(more === 'client_id' ? '1.1' : '1700000000');
  };
  const push = dataLayer.push.bind(dataLayer);
  for (const said of [...dataLayer]) take(said);
  dataLayer.push = (said) => { push(said); take(said); };
})();`;

/** Nothing leaves the machine: Google's script and its collecting address are played here, and every hit is kept. */
export async function standInForGoogle(context: BrowserContext): Promise<Hits> {
  const all: Hit[] = [];
  let asked = 0;
  let heard: () => void = () => undefined;
  await context.route('https://www.googletagmanager.com/**', async (route) => {
    asked++;
    await route.fulfill({ contentType: 'text/javascript', body: script });
  });
  await context.route('https://www.google-analytics.com/**', async (route) => {
    all.push(JSON.parse(route.request().postData() ?? '{}') as Hit);
    heard();
    await route.fulfill({ status: 204 });
  });
  return {
    all,
    get asked() {
      return asked;
    },
    async until(name) {
      while (!all.some((hit) => hit.name === name)) await new Promise<void>((resolve) => (heard = resolve));
    },
  };
}
