import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { call, clientOf } from '../testing/call.ts';
import { depositsOf } from '../testing/deposits-of.ts';
import { confirmPhone, phoneOf } from '../testing/memberships-of.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

let app: TestApp;
let client: ReturnType<typeof clientOf>;
let deposits: ReturnType<typeof depositsOf>;
let owner: StaffUser;

beforeAll(async () => {
  app = await testApp({
    salon: {
      services: {
        srv_color: { price: 5000, minutes: 60, status: 'required' },
        srv_cut: { price: 3000, minutes: 30, status: 'available' },
        srv_wash: { price: 1000, minutes: 15, status: 'not_available' },
      },
      staff: { stf_ana: { status: 'available' }, stf_rui: { status: 'available' } },
    },
  });
  client = clientOf(app);
  owner = await signInAs(app, 'owner');
  deposits = depositsOf(app, owner);
});
afterAll(() => app.close());
afterEach(async () => {
  const charged = app.sandbox.payments();
  const said = charged.map((one) => ({
    reference: one.client_reference_id ?? undefined,
    providerPaymentId: one.id,
    capturedMinor: BigInt(one.captured),
  }));
  expect((await auditEverything(app.payments, said)).disagreements).toEqual([]);
});

// everybody has a telephone and a time of their own: one salon is enough for all of them
let clients = 0;
const next = () => {
  const n = ++clients;
  const startsAt = new Date(Date.UTC(2026, 2, 3 + Math.floor(n / 5), 9 + 2 * (n % 5))).toISOString();
  return { n, color: { serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt } };
};

/** Of 50.00 they pay 20.00 from an account of 60.00. */
async function bookWithPart() {
  const { n, color } = next();
  const clientId = await deposits.client(n, 6000);
  const { status, body } = await deposits.book(await deposits.wish(n, [color], 2000));
  expect(status).toBe(201);
  return { n, color, clientId, token: body.token, booking: body };
}

async function goAndPay(token: string) {
  const page = await client.startPayment(token);
  expect(page.status).toBe(200);
  return client.sessionOf(page.body);
}

async function payInTime(token: string) {
  app.sandbox.pay(await goAndPay(token));
  await app.pass({ seconds: 5 });
  return (await client.see(token)).body;
}

/** Stripe cannot be reached when the hold's page has to be closed, so it stays payable. */
async function payLate(token: string, meanwhile: () => Promise<unknown> = async () => {}) {
  const session = await goAndPay(token);
  app.sandbox.faults.add({ match: 'any', kind: 'status500', times: 1000 });
  await app.pass({ minutes: 16, seconds: 1 });
  expect((await client.see(token)).body.status).toBe('expired');
  app.sandbox.faults.clear();
  await meanwhile();
  app.sandbox.pay(session);
  await app.pass({ seconds: 1 });
  return (await client.see(token)).body;
}

test('a client with a confirmed telephone sees what is theirs, without what is lent or kept; whoever is unknown sees the same nothing', async () => {
  const [known, poor, unknown] = [next().n, next().n, next().n];
  const clientId = await deposits.client(known, 6000);
  await deposits.client(poor, 0);
  await sql`update client_accounts set credit_limit_minor = 90000 where owner_id = ${clientId}`.execute(app.database.read);
  const draftId = 'draft_of_a_balance_00';
  const ask = async (n: number) => {
    const phone = phoneOf(n);
    return (await deposits.balance({ draftId, phone, proof: await confirmPhone(app, draftId, phone) })).body;
  };
  expect(await ask(known)).toEqual({ accounts: [{ typeId: null, typeName: null, currency: 'EUR', spendableMinor: 6000 }] });
  expect(await ask(poor)).toEqual({ accounts: [] });
  expect(await ask(unknown)).toEqual({ accounts: [] });
  for (const phone of [phoneOf(known), '+351912099999']) {
    const refused = await deposits.balance({ draftId, phone, proof: 'guessed' });
    expect([refused.status, refused.body.code]).toEqual([409, 'phone_not_confirmed']);
  }
  // a proof is good for its own draft and telephone only
  const other = await deposits.balance({ draftId: 'draft_of_a_balance_01', phone: phoneOf(known), proof: `proof_${draftId}` });
  expect(other.body.code).toBe('phone_not_confirmed');
});

test('a part from the account is kept until the rest has been paid online, and then both have paid', async () => {
  const { clientId, token, booking } = await bookWithPart();
  expect(booking).toMatchObject({ status: 'held', dueMinor: 3000, accountMinor: 2000, paidMinor: 0, canPay: true });
  expect(await deposits.stands(clientId)).toEqual({ balance: 6000, held: 2000 });
  const page = await client.startPayment(token);
  expect(page.body.amountMinor).toBe(3000);
  expect(await payInTime(token)).toMatchObject({ status: 'confirmed', dueMinor: 0, accountMinor: 0, paidMinor: 5000 });
  expect(await deposits.stands(clientId)).toEqual({ balance: 4000, held: 0 });
});

test('the whole prepayment from the account: nothing is asked online, and the time is theirs at once', async () => {
  const { n, color } = next();
  const clientId = await deposits.client(n, 5000);
  const wish = await deposits.wish(n, [color], 5000);
  const { body } = await deposits.book(wish);
  expect(body).toMatchObject({ status: 'confirmed', dueMinor: 0, paidMinor: 5000, payment: null });
  expect(await deposits.stands(clientId)).toEqual({ balance: 0, held: 0 });
  // the same again is the same booking
  const again = await deposits.book(wish);
  expect([again.status, again.body.token]).toEqual([200, body.token]);
  expect(await deposits.stands(clientId)).toEqual({ balance: 0, held: 0 });
});

test('the process dies between the claim and the spending: the next look spends it', async () => {
  const { n, color } = next();
  const clientId = await deposits.client(n, 5000);
  const wish = await deposits.wish(n, [color], 5000);
  await sql.raw('alter table account_payments add constraint nobody_spends check (false) not valid').execute(app.database.read);
  expect((await deposits.book(wish)).status).toBe(500);
  await sql.raw('alter table account_payments drop constraint nobody_spends').execute(app.database.read);
  expect(await deposits.stands(clientId)).toEqual({ balance: 5000, held: 5000 });
  await app.pass({ seconds: 30 });
  expect(await deposits.stands(clientId)).toEqual({ balance: 0, held: 0 });
  expect((await deposits.book(wish)).body).toMatchObject({ status: 'confirmed', paidMinor: 5000 });
});

test('more than is on it, more than is due, too little left to charge, no such account, no confirmed telephone: nothing is booked, nothing is kept', async () => {
  const { n, color } = next();
  const clientId = await deposits.client(n, 2000);
  const refusal = async (amountMinor: number, typeId: string | null = null) => {
    const { status, body } = await deposits.book(await deposits.wish(n, [color], amountMinor, typeId));
    return [status, body.code, body.detail];
  };
  expect(await refusal(2001)).toEqual([409, 'not_enough_on_account', { spendableMinor: 2000 }]);
  expect(await refusal(5001)).toEqual([422, 'invalid_request', { dueMinor: 5000 }]);
  expect(await refusal(4990)).toEqual([422, 'invalid_request', { leastOnlineMinor: 50 }]);
  expect(await refusal(1000, 'aty_of_nobody')).toEqual([409, 'not_enough_on_account', { spendableMinor: 0 }]);
  const { phoneConfirmation: _proof, ...unproven } = await deposits.wish(n, [color], 1000);
  expect((await deposits.book(unproven)).body.code).toBe('phone_not_confirmed');
  // a credit limit is lent by people, not by a page
  await sql`update client_accounts set credit_limit_minor = 90000 where owner_id = ${clientId}`.execute(app.database.read);
  expect((await refusal(2001))[1]).toBe('not_enough_on_account');
  expect(await deposits.stands(clientId)).toEqual({ balance: 2000, held: 0 });
  const { rows } = await sql<{ n: number }>`select count(*)::int n from bookings where client_id = ${clientId}`.execute(app.database.read);
  expect(rows[0]?.n).toBe(0);
});

test('an account type that is no longer valid here is no money here, neither shown nor taken', async () => {
  const { n, color } = next();
  const clientId = await deposits.client(n, 0);
  const { chainId, locationId } = app.scope;
  await sql`insert into account_types (chain_id, type_id, name, currency, made_at) values (${chainId}, 'aty_gift', 'Gift', 'EUR', ${app.clock.now()})`.execute(
    app.database.read,
  );
  await sql`insert into account_type_locations (chain_id, type_id, location_id) values (${chainId}, 'aty_gift', ${locationId})`.execute(
    app.database.read,
  );
  await deposits.desk.topUp(`${clientId}~aty_gift~EUR`, 5000);
  const wish = await deposits.wish(n, [color], 5000, 'aty_gift');
  const asked = { draftId: wish.draftId, phone: wish.client.phone, proof: wish.phoneConfirmation };
  expect((await deposits.balance(asked)).body.accounts).toEqual([{ typeId: 'aty_gift', typeName: 'Gift', currency: 'EUR', spendableMinor: 5000 }]);
  await sql`delete from account_type_locations where type_id = 'aty_gift'`.execute(app.database.read);
  expect((await deposits.balance(asked)).body.accounts).toEqual([]);
  expect((await deposits.book(wish)).body).toMatchObject({ code: 'not_enough_on_account', detail: { spendableMinor: 0 } });
});

test('whoever does not pay the rest in time has everything back with the time', async () => {
  const { clientId, token } = await bookWithPart();
  await app.pass({ minutes: 15 });
  expect((await deposits.stands(clientId)).held).toBe(2000);
  await app.pass({ minutes: 1, seconds: 1 });
  expect((await client.see(token)).body).toMatchObject({ status: 'expired', accountMinor: 0 });
  expect(await deposits.stands(clientId)).toEqual({ balance: 6000, held: 0 });
});

test('another time with the same draft: the part goes along, and is kept once', async () => {
  const { n, color } = next();
  const clientId = await deposits.client(n, 3000);
  const first = await deposits.wish(n, [color], 3000);
  expect((await deposits.book(first)).body.status).toBe('held');
  const later = await deposits.wish(n, [next().color], 3000);
  const moved = await deposits.book({ ...later, draftId: first.draftId, phoneConfirmation: first.phoneConfirmation });
  expect(moved.body).toMatchObject({ status: 'held', accountMinor: 3000, dueMinor: 2000 });
  expect(await deposits.stands(clientId)).toEqual({ balance: 3000, held: 3000 });
  await client.cancel(moved.body.token);
  expect(await deposits.stands(clientId)).toEqual({ balance: 3000, held: 0 });
});

test('what may be paid now and is not: the part is kept as long as the page may be paid, and then let go', async () => {
  const { n, color } = next();
  const clientId = await deposits.client(n, 2000);
  const { body } = await deposits.book(await deposits.wish(n, [{ ...color, serviceIds: ['srv_cut', 'srv_wash'], pay: ['srv_cut'] }], 1000));
  expect(body).toMatchObject({ status: 'waiting', dueMinor: 2000, accountMinor: 1000 });
  await app.pass({ minutes: 59 });
  expect((await deposits.stands(clientId)).held).toBe(1000);
  await app.pass({ minutes: 3 });
  expect((await deposits.stands(clientId)).held).toBe(0);
  expect((await client.see(body.token)).body).toMatchObject({ status: 'waiting', dueMinor: 3000, accountMinor: 0 });
});

test('the rest comes late and the time is free: the part is taken again, as it is still there', async () => {
  const { clientId, token } = await bookWithPart();
  expect(await payLate(token)).toMatchObject({ status: 'confirmed', paidMinor: 5000 });
  expect(await deposits.stands(clientId)).toEqual({ balance: 4000, held: 0 });
});

test('the rest comes late and the part was spent meanwhile: what came is the client’s credit, and the time stays let go', async () => {
  const { clientId, token } = await bookWithPart();
  const lost = await payLate(token, async () => {
    const { accountPart: _none, ...other } = await deposits.wish(next().n, [next().color], 0);
    const visit = await client.book(other);
    expect((await deposits.desk.pay(visit.body.appointments[0]?.id ?? '', `${clientId}~EUR`, 5000)).status).toBe(200);
  });
  expect(lost).toMatchObject({ status: 'needs_choice', paidMinor: 0 });
  expect(lost.appointments[0]).toMatchObject({ status: 'expired', creditMinor: 3000, choices: ['keep_credit', 'ask_refund'] });
  expect(await deposits.stands(clientId)).toEqual({ balance: 4000, held: 0 });
});

test('the rest comes late and the time is taken: it is the client’s credit, and nothing stays kept', async () => {
  const { color, clientId, token } = await bookWithPart();
  const lost = await payLate(token, async () => {
    const { accountPart: _none, ...other } = await deposits.wish(next().n, [color], 0);
    expect((await client.book(other)).status).toBe(201);
  });
  expect(lost.appointments[0]).toMatchObject({ status: 'expired', creditMinor: 3000 });
  expect(await deposits.stands(clientId)).toEqual({ balance: 9000, held: 0 });
});

test.each(['in time', 'late'])('two appointments, one of them from the account alone: the online part that comes %s confirms both', async (when) => {
  const { n, color } = next();
  const clientId = await deposits.client(n, 6000);
  const { body } = await deposits.book(await deposits.wish(n, [color, { ...color, staffId: 'stf_rui' }], 6000));
  expect(body).toMatchObject({ status: 'held', dueMinor: 4000, accountMinor: 6000 });
  expect(body.appointments.map(({ dueMinor }) => dueMinor)).toEqual([0, 4000]);
  const paid = await (when === 'late' ? payLate(body.token) : payInTime(body.token));
  expect(paid).toMatchObject({ status: 'confirmed', paidMinor: 10000 });
  expect(await deposits.stands(clientId)).toEqual({ balance: 0, held: 0 });
});

test('a cancelled booking proposes to give each part back to where it came from', async () => {
  const { token } = await bookWithPart();
  const paid = await payInTime(token);
  expect(paid.cancellation.backMinor).toBe(5000);
  await client.cancel(token);
  const { rows } = await sql<{ kind: string; minor: bigint }>`
    select source_kind kind, amount_minor minor from refunds where appointment_id = ${paid.appointments[0]?.id} order by 1`.execute(
    app.database.read,
  );
  expect(rows).toEqual([
    { kind: 'account', minor: 2000n },
    { kind: 'payment', minor: 3000n },
  ]);
});

test.each(['in time', 'late'])(
  'a client is merged into another while a part is kept: it goes along, and pays when the rest comes %s',
  async (when) => {
    const { clientId, token } = await bookWithPart();
    const survivor = await deposits.client(next().n, 500);
    const merge = () => owner.call('POST', `clients/${survivor}/merge`, { version: 1, other: clientId });
    if (when === 'in time') {
      expect((await merge()).status).toBe(200);
      expect(await deposits.stands(survivor)).toEqual({ balance: 6500, held: 2000 });
      expect(await payInTime(token)).toMatchObject({ status: 'confirmed', paidMinor: 5000 });
    } else expect(await payLate(token, merge)).toMatchObject({ status: 'confirmed', paidMinor: 5000 });
    expect(await deposits.stands(survivor)).toEqual({ balance: 4500, held: 0 });
    expect(await deposits.stands(clientId)).toEqual({ balance: 0, held: 0 });
  },
);

test('the desk takes the rest in cash while the client could still pay online: the part is spent with it', async () => {
  const { clientId, token, booking } = await bookWithPart();
  await goAndPay(token);
  const taken = await deposits.desk.cash(booking.appointments[0]?.id ?? '', 3000);
  expect(taken.status).toBe(200);
  expect((await client.see(token)).body).toMatchObject({ status: 'confirmed', paidMinor: 5000 });
  expect(await deposits.stands(clientId)).toEqual({ balance: 4000, held: 0 });
});

test('a client is not erased while a part of theirs is kept, and afterwards nothing of theirs is shown or filled on the booking’s page', async () => {
  const { n, color } = next();
  const clientId = await deposits.client(n, 2000);
  const { body } = await deposits.book(await deposits.wish(n, [color], 2000));
  const erase = async () => (await owner.call<{ code?: string }>('POST', `clients/${clientId}/erasure`, { version: 1 })).body?.code;
  expect(await erase()).toBe('still_used');
  await app.pass({ minutes: 16, seconds: 1 });
  expect(await deposits.stands(clientId)).toEqual({ balance: 2000, held: 0 });
  expect(await erase(), 'the salon owes them 20.00').toBe('still_used');
  const spent = await deposits.wish(n, [{ ...next().color, serviceIds: ['srv_cut'], pay: ['srv_cut'] }], 2000);
  const visit = await deposits.book({
    ...spent,
    draftId: 'draft_of_who_goes_away',
    phoneConfirmation: await confirmPhone(app, 'draft_of_who_goes_away', phoneOf(n)),
  });
  expect(visit.body).toMatchObject({ accountMinor: 2000, dueMinor: 1000 });
  await deposits.desk.cash(visit.body.appointments[0]?.id ?? '', 1000);
  expect(await deposits.stands(clientId)).toEqual({ balance: 0, held: 0 });
  await app.pass({ minutes: 60 * 24 * 30 });
  owner = await signInAs(app, 'owner');
  expect(await erase()).toBeUndefined();
  expect((await client.see(body.token)).status).toBe(200);
  const accounts = await call<{ accounts: unknown[] }>(app, 'GET', `/api/v1/bookings/${body.token}/accounts`);
  expect(accounts.body.accounts).toEqual([]);
});
