import { freeTimesShape } from '@holdfast/contract/free-times';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scope } from '../access/scope.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { type AskedFreeTimes, answerFreeTimes, findFreeTimes } from './answer-free-times.ts';
import { readLocationRules } from './location-rules.ts';
import { createRulesMemory } from './rules-memory.ts';
import { insertOccupancy, insertSalon } from './testing/insert-salon.ts';

let db: TestDatabase;
let salon: Scope;
beforeAll(async () => {
  db = await testDatabase();
  salon = await insertSalon(db.read);
});
afterAll(() => db.close());

const now = () => new Date('2026-11-23T05:00:00Z'); // 07:00 in Kyiv
const process = () => ({ db, now, rules: createRulesMemory((key) => readLocationRules(db.read, key, now())) });
const asked: AskedFreeTimes = { serviceIds: ['svc_cut'], staff: 'any', fromDay: '2026-11-23', days: 3 };
const starts = async (deps: ReturnType<typeof process>, other: Partial<AskedFreeTimes> = {}) =>
  (await findFreeTimes(deps, salon, { ...asked, ...other })).days.map(({ times }) =>
    times.map(({ local, staff }) => `${local} ${staff.map((id) => id.slice(4)).join('+')}`).join(', '),
  );

test("the answer has the contract's shape, an entry for every asked day, and the cheaper person first", async () => {
  const answer = freeTimesShape.parse(JSON.parse(await answerFreeTimes(process(), salon, asked)));
  expect(answer.timeZone).toBe('Europe/Kyiv');
  expect(answer.days.map(({ day }) => day)).toEqual(['2026-11-23', '2026-11-24', '2026-11-25']);
  expect(answer.days[0]?.times[0]).toEqual({ at: '2026-11-23T07:00:00Z', local: '09:00', staff: ['stf_bob', 'stf_anna'] });
  expect((await starts(process(), { days: 1 }))[0]).toBe(
    '09:00 bob+anna, 09:30 bob+anna, 10:00 bob+anna, 10:30 bob+anna, 11:00 bob+anna, 11:30 bob+anna, 12:00 bob, 14:00 bob+anna, 14:30 bob+anna, 15:00 bob+anna, 15:30 bob+anna, 16:00 bob+anna, 16:30 bob+anna, 17:00 bob',
  );
});

test('a time taken anywhere is gone from the next answer of every process', async () => {
  const [one, other] = [process(), process()];
  await Promise.all([starts(one), starts(other)]);
  await insertOccupancy(db.read, salon, 'stf_bob', '2026-11-23T07:00Z', '2026-11-23T16:10Z');
  expect((await starts(one, { staff: 'stf_bob' }))[0]).toBe('');
  expect((await starts(other, { staff: 'stf_bob' }))[0]).toBe('');
});

test('hours that the owner changes are in the next answer of every process', async () => {
  const [one, other] = [process(), process()];
  await Promise.all([starts(one), starts(other)]);
  await sql`insert into staff_day_hours (chain_id, location_id, staff_id, day, works) values (${salon.chainId}, ${salon.locationId}, 'stf_anna', '2026-11-24', '{[540,630)}')`.execute(
    db.read,
  );
  expect((await starts(one, { staff: 'stf_anna' }))[1]).toBe('09:00 anna');
  expect((await Promise.all([1, 2, 3].map(() => starts(other, { staff: 'stf_anna' })))).map((days) => days[1])).toEqual([
    '09:00 anna',
    '09:00 anna',
    '09:00 anna',
  ]);
});

test('a new team member is offered at once, and one who leaves is not', async () => {
  const here = process();
  await starts(here);
  await sql`insert into staff (chain_id, location_id, staff_id, name) values (${salon.chainId}, ${salon.locationId}, 'stf_cleo', 'Cleo')`.execute(
    db.read,
  );
  await sql`insert into staff_services (chain_id, location_id, staff_id, service_id) values (${salon.chainId}, ${salon.locationId}, 'stf_cleo', 'svc_cut')`.execute(
    db.read,
  );
  await sql`insert into staff_week_hours (chain_id, location_id, staff_id, weekday, works) values (${salon.chainId}, ${salon.locationId}, 'stf_cleo', 3, '{[0,60)}')`.execute(
    db.read,
  );
  expect((await starts(here))[2]).toMatch(/^00:00 cleo, 09:00 bob\+anna/);
  await sql`update staff set archived = true where chain_id = ${salon.chainId} and staff_id = 'stf_cleo'`.execute(db.read);
  expect((await starts(here))[2]).toMatch(/^09:00 bob\+anna/);
});

test('a database that was restored from an older copy is believed', async () => {
  const here = process();
  await starts(here);
  await sql`update locations set rules_version = rules_version - 1 where chain_id = ${salon.chainId}`.execute(db.read);
  await starts(here);
  expect((await here.rules.get(salon))?.catalog.version).toBe((await readLocationRules(db.read, salon, now()))?.catalog.version);
});

test('far west of Greenwich, what is taken at the far end of a day-long service still counts', async () => {
  const west = await insertSalon(db.read, { chainId: 'chn_west' });
  await sql`update locations set time_zone = 'Pacific/Pago_Pago', lead_minutes = 0 where chain_id = 'chn_west'`.execute(db.read);
  await sql`update services set duration_minutes = 1440 where chain_id = 'chn_west' and service_id = 'svc_cut'`.execute(db.read);
  await sql`update staff_week_hours set works = '{[0,1440)}', breaks = '{}' where chain_id = 'chn_west'`.execute(db.read);
  const last = async () => (await findFreeTimes(process(), west, { ...asked, staff: 'stf_bob', days: 1 })).days[0]?.times.at(-1)?.local;
  expect(await last()).toBe('23:30');
  await insertOccupancy(db.read, west, 'stf_bob', '2026-11-24T22:30-11:00', '2026-11-24T23:00-11:00');
  expect(await last()).toBe('22:00'); // and ten minutes to tidy up
  await insertOccupancy(db.read, west, 'stf_bob', '2026-11-22T23:30-11:00', '2026-11-23T22:30-11:00');
  expect(await last()).toBe(undefined);
});

test('what cannot be booked is refused by name, never answered with an empty list', async () => {
  const refusal = (other: Partial<AskedFreeTimes>, at: { chainId: string; locationId: string } = salon) =>
    answerFreeTimes(process(), at, { ...asked, ...other }).catch((problem) => problem.code);
  expect(await refusal({ serviceIds: ['svc_cut', 'svc_none'] })).toBe('not_found');
  expect(await refusal({ staff: 'stf_none' })).toBe('not_found');
  expect(await refusal({ staff: 'stf_bob', serviceIds: ['svc_color'] })).toBe('not_found');
  expect(await refusal({}, { chainId: 'chn_none', locationId: 'loc_1' })).toBe('not_found');
  expect(await refusal({ fromDay: '9999-12-31' })).toBe('invalid_request');
  await sql`update locations set any_staff = false where chain_id = ${salon.chainId}`.execute(db.read);
  expect(await refusal({})).toBe('invalid_request');
});

test('days that are over or too far away are in the answer, without times', async () => {
  expect(await starts(process(), { staff: 'stf_bob', fromDay: '2020-01-01', days: 2 })).toEqual(['', '']);
  expect(await starts(process(), { staff: 'stf_bob', fromDay: '2027-01-22', days: 2 })).toEqual([expect.stringContaining('09:00 bob'), '']);
});
