import type { DayFigures, Report } from '@holdfast/contract/reports';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { accountDesk } from '../testing/accounts-of.ts';
import { membershipDesk } from '../testing/memberships-of.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { shareMembership } from './share-membership.ts';

// Lisbon, Monday 2 March 2026, 09:00. The class is on Tuesday.
let app: TestApp;
let owner: StaffUser;
let desk: ReturnType<typeof membershipDesk>;
beforeAll(async () => {
  app = await testApp({
    salon: { services: { srv_yoga: { price: 2000, minutes: 30, status: 'available' } }, staff: { bia: { status: 'available' } } },
  });
  await sql`update services set membership = 'members'`.execute(app.database.read);
  owner = await signInAs(app, 'owner');
  desk = membershipDesk(app, owner);
});
afterAll(async () => {
  const { disagreements } = await auditEverything(app.payments);
  await app.close();
  expect(disagreements).toEqual([]);
});

const report = async (name: string, days: string) => (await owner.here<Report>('GET', `reports/${name}?${days}`)).body.groups[0];
const today = async () => (await owner.here<DayFigures>('GET', `days/${app.clock.now().toISOString().slice(0, 10)}`)).body.money[0];
const earned = (group: Report['groups'][number] | undefined) => group?.rows.map(({ key, values }) => [key, values[0]]);

test('a membership that is sold pays for no visit yet, whichever way it is paid', async () => {
  await desk.sold(1, { priceMinor: 14_500 });
  expect(await today()).toMatchObject({ servicesPaidMinor: 0, receipts: { totalMinor: 14_500 }, prepayments: { receivedMinor: 14_500 } });
  const clientId = await desk.client(2);
  await accountDesk(app, owner).topUp(`${clientId}~EUR`, 14_500);
  const type = await desk.type({ priceMinor: 14_500 });
  expect((await desk.sell(clientId, type, { pay: { way: 'account', accountId: `${clientId}~EUR` } })).status).toBe(200);
  expect(await today()).toMatchObject({ servicesPaidMinor: 0, deposits: { receivedMinor: 14_500, usedMinor: 14_500, endMinor: 0 } });
});

test('what is given back onto an account has come to it: nothing given back is below nothing', async () => {
  const clientId = await desk.client(2);
  const { id, version } = await desk.see(clientId);
  expect((await desk.deed(id, 'refund', { version, because: 'moves away' })).status).toBe(200);
  expect(await today()).toMatchObject({
    deposits: { receivedMinor: 29_000, usedMinor: 14_500, returnedMinor: 0, otherMinor: 0, endMinor: 14_500 },
    prepayments: { receivedMinor: 29_000, returnedMinor: 14_500, otherMinor: 0, endMinor: 14_500 },
  });
});

test('a covered visit earns its part for its service and its team member; what was never used stands under memberships, and the books agree', async () => {
  await desk.sold(3, { priceMinor: 10_000, visits: 3, period: { count: 5, unit: 'days' } });
  const made = await desk.book(3, { serviceIds: ['srv_yoga'], staffId: 'bia', startsAt: '2026-03-03T11:00:00.000Z' });
  expect(made.status).toBe(201);
  await app.pass({ minutes: 36 * 60 });
  const week = 'from=2026-03-01&to=2026-03-04';
  for (const [name, key] of [
    ['services', 'srv_yoga'],
    ['team', 'bia'],
  ] as const) {
    const group = await report(name, week);
    expect(earned(group), name).toEqual([[key, 3333]]);
    expect(group).toMatchObject({ totals: [3333, 0, 0, 0, 1], ties: [{ account: 'income', listedMinor: 3333, booksMinor: 3333 }] });
  }
  await app.pass({ minutes: 5 * 24 * 60 });
  const all = await report('team', 'from=2026-03-01&to=2026-03-31');
  expect(earned(all)).toEqual([
    ['memberships', 6667],
    ['bia', 3333],
  ]);
  expect(all?.rows[0]?.link).toMatchObject({ page: 'transactions', operation: 'income', item: 'memberships' });
  expect(all?.ties).toEqual([{ account: 'income', listedMinor: 10_000, booksMinor: 10_000 }]);
  // however the time is divided, each part is counted once
  expect(earned(await report('team', 'from=2026-03-05&to=2026-03-31'))).toEqual([
    ['memberships', 6667],
    ['bia', 0],
  ]);
});

test('days of a membership without a number of visits are of those who were visited in them', () => {
  const visits = ['ana', 'bia', 'bia'].map((staffId) => ({ serviceId: 'srv_yoga', staffId, here: true }));
  const elsewhere = { serviceId: 'srv_yoga', staffId: 'eva', here: false };
  const shares = (amountMinor: bigint, some = visits, mostByVisitMinor: bigint | null = null) =>
    shareMembership({ currency: 'EUR', amountMinor, mostByVisitMinor, visits: some }, ({ staffId }) => staffId).map(({ key, earnedMinor }) => [
      key,
      earnedMinor,
    ]);
  expect(shares(1000n)).toEqual([
    ['ana', 334n],
    ['bia', 333n],
    ['bia', 333n],
  ]);
  expect(shares(1000n, [])).toEqual([['memberships', 1000n]]);
  expect(shares(-1000n)).toEqual([['memberships', -1000n]]);
  expect(shares(1000n, [elsewhere, ...visits.slice(0, 1)])).toEqual([
    ['memberships', 500n],
    ['ana', 500n],
  ]);
  // one visit of ten, and the rest because it is over
  expect(shares(1000n, visits.slice(0, 1), 100n)).toEqual([
    ['ana', 100n],
    ['memberships', 900n],
  ]);
});
