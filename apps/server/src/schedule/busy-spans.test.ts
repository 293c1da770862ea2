import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scope } from '../access/scope.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { busySpans } from './busy-spans.ts';
import { insertOccupancy, insertSalon } from './testing/insert-salon.ts';

let db: TestDatabase;
let salon: Scope;
beforeAll(async () => {
  db = await testDatabase();
  salon = await insertSalon(db.read);
});
afterAll(() => db.close());

const now = new Date('2026-11-23T07:00:00Z');
const asked = async (staffIds: string[], from: string, to: string, at = now) => {
  const { busy } = await busySpans(db, salon, staffIds, new Date(from), new Date(to), at);
  return Object.fromEntries(
    [...busy].map(([id, spans]) => [
      id,
      spans.map(([start, end]) => `${new Date(start).toISOString().slice(5, 19)}/${new Date(end).toISOString().slice(5, 19)}`),
    ]),
  );
};

test('what takes time comes sorted, for everybody who was asked for and nobody else', async () => {
  await insertOccupancy(db.read, salon, 'stf_anna', '2026-11-23T12:00Z', '2026-11-23T13:00Z');
  await insertOccupancy(db.read, salon, 'stf_anna', '2026-11-23T09:00Z', '2026-11-23T10:10Z');
  await insertOccupancy(db.read, salon, 'stf_other', '2026-11-23T09:00Z', '2026-11-23T10:10Z');
  expect(await asked(['stf_anna', 'stf_bob'], '2026-11-23T00:00Z', '2026-11-24T00:00Z')).toEqual({
    stf_anna: ['11-23T09:00:00/11-23T10:10:00', '11-23T12:00:00/11-23T13:00:00'],
    stf_bob: [],
  });
});

test('spans that touch the asked range only with their edge are not in it', async () => {
  expect(await asked(['stf_anna'], '2026-11-23T10:10Z', '2026-11-23T12:00Z')).toEqual({ stf_anna: [] });
  expect(await asked(['stf_anna'], '2026-11-23T10:09:59Z', '2026-11-23T12:00:01Z')).toEqual({
    stf_anna: ['11-23T09:00:00/11-23T10:10:00', '11-23T12:00:00/11-23T13:00:00'],
  });
});

test('a span that began yesterday and still runs is found, even the longest there can be', async () => {
  await insertOccupancy(db.read, salon, 'stf_bob', '2026-11-29T22:00Z', '2026-12-01T00:00Z');
  expect(await asked(['stf_bob'], '2026-11-30T23:59Z', '2026-12-02T00:00Z')).toEqual({ stf_bob: ['11-29T22:00:00/12-01T00:00:00'] });
});

test('a hold counts until it runs out, and not from that moment on', async () => {
  await insertOccupancy(db.read, salon, 'stf_bob', '2026-12-05T09:00Z', '2026-12-05T10:00Z', '2026-11-23T07:16Z');
  const on = (at: string) => asked(['stf_bob'], '2026-12-05T00:00Z', '2026-12-06T00:00Z', new Date(at));
  expect((await on('2026-11-23T07:15:59.999Z'))['stf_bob']).toHaveLength(1);
  expect((await on('2026-11-23T07:16:00.000Z'))['stf_bob']).toHaveLength(0);
});

test('parts of a millisecond are rounded away from free time', async () => {
  await insertOccupancy(db.read, salon, 'stf_bob', '2026-12-07T09:00:00.0007Z', '2026-12-07T09:59:00.0002Z');
  const { busy } = await busySpans(db, salon, ['stf_bob'], new Date('2026-12-07T00:00Z'), new Date('2026-12-08T00:00Z'), now);
  expect(busy.get('stf_bob')).toEqual([[Date.parse('2026-12-07T09:00:00.000Z'), Date.parse('2026-12-07T09:59:00.001Z')]]);
});

test('the version of the rules comes along, also when nobody is asked for', async () => {
  const version = async (staffIds: string[]) => (await busySpans(db, salon, staffIds, now, now, now)).rulesVersion as bigint;
  const before = await version([]);
  await sql`update staff set name = 'Hanna' where chain_id = ${salon.chainId} and staff_id = 'stf_anna'`.execute(db.read);
  expect(await version([])).toBe(before + 1n);
  expect(await version(['stf_anna'])).toBe(before + 1n);
});

test("another chain's team member of the same id is somebody else", async () => {
  const other = await insertSalon(db.read, { chainId: 'chn_2' });
  expect((await busySpans(db, other, ['stf_anna'], new Date('2026-11-23T00:00Z'), new Date('2026-11-24T00:00Z'), now)).busy).toEqual(
    new Map([['stf_anna', []]]),
  );
  expect(await busySpans(db, { chainId: 'chn_2', locationId: 'loc_none' }, ['stf_anna'], now, now, now)).toEqual({
    rulesVersion: undefined,
    busy: new Map(),
  });
});
