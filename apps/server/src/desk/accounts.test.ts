import type { AccountPage, AccountStatement, AccountTypes } from '@holdfast/contract/accounts';
import type { RefundList } from '@holdfast/contract/refunds';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scope } from '../access/scope.ts';
import { switchOnlinePayment } from '../payments/connect-provider.ts';
import { accountDesk, type Said, secondLocation, visitOf } from '../testing/accounts-of.ts';
import { clientOf } from '../testing/call.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { auditEverything } from './audit.ts';

let app: TestApp;
let owner: StaffUser;
let reception: StaffUser;
let second: Scope;
let desk: ReturnType<typeof accountDesk>;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_cut: { price: 5000, minutes: 60, status: 'available' }, srv_color: { price: 8000, minutes: 60, status: 'required' } },
      staff: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
  });
  owner = await signInAs(app, 'owner');
  reception = await signInAs(app, 'reception');
  second = await secondLocation(app, owner);
  desk = accountDesk(app, owner);
  await app.database.transaction((tx) => switchOnlinePayment(tx, app.scope, { method: 'visit_link', enabled: true, connectionId: app.connectionId }));
});
afterAll(async () => {
  expect((await auditEverything(app.payments)).disagreements).toEqual([]);
  await app.close();
});

const ordinary = (clientId: string) => `${clientId}~EUR`;

test('cash fills an account once, however often the button is pressed, and the statement says it in words', async () => {
  const account = ordinary(await desk.client());
  expect((await desk.page(account)).account).toMatchObject({ balanceMinor: 0, openedAt: null, spendableMinor: 0, mayTopUp: true });
  const key = desk.key();
  const [first] = await Promise.all([desk.topUp(account, 3000, { key }), desk.topUp(account, 3000, { key }), desk.topUp(account, 3000, { key })]);
  expect(first.status).toBe(200);
  const page = await desk.page(account);
  expect(page.account).toMatchObject({ balanceMinor: 3000, spendableMinor: 3000, lies: [{ locationName: 'Salon', balanceMinor: 3000 }] });
  expect(page.topUps).toMatchObject([{ kind: 'cash', state: 'done', amountMinor: 3000, mayReverse: true }]);
  expect((await desk.topUp(account, 4000, { key })).body.code).toBe('already_there');
  expect((await desk.statement(account)).rows).toMatchObject([
    { operation: 'top_up', amountMinor: 3000, balanceMinor: 3000, by: 'owner', topUpId: page.topUps[0]?.id, appointment: null },
  ]);
});

test('a visit is paid partly from the account, the rest in cash, and neither more than is due nor more than is there', async () => {
  const visit = await visitOf(app);
  const account = ordinary(visit.clientId);
  await desk.topUp(account, 2000);
  expect((await desk.pay(visit.id, account, 2001)).body).toMatchObject({ code: 'not_enough_on_account', detail: { spendableMinor: 2000 } });
  expect((await desk.pay(visit.id, account, 5001)).body).toMatchObject({ code: 'step_not_allowed', detail: { dueMinor: 5000 } });
  const paid = await desk.pay(visit.id, account, 2000);
  expect(paid.body).toMatchObject({ paidMinor: 2000, dueMinor: 3000, payments: [{ kind: 'account', amountMinor: 2000, mayReverse: true }] });
  expect((await desk.cash(visit.id, 3000)).body).toMatchObject({ paidMinor: 5000, dueMinor: 0 });
  expect((await desk.statement(account)).rows).toMatchObject([
    { operation: 'spend', amountMinor: -2000, balanceMinor: 0, appointment: { id: visit.id } },
    { operation: 'top_up', balanceMinor: 2000 },
  ]);
});

test('two who look at the same version of a visit do not both pay it', async () => {
  const visit = await visitOf(app);
  const account = ordinary(visit.clientId);
  await desk.topUp(account, 9000);
  const { version } = await desk.checkout(visit.id);
  const both = await Promise.all([desk.pay(visit.id, account, 4000, { version }), desk.pay(visit.id, account, 4000, { version })]);
  expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
  expect((await desk.page(account)).account.balanceMinor).toBe(5000);
});

test('a payment from an account is put back on it, once, and the visit asks for it again', async () => {
  const visit = await visitOf(app);
  const account = ordinary(visit.clientId);
  await desk.topUp(account, 5000);
  const { body } = await desk.pay(visit.id, account, 5000);
  const paymentId = body.payments[0]?.id ?? '';
  expect((await reception.here('POST', `account-payments/${paymentId}/reversal`, { because: 'x' })).status).toBe(403);
  app.clock.advance({ seconds: 1 });
  expect((await desk.reversePayment(paymentId)).body).toMatchObject({
    paidMinor: 0,
    dueMinor: 5000,
    payments: [{ status: 'reversed', mayReverse: false }],
  });
  expect((await desk.reversePayment(paymentId)).body.code).toBe('step_not_allowed');
  expect((await desk.page(account)).account.balanceMinor).toBe(5000);
  expect((await desk.statement(account)).rows).toMatchObject([{ reversal: true, balanceMinor: 5000 }, { reversed: true, balanceMinor: 0 }, {}]);
});

test('a friend pays from her own account, and the audit log says whose it was', async () => {
  const visit = await visitOf(app);
  const friend = await desk.client('Zoe');
  await desk.topUp(ordinary(friend), 5000);
  const { body } = await desk.pay(visit.id, ordinary(friend), 5000);
  expect(body.payments).toMatchObject([{ kind: 'account', account: { clientId: friend, clientName: 'Zoe' } }]);
  const { rows } = await sql<{
    after: object;
  }>`select after from audit_log where action = 'visit.paid_from_account' and subject_id = ${visit.id}`.execute(app.database.read);
  expect(rows[0]?.after).toMatchObject({ ofClient: friend });
});

test('money that lies at one location pays at another, settled between the two, and comes back where it was', async () => {
  const visit = await visitOf(app);
  const account = ordinary(visit.clientId);
  await desk.topUp(account, 3000, { scope: second });
  await desk.topUp(account, 1000);
  const { body } = await desk.pay(visit.id, account, 4000);
  expect(body.paidMinor).toBe(4000);
  const between = async () => {
    const { rows } = await sql<{ sum: bigint; n: number }>`
      select coalesce(sum(balance_minor), 0)::bigint sum, count(*) filter (where balance_minor <> 0)::int n from ledger_accounts where kind = 'between'`.execute(
      app.database.read,
    );
    return rows[0];
  };
  expect(await between()).toEqual({ sum: 0n, n: 2 });
  const rows = (await desk.statement(account)).rows;
  expect(
    rows
      .slice(0, 2)
      .map(({ operation, amountMinor }) => [operation, amountMinor])
      .sort((a, b) => String(a).localeCompare(String(b))),
  ).toEqual([
    ['settlement', -3000],
    ['spend', -1000],
  ]);
  app.clock.advance({ seconds: 1 });
  await desk.reversePayment(body.payments[0]?.id ?? '');
  expect(await between()).toEqual({ sum: 0n, n: 0 });
  expect((await desk.page(account)).account.lies.map(({ balanceMinor }) => balanceMinor).sort((a, b) => a - b)).toEqual([1000, 3000]);
});

test('a mistaken top-up is undone by whom the role allows, from the register one chooses, only while the money is there', async () => {
  const visit = await visitOf(app);
  const account = ordinary(visit.clientId);
  const topUp = (await desk.topUp(account, 4000)).body.topUps[0]?.id ?? '';
  expect((await reception.here('POST', `top-ups/${topUp}/reversal`, { because: 'x' })).status).toBe(403);
  await desk.pay(visit.id, account, 1500);
  const refused = await desk.reverseTopUp(topUp);
  expect(refused.body).toMatchObject({
    code: 'not_enough_on_account',
    detail: { leftMinor: 2500, spentOn: [{ appointmentId: visit.id, amountMinor: 1500 }] },
  });
  await desk.topUp(account, 1500);
  const undone = await desk.reverseTopUp(topUp, { registerId: await desk.register('card') });
  expect(undone.body.account.balanceMinor).toBe(0);
  expect(undone.body.topUps.find(({ id }) => id === topUp)).toMatchObject({
    state: 'reversed',
    mayReverse: false,
    reversal: { because: 'a mistake', registerName: 'card' },
  });
  expect((await desk.reverseTopUp(topUp)).body.code).toBe('step_not_allowed');
});

test('a part of the account is held until the rest is paid by the link, and is spent in the same moment', async () => {
  const visit = await visitOf(app);
  const account = ordinary(visit.clientId);
  await desk.topUp(account, 2000);
  expect((await desk.hold(visit.id, account, 5000)).body).toMatchObject({ code: 'step_not_allowed', detail: { reason: 'pays_all' } });
  const held = await desk.hold(visit.id, account, 2000);
  expect(held.body).toMatchObject({ heldMinor: 2000, dueMinor: 3000, paidMinor: 0, holds: [{ heldMinor: 2000, for: 'visit' }] });
  expect((await desk.page(account)).account).toMatchObject({ balanceMinor: 2000, heldMinor: 2000, spendableMinor: 0 });
  const other = await visitOf(app);
  expect((await desk.pay(other.id, account, 1)).body.code).toBe('not_enough_on_account');
  const page = await desk.followLink(visit.id);
  expect(page.body.amountMinor).toBe(3000);
  app.sandbox.pay(clientOf(app).sessionOf(page.body));
  await app.pass({ seconds: 1 });
  expect(await desk.checkout(visit.id)).toMatchObject({ paidMinor: 5000, heldMinor: 0, dueMinor: 0, holds: [] });
  expect((await desk.page(account)).account).toMatchObject({ balanceMinor: 0, heldMinor: 0 });
});

test('what is held is spent with the rest in cash, let go when staff say so, and when the visit is cancelled', async () => {
  const visit = await visitOf(app);
  const account = ordinary(visit.clientId);
  await desk.topUp(account, 3000);
  const { body } = await desk.hold(visit.id, account, 1000);
  expect((await desk.release(body.holds[0]?.id ?? '')).body).toMatchObject({ heldMinor: 0, dueMinor: 5000 });
  expect((await desk.release(body.holds[0]?.id ?? '')).body.code).toBe('step_not_allowed');
  await desk.hold(visit.id, account, 1000);
  await desk.hold(visit.id, account, 500);
  expect((await desk.cash(visit.id, 3500)).body).toMatchObject({ paidMinor: 5000, heldMinor: 0 });
  expect((await desk.page(account)).account).toMatchObject({ balanceMinor: 1500, heldMinor: 0 });
  const given = await visitOf(app);
  await desk.hold(given.id, account, 1500);
  await clientOf(app).cancel(given.token);
  expect((await desk.page(account)).account).toMatchObject({ balanceMinor: 1500, heldMinor: 0, spendableMinor: 1500 });
});

test('types have their limit, their places and their currency; a limit below what somebody owes is refused', async () => {
  const locationIds = [app.scope.locationId, second.locationId];
  const wish = { name: 'Family', currency: 'EUR', locationIds, creditLimitMinor: 2000 };
  const made = await owner.here<Said<AccountTypes>>('POST', 'account-types', wish);
  const type = made.body.types.find(({ name }) => name === 'Family');
  expect((await owner.here<Said<object>>('POST', 'account-types', wish)).body.code).toBe('already_there');
  expect((await owner.here<Said<object>>('POST', 'account-types', { ...wish, name: 'Yen', currency: 'JPY' })).body.code).toBe('invalid_request');
  expect((await reception.here('POST', 'account-types', { ...wish, name: 'Mine' })).status).toBe(403);
  const visit = await visitOf(app);
  const opened = await owner.here<{ accounts: { id: string }[] }>('POST', `clients/${visit.clientId}/accounts`, { typeId: type?.id });
  const account = opened.body.accounts.find(({ id }) => id.includes('aty_'))?.id ?? '';
  expect((await desk.pay(visit.id, account, 1700)).body.paidMinor).toBe(1700);
  expect((await desk.page(account)).account).toMatchObject({ balanceMinor: -1700, spendableMinor: 300 });
  const change = (creditLimitMinor: number, archived = false) =>
    owner.here<Said<AccountTypes>>('PUT', `account-types/${type?.id}`, { version: 1, name: 'Family', locationIds, creditLimitMinor, archived });
  expect((await change(1600)).body).toMatchObject({ code: 'still_used', detail: { accounts: 1, mostMinor: 1700 } });
  expect((await change(1700, true)).status).toBe(200);
  expect((await change(1800)).body.code).toBe('changed_meanwhile');
  expect((await desk.topUp(account, 100)).body).toMatchObject({ code: 'step_not_allowed', detail: { reason: 'archived' } });
});

test('a client who was written down twice becomes one with all accounts, debts and what is held', async () => {
  const locationIds = [app.scope.locationId];
  const made = await owner.here<AccountTypes>('POST', 'account-types', { name: 'Credit', currency: 'EUR', locationIds, creditLimitMinor: 3000 });
  const typeId = made.body.types.find(({ name }) => name === 'Credit')?.id ?? '';
  const [one, two] = [await visitOf(app), await visitOf(app)];
  const typed = (clientId: string) => `${clientId}~${typeId}~EUR`;
  for (const { id, clientId } of [one, two]) await desk.pay(id, typed(clientId), 2500);
  await desk.topUp(ordinary(two.clientId), 4000);
  const held = await visitOf(app);
  await desk.hold(held.id, ordinary(two.clientId), 4000);
  const paid = (await desk.checkout(two.id)).payments[0]?.id ?? '';
  const merged = await owner.call('POST', `clients/${one.clientId}/merge`, { version: 1, other: two.clientId });
  expect(merged.status).toBe(200);
  expect((await desk.page(typed(one.clientId))).account).toMatchObject({ balanceMinor: -5000, creditLimitMinor: 5000, spendableMinor: 0 });
  expect((await desk.page(ordinary(one.clientId))).account).toMatchObject({ balanceMinor: 4000, heldMinor: 4000 });
  expect((await desk.cash(held.id, 1000)).body).toMatchObject({ paidMinor: 5000, heldMinor: 0 });
  expect((await desk.reversePayment(paid)).status).toBe(200);
  expect((await desk.page(typed(one.clientId))).account.balanceMinor).toBe(-2500);
});

test('who owes or is owed something cannot be erased', async () => {
  const clientId = await desk.client();
  const topUp = (await desk.topUp(ordinary(clientId), 100)).body.topUps[0]?.id ?? '';
  const erase = () => owner.call<Said<object>>('POST', `clients/${clientId}/erasure`, { version: 1 });
  expect((await erase()).body.code).toBe('still_used');
  await desk.reverseTopUp(topUp);
  expect((await erase()).status).toBe(200);
  expect((await desk.topUp(ordinary(clientId), 100)).status).toBe(404);
});

test('what is left of a partly spent top-up goes back out of a register, from wherever in the chain it lies, and the client can be erased', async () => {
  const visit = await visitOf(app);
  const clientId = await desk.client();
  const account = ordinary(clientId);
  const topUp = (await desk.topUp(account, 6000)).body.topUps[0]?.id ?? '';
  await desk.topUp(account, 2000, { scope: second });
  await desk.pay(visit.id, account, 3000);
  await desk.pay(visit.id, account, 1500);
  expect((await desk.reverseTopUp(topUp)).body).toMatchObject({ code: 'not_enough_on_account' });
  const registerId = await desk.register();
  const seen = (await desk.page(account)).payout;
  expect(seen).toMatchObject({ restMinor: 3500, whyNot: null, providers: [], asked: null });
  expect(seen.registers.map(({ id }) => id)).toContain(registerId);
  const give = (amountMinor: number, key = desk.key(), who = owner) =>
    who.here<Said<AccountPage>>('POST', `client-accounts/${account}/payouts`, {
      way: 'register',
      key,
      amountMinor,
      registerId,
      because: 'moves away',
    });
  expect((await give(3500, desk.key(), reception)).body).toMatchObject({ code: 'right_missing' });
  // the page of a screen that is old
  expect((await give(6000)).body).toMatchObject({ code: 'changed_meanwhile', detail: { leftMinor: 3500 } });
  const key = desk.key();
  const answers = await Promise.all([give(3500, key), give(3500, key), give(3500, `${key}_another`)]);
  // whoever comes first: one of the two wishes, and a wish that is sent twice is one
  expect(['200 200 409', '409 409 200']).toContain(answers.map(({ status }) => status).join(' '));
  const page = await desk.page(account);
  expect(page).toMatchObject({ account: { balanceMinor: 0 }, payout: { restMinor: 0 } });
  expect(page.topUps.find(({ id }) => id === topUp)).toMatchObject({ state: 'done' });
  const moved = (await desk.statement(account)).rows.filter(({ memo }) => memo === 'moves away');
  expect(moved.map(({ operation, amountMinor }) => `${operation} ${amountMinor}`).sort()).toEqual(['refund -1500', 'settlement -2000']);
  const { rows } = await sql<{ out: bigint }>`
    select sum(amount_minor)::bigint out from ledger_postings where from_account_id = ${registerId} and operation = 'refund' and item_id = 'top_ups'`.execute(
    app.database.read,
  );
  expect(rows).toEqual([{ out: 3500n }]);
  await app.pass({ seconds: 2 });
  const notes = await sql<{ amount: bigint; of: bigint }>`
    select n.amount_minor amount, r.amount_minor "of" from receipts n join receipts r on r.chain_id = n.chain_id and r.receipt_id = n.of_receipt
     where n.kind = 'credit_note' and n.client_id = ${clientId}`.execute(app.database.read);
  // all that was paid out here, of what came here
  expect(notes.rows).toEqual([{ amount: 3500n, of: 6000n }]);
  expect((await owner.call('POST', `clients/${clientId}/erasure`, { version: 1 })).status).toBe(200);
});

test('a balance goes back within the role’s limit, not in pieces, and above the location’s limit by two people', async () => {
  const clientId = await desk.client();
  const account = ordinary(clientId);
  await desk.topUp(account, 1000);
  const role = app.salon.newId('rol');
  await sql`
    insert into roles (chain_id, role_id, name, rights, refund_limit_minor, created_at)
    values (${app.scope.chainId}, ${role}, ${role}, '{checkout.see,refunds.make,transactions.see}', 1000, ${app.clock.now()})`.execute(
    app.database.read,
  );
  const limited = await signInAs(app, role);
  const registerId = await desk.register();
  const give = (who: StaffUser, amountMinor: number) =>
    who.here<Said<AccountPage>>('POST', `client-accounts/${account}/payouts`, {
      way: 'register',
      key: desk.key(),
      amountMinor,
      registerId,
      because: 'moves away',
    });
  expect((await give(limited, 1000)).status).toBe(200);
  await desk.topUp(account, 500);
  expect((await give(limited, 500)).body).toMatchObject({ code: 'right_missing', detail: { because: 'over_limit' } });
  await owner.here('PUT', 'refund-settings', { secondPersonFromMinor: 1400 });
  expect((await give(owner, 500)).body.payout.asked).toMatchObject({ by: 'owner', byYou: true, amountMinor: 500 });
  expect((await give(owner, 500)).body).toMatchObject({ code: 'second_person_needed' });
  const administrator = await signInAs(app, 'administrator');
  // it stands in Finance → Refunds, is declined there, and asked for anew
  const asked = async (who: StaffUser) => (await who.here<RefundList>('GET', 'refunds')).body;
  expect(await asked(owner)).toMatchObject({
    counts: { asked: 1 },
    asked: [
      {
        of: { kind: 'account', id: account, name: null },
        client: { id: clientId },
        amountMinor: 500,
        because: 'moves away',
        may: { agree: 'second_person', decline: null },
      },
    ],
  });
  expect((await asked(administrator)).asked).toMatchObject([{ asked: { by: 'owner' }, may: { agree: null, decline: null } }]);
  expect((await owner.here<RefundList>('GET', 'refunds?state=closed')).body).toMatchObject({ counts: { asked: 1 }, asked: [] });
  const decline = () => administrator.here<RefundList>('POST', `asked-refunds/account/${account}/refusal`, { because: 'stays after all' });
  expect((await decline()).body).toMatchObject({ counts: { asked: 0 }, asked: [] });
  expect((await decline()).status).toBe(404);
  expect((await give(administrator, 500)).body.payout.asked).toMatchObject({ byYou: true });
  expect((await administrator.here<RefundList>('POST', `asked-refunds/account/${account}/refusal`, { because: 'asked by mistake' })).status).toBe(
    200,
  );
  expect((await give(owner, 500)).body.payout.asked).toMatchObject({ byYou: true });
  expect((await give(administrator, 500)).body).toMatchObject({ account: { balanceMinor: 0 }, payout: { asked: null } });
  await owner.here('PUT', 'refund-settings', { secondPersonFromMinor: null });
});

test('the statement comes page by page and as a file in which nothing is a formula', async () => {
  const account = ordinary(await desk.client('=cmd()'));
  for (const amount of [100, 200, 300]) await desk.topUp(account, amount);
  const first = await desk.statement(account, '?limit=2');
  expect(first.rows.map(({ balanceMinor }) => balanceMinor)).toEqual([600, 300]);
  const rest = await desk.statement(account, `?limit=2&before=${encodeURIComponent(first.next ?? '')}`);
  expect(rest).toMatchObject({ rows: [{ balanceMinor: 100 }], next: null } satisfies Partial<Record<keyof AccountStatement, unknown>>);
  const file = await app.http.inject({
    url: `/api/v1/admin/locations/${app.scope.locationId}/client-accounts/${account}/statement.csv`,
    headers: { cookie: owner.cookie },
  });
  expect(file.body.split('\r\n')[1]).toContain('"top_up","1","1","EUR"');
});

test('what is held on the account is not asked for again on the client’s own page', async () => {
  const visit = await visitOf(app, { serviceIds: ['srv_color'] });
  const account = ordinary(visit.clientId);
  const asked = (await clientOf(app).see(visit.token)).body;
  expect(asked).toMatchObject({ dueMinor: 8000, appointments: [{ dueMinor: 8000, paidMinor: 0 }] });
  await desk.topUp(account, 3000);
  expect((await desk.hold(visit.id, account, 3000)).body).toMatchObject({ heldMinor: 3000, dueMinor: 5000 });
  expect((await clientOf(app).see(visit.token)).body).toMatchObject({ dueMinor: 5000, appointments: [{ dueMinor: 5000, paidMinor: 0 }] });
});
