import type { PaymentStarted } from '@holdfast/contract/booking';
import type { OwnAccounts } from '@holdfast/contract/deposits';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { switchOnlinePayment } from '../payments/connect-provider.ts';
import type { Said } from '../testing/accounts-of.ts';
import { call, clientOf } from '../testing/call.ts';
import { depositsOf } from '../testing/deposits-of.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

let app: TestApp;
let client: ReturnType<typeof clientOf>;
let deposits: ReturnType<typeof depositsOf>;
beforeAll(async () => {
  app = await testApp({
    salon: { services: { srv_color: { price: 5000, minutes: 60, status: 'required' } }, staff: { stf_ana: { status: 'available' } } },
  });
  client = clientOf(app);
  deposits = depositsOf(app, await signInAs(app, 'owner'));
  const { chainId, locationId } = app.scope;
  await sql`insert into account_types (chain_id, type_id, name, currency, made_at) values (${chainId}, 'aty_gift', 'Gift', 'EUR', ${app.clock.now()})`.execute(
    app.database.read,
  );
  await sql`insert into account_type_locations (chain_id, type_id, location_id) values (${chainId}, 'aty_gift', ${locationId})`.execute(
    app.database.read,
  );
  await app.database.transaction((tx) => switchOnlinePayment(tx, app.scope, { method: 'visit_link', enabled: true, connectionId: app.connectionId }));
});
afterAll(() => app.close());
afterEach(async () => {
  expect((await auditEverything(app.payments)).disagreements).toEqual([]);
});

let clients = 0;
/** A booking whose telephone was confirmed, or was not, by somebody with so much on their account. */
async function booked(balanceMinor: number, { confirmed = true } = {}) {
  const n = ++clients;
  const clientId = await deposits.client(n, balanceMinor);
  const startsAt = new Date(Date.UTC(2026, 2, 3 + n, 10)).toISOString();
  const { accountPart: _none, phoneConfirmation, ...wish } = await deposits.wish(n, [{ serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt }], 0);
  const { body } = await deposits.book(confirmed ? { ...wish, phoneConfirmation } : wish);
  const { token } = body;
  const post = <T>(what: string, wished: object) => call<Said<T>>(app, 'POST', `/api/v1/bookings/${token}/${what}`, wished);
  return {
    clientId,
    token,
    see: async () => (await client.see(token)).body,
    accounts: async () => (await call<OwnAccounts>(app, 'GET', `/api/v1/bookings/${token}/accounts`)).body.accounts,
    part: (amountMinor: number, key = `key_of_part_${amountMinor}`) =>
      post<Awaited<ReturnType<typeof deposits.book>>['body']>('account-parts', { key, typeId: null, amountMinor }),
    topUp: (amountMinor: number, key = `key_of_top_up_${amountMinor}`) => post<PaymentStarted>('top-ups', { key, typeId: null, amountMinor }),
    check: () => post<OwnAccounts>('top-up-checks', {}),
  };
}

test('whoever books with another’s number sees nothing of theirs, and moves nothing', async () => {
  const stranger = await booked(6000, { confirmed: false });
  expect(await stranger.accounts()).toEqual([]);
  expect((await stranger.part(1000)).body.code).toBe('phone_not_confirmed');
  expect((await stranger.topUp(1000)).body.code).toBe('phone_not_confirmed');
  expect(await deposits.stands(stranger.clientId)).toEqual({ balance: 6000, held: 0 });
});

test('what is due is paid from the balance on the booking’s own page: a part first, clicked twice, and the rest of it', async () => {
  const one = await booked(6000);
  expect(await one.accounts()).toEqual([{ typeId: null, typeName: null, currency: 'EUR', spendableMinor: 6000, mayTopUp: true }]);
  const page = await client.startPayment(one.token);
  expect(page.body.amountMinor).toBe(5000);
  const [first, second] = await Promise.all([one.part(2000), one.part(2000)]);
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(await one.see()).toMatchObject({ status: 'held', dueMinor: 3000, accountMinor: 2000 });
  expect(await deposits.stands(one.clientId)).toEqual({ balance: 6000, held: 2000 });
  // the page that asked for all of it is closed; the new one asks for the rest
  expect((await client.startPayment(one.token)).body.amountMinor).toBe(3000);
  expect((await one.part(3001)).body.code).toBe('invalid_request');
  expect((await one.part(3000)).body).toMatchObject({ status: 'confirmed', paidMinor: 5000, dueMinor: 0 });
  expect(await deposits.stands(one.clientId)).toEqual({ balance: 1000, held: 0 });
  expect((await one.part(100)).body.code).toBe('nothing_to_pay');
});

test('the least that fills an account is what the provider of links charges, whatever charges bookings', async () => {
  const one = await booked(0);
  const switched = (on: boolean) => sql`update payment_methods set enabled = ${on} where method = 'online_registration'`.execute(app.database.read);
  await switched(false);
  expect((await one.topUp(49)).body).toMatchObject({ code: 'invalid_request', detail: { leastOnlineMinor: 50 } });
  await switched(true);
});

test('a client fills their account from the booking’s own page, comes back to it, and pays with it', async () => {
  const one = await booked(0);
  expect((await one.part(1000)).body).toMatchObject({ code: 'not_enough_on_account', detail: { spendableMinor: 0 } });
  expect((await one.topUp(10)).body.code).toBe('invalid_request');
  const [page, again] = [await one.topUp(7000), await one.topUp(7000)];
  expect(again.body.pageUrl).toBe(page.body.pageUrl);
  const session = client.sessionOf(page.body);
  // back without having paid, and then with
  const ofIt = { amountMinor: 7000, currency: 'EUR' };
  expect((await one.check()).body.lastTopUp).toEqual({ ...ofIt, state: 'open' });
  app.sandbox.pay(session);
  const { body } = await one.check();
  expect([body.accounts[0]?.spendableMinor, body.lastTopUp]).toEqual([7000, { ...ofIt, state: 'paid' }]);
  expect((await one.part(5000)).body).toMatchObject({ status: 'confirmed', paidMinor: 5000 });
  expect(await deposits.stands(one.clientId)).toEqual({ balance: 2000, held: 0 });
});
