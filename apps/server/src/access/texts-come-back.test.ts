import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idsOfChain } from '../testing/rows-of-chain.ts';
import { tenantTables } from '../testing/tenant-tables.ts';
import { type PayloadName, payloads, type TriedText, tryPayloads } from '../testing/try-payloads.ts';
import { type TwoChains, twoChains } from '../testing/two-chains.ts';

// Nobody has to think of this test when they add a route: bodies and their texts are taken from what is registered.

/** Taken, and answered by no more than an id or that it is done: what is kept of them is looked at in the tables. */
const SILENT: ReadonlySet<string> = new Set([
  'PATCH /api/v1/admin/account name',
  'POST /api/v1/admin/locations name',
  'POST /api/v1/admin/locations address',
  'POST /api/v1/admin/locations phone',
  // a password is neither kept nor said again
  'PUT /api/v1/admin/users/:user password',
  'POST /api/v1/admin/locations/:location/catalog/categories name',
  'POST /api/v1/admin/locations/:location/catalog/positions name',
  // the same id again is the same file, and keeps its name
  'POST /api/v1/admin/locations/:location/reconciliation/imports fileName',
  'POST /api/v1/admin/locations/:location/imports fileName',
]);

let world: TwoChains;
let tried: readonly TriedText[];
beforeAll(async () => {
  world = await twoChains();
  const { app } = world;
  const q = app.database.read;
  const { chainId, locationId } = app.scope;
  const versioned = (await tenantTables(q)).filter(({ columns }) => columns.some(({ name, type }) => name === 'version' && type === 'integer'));
  let cookie: string | undefined;
  tried = await tryPayloads(
    world.routes.filter(({ method }) => method !== 'GET' && method !== 'DELETE'),
    {
      origin: app.origin,
      own: new Map([...(await idsOfChain(q, chainId)), ...(await idsOfChain(q, chainId, locationId)), ['channel', ['email']], ['language', ['en']]]),
      taken: async () => {
        for (const { name: table } of versioned)
          await sql`update ${sql.table(table)} set version = 1 where chain_id = ${chainId} and version <> 1`.execute(q);
      },
      cookie: async () => (cookie ??= (await world.ownerOfA()).cookie),
      spent: () => {
        cookie = undefined;
      },
    },
  );
}, 600_000);
afterAll(() => world.app.close());
const shown = ({ field, payload, answer: { status, code } }: TriedText) => `${field}: ${payload} → ${status} ${code ?? ''}`;

test('whatever is typed into whichever field, nothing breaks', () => {
  expect(tried.length).toBeGreaterThan(300);
  expect(tried.filter(({ answer }) => answer.status >= 500).map(shown)).toEqual([]);
});

test('what is not taken is refused with a name', () => {
  expect(tried.filter(({ answer }) => answer.status >= 400 && !answer.code).map(shown)).toEqual([]);
});

test('a text that cannot be kept is never taken', () => {
  const unkeepable: readonly PayloadName[] = ['zero', 'half a character'];
  expect(tried.filter(({ payload, answer }) => unkeepable.includes(payload) && answer.status < 400).map(shown)).toEqual([]);
});

test('what is taken comes back as it was typed', () => {
  const taken = tried.filter(({ answer }) => answer.status < 300);
  const lost = taken.filter(({ field, answer, text }) => !SILENT.has(field) && !answer.text.includes(JSON.stringify(text)));
  expect(lost.map(shown)).toEqual([]);
  // many a field is reached, each by every text that can be kept
  expect(new Set(taken.map(({ field }) => field)).size).toBeGreaterThan(15);
});

test('nothing is kept cut short or changed', async () => {
  const q = world.app.database.read;
  const faults: string[] = [];
  const kinds = new Set<string>();
  for (const { name, columns } of await tenantTables(q)) {
    for (const { name: column } of columns.filter(({ type }) => type === 'text')) {
      const { rows } = await sql<{ kept: string }>`
        select ${sql.ref(column)} kept from ${sql.table(name)}
         where chain_id = ${world.app.scope.chainId} and ${sql.ref(column)} ~ ${'script|HYPERLINK|x{40}|שלום|drop table'}`.execute(q);
      for (const { kept } of rows) {
        if (Object.values(payloads).some((text) => kept.includes(text))) kinds.add(`${name}.${column}`);
        else faults.push(`${name}.${column}: ${kept.slice(0, 80)}`);
      }
    }
  }
  expect(faults).toEqual([]);
  expect([...kinds]).toEqual(expect.arrayContaining(['users.name', 'locations.name', 'service_categories.name', 'positions.name']));
});
