import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../testing/call.ts';
import { membershipDesk } from '../testing/memberships-of.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { auditEverything } from './audit.ts';

const TABS = 16;

let app: TestApp;
let desk: ReturnType<typeof membershipDesk>;
beforeAll(async () => {
  app = await testApp({
    connections: 20,
    salon: {
      services: { srv_yoga: { price: 2000, minutes: 60, status: 'not_available' } },
      staff: Object.fromEntries(Array.from({ length: TABS }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
  });
  await sql`update services set membership = 'members' where service_id = 'srv_yoga'`.execute(app.database.read);
  desk = membershipDesk(app, await signInAs(app, 'owner'));
});
afterAll(() => app.close());

/** One client, many tabs, each another team member at the same hour: nothing but the membership can refuse them. */
async function allAtOnce(of: number, startsAt: string): Promise<readonly number[]> {
  const wishes = [];
  for (let tab = 0; tab < TABS; tab++)
    wishes.push(await desk.coveredWish(of, { serviceIds: ['srv_yoga'], staffId: `stf_${tab}`, startsAt }, `tab${tab}`));
  const client = clientOf(app);
  return (await Promise.all(wishes.map((wish) => client.book(wish)))).map(({ status }) => status);
}
const made = (answers: readonly number[]) => answers.filter((status) => status === 201).length;

test('however many tabs are open, the last visit is spent once', async () => {
  for (let round = 0; round < 5; round++) {
    const { clientId } = await desk.sold(100 + round, { visits: 3 });
    const answers = await allAtOnce(100 + round, `2026-03-${String(5 + round).padStart(2, '0')}T10:00:00.000Z`);
    expect(made(answers)).toBe(3);
    expect(answers.filter((status) => status !== 201 && status !== 409)).toEqual([]);
    expect(await desk.see(clientId)).toMatchObject({ reserved: 3, left: 0 });
  }
  expect((await auditEverything(app.payments)).disagreements).toEqual([]);
});

test('without the lock and the constraint it would be spent more than once: the race is there', async () => {
  const q = app.database.read;
  const { rows } = await sql<{ def: string }>`
    select pg_get_functiondef('reserve_membership_visits'::regproc) def`.execute(q);
  const def = rows[0]?.def ?? '';
  await sql`alter table memberships drop constraint memberships_are_never_overspent`.execute(q);
  await sql
    .raw(
      def
        .replace(/perform 1 from memberships.*for update;/, '')
        .replace('perform take_membership_visit', 'perform pg_sleep(0.5); perform take_membership_visit'),
    )
    .execute(q);
  // who counts later sees what was counted before: what is missing is only that the others wait
  await desk.sold(200, { visits: 1 });
  expect(made(await allAtOnce(200, '2026-03-20T10:00:00.000Z'))).toBeGreaterThan(1);
});
