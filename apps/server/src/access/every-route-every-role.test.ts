import fastifyCookie from '@fastify/cookie';
import { type BuiltInRole, builtInRoleNames, builtInRoles, type Right } from '@holdfast/contract/rights';
import type { RouteOptions } from 'fastify';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttp, type Http } from '../kit/http.ts';
import { type AdminRoute, collectAdminRoutes, fillPath } from '../testing/admin-routes.ts';
import { askRoute } from '../testing/ask-route.ts';
import { keyAs } from '../testing/key-as.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { guardRoutes } from './guard.ts';

// Nobody has to think of this test when they add a route: it walks whatever the running program has registered.

const { routes, eachRoute } = collectAdminRoutes();
let app: TestApp;
let personas: readonly Persona[];

/** Somebody who tries every address. */
interface Persona {
  readonly name: string;
  readonly signedIn: boolean;
  /** A program asks, with this key. */
  readonly key?: string;
  readonly rights: readonly Right[];
  /** A session that works: another one when the last request may have ended it. */
  cookie(): Promise<string | undefined>;
  /** The last request may have ended the session, or the user. */
  spent(): void;
}

beforeAll(async () => {
  app = await testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'required' } }, staff: { anna: { status: 'available' } } },
    parts: { eachRoute },
  });
  const { chainId } = app.scope;
  await sql`insert into roles (chain_id, role_id, name, rights, created_at) values (${chainId}, 'rol_nothing', 'Nothing', '{}', now())`.execute(
    app.database.read,
  );
  await sql`
    insert into locations (chain_id, location_id, slug, name, country, currency, time_zone, default_language, languages, created_at)
    values (${chainId}, 'loc_elsewhere', 'elsewhere', 'Elsewhere', 'PT', 'EUR', 'Europe/Lisbon', 'en', '{en}', now())`.execute(app.database.read);
  personas = [
    ...builtInRoleNames.map((role) => persona(role, builtInRoles[role])),
    persona('rol_nothing', []),
    ...(await Promise.all((['owner', 'reception', 'accountant'] as const).map(async (role) => keyPersona(role)))),
    { ...persona('rol_nothing', []), name: 'a key that works no more', signedIn: false, key: await keyAs(app, 'owner', { revoked: true }) },
    { name: 'nobody', signedIn: false, rights: [], cookie: async () => undefined, spent: () => {} },
  ];
});
afterAll(() => app.close());

function persona(role: BuiltInRole | 'rol_nothing', rights: readonly Right[]): Persona {
  let kept: string | undefined;
  return {
    name: role,
    signedIn: true,
    rights,
    cookie: async () => (kept ??= (await signInAs(app, role)).cookie),
    spent: () => {
      kept = undefined;
    },
  };
}

async function keyPersona(role: BuiltInRole): Promise<Persona> {
  return {
    name: `a key as ${role}`,
    signedIn: true,
    rights: builtInRoles[role],
    key: await keyAs(app, role),
    cookie: async () => undefined,
    spent: () => {},
  };
}

/** What is wrong with who may use these addresses: nothing, as it should be. */
async function faultsOf(origin: string, all: readonly AdminRoute[], who: readonly Persona[], location: string): Promise<readonly string[]> {
  const faults = all.flatMap(({ method, url, needs }) => (needs ? [] : [`${method} ${url} does not say which right it needs`]));
  await Promise.all(
    who.map(async (one) => {
      for (const route of all) {
        const { method, url } = route;
        const cookie = await one.cookie();
        const body = method === 'GET' || method === 'DELETE' ? undefined : {};
        // so that no key asks too fast
        if (one.key) app.clock.advance({ seconds: 0.1 });
        const asking = one.key ? { key: one.key } : cookie ? { cookie } : {};
        const answer = await askRoute(`${origin}${fillPath(url, { location })}`, { method, body, ...asking });
        const fault = faultOf(route, one, answer);
        if (fault) faults.push(`${method} ${url} as ${one.name}: ${fault}`);
        if ((method !== 'GET' && answer.status < 400) || answer.status === 401) one.spent();
      }
    }),
  );
  return faults.sort();
}

function faultOf({ needs, url }: AdminRoute, one: Persona, answer: { status: number; code: string | undefined; right: string | undefined }) {
  if (answer.status === 500 || answer.code === 'internal') return 'broken';
  // a deed may need more than its route says: that refusal names the other right
  const refused =
    answer.code === 'not_signed_in' || answer.code === 'not_by_key'
      ? answer.code
      : answer.code === 'right_missing' && answer.right === needs
        ? 'right_missing'
        : 'let in';
  const right = needs === 'signed_in' || needs === 'nobody' ? undefined : needs;
  const expected = expectedOf(needs, one, url, right);
  // keys make no keys, whatever they may do
  const notForKeys = one.key !== undefined && refused === 'not_by_key' && right === 'integrations.edit' && one.rights.includes(right);
  return refused === expected || notForKeys ? undefined : `${refused} (${answer.status}), but should be ${expected}`;
}

function expectedOf(needs: AdminRoute['needs'], one: Persona, url: string, right: Right | undefined): string {
  if (one.key && one.signedIn && needs === 'signed_in' && !url.includes('/:location')) return 'not_by_key';
  return needs === 'nobody'
    ? 'let in'
    : !one.signedIn
      ? 'not_signed_in'
      : right === undefined || one.rights.includes(right)
        ? 'let in'
        : 'right_missing';
}

test('every address of the salon’s side lets in exactly those whose role allows it', async () => {
  expect(routes.length).toBeGreaterThan(0);
  expect(await faultsOf(app.origin, routes, personas, app.scope.locationId)).toEqual([]);
});

test('not even the owner finds a location where they have no role', async () => {
  const owner = personas.find(({ name }) => name === 'owner');
  for (const { method, url } of routes.filter(({ url }) => url.includes('/:location'))) {
    const cookie = (await owner?.cookie()) ?? '';
    const body = method === 'GET' || method === 'DELETE' ? undefined : {};
    const answers = await Promise.all(
      ['loc_elsewhere', 'loc_there_is_none'].map((location) => askRoute(`${app.origin}${fillPath(url, { location })}`, { method, body, cookie })),
    );
    expect(
      answers.map(({ status, code }) => `${status} ${code}`),
      `${method} ${url}`,
    ).toEqual(['404 not_found', '404 not_found']);
  }
});

test('this walk notices an address that somebody forgot to guard', async () => {
  const found = collectAdminRoutes();
  const http = await createHttp({ log: pino({ level: 'silent' }), trustProxy: false, secure: false });
  http.addHook('onRoute', (route: RouteOptions) => found.eachRoute(route));
  await http.register(fastifyCookie);
  await http.register(
    async (open) => {
      // past the guard, though it says what it needs
      open.get('/reports', { config: { needs: 'reports.see' } }, async () => ({ takings: 1 }));
      open.get('/fault', { config: { needs: 'nobody' } }, async () => Promise.reject(new Error('broken')));
      open.get('/open', async () => ({}));
    },
    { prefix: '/api/v1/admin' },
  );
  const origin = await http.listen({ port: 0, host: '127.0.0.1' });
  const seen = await faultsOf(
    origin,
    found.routes,
    personas.filter(({ name }) => ['owner', 'reception', 'nobody'].includes(name)),
    app.scope.locationId,
  );
  await http.close();
  expect(seen.filter((fault) => fault.includes('/reports'))).toEqual([
    'GET /api/v1/admin/reports as nobody: let in (200), but should be not_signed_in',
    'GET /api/v1/admin/reports as reception: let in (200), but should be right_missing',
  ]);
  expect(seen.filter((fault) => fault.includes('/fault') && fault.endsWith('broken'))).toHaveLength(3);
  expect(seen).toContain('GET /api/v1/admin/open does not say which right it needs');
});

test('a route that does not say what it needs cannot even be made', async () => {
  const http = await createHttp({ log: pino({ level: 'silent' }), trustProxy: false, secure: false });
  await http.register(fastifyCookie);
  const made = http.register(async (api) => {
    await guardRoutes(api as unknown as Http, app.salon);
    api.get('/open', async () => ({}));
  });
  await expect(made).rejects.toThrow('does not say which right it needs');
});
