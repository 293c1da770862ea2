import type { Checkout } from '@holdfast/contract/checkout';
import type { CashRegisters, PaymentItems } from '@holdfast/contract/registers';
import type { Written } from '@holdfast/contract/transactions';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { clientOf } from '../testing/call.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';
import { financeOf, newKey, type Refusal } from './testing/finance-of.ts';

let app: TestApp;
let owner: StaffUser;
let finance: ReturnType<typeof financeOf>;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { cut: { price: 4000, minutes: 60, status: 'available' } },
      staff: Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
  });
  owner = await signInAs(app, 'owner');
  finance = financeOf(owner);
});
afterAll(async () => {
  expect((await auditEverything(app.payments)).disagreements).toEqual([]);
  await app.close();
});

const registers = async () => (await owner.here<CashRegisters>('GET', 'registers')).body.registers;
const names = async () => (await registers()).filter(({ archivedAt }) => archivedAt === null).map(({ name }) => name);
const add = (wish: Record<string, unknown>) => owner.here<CashRegisters & Refusal>('POST', 'registers', wish);
async function added(name: string, more: Record<string, unknown> = {}) {
  expect((await add({ name, kind: 'cashless', ...more })).status).toBe(200);
  return finance.register(name);
}
async function visit(n: number) {
  const wish = await wishFor(app, { serviceIds: ['cut'], staffId: `stf_${n}`, startsAt: '2026-03-03T10:00:00.000Z', pay: [] });
  return (await clientOf(app).book(wish(n))).body.appointments[0]?.id ?? '';
}

test('Main and Card payment account are there from the start, cash before cards', async () => {
  expect((await registers()).slice(0, 2)).toMatchObject([
    { name: 'main', standard: true, kind: 'cash', currency: 'EUR', balanceMinor: 0, opening: null },
    { name: 'card', standard: true, kind: 'cashless', withProviders: [{ provider: 'stripe', amountMinor: 0, currency: 'EUR' }] },
  ]);
});

test('an own register is renamed, ordered, and can be chosen at the checkout, for providers and in roles', async () => {
  const terminal = await added('Terminal at the door');
  const renamed = await owner.here<CashRegisters>('PATCH', `registers/${terminal.id}`, { version: terminal.version, name: 'Terminal' });
  expect(renamed.status).toBe(200);
  const stale = await owner.here<Refusal>('PATCH', `registers/${terminal.id}`, { version: terminal.version, name: 'Other' });
  expect(stale.body.code).toBe('changed_meanwhile');
  const ids = (await registers()).map(({ id }) => id);
  const order = [terminal.id, ...ids.filter((id) => id !== terminal.id)];
  expect((await owner.here('PUT', 'register-order', { ids: order })).status).toBe(200);
  expect((await names())[0]).toBe('Terminal');
  const id = await visit(0);
  expect((await owner.here<Checkout>('GET', `appointments/${id}/checkout`)).body.registers.map(({ name }) => name)).toEqual([
    'Terminal',
    'main',
    'card',
  ]);
  const page = await owner.here<{ registers: { name: string }[] }>('GET', 'cashless-payment');
  expect(page.body.registers.map(({ name }) => name)).toEqual(['Terminal', 'main', 'card']);
  const roles = await owner.call<{ registers: { name: string }[] }>('GET', 'roles');
  expect(roles.body.registers.map(({ name }) => name)).toContain('Terminal');
  await owner.here('PUT', 'register-order', { ids });
});

test('an order in which one is missing, or that names one twice or a stranger, changes nothing', async () => {
  const ids = (await registers()).map(({ id }) => id);
  const before = await names();
  expect((await owner.here<Refusal>('PUT', 'register-order', { ids: ids.slice(1) })).body.code).toBe('changed_meanwhile');
  expect((await owner.here<Refusal>('PUT', 'register-order', { ids: [...ids, ids[0]] })).body.code).toBe('invalid_request');
  expect((await owner.here<Refusal>('PUT', 'register-order', { ids: [...ids, 'acc_none'] })).body.code).toBe('not_found');
  expect(await names()).toEqual(before);
});

test('two registers of one name are refused, also at once', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => add({ name: n % 2 ? 'Safe' : 'sAFE', kind: 'cash' })));
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409, 409, 409, 409]);
  expect((await add({ name: 'Tin', kind: 'cash', fee: { basisPoints: 1, fixedMinor: 0 } })).body.code).toBe('invalid_request');
});

test('the two registers every location has keep their names and stay', async () => {
  const main = await finance.register('main');
  expect((await owner.here<Refusal>('PATCH', `registers/${main.id}`, { version: main.version, name: 'Till' })).body.code).toBe('step_not_allowed');
  const archived = await owner.here<Refusal>('POST', `registers/${main.id}/archival`, { version: main.version, archived: true });
  expect(archived.body.code).toBe('step_not_allowed');
});

test('what still uses a register is named when it shall be archived', async () => {
  const old = await added('Old bank');
  await finance.write({ registerId: old.id, amountMinor: 1_500, itemId: 'other_income' });
  const page = (await owner.here<{ connections: { id: string; version: number; registerId: string }[] }>('GET', 'cashless-payment')).body;
  const [connection] = page.connections;
  const pays = async (registerId: string) => {
    const now = (await owner.here<typeof page>('GET', 'cashless-payment')).body.connections[0];
    expect((await owner.here('PATCH', `cashless-payment/connections/${connection?.id}`, { version: now?.version, registerId })).status).toBe(200);
  };
  await pays(old.id);
  const role = await owner.call<{ id: string }>('POST', 'roles', {
    name: 'Banker',
    rights: ['transactions.see'],
    registers: [old.id],
    lastDays: {},
    refundLimitMinor: null,
  });
  const archive = async (archived = true) =>
    owner.here<Refusal>('POST', `registers/${old.id}/archival`, { version: (await registers()).find(({ id }) => id === old.id)?.version, archived });
  const refused = await archive();
  expect(refused.body).toMatchObject({
    code: 'still_used',
    detail: {
      uses: [
        { kind: 'money', amountMinor: 1_500, currency: 'EUR' },
        { kind: 'connection', name: 'Stripe' },
        { kind: 'role', name: 'Banker' },
      ],
    },
  });
  await pays((await finance.register('card')).id);
  await owner.call('PUT', `roles/${role.body.id}`, {
    name: 'Banker',
    rights: ['transactions.see'],
    registers: null,
    lastDays: {},
    refundLimitMinor: null,
    version: 1,
  });
  const main = await finance.register('main');
  const moved = await owner.here<Written>('POST', 'register-transfers', {
    key: newKey(),
    fromRegisterId: old.id,
    toRegisterId: main.id,
    amountMinor: 1_500,
    happenedAt: app.clock.now().toISOString(),
  });
  expect(moved.status).toBe(200);
  expect((await archive()).status).toBe(200);
  expect(await names()).not.toContain('Old bank');
  expect((await finance.write({ registerId: old.id, amountMinor: 1 })).body.code).toBe('not_found');
  // its name is free again, until it comes back
  const next = await added('Old bank');
  expect((await archive(false)).body.code).toBe('already_there');
  expect((await owner.here('POST', `registers/${next.id}/archival`, { version: next.version, archived: true })).status).toBe(200);
  expect((await archive(false)).status).toBe(200);
});

test('money that is written down while its register is archived never lies in an archived one', async () => {
  for (let round = 0; round < 5; round++) {
    const { id, version } = await added(`Raced ${round}`);
    const [archived, written] = await Promise.all([
      owner.here('POST', `registers/${id}/archival`, { version, archived: true }),
      finance.write({ registerId: id, amountMinor: 100, itemId: 'other_income' }),
    ]);
    expect([archived.status, written.status].sort((a, b) => a - b)).toEqual(archived.status === 200 ? [200, 404] : [200, 409]);
  }
});

test('a transfer leaves one register and reaches the other, and is undone by deleting it', async () => {
  const [main, card] = [await finance.register('main'), await finance.register('card')];
  const wish = { key: newKey(), fromRegisterId: main.id, toRegisterId: card.id, amountMinor: 2_000, happenedAt: app.clock.now().toISOString() };
  const move = (more = {}) => owner.here<Written & Refusal>('POST', 'register-transfers', { ...wish, ...more });
  const answers = await Promise.all([move(), move(), move()]);
  expect(new Set(answers.map(({ body }) => body.entryId)).size).toBe(1);
  expect((await finance.register('card')).balanceMinor).toBe(card.balanceMinor + 2_000);
  expect((await move({ key: newKey(), toRegisterId: main.id })).body.code).toBe('invalid_request');
  expect((await move({ key: newKey(), toRegisterId: 'acc_none' })).body.code).toBe('not_found');
  const { lines } = (await finance.see(answers[0]?.body.entryId ?? '')).body;
  expect(lines).toMatchObject([{ direction: 'within', operation: 'transfer', from: { name: 'main' }, to: { name: 'card' } }]);
  expect((await finance.remove(answers[0]?.body.entryId ?? '')).status).toBe(200);
  expect((await finance.register('main')).balanceMinor).toBe(main.balanceMinor);
  expect((await finance.change(answers[0]?.body.entryId ?? '', { registerId: main.id, amountMinor: 1 })).body.code).toBe('step_not_allowed');
});

test('an opening balance is said once; deleted, it can be said anew', async () => {
  const { id } = await added('Drawer', { kind: 'cash' });
  const say = (amountMinor: number, key = newKey()) =>
    owner.here<Written & Refusal>('POST', `registers/${id}/opening-balance`, { key, amountMinor, day: '2026-02-01' });
  const answers = await Promise.all([say(5_000), say(6_000), say(7_000)]);
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409]);
  const first = answers.find(({ status }) => status === 200)?.body.entryId ?? '';
  expect((await finance.register('Drawer')).opening).toMatchObject({ entryId: first, happenedAt: '2026-02-01T00:00:00.000Z' });
  expect((await finance.remove(first)).status).toBe(200);
  expect((await finance.register('Drawer')).opening).toBeNull();
  const key = newKey();
  expect((await say(8_000, key)).status).toBe(200);
  expect((await say(8_000, key)).status).toBe(200);
  expect((await finance.register('Drawer')).balanceMinor).toBe(8_000);
  const future = await owner.here<Refusal>('POST', `registers/${id}/opening-balance`, { key: newKey(), amountMinor: 1, day: '2026-03-03' });
  expect(future.body.code).toBe('invalid_request');
});

test('a card taken at the desk costs its register’s fee, as an entry that goes with it and is undone with it', async () => {
  const terminal = await added('Bank terminal', { fee: { basisPoints: 175, fixedMinor: 5 } });
  const id = await visit(1);
  const seen = (await owner.here<Checkout>('GET', `appointments/${id}/checkout`)).body;
  const wish = { key: newKey(), registerId: terminal.id, amountMinor: 4_000, version: seen.version };
  const answers = await Promise.all([1, 2, 3].map(() => owner.here<Checkout>('POST', `appointments/${id}/desk-payments`, wish)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await finance.register('Bank terminal')).balanceMinor).toBe(4_000 - 75);
  const { transactions } = (await finance.page({ register: terminal.id })).body;
  const fee = transactions.find(({ operation }) => operation === 'fee');
  const payment = transactions.find(({ operation }) => operation === 'payment');
  expect(transactions).toHaveLength(2);
  expect(fee).toMatchObject({ amountMinor: 75, direction: 'out', itemId: 'acquiring', appointmentId: id });
  expect(payment).toMatchObject({ amountMinor: 4_000, direction: 'in', staff: { id: 'stf_1' }, appointmentId: id });
  expect((await finance.see(fee?.entryId ?? '')).body).toMatchObject({ undeletable: 'follows', follows: payment?.entryId });
  expect((await finance.remove(fee?.entryId ?? '')).body).toMatchObject({ code: 'step_not_allowed', detail: { because: 'follows' } });
  expect((await finance.remove(payment?.entryId ?? '')).status).toBe(200);
  expect((await finance.register('Bank terminal')).balanceMinor).toBe(0);
  expect((await owner.here<Checkout>('GET', `appointments/${id}/checkout`)).body.dueMinor).toBe(4_000);
  expect((await finance.page({ register: terminal.id })).body.transactions).toEqual([]);
});

test('money that came through a provider is not deleted, it is refunded there; it is shown with its register', async () => {
  const wish = await wishFor(app, { serviceIds: ['cut'], staffId: 'stf_2', startsAt: '2026-03-03T12:00:00.000Z', pay: ['cut'] });
  const client = clientOf(app);
  const { token } = (await client.book(wish(50))).body;
  app.sandbox.pay(client.sessionOf((await client.startPayment(token)).body));
  await client.comeBack(token);
  await app.afterwards();
  const card = await finance.register('card');
  expect(card.withProviders).toMatchObject([{ provider: 'stripe', amountMinor: 4_000 }]);
  const [payment] = (await finance.page({ register: card.id, operation: 'payment' })).body.transactions;
  expect(payment).toMatchObject({ direction: 'in', to: { kind: 'clearing', name: 'Stripe' }, payment: { provider: 'stripe' }, by: null });
  expect((await finance.see(payment?.entryId ?? '')).body.undeletable).toBe('through_provider');
  expect((await finance.remove(payment?.entryId ?? '')).body).toMatchObject({ code: 'step_not_allowed', detail: { because: 'through_provider' } });
});

test('own payment items stand beside the twelve standard ones; an archived one takes nothing more and keeps what it has', async () => {
  const items = async () => (await owner.here<PaymentItems>('GET', 'payment-items')).body.items;
  expect((await items()).filter(({ standard }) => standard)).toHaveLength(12);
  await owner.here('POST', 'payment-items', { name: 'Cleaning', direction: 'out' });
  await owner.here('POST', 'payment-items', { name: 'Tips', direction: 'in' });
  expect((await owner.here<Refusal>('POST', 'payment-items', { name: 'cleaning', direction: 'out' })).body.code).toBe('already_there');
  const [cleaning, tips] = (await items()).filter(({ standard }) => !standard);
  expect((await owner.here('PUT', 'payment-item-order', { ids: [tips?.id, cleaning?.id] })).status).toBe(200);
  const main = await finance.register('main');
  expect((await finance.write({ registerId: main.id, amountMinor: 300, itemId: cleaning?.id ?? '' })).status).toBe(200);
  expect((await owner.here('PATCH', `payment-items/${cleaning?.id}`, { version: 1, name: 'Cleaners' })).status).toBe(200);
  expect((await owner.here<Refusal>('PATCH', 'payment-items/rent', { version: 1, name: 'Hire' })).body.code).toBe('not_found');
  const archived = await owner.here<PaymentItems>('POST', `payment-items/${cleaning?.id}/archival`, { version: 2, archived: true });
  expect(archived.body.items.at(-1)).toMatchObject({ name: 'Cleaners', used: true, archivedAt: '2026-03-02T09:00:00.000Z' });
  expect((await finance.write({ registerId: main.id, amountMinor: 300, itemId: cleaning?.id ?? '' })).body.code).toBe('not_found');
  expect((await finance.page({ item: cleaning?.id ?? '' })).body.transactions).toMatchObject([{ itemName: 'Cleaners', amountMinor: 300 }]);
});

test.each([
  ['JPY', 1_234],
  ['KWD', 1_234_567],
])('in %s amounts are its smallest units, in the list, the totals and the file', async (currency, amountMinor) => {
  const place = await testApp({ salon: { currency, services: {}, staff: {} }, listen: false });
  const accountant = await signInAs(place, 'accountant');
  const there = financeOf(accountant);
  const { id } = await there.register('main');
  await there.write({ registerId: id, amountMinor, itemId: 'other_income' });
  expect((await there.register('main')).balanceMinor).toBe(amountMinor);
  expect(await there.totals()).toMatchObject({ count: 1, sums: [{ currency, inMinor: amountMinor, outMinor: 0 }] });
  const url = `/api/v1/admin/locations/${place.scope.locationId}/transactions.csv`;
  const file = await place.http.inject({ method: 'GET', url, headers: { cookie: accountant.cookie } });
  expect(file.body).toContain(currency === 'JPY' ? '"1234"' : '"1234.567"');
  await place.close();
});
