import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { accountDesk, visitOf } from '../testing/accounts-of.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { financeOf, type Refusal } from './testing/finance-of.ts';

let app: TestApp;
let owner: StaffUser;
let finance: ReturnType<typeof financeOf>;
let desk: ReturnType<typeof accountDesk>;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_cut: { price: 5000, minutes: 60, status: 'available' } },
      staff: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
    listen: false,
  });
  owner = await signInAs(app, 'owner');
  finance = financeOf(owner);
  desk = accountDesk(app, owner);
});
afterAll(async () => {
  expect((await auditEverything(app.payments)).disagreements).toEqual([]);
  await app.close();
});

const remove = (entryId: string, registerId?: string) =>
  owner.here<Refusal>('POST', `transactions/${entryId}/deletion`, { because: 'a mistake', ...(registerId ? { registerId } : {}) });

test('a mistaken top-up is deleted out of the register that is chosen, and only while its money is there', async () => {
  const visit = await visitOf(app);
  const account = `${visit.clientId}~EUR`;
  await desk.topUp(account, 5_000);
  const [topUp] = (await finance.page({ client: visit.clientId, operation: 'top_up' })).body.transactions;
  expect(topUp).toMatchObject({ direction: 'in', amountMinor: 5_000, itemId: 'top_ups', client: { id: visit.clientId } });
  const entryId = topUp?.entryId ?? '';
  expect((await finance.see(entryId)).body).toMatchObject({ undeletable: null, asksRegister: true });
  await desk.pay(visit.id, account, 2_000);
  const { id } = await finance.register('main');
  expect((await remove(entryId)).body).toMatchObject({ code: 'invalid_request', detail: { fields: [{ field: 'registerId' }] } });
  expect((await remove(entryId, id)).body).toMatchObject({
    code: 'not_enough_on_account',
    detail: { leftMinor: 3_000, spentOn: [{ appointmentId: visit.id, amountMinor: 2_000 }] },
  });
  const [spent] = (await finance.page({ client: visit.clientId, operation: 'spend' })).body.transactions;
  expect(spent).toMatchObject({
    direction: 'within',
    appointmentId: visit.id,
    from: { kind: 'client' },
    to: { kind: 'prepayments' },
  });
  expect((await remove(spent?.entryId ?? '')).status).toBe(200);
  expect((await remove(entryId, id)).status).toBe(200);
  expect((await desk.page(account)).account.balanceMinor).toBe(0);
  expect((await remove(entryId, id)).body).toMatchObject({ code: 'step_not_allowed', detail: { because: 'deleted_before' } });
});

test('reception tops up, and neither sees Financial Transactions nor deletes there', async () => {
  const reception = await signInAs(app, 'reception');
  const account = `${(await visitOf(app)).clientId}~EUR`;
  expect((await accountDesk(app, reception).topUp(account, 1_000)).status).toBe(200);
  const [topUp] = (await finance.page({ operation: 'top_up', amount: 1_000 })).body.transactions;
  expect(topUp?.by).toBe('reception');
  const refused = await reception.here<Refusal>('POST', `transactions/${topUp?.entryId}/deletion`, { because: 'x' });
  expect(refused.body).toMatchObject({ code: 'right_missing', detail: { right: 'transactions.delete' } });
});
