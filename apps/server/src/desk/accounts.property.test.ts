import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scope } from '../access/scope.ts';
import { switchOnlinePayment } from '../payments/connect-provider.ts';
import { accountDesk, secondLocation, visitOf } from '../testing/accounts-of.ts';
import { clientOf } from '../testing/call.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { auditEverything } from './audit.ts';

let app: TestApp;
let owner: StaffUser;
let second: Scope;
let desk: ReturnType<typeof accountDesk>;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_cut: { price: 1000, minutes: 15, status: 'available' } },
      staff: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
  });
  owner = await signInAs(app, 'owner');
  second = await secondLocation(app, owner);
  desk = accountDesk(app, owner);
  await app.database.transaction((tx) => switchOnlinePayment(tx, app.scope, { method: 'visit_link', enabled: true, connectionId: app.connectionId }));
});
afterAll(() => app.close());

const deeds = [
  'top_up',
  'top_up',
  'top_up_there',
  'by_link',
  'pay',
  'pay',
  'hold',
  'hold',
  'capture',
  'cash',
  'release',
  'put_back',
  'reverse',
  'refund_there',
  'cancel',
  'merge',
] as const;
const step = fc.record({ deed: fc.constantFrom(...deeds), visit: fc.nat(2), amount: fc.integer({ min: 1, max: 14 }).map((n) => n * 100) });

/** One client's afternoon: whatever is refused is refused, and nothing else may go wrong. */
async function play(steps: readonly { deed: (typeof deeds)[number]; visit: number; amount: number }[]) {
  const visits = [await visitOf(app), await visitOf(app), await visitOf(app)];
  let clients = [...new Set(visits.map(({ clientId }) => clientId))];
  const said: number[] = [];
  /** Sessions by which an account was filled, and nothing of which has gone back. */
  let paid: string[] = [];
  const note = <T extends { status: number }>(answer: T): T => {
    said.push(answer.status);
    return answer;
  };
  for (const { deed, visit: n, amount } of steps) {
    const visit = visits[n] ?? visits[0];
    const account = `${clients[n % clients.length]}~EUR`;
    if (!visit) return said;
    const topUps = async () => (await desk.page(account)).topUps;
    switch (deed) {
      case 'top_up':
        note(await desk.topUp(account, amount));
        break;
      case 'top_up_there':
        note(await desk.topUp(account, amount, { scope: second }));
        break;
      case 'by_link': {
        const made = note(await desk.link(account, amount)).body.topUps.find(({ state }) => state === 'waiting');
        const path = new URL(made?.url ?? 'http://nowhere').pathname;
        const answer = await app.http.inject({ method: 'POST', url: path, headers: { 'user-agent': 'Mozilla/5.0' } });
        const session = answer.headers.location?.split('/').at(-1)?.split('?')[0];
        if (!session) break;
        app.sandbox.pay(session);
        paid.push(session);
        await app.afterwards();
        break;
      }
      case 'pay':
        note(await desk.pay(visit.id, account, amount));
        break;
      case 'hold':
        note(await desk.hold(visit.id, account, amount));
        break;
      case 'capture': {
        const page = await desk.followLink(visit.id);
        if (page.status === 200) app.sandbox.pay(clientOf(app).sessionOf(page.body));
        await app.afterwards();
        break;
      }
      case 'cash':
        note(await desk.cash(visit.id, amount));
        break;
      case 'release': {
        const [hold] = (await desk.checkout(visit.id)).holds;
        if (hold) note(await desk.release(hold.id));
        break;
      }
      case 'put_back': {
        const paid = (await desk.checkout(visit.id)).payments.find(({ kind, mayReverse }) => kind === 'account' && mayReverse);
        if (paid) note(await desk.reversePayment(paid.id));
        break;
      }
      case 'reverse': {
        const done = (await topUps()).find(({ mayReverse }) => mayReverse);
        if (done) note(await desk.reverseTopUp(done.id));
        if (done?.kind === 'link') paid = [];
        break;
      }
      case 'refund_there': {
        // at the provider's own pages, behind our back
        const session = paid.pop();
        if (!session) break;
        app.sandbox.giveBack(session);
        await app.afterwards();
        break;
      }
      case 'cancel':
        note(await clientOf(app).cancel(visit.token));
        break;
      case 'merge': {
        const [one, two] = clients;
        if (!one || !two) break;
        const { rows } = await sql<{ version: number }>`select version from clients where client_id = ${one}`.execute(app.database.read);
        note(await owner.call('POST', `clients/${one}/merge`, { version: rows[0]?.version ?? 1, other: two }));
        clients = clients.filter((id) => id !== two);
        break;
      }
    }
  }
  return said;
}

test('whatever is filled, spent, held, captured, let go, undone, refunded and merged in whatever order: every cent has one place', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 14 }), async (steps) => {
      const said = await play(steps);
      expect(said.filter((status) => status >= 500)).toEqual([]);
      await app.afterwards();
      expect((await auditEverything(app.payments)).disagreements).toEqual([]);
    }),
    { numRuns: 7, interruptAfterTimeLimit: 12_000, endOnFailure: true },
  );
});
