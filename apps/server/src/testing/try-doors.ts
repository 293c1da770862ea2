import { type AdminRoute, fillPath } from './admin-routes.ts';
import { askRoute, type RouteAnswer } from './ask-route.ts';
import { jsonSchemaOf, type Position, sampleOf, withAt } from './sample-body.ts';

type Ids = ReadonlyMap<string, readonly string[]>;

/** Whoever tries, what is theirs, and what is not. */
export interface Intruder {
  readonly origin: string;
  /** A session, the same one until it is spent. */
  cookie(): Promise<string>;
  /** Asks as a key instead. */
  readonly key?: () => string;
  spent(): void;
  readonly own: Ids;
  readonly foreign: Ids;
  /** What all that is not theirs is, to be the same before and after. */
  readonly hash: () => Promise<Readonly<Record<string, string>>>;
}

interface Request {
  readonly path: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
}

/** Names of ids that are not the names of their tables. */
const otherNames: Readonly<Record<string, string>> = { register: 'account', team_member: 'staff', payment: 'attempt', payment_link: 'attempt' };

/**
 * Tries somebody else's ids at every place of every route where an id can go. An id that is not theirs has to be answered exactly as one that does not
 * exist, and nothing of the others may change. Answers what went wrong.
 */
export async function tryDoors(routes: readonly AdminRoute[], intruder: Intruder): Promise<{ faults: readonly string[]; tried: number }> {
  const faults: string[] = [];
  let tried = 0;
  let before = await intruder.hash();
  for (const route of routes) {
    for (const { where, request } of placesForIds(route, intruder)) {
      tried++;
      const fault = await tryOne(route, intruder, request);
      if (fault) faults.push(`${route.method} ${route.url}, ${where}: ${fault}`);
    }
    // what only reads is looked at together with the next one that does not
    if (route.method === 'GET' && route !== routes.at(-1)) continue;
    const after = await intruder.hash();
    const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
    if (changed.length > 0) faults.push(`${route.method} ${route.url} changed ${changed.join(', ')}`);
    before = after;
  }
  return { faults, tried };
}

type Placed = (id: string) => Request;

function* placesForIds(
  route: AdminRoute,
  { own, foreign }: Intruder,
): Generator<{ where: string; request: { placed: Placed; ids: readonly string[] } }> {
  const ownId = (name: string) => own.get(kindOf(name))?.[0];
  const names = [...route.url.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const path = Object.fromEntries(names.map((name) => [name, ownId(name) ?? 'none_such']));
  const seen = new Set<string>();
  for (let variant = 0; variant < 4; variant++) {
    const sample = (shape: unknown) => {
      const schema = jsonSchemaOf(shape);
      return schema && sampleOf(schema, { variant, text: (name) => (isIdName(name, foreign) ? ownId(name) : undefined) });
    };
    const [query, body] = [sample(route.schema.querystring), sample(route.schema.body)];
    const base: Request = { path, query: query?.value, body: body?.value };
    if (seen.has(JSON.stringify(base))) continue;
    seen.add(JSON.stringify(base));
    const idsFor = (name: string) => foreign.get(kindOf(name)) ?? [...foreign.values()].flatMap(([one]) => (one === undefined ? [] : [one]));
    if (variant === 0)
      for (const name of names)
        yield { where: `:${name}`, request: { ids: idsFor(name), placed: (id) => ({ ...base, path: { ...path, [name]: id } }) } };
    const isId = ({ name }: Position) => isIdName(name, foreign);
    for (const { way, name } of (query?.texts ?? []).filter(isId))
      yield { where: `?${way.join('.')}`, request: { ids: idsFor(name), placed: (id) => ({ ...base, query: withAt(base.query, way, id) }) } };
    for (const { way, name } of (body?.texts ?? []).filter(isId))
      yield { where: way.join('.'), request: { ids: idsFor(name), placed: (id) => ({ ...base, body: withAt(base.body, way, id) }) } };
  }
}

async function tryOne(
  route: AdminRoute,
  intruder: Intruder,
  { placed, ids }: { placed: Placed; ids: readonly string[] },
): Promise<string | undefined> {
  const ask = async (id: string) => seenAs(await send(route, intruder, placed(id)), id);
  let nobodys: string | undefined;
  for (const id of ids) {
    const theirs = await ask(id);
    // all that do not exist are answered alike: the first of them speaks for those of the other ids here
    nobodys ??= await ask(phantom(id, 'q'));
    if (theirs === nobodys) continue;
    // what the first of two requests has used up can be missing for the second, and an id of another kind may be refused by its shape: its own phantoms are asked
    const others = [await ask(phantom(id, 'q')), await ask(phantom(id, 'w'))];
    if (!others.includes(theirs)) return `${id} is answered by ${theirs.slice(0, 300)}, an id that does not exist by ${others[1]?.slice(0, 300)}`;
  }
  return undefined;
}

async function send({ method, url }: AdminRoute, intruder: Intruder, { path, query, body }: Request): Promise<RouteAnswer> {
  const address = `${intruder.origin}${fillPath(url, path)}${query ? `?${new URLSearchParams(asTexts(query)).toString()}` : ''}`;
  const request = { method, ...(body === undefined ? {} : { body }) };
  if (intruder.key) return askRoute(address, { ...request, key: intruder.key() });
  const answer = await askRoute(address, { ...request, cookie: await intruder.cookie() });
  if (answer.code !== 'not_signed_in') return answer;
  // a route may have ended the session
  intruder.spent();
  return askRoute(address, { ...request, cookie: await intruder.cookie() });
}

/** What can be told from an answer, without what differs by itself: the id that was asked for, the request's id, ids of what was made, the present moment. */
function seenAs({ status, text }: RouteAnswer, id: string): string {
  const same = text
    .replaceAll(id, 'ID')
    // made from whatever id is asked for, and good only at the location that asks
    .replaceAll(/(\/webhooks\/[^/"]+\/ID)\/[\w-]{32}/g, '$1/SECRET')
    .replaceAll(/"requestId":"[^"]*"/g, '')
    .replaceAll(/"now":"[^"]*"/g, '')
    .replaceAll(/\b[a-z]{3}_01[0-9a-hj-km-np-tv-z]{24}\b/g, 'NEW');
  return `${status} ${same}`;
}

function phantom(id: string, last: string): string {
  return `${id.slice(0, -1)}${id.endsWith(last) ? 'y' : last}`;
}

function isIdName(name: string, ids: Ids): boolean {
  return /(^i|I)ds?$/.test(name) || ids.has(kindOf(name));
}

/** `serviceIds`, `service`, `services` → `service`: as the primary keys call it. */
function kindOf(name: string): string {
  const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/_?ids?$/, '');
  const one = snake.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '');
  return otherNames[one] ?? one;
}

function asTexts(query: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(query as object).map(([name, value]) => [name, String(value)]));
}
