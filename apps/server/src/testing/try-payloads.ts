import { type AdminRoute, fillPath } from './admin-routes.ts';
import { askRoute, type RouteAnswer } from './ask-route.ts';
import { jsonSchemaOf, type Position, sampleOf, withAt } from './sample-body.ts';

/** Texts that have broken programs before, by what is bad about them. */
export const payloads = {
  markup: '"><script>alert(1)</script>',
  formula: '=HYPERLINK("http://x")',
  endless: 'x'.repeat(10_000),
  rightToLeft: '\u202Eשלום 👩‍👩‍👧 مرحبا\u202C',
  quote: `'; drop table users; --\\ %s {{7*7}} \${x}`,
  zero: 'a\0b',
  'half a character': 'a\uD83Db',
} as const;
export type PayloadName = keyof typeof payloads;

/** Whoever tries, with their own ids for what a request has to name. */
export interface Typist {
  readonly origin: string;
  /** A session, the same one until it is spent. */
  cookie(): Promise<string>;
  spent(): void;
  /** A request was taken: what it has changed must not stand in the way of the next one. */
  taken(): Promise<void>;
  readonly own: ReadonlyMap<string, readonly string[]>;
}

export interface TriedText {
  /** `POST /api/v1/admin/clients name`. */
  readonly field: string;
  readonly payload: PayloadName;
  readonly text: string;
  readonly answer: RouteAnswer;
}

/** Types every payload into every text of the body of every one of these routes, one at a time. */
export async function tryPayloads(routes: readonly AdminRoute[], typist: Typist): Promise<readonly TriedText[]> {
  const tried: TriedText[] = [];
  for (const route of routes) {
    const seen = new Set<string>();
    for (let variant = 0; variant < 4; variant++) {
      const schema = jsonSchemaOf(route.schema.body);
      if (!schema) break;
      const sample = sampleOf(schema, { variant, text: (name) => ownId(typist, name) });
      for (const position of sample.texts) {
        const field = position.way.join('.');
        if (seen.has(field)) continue;
        seen.add(field);
        for (const [payload, text] of Object.entries(payloads) as [PayloadName, string][]) {
          const value = unlike(sample.value, tried.length);
          const answer = await typed(route, typist, value, position, text);
          if (answer.status < 300) await typist.taken();
          tried.push({ field: `${route.method} ${route.url} ${field}`, payload, text, answer });
        }
      }
    }
  }
  return tried;
}

/** What may be there only once differs from request to request. */
function unlike(value: unknown, number: number): unknown {
  const digits = String(number).padStart(7, '0');
  const text = JSON.stringify(value)
    .replaceAll('somebody@example.com', `somebody${digits}@example.com`)
    .replaceAll('+351912345678', `+35191${digits}`)
    .replaceAll(/"(slug|name)":"[^"]*"/g, (_, name: string) => `"${name}":"${name}-${digits}"`);
  return JSON.parse(text) as unknown;
}

async function typed({ method, url }: AdminRoute, typist: Typist, value: unknown, { way }: Position, text: string): Promise<RouteAnswer> {
  const names = [...url.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const path = Object.fromEntries(names.map((name) => [name, ownId(typist, name) ?? 'none_such']));
  const ask = async () =>
    askRoute(`${typist.origin}${fillPath(url, path)}`, { method, body: withAt(value, way, text), cookie: await typist.cookie() });
  const answer = await ask();
  if (answer.code !== 'not_signed_in') return answer;
  // a route may have ended the session
  typist.spent();
  return ask();
}

function ownId({ own }: Typist, name: string): string | undefined {
  return own.get(name.replace(/Ids?$/, ''))?.[0];
}
