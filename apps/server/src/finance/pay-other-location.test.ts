import type { BetweenLocations } from '@holdfast/contract/between-locations';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scope } from '../access/scope.ts';
import { auditEverything } from '../desk/audit.ts';
import { accountDesk, secondLocation, visitOf } from '../testing/accounts-of.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

let app: TestApp;
let owner: StaffUser;
let second: Scope;
// a client left 40.00 at the second location and has spent 30.00 of it here
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_cut: { price: 5000, minutes: 60, status: 'available' } },
      staff: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
  });
  owner = await signInAs(app, 'owner');
  second = await secondLocation(app, owner);
  const desk = accountDesk(app, owner);
  const account = `${await desk.client()}~EUR`;
  expect((await desk.topUp(account, 4000, { scope: second })).status).toBe(200);
  const visit = await visitOf(app);
  const { version } = await desk.checkout(visit.id);
  expect((await desk.pay(visit.id, account, 3000, { version, how: 'payments' })).status).toBe(200);
});
afterAll(async () => {
  const { disagreements } = await auditEverything(app.payments);
  await app.close();
  expect(disagreements).toEqual([]);
});

type Refused = BetweenLocations & { code: string; detail: Record<string, unknown> };
const read = async (scope: Scope, user = owner) => (await user.call<BetweenLocations>('GET', `locations/${scope.locationId}/between-locations`)).body;
async function pay(amountMinor: number, { key = `a_key_for_the_payment_${amountMinor}`, from = second, to = app.scope, user = owner } = {}) {
  const { debts } = await read(from);
  const [debt] = debts;
  const wish = { key, locationId: to.locationId, fromRegisterId: debt?.from[0]?.id, toRegisterId: debt?.into[0]?.id, amountMinor };
  return user.call<Refused>('POST', `locations/${from.locationId}/between-locations/payments`, wish);
}

test('each location sees what it owes the other, and pays it back once, in both books', async () => {
  expect((await read(second)).debts).toMatchObject([{ locationId: app.scope.locationId, currency: 'EUR', owedMinor: 3000 }]);
  expect((await read(app.scope)).debts).toMatchObject([{ locationId: second.locationId, owedMinor: -3000 }]);
  const tooMuch = await pay(3001);
  expect([tooMuch.status, tooMuch.body.code, tooMuch.body.detail]).toEqual([409, 'more_than_left', { leftMinor: 3000 }]);
  const both = await Promise.all([pay(1000), pay(1000)]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  expect((await read(second)).debts[0]?.owedMinor).toBe(2000);
  const { rows } = await sql<{ place: string }>`
    select location_id place from audit_log where action = 'locations.settled' order by location_id`.execute(app.database.read);
  expect(rows.map(({ place }) => place)).toEqual([app.scope.locationId, second.locationId].sort());
  expect((await pay(2000)).body.debts).toEqual([]);
  expect((await read(app.scope)).debts).toEqual([]);
});

test('who may not write at both locations pays nothing, and a location without rights is not there', async () => {
  const accountant = await signInAs(app, 'accountant');
  const registers = (await owner.call<{ registers: { id: string }[] }>('GET', `locations/${second.locationId}/registers`)).body.registers;
  const here = (await owner.here<{ registers: { id: string }[] }>('GET', 'registers')).body.registers;
  const wish = {
    key: 'a_key_of_the_accountant',
    locationId: second.locationId,
    fromRegisterId: here[0]?.id,
    toRegisterId: registers[0]?.id,
    amountMinor: 1,
  };
  expect((await accountant.here<Refused>('POST', 'between-locations/payments', wish)).status).toBe(404);
  expect((await owner.here<Refused>('POST', 'between-locations/payments', { ...wish, locationId: app.scope.locationId })).status).toBe(404);
  expect((await owner.here<Refused>('POST', 'between-locations/payments', { ...wish, toRegisterId: here[0]?.id })).status).toBe(404);
  expect((await owner.here<Refused>('POST', 'between-locations/payments', { ...wish, amountMinor: 0 })).status).toBe(400);
  const reception = await signInAs(app, 'reception');
  expect((await reception.here('POST', 'between-locations/payments', wish)).status).toBe(403);
});
