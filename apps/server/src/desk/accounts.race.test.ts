import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scope } from '../access/scope.ts';
import { accountDesk, secondLocation, visitOf } from '../testing/accounts-of.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { auditEverything } from './audit.ts';

const AT_ONCE = 64;

let app: TestApp;
let second: Scope;
let desk: ReturnType<typeof accountDesk>;
beforeAll(async () => {
  app = await testApp({
    connections: 30,
    salon: {
      services: { srv_cut: { price: 1000, minutes: 15, status: 'available' } },
      staff: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
  });
  const owner = await signInAs(app, 'owner');
  second = await secondLocation(app, owner);
  desk = accountDesk(app, owner);
});
afterAll(() => app.close());

const standing = async (ownerId: string) => {
  const { rows } = await sql<{ balance: bigint; lowest: bigint }>`
    select c.balance_minor balance, c.credit_limit_minor lowest from client_accounts c where c.owner_id = ${ownerId}`.execute(app.database.read);
  return -(rows[0]?.balance ?? 0n);
};

test('64 at once fill, spend, hold and undo on one account at two locations: no cent is lost, and never more is spent than is there', async () => {
  const clientId = await desk.client();
  const account = `${clientId}~EUR`;
  const visits = await Promise.all(Array.from({ length: 24 }, () => visitOf(app)));
  const before = [];
  for (let n = 0; n < 8; n++) before.push((await desk.topUp(account, 1000, { scope: n % 2 ? second : app.scope })).body.topUps[0]?.id ?? '');
  const version = new Map<string, number>();
  for (const { id } of visits) version.set(id, (await desk.checkout(id)).version);
  const deeds = [
    ...visits.map((visit, n) => async () => {
      const how = n % 4 === 3 ? ('holds' as const) : ('payments' as const);
      const { status } = await desk.pay(visit.id, account, n % 4 === 3 ? 600 : 700, { version: version.get(visit.id) ?? 0, how });
      return { status, moved: status === 200 && how === 'payments' ? -700 : 0 };
    }),
    ...Array.from({ length: 32 }, (_, n) => async () => {
      const { status } = await desk.topUp(account, 100, { scope: n % 2 ? second : app.scope });
      return { status, moved: status === 200 ? 100 : 0 };
    }),
    ...before.map((id, n) => async () => {
      const { status } = await desk.reverseTopUp(id, {}, n % 2 ? second : app.scope);
      return { status, moved: status === 200 ? -1000 : 0 };
    }),
  ];
  expect(deeds).toHaveLength(AT_ONCE);
  const done = await Promise.all(deeds.map((deed) => deed()));
  // refused or done: nobody is shown a deadlock
  expect(done.filter(({ status }) => status !== 200 && status !== 409)).toEqual([]);
  expect(done.filter(({ status }) => status === 200).length).toBeGreaterThan(32);
  const should = 8000 + done.reduce((sum, { moved }) => sum + moved, 0);
  expect(Number(await standing(clientId))).toBe(should);
  expect(should).toBeGreaterThanOrEqual(0);
  expect((await auditEverything(app.payments)).disagreements).toEqual([]);
});

test('16 spend the same last money: as many as there is money for, and without the limit in the database the race shows', async () => {
  // past the politeness of the deed: only the constraint stands between two who have read the same balance
  const race = async (clientId: string) => {
    const post = async (n: number) =>
      app.database
        .transaction(async (tx) => {
          const { rows } = await sql<{
            left: bigint;
          }>`select -balance_minor - held_minor "left" from client_accounts where owner_id = ${clientId}`.execute(tx);
          await sql`select pg_sleep(0.02)`.execute(tx);
          if ((rows[0]?.left ?? 0n) < 100n) return false;
          await sql`
            insert into account_holds (chain_id, hold_id, location_id, owner_id, currency, purpose_kind, purpose_id, key, amount_minor, held_minor, made_at, user_id, user_name)
            values (${app.scope.chainId}, ${`hld_${clientId}_${n}`}, ${app.scope.locationId}, ${clientId}, 'EUR', 'appointment', ${`apt_${clientId}`}, ${`race_${clientId}_${n}`}, 100, 100,
                    ${app.clock.now()}, 'usr', 'nobody')`.execute(tx);
          return true;
        })
        .catch((error: { constraint?: string }) => {
          if (error.constraint !== 'client_accounts_within_limit') throw error;
          return false;
        });
    return (await Promise.all(Array.from({ length: 16 }, (_, n) => post(n)))).filter(Boolean).length;
  };
  const kept = await desk.client();
  await desk.topUp(`${kept}~EUR`, 300);
  expect(await race(kept)).toBe(3);
  await sql`alter table client_accounts drop constraint client_accounts_within_limit`.execute(app.database.read);
  const lost = await desk.client();
  await desk.topUp(`${lost}~EUR`, 300);
  expect(await race(lost)).toBeGreaterThan(3);
});
