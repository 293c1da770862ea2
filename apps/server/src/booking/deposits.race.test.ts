import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { clientOf } from '../testing/call.ts';
import { depositsOf } from '../testing/deposits-of.ts';
import { confirmPhone, phoneOf } from '../testing/memberships-of.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

const TABS = 20;

let app: TestApp;
let deposits: ReturnType<typeof depositsOf>;
beforeAll(async () => {
  app = await testApp({
    connections: 24,
    salon: {
      services: { srv_color: { price: 5000, minutes: 15, status: 'available' } },
      staff: Object.fromEntries(Array.from({ length: TABS }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
  });
  deposits = depositsOf(app, await signInAs(app, 'owner'));
});
afterAll(() => app.close());

/** Nothing is held, so that no limit on holds makes them wait for one another: the same client in many tabs, each with a booking of its own, another person and a part of 10.00 from the same account. */
async function wishesOf(n: number, startsAt: string) {
  const wishes = [];
  for (let tab = 0; tab < TABS; tab++)
    wishes.push(
      await deposits
        .wish(n, [{ serviceIds: ['srv_color'], staffId: `stf_${tab}`, startsAt, pay: ['srv_color'] }], 1000)
        .then(({ draftId: _one, ...wish }) => wish),
    );
  return wishes;
}

test('20 tabs spend one balance at once while the desk does too: as many as there is money for, never below zero', async () => {
  const clientId = await deposits.client(1, 6500);
  const {
    accountPart: _none,
    phoneConfirmation: _proof,
    ...plain
  } = await deposits.wish(1, [{ serviceIds: ['srv_color'], staffId: 'stf_0', startsAt: '2026-03-03T16:00:00.000Z' }], 0);
  const visit = await clientOf(app).book({ ...plain, draftId: 'draft_of_the_desk_00' });
  const visitId = visit.body.appointments[0]?.id ?? '';
  const wishes = await wishesOf(1, '2026-03-03T10:00:00.000Z');
  const proofs: string[] = [];
  for (let tab = 0; tab < TABS; tab++) proofs.push(await confirmPhone(app, `draft_of_tab_number_${tab}`, phoneOf(1)));
  const { version } = await deposits.desk.checkout(visitId);
  const tabs = wishes.map(
    (wish, tab) => () => deposits.book({ ...wish, draftId: `draft_of_tab_number_${tab}`, phoneConfirmation: proofs[tab] ?? '' }),
  );
  const [paid, ...booked] = await Promise.all([deposits.desk.pay(visitId, `${clientId}~EUR`, 1000, { version }), ...tabs.map((tab) => tab())]);
  // refused or done: nobody is shown a deadlock
  const refused = booked.filter(({ status }) => status !== 201);
  expect(refused.filter(({ status, body }) => status !== 409 || body.code !== 'not_enough_on_account')).toEqual([]);
  const deskPaid = paid.status === 200 ? 1 : 0;
  expect(booked.length - refused.length + deskPaid).toBe(6);
  const { balance, held } = await deposits.stands(clientId);
  expect([balance, held]).toEqual([6500 - 1000 * deskPaid, 1000 * (6 - deskPaid)]);
  expect((await auditEverything(app.payments)).disagreements).toEqual([]);
});

test('without its lock and the limit in the database the race shows', async () => {
  await sql
    .raw(`
    alter table client_accounts drop constraint client_accounts_within_limit;
    create or replace function free_on_account(chain text, location text, owner text, money text) returns bigint language plpgsql as $$
    declare free bigint;
    begin
      select greatest(-balance_minor - held_minor, 0) into free from client_accounts where chain_id = chain and owner_id = owner and currency = money;
      perform pg_sleep(0.05);
      return coalesce(free, 0);
    end $$`)
    .execute(app.database.read);
  const clientId = await deposits.client(2, 3000);
  const wishes = await wishesOf(2, '2026-03-03T12:00:00.000Z');
  const proofs: string[] = [];
  for (let tab = 0; tab < TABS; tab++) proofs.push(await confirmPhone(app, `draft_of_other_tab_${tab}`, phoneOf(2)));
  await Promise.all(
    wishes.map((wish, tab) => deposits.book({ ...wish, draftId: `draft_of_other_tab_${tab}`, phoneConfirmation: proofs[tab] ?? '' })),
  );
  const { balance, held } = await deposits.stands(clientId);
  expect(held).toBeGreaterThan(balance);
});
