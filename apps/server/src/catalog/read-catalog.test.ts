import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scope } from '../access/scope.ts';
import { readLocationRules } from '../schedule/location-rules.ts';
import { readHours } from '../schedule/read-hours.ts';
import { insertSalon } from '../schedule/testing/insert-salon.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { findLocation, locationsOfChain } from './find-location.ts';
import { readCatalog } from './read-catalog.ts';

let db: TestDatabase;
let salon: Scope;
beforeAll(async () => {
  db = await testDatabase();
  salon = await insertSalon(db.read);
});
afterAll(() => db.close());
const catalogue = async () => {
  const catalog = await readCatalog(db.read, salon.chainId, salon.locationId);
  if (!catalog) throw new Error('no catalogue');
  return catalog;
};

test("a location is found by its chain's and its own name in the address", async () => {
  expect(await findLocation(db.read, 'chain-chn_1', 'podil')).toEqual({ chainId: 'chn_1', locationId: 'loc_1' });
  expect(await findLocation(db.read, 'chain-chn_1', 'other')).toBeUndefined();
  await insertSalon(db.read, { locationId: 'loc_0', slug: 'lviv' });
  expect((await locationsOfChain(db.read, 'chn_1')).map(({ slug }) => slug)).toEqual(['lviv', 'podil']);
});

test('the settings, the company and the order of services are as the owner left them', async () => {
  const before = await catalogue();
  expect(before.location).toMatchObject({
    timeZone: 'Europe/Kyiv',
    stepMinutes: 30,
    leadMinutes: 60,
    horizonDays: 60,
    offerMinutes: 60,
    languages: ['uk', 'en'],
    terms: { uk: 'Умови' },
    cancellation: { steps: [{ hours: 24, percent: 100 }], afterPercent: 0, noShowPercent: 0, cancelOnline: { unprepaid: 0, prepaid: 0 } },
    anyStaff: true,
  });
  expect(before.chain).toEqual({ chainId: 'chn_1', slug: 'chain-chn_1', name: 'Chain', demo: false });
  expect(before.company).toBeUndefined();
  expect([...before.services.keys()]).toEqual(['svc_color', 'svc_cut']);
  expect([...before.staff.values()].map(({ name, position }) => [name, position])).toEqual([
    ['Anna', 'Stylist'],
    ['Bob', ''],
  ]);
  await sql`insert into company_details (chain_id, location_id, legal_name, registration_number, legal_address) values ('chn_1', 'loc_1', 'Salon LLC', '12345678', 'Kyiv')`.execute(
    db.read,
  );
  const after = await catalogue();
  expect(after.company).toMatchObject({ legalName: 'Salon LLC', registrationNumber: '12345678' });
  expect(after.version).toBe(before.version + 1n);
});

test("a team member's own price and length win over the service's, and money is exact", async () => {
  const { offers } = await catalogue();
  expect(offers.get('stf_anna')?.get('svc_cut')).toEqual({
    staffId: 'stf_anna',
    serviceId: 'svc_cut',
    priceMinMinor: 70000n,
    priceMaxMinor: 70000n,
    durationMinutes: 90,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 10,
    online: true,
  });
  expect(offers.get('stf_bob')?.get('svc_cut')).toMatchObject({ priceMinMinor: 50000n, priceMaxMinor: 60000n, durationMinutes: 60 });
  expect(offers.get('stf_anna')?.get('svc_color')?.priceMinMinor).toBe(9007199254740993n);
  expect(offers.get('stf_bob')?.has('svc_color')).toBe(false);
});

test('what is archived or not booked online stays in the catalogue, marked', async () => {
  await sql`update services set archived = true where chain_id = 'chn_1' and location_id = 'loc_1' and service_id = 'svc_color'`.execute(db.read);
  await sql`update staff set online_booking = false where chain_id = 'chn_1' and location_id = 'loc_1' and staff_id = 'stf_bob'`.execute(db.read);
  const { services, staff, offers } = await catalogue();
  expect([services.get('svc_color')?.online, staff.get('stf_bob')?.online]).toEqual([false, false]);
  expect([
    offers.get('stf_anna')?.get('svc_color')?.online,
    offers.get('stf_bob')?.get('svc_cut')?.online,
    offers.get('stf_anna')?.get('svc_cut')?.online,
  ]).toEqual([false, false, true]);
});

test('hours come by week and by date, breaks taken out, dates that are over left out', async () => {
  await sql`insert into staff_day_hours (chain_id, location_id, staff_id, day, works, breaks) values
    ('chn_1', 'loc_1', 'stf_anna', '2026-11-20', '{}', '{}'), ('chn_1', 'loc_1', 'stf_anna', '2026-11-22', '{[600,720),[900,960)}', '{[690,930)}'),
    ('chn_1', 'loc_1', 'stf_anna', '2027-02-01', '{}', '{}')`.execute(db.read);
  const now = new Date('2026-11-23T00:30:00Z');
  const hours = await readHours(db.read, salon, now);
  expect(hours.week.get('stf_bob')?.get(7)).toEqual({
    works: [[540, 1080]],
    breaks: [[780, 840]],
    atWork: [
      [540, 780],
      [840, 1080],
    ],
  });
  expect([...(hours.days.get('stf_anna')?.keys() ?? [])]).toEqual(['2026-11-22', '2027-02-01']);
  expect(hours.days.get('stf_anna')?.get('2026-11-22')?.atWork).toEqual([
    [600, 690],
    [930, 960],
  ]);

  const together = await readLocationRules(db.read, salon, now);
  expect(together).toEqual({ catalog: await catalogue(), hours });
});

test('a location that is not there has no rules', async () => {
  expect(await readCatalog(db.read, 'chn_1', 'loc_none')).toBeUndefined();
  expect(await readCatalog(db.read, 'chn_2', 'loc_1')).toBeUndefined();
  expect(await readLocationRules(db.read, { chainId: 'chn_2', locationId: 'loc_1' }, new Date())).toBeUndefined();
});
