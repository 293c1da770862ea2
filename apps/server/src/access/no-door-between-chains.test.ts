import fastifyCookie from '@fastify/cookie';
import type { RouteOptions } from 'fastify';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createHttp, type Http } from '../kit/http.ts';
import { collectAdminRoutes } from '../testing/admin-routes.ts';
import { keyAs } from '../testing/key-as.ts';
import { hashOfChain, idsOfChain } from '../testing/rows-of-chain.ts';
import { jsonSchemaOf, sampleOf } from '../testing/sample-body.ts';
import type { StaffUser } from '../testing/sign-in-as.ts';
import { type Intruder, tryDoors } from '../testing/try-doors.ts';
import { SECOND, type TwoChains, twoChains } from '../testing/two-chains.ts';
import { guardRoutes } from './guard.ts';

// Nobody has to think of this test when they add a table or a route: both are taken from what is there.

let world: TwoChains;
beforeAll(async () => {
  world = await twoChains();
});
afterAll(() => world.app.close());

/** Keeps a session until it is spent. */
function sessionsOf(signIn: () => Promise<StaffUser>): Pick<Intruder, 'cookie' | 'spent'> {
  let kept: StaffUser | undefined;
  return {
    cookie: async () => {
      kept ??= await signIn();
      return kept.cookie;
    },
    spent: () => {
      kept = undefined;
    },
  };
}

async function ownerOfB(origin = world.app.origin): Promise<Intruder> {
  const q = world.app.database.read;
  const { chainId } = world.app.scope;
  return {
    origin,
    ...sessionsOf(world.ownerOfB),
    own: await idsOfChain(q, world.b.chainId),
    foreign: await idsOfChain(q, chainId),
    hash: () => hashOfChain(q, chainId),
  };
}

test('every table of the tenants has something in it that could be found', () => {
  expect(Object.fromEntries(world.leftEmpty)).toEqual({});
});

test('for every route a request can be made up that has the shape it asks for', () => {
  const unfit = world.routes.flatMap(({ method, url, schema }) =>
    (['querystring', 'body'] as const).flatMap((part) => {
      const [shape, json] = [schema[part], jsonSchemaOf(schema[part])];
      const fits = !json || (shape as z.ZodType).safeParse(sampleOf(json).value).success;
      return fits ? [] : [`${method} ${url}: ${part}`];
    }),
  );
  expect(unfit, 'teach testing/sample-body.ts a value that fits').toEqual([]);
});

test('no id of chain A opens anything to the owner of chain B', async () => {
  const { faults, tried } = await tryDoors(world.routes, await ownerOfB());
  expect(faults).toEqual([]);
  expect(tried).toBeGreaterThan(50);
}, 600_000);

test('nor to a key of chain B that may do everything', async () => {
  const owner = await ownerOfB();
  const secret = await keyAs(world.appOfB, 'owner');
  const key = () => {
    // so that it never asks too fast
    world.app.clock.advance({ seconds: 0.1 });
    return secret;
  };
  const { faults, tried } = await tryDoors(world.routes, { ...owner, key });
  expect(faults).toEqual([]);
  expect(tried).toBeGreaterThan(50);
}, 600_000);

test('no id of a location opens anything to the owner of another one of the same chain', async () => {
  const q = world.app.database.read;
  const { chainId, locationId } = world.app.scope;
  const chainWide = await idsOfChain(q, chainId);
  const { faults } = await tryDoors(world.routes, {
    origin: world.app.origin,
    ...sessionsOf(world.ownerOfA),
    own: new Map([...chainWide, ...(await idsOfChain(q, chainId, locationId))]),
    foreign: await idsOfChain(q, chainId, SECOND),
    hash: () => hashOfChain(q, chainId, SECOND),
  });
  expect(faults).toEqual([]);
}, 600_000);

test('these tries notice a door that somebody left open', async () => {
  const found = collectAdminRoutes();
  const q = world.app.database.read;
  const http = await createHttp({ log: pino({ level: 'silent' }), trustProxy: false, secure: false });
  http.addHook('onRoute', (route: RouteOptions) => found.eachRoute(route));
  await http.register(fastifyCookie);
  await http.register(
    async (api) => {
      await guardRoutes(api as unknown as Http, world.app.salon);
      const config = { needs: 'clients.see' } as const;
      const here = '/locations/:location';
      // each forgets to ask whose client it is
      (api as unknown as Http).get(
        `${here}/clients/:client`,
        { config, schema: { params: z.object({ location: z.string(), client: z.string() }) } },
        async ({ params }) => {
          const { rows } = await sql<{ name: string }>`select name from clients where client_id = ${params.client}`.execute(q);
          return rows[0] ?? {};
        },
      );
      (api as unknown as Http).post(
        `${here}/forgetting`,
        { config, schema: { body: z.object({ which: z.array(z.object({ clientId: z.string() })) }) } },
        async ({ body }) => {
          await sql`update clients set name = 'forgotten' where client_id = ${body.which[0]?.clientId}`.execute(q);
          return {};
        },
      );
    },
    { prefix: '/api/v1/admin' },
  );
  const origin = await http.listen({ port: 0, host: '127.0.0.1' });
  const { faults } = await tryDoors(found.routes, await ownerOfB(origin));
  await http.close();
  expect(faults).toEqual([
    expect.stringContaining('GET /api/v1/admin/locations/:location/clients/:client, :client:'),
    expect.stringContaining('POST /api/v1/admin/locations/:location/forgetting changed clients'),
  ]);
});
