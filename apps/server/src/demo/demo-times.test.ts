import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newIdAt } from '../kit/new-id.ts';
import { findFreeTimes } from '../schedule/answer-free-times.ts';
import { whyNotOffered } from '../schedule/explain-time.ts';
import { readLocationRules } from '../schedule/location-rules.ts';
import { createRulesMemory } from '../schedule/rules-memory.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { type DemoLocation, demoChain, demoId, firstTries, locationId } from './demo-location.ts';
import { demoLocations, seedDemo } from './seed-demo.ts';

const now = () => new Date('2026-10-16T09:40:00Z');
let db: TestDatabase;
const rules = createRulesMemory((key) => readLocationRules(db.read, key, now()));

beforeAll(async () => {
  db = await testDatabase();
  await seedDemo({ db, now, newId: (kind) => newIdAt(kind, now()) });
});
afterAll(() => db.close());

test('every service at every location can be booked on several of the next days, the simple ones within the week', async () => {
  const daysWithTimes = async (location: DemoLocation, service: string, days: number) => {
    const key = { chainId: demoChain.chainId, locationId: locationId(location) };
    const asked = { serviceIds: [demoId('srv', location, service)], staff: 'any', fromDay: '2026-10-16', days };
    const found = await findFreeTimes({ db, now, rules }, key, asked);
    return found.days.filter(({ times }) => times.length > 0).length;
  };
  for (const location of demoLocations) {
    for (const { key } of location.services) expect(await daysWithTimes(location, key, 14), `${location.key} ${key}`).toBeGreaterThanOrEqual(3);
    for (const key of firstTries) expect(await daysWithTimes(location, key, 7), `${location.key} ${key}`).toBeGreaterThanOrEqual(4);
  }
});

test('what the demo has booked ahead, a client could have booked', async () => {
  const { rows } = await sql<{ location_id: string; staff_id: string; starts_at: Date; services: string[] }>`
    select a.location_id, a.staff_id, a.starts_at, array_agg(s.service_id order by s.line_no) services
      from appointments a join appointment_services s using (chain_id, appointment_id)
     where a.starts_at > ${now()}::timestamptz + interval '1 hour' group by a.chain_id, a.appointment_id`.execute(db.read);
  expect(rows.length).toBeGreaterThan(300);
  for (const row of rows) {
    const known = await rules.get({ chainId: demoChain.chainId, locationId: row.location_id });
    expect(known).toBeDefined();
    if (known)
      expect(whyNotOffered({ ...known, serviceIds: row.services, staffId: row.staff_id, startsAt: row.starts_at, now: now() })).toBeUndefined();
  }
});
