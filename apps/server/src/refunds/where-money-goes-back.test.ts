import type { AccountTypes } from '@holdfast/contract/accounts';
import type { Refundable, RefundItem, RefundList } from '@holdfast/contract/refunds';
import type { CashRegisters } from '@holdfast/contract/registers';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { accountDesk, visitOf } from '../testing/accounts-of.ts';
import { call, clientOf } from '../testing/call.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

let app: TestApp;
let owner: StaffUser;
let desk: ReturnType<typeof accountDesk>;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_cut: { price: 5000, minutes: 60, status: 'available' }, srv_color: { price: 8000, minutes: 60, status: 'required' } },
      staff: Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
  });
  owner = await signInAs(app, 'owner');
  desk = accountDesk(app, owner);
});
afterAll(async () => {
  expect((await auditEverything(app.payments)).disagreements).toEqual([]);
  await app.close();
});

let keys = 0;
const newKey = () => `key_of_a_screen_${keys++}`;
const refundsOf = async (appointmentId: string) => (await owner.here<RefundList>('GET', `refunds?state=all&appointment=${appointmentId}`)).body.items;
const paidFor = async (appointmentId: string) => (await owner.here<Refundable>('GET', `appointments/${appointmentId}/refundable`)).body.money;

async function propose(appointmentId: string, source: object | undefined, amountMinor: number): Promise<RefundItem> {
  expect((await owner.here('POST', 'refunds', { key: newKey(), appointmentId, source, amountMinor, because: 'agreed' })).status).toBe(200);
  const proposed = (await refundsOf(appointmentId)).find(({ status }) => status === 'open');
  if (!proposed) throw new Error('nothing was proposed');
  return approved(proposed);
}

async function approved({ id, version, appointmentId }: RefundItem): Promise<RefundItem> {
  expect((await owner.here('POST', `refunds/${id}/approval`, { version })).status).toBe(200);
  const found = (await refundsOf(appointmentId)).find((one) => one.id === id);
  if (!found) throw new Error('it is gone');
  return found;
}

const send = async ({ id, version }: RefundItem, way: string, registerId: string | null = null) =>
  expect((await owner.here('POST', `refunds/${id}/sending`, { version, key: newKey(), way, registerId })).status).toBe(200);

test('what was paid from a typed account goes back onto that one, the ordinary one is not touched', async () => {
  const visit = await visitOf(app);
  const wish = { name: 'Family', currency: 'EUR', locationIds: [app.scope.locationId], creditLimitMinor: 0 };
  const { types } = (await owner.here<AccountTypes>('POST', 'account-types', wish)).body;
  const [family, ordinary] = [`${visit.clientId}~${types.find(({ name }) => name === 'Family')?.id}~EUR`, `${visit.clientId}~EUR`];
  await desk.topUp(family, 2000);
  await desk.topUp(ordinary, 1500);
  expect((await desk.pay(visit.id, family, 2000)).status).toBe(200);
  expect((await desk.pay(visit.id, ordinary, 1000)).status).toBe(200);
  const [paid] = await paidFor(visit.id);
  expect(paid).toMatchObject({ kind: 'account', leftMinor: 3000 });
  // what came last goes first, and no account gets more than it gave
  await send(await propose(visit.id, paid?.source, 1500), 'account');
  expect([(await desk.page(ordinary)).account.balanceMinor, (await desk.page(family)).account.balanceMinor]).toEqual([1500, 500]);
  await send(await propose(visit.id, paid?.source, 1500), 'account');
  expect([(await desk.page(ordinary)).account.balanceMinor, (await desk.page(family)).account.balanceMinor]).toEqual([1500, 2000]);
});

test('money taken with a terminal of one’s own was paid by card, and says where', async () => {
  const visit = await visitOf(app);
  const { registers } = (await owner.here<CashRegisters>('POST', 'registers', { name: 'Terminal', kind: 'cashless' })).body;
  const { version } = await desk.checkout(visit.id);
  const registerId = registers.find(({ name }) => name === 'Terminal')?.id;
  expect((await owner.here('POST', `appointments/${visit.id}/desk-payments`, { key: newKey(), registerId, amountMinor: 5000, version })).status).toBe(
    200,
  );
  expect(await paidFor(visit.id)).toMatchObject([{ kind: 'card', by: 'Terminal', leftMinor: 5000 }]);
});

/** Somebody who has paid 80.00 online, of which 30.00 are on their way back. */
async function sending() {
  const startsAt = new Date(Math.floor(app.clock.now().getTime() / 86_400_000) * 86_400_000 + 5 * 86_400_000 + 12 * 3_600_000).toISOString();
  const n = keys;
  const wish = await wishFor(app, { serviceIds: ['srv_color'], staffId: `stf_${10 + (n % 10)}`, startsAt });
  const client = clientOf(app);
  const { token, appointments } = (await client.book(wish(100 + n))).body;
  app.sandbox.pay(client.sessionOf((await client.startPayment(token)).body));
  await client.comeBack(token);
  await app.afterwards();
  const id = appointments[0]?.id ?? '';
  const [paid] = await paidFor(id);
  app.sandbox.answerRefunds('pending');
  const first = await propose(id, paid?.source, 3000);
  await send(first, 'provider');
  app.sandbox.answerRefunds('succeeded');
  const { rows } = await sql<{ reference: string }>`
    select p.provider_refund_id reference from payment_refunds p join refunds r on r.payment_refund_id = p.refund_id where r.refund_id = ${first.id}`.execute(
    app.database.read,
  );
  return { id, token, settle: () => app.sandbox.settleRefund(rows[0]?.reference ?? '', true) };
}

test('a cancellation that meets a refund on its way quotes the rest, and proposes it when that one has gone', async () => {
  const visit = await sending();
  const { cancellation } = (await clientOf(app).see(visit.token)).body;
  expect(cancellation.backMinor).toBe(5000);
  const seen = { at: cancellation.at, backMinor: 5000 };
  expect((await call(app, 'POST', `/api/v1/bookings/${visit.token}/cancellation`, { seen })).status).toBe(200);
  expect(await refundsOf(visit.id)).toMatchObject([{ status: 'sending', amountMinor: 3000 }]);
  visit.settle();
  await app.pass({ minutes: 60 });
  await app.pass({ minutes: 60 });
  const now = await refundsOf(visit.id);
  expect(now.map(({ status, amountMinor, reason }) => `${status} ${amountMinor} ${reason}`).sort()).toEqual([
    'given_back 3000 by_staff',
    'open 5000 cancelled_by_client',
  ]);
});
