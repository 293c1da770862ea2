import type { AttentionList } from '@holdfast/contract/attention';
import type { PaymentStarted } from '@holdfast/contract/booking';
import type { Checkout } from '@holdfast/contract/checkout';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { switchOnlinePayment } from '../payments/connect-provider.ts';
import { call, clientOf } from '../testing/call.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';
import { auditEverything } from './audit.ts';

let app: TestApp;
let reception: StaffUser;
let owner: StaffUser;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_cut: { price: 5000, minutes: 60, status: 'available' }, srv_color: { price: 8000, minutes: 60, status: 'required' } },
      staff: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
  });
  reception = await signInAs(app, 'reception');
  owner = await signInAs(app, 'owner');
  await app.database.transaction((tx) => switchOnlinePayment(tx, app.scope, { method: 'visit_link', enabled: true, connectionId: app.connectionId }));
});
beforeEach(() => app.sandbox.events.hold());
afterAll(() => app.close());

let number = 0;
async function booked(services: readonly string[] = ['srv_cut'], pay: readonly string[] = []) {
  const n = number++;
  const startsAt = new Date(Math.floor(app.clock.now().getTime() / 86_400_000) * 86_400_000 + 86_400_000 + 12 * 3_600_000).toISOString();
  const wish = await wishFor(app, { serviceIds: [...services], staffId: `stf_${n % 40}`, startsAt, pay });
  const client = clientOf(app);
  const { body } = await client.book(wish(n));
  const id = body.appointments[0]?.id ?? '';
  const token = app.booking.links.urlOf(app.scope.chainId, id).split('/').at(-1);
  return {
    id,
    startOnline: () => client.startPayment(body.token),
    followLink: () => call<PaymentStarted>(app, 'POST', `/api/v1/payment-links/${token}/payments`),
    see: async (user = reception) => (await user.here<Checkout>('GET', `appointments/${id}/checkout`)).body,
  };
}
type Booked = Awaited<ReturnType<typeof booked>>;

let keys = 0;
/** Takes money as a screen would: for the version it shows, with a key of its own unless it is a repetition. */
async function take(visit: Booked, amountMinor: number, more: { user?: StaffUser; register?: 'main' | 'card'; key?: string; version?: number } = {}) {
  const { user = reception, register = 'main', key = `key_of_a_screen_${keys++}` } = more;
  const seen = await visit.see();
  const registerId = seen.registers.find(({ name }) => name === register)?.id;
  const wish = { key, registerId, amountMinor, version: more.version ?? seen.version };
  return user.here<Checkout & { code: string; detail: Record<string, unknown> }>('POST', `appointments/${visit.id}/desk-payments`, wish);
}

async function standing({ id }: Booked) {
  const { rows } = await sql<{ status: string; paid: bigint; posted: bigint }>`
    select a.status, a.paid_minor paid, (select coalesce(sum(case when f.kind = 'register' then -p.amount_minor when t.kind = 'register' then p.amount_minor else 0 end), 0)::bigint
        from ledger_postings p join ledger_accounts f on f.account_id = p.from_account_id join ledger_accounts t on t.account_id = p.to_account_id
       where p.purpose_id = a.appointment_id) posted
      from appointments a where a.appointment_id = ${id}`.execute(app.database.read);
  return rows[0];
}

async function delivered() {
  await app.sandbox.events.release();
  await app.afterwards();
}

async function nobodyDisagrees() {
  expect((await auditEverything(app.payments)).disagreements).toEqual([]);
}

test('cash and card add up in their registers, and the checkout shows what is still due', async () => {
  const visit = await booked();
  expect(await visit.see()).toMatchObject({
    costMinor: 5000,
    paidMinor: 0,
    dueMinor: 5000,
    payments: [],
    payment: null,
    lines: [{ name: 'srv_cut', costMinor: 5000, tax: null }],
  });
  const cash = await take(visit, 2000);
  expect(cash).toMatchObject({
    status: 200,
    body: { paidMinor: 2000, dueMinor: 3000, payments: [{ kind: 'cash', amountMinor: 2000, status: 'taken', by: 'reception' }] },
  });
  const card = await take(visit, 3000, { register: 'card' });
  expect(card.body).toMatchObject({ paidMinor: 5000, dueMinor: 0, link: { state: 'nothing_due', url: null } });
  expect(card.body.payments.map(({ kind }) => kind).sort()).toEqual(['card', 'cash']);
  expect(await standing(visit)).toEqual({ status: 'confirmed', paid: 5000n, posted: 5000n });
  expect(await take(visit, 1)).toMatchObject({ status: 409, body: { code: 'nothing_to_pay' } });
  await nobodyDisagrees();
});

test('more than is due is refused with what is due, and a second click takes nothing twice', async () => {
  const visit = await booked();
  expect(await take(visit, 5001)).toMatchObject({ status: 409, body: { code: 'step_not_allowed', detail: { dueMinor: 5000 } } });
  const { version } = await visit.see();
  const first = await take(visit, 5000, { key: 'one_and_the_same_key', version });
  const again = await take(visit, 5000, { key: 'one_and_the_same_key', version });
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(again.body.payments).toHaveLength(1);
  expect(await take(visit, 4000, { key: 'one_and_the_same_key' })).toMatchObject({ status: 409, body: { code: 'already_there' } });
});

test('of two receptionists who take the same money at once, one does and one is told', async () => {
  const all = Array.from({ length: 5 }, () => booked());
  for (const visit of await Promise.all(all)) {
    const { version } = await visit.see();
    const answers = await Promise.all([0, 1, 2, 3].map(() => take(visit, 3000, { version })));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409, 409]);
    expect(await standing(visit)).toMatchObject({ paid: 3000n, posted: 3000n });
  }
  // the control: without the version both would have been taken, because both fit
  const visit = await booked();
  await take(visit, 2500);
  expect((await take(visit, 2500)).status).toBe(200);
  await nobodyDisagrees();
});

test('while the client is paying by the link the desk takes nothing, and afterwards the page is closed first', async () => {
  const visit = await booked();
  const page = await visit.followLink();
  expect((await visit.see()).payment).toMatchObject({
    via: 'link',
    attemptStatus: 'open',
    mayCancel: true,
    blockedUntil: new Date(app.clock.now().getTime() + 900_000).toISOString(),
  });
  expect(await take(visit, 5000)).toMatchObject({ status: 409, body: { code: 'payment_in_progress' } });
  await app.pass({ minutes: 16 });
  expect((await visit.see()).payment?.blockedUntil).toBeNull();
  expect((await take(visit, 5000)).status).toBe(200);
  const session = clientOf(app).sessionOf(page.body);
  expect(app.sandbox.payments().find((one) => one.id === session)?.status).toBe('expired');
  await nobodyDisagrees();
});

test('a held time that is paid at the desk is confirmed, and the online payment can no longer be made', async () => {
  const held = await booked(['srv_color']);
  const page = await held.startOnline();
  expect((await take(held, 8000)).status).toBe(200);
  expect(await standing(held)).toMatchObject({ status: 'confirmed', paid: 8000n });
  const session = clientOf(app).sessionOf(page.body);
  expect(app.sandbox.payments().find((one) => one.id === session)?.status).toBe('expired');
  await app.pass({ minutes: 20 });
  expect(await standing(held)).toMatchObject({ status: 'confirmed' });
  await nobodyDisagrees();
});

test('money at the desk and online at the same instant: none is lost, and what is too much is the client’s', async () => {
  for (let round = 0; round < 5; round++) {
    const visit = await booked(['srv_cut'], ['srv_cut']);
    const page = await visit.startOnline();
    app.sandbox.pay(clientOf(app).sessionOf(page.body));
    await Promise.all([take(visit, 5000), delivered()]);
    await app.pass({ minutes: 1 });
    expect(await standing(visit)).toMatchObject({ paid: 5000n });
  }
  // the desk was faster, and the provider could not be reached to close the page
  const visit = await booked(['srv_cut'], ['srv_cut']);
  const page = await visit.startOnline();
  app.sandbox.faults.add({ match: 'any', kind: 'status500', times: 5 });
  expect((await take(visit, 5000)).status).toBe(200);
  app.sandbox.faults.clear();
  app.sandbox.pay(clientOf(app).sessionOf(page.body));
  await delivered();
  await app.pass({ minutes: 1 });
  expect(await standing(visit)).toMatchObject({ paid: 5000n, posted: 5000n });
  expect((await visit.see()).payments).toMatchObject([{ kind: 'online', placed: 'credited' }, { kind: 'cash' }]);
  const { rows } = await sql`select 1 from attention where subject_id = ${visit.id} and kind = 'late_payment' and resolved_at is null`.execute(
    app.database.read,
  );
  expect(rows).toHaveLength(1);
  await nobodyDisagrees();
});

test('what was taken by mistake is reversed once: the books keep both, linked, and the visit asks for it again', async () => {
  const visit = await booked();
  const taken = (await take(visit, 5000)).body.payments[0];
  const path = `desk-payments/${taken?.id}/reversal`;
  expect((await reception.here('POST', path, { because: 'the wrong client' })).status).toBe(403);
  const both = await Promise.all([0, 1].map(() => owner.here<Checkout>('POST', path, { because: 'the wrong client' })));
  expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
  expect(await visit.see(owner)).toMatchObject({ paidMinor: 0, dueMinor: 5000, payments: [{ status: 'reversed', mayReverse: false }] });
  expect(await standing(visit)).toEqual({ status: 'confirmed', paid: 0n, posted: 0n });
  const { rows } = await sql<{ cause_kind: string; linked: boolean }>`
    select e.cause_kind, e.reverses_entry_id is not null linked from ledger_entries e where e.cause_id = ${taken?.id} order by 2`.execute(
    app.database.read,
  );
  expect(rows).toEqual([
    { cause_kind: 'desk_payment', linked: false },
    { cause_kind: 'desk_reversal', linked: true },
  ]);
  expect((await take(visit, 5000)).status).toBe(200);
  await nobodyDisagrees();
});

test('a role may be bound to one register, and to reversing what is young', async () => {
  const visit = await booked();
  const { registers } = await visit.see();
  const card = registers.find(({ name }) => name === 'card')?.id ?? '';
  await sql`
    insert into roles (chain_id, role_id, name, rights, registers, last_days, created_at)
    values (${app.scope.chainId}, 'rol_card', 'Card only', '{checkout.see,checkout.take,transactions.delete}', ${[card]}, '{"transactions.delete": 2}', ${app.clock.now()})`.execute(
    app.database.read,
  );
  const bound = await signInAs(app, 'rol_card');
  expect((await visit.see(bound)).registers).toEqual([{ id: card, name: 'card', kind: 'cashless' }]);
  expect(await take(visit, 1000, { user: bound })).toMatchObject({ status: 403, body: { code: 'right_missing' } });
  const cash = (await take(visit, 1000)).body.payments[0];
  const taken = (await take(visit, 1000, { user: bound, register: 'card' })).body.payments.find(({ kind }) => kind === 'card');
  expect(taken?.mayReverse).toBe(true);
  expect((await bound.here('POST', `desk-payments/${cash?.id}/reversal`, { because: 'x' })).status).toBe(403);
  app.clock.advance({ minutes: 3 * 24 * 60 });
  expect((await bound.here('POST', `desk-payments/${taken?.id}/reversal`, { because: 'x' })).status).toBe(403);
  expect((await owner.here('POST', `desk-payments/${taken?.id}/reversal`, { because: 'x' })).status).toBe(200);
});

test('a link is made once and then always the same; where it is off, the checkout says so', async () => {
  const visit = await booked();
  expect((await visit.see()).link.mayBeSentBy).toEqual([]);
  const through = { adapter: 'http', url: 'http://127.0.0.1:9/nobody-listens' };
  for (const channel of ['sms', 'email'] as const) {
    const way = channel === 'sms' ? through : { adapter: 'smtp', host: '127.0.0.1', port: 9, security: 'none', user: '' };
    await owner.here('PUT', `messages/channels/${channel}`, { version: null, enabled: true, sender: 'Salon <a@example.com>', through: way });
  }
  expect((await visit.see()).link).toEqual({ state: 'ready', url: null, mayBeSentBy: ['sms'] });
  const path = `appointments/${visit.id}/payment-link`;
  const made = (await reception.here<Checkout>('POST', path)).body.link;
  expect(made.url).toBe(app.booking.links.urlOf(app.scope.chainId, visit.id));
  expect((await reception.here<Checkout>('POST', path)).body.link).toEqual(made);
  expect((await reception.here('POST', `${path}/messages`, { channel: 'sms' })).status).toBe(200);
  expect(await reception.here('POST', `${path}/messages`, { channel: 'email' })).toMatchObject({ status: 409, body: { code: 'step_not_allowed' } });
  const { rows } = await sql`select payload from outbox where topic = 'payment_link.send' and subject_id = ${visit.id}`.execute(app.database.read);
  expect(rows).toEqual([{ payload: { channel: 'sms' } }]);
  const turn = (enabled: boolean) =>
    app.database.transaction((tx) => switchOnlinePayment(tx, app.scope, { method: 'visit_link', enabled, connectionId: app.connectionId }));
  await turn(false);
  expect((await reception.here<Checkout>('POST', path)).body.link).toMatchObject({ state: 'off', url: null });
  await turn(true);
});

test('staff end a payment that runs: its page is closed and nothing is blocked; who has just paid is not asked again', async () => {
  const visit = await booked();
  const page = await visit.followLink();
  const attemptId = (await visit.see()).payment?.attemptId;
  const path = `appointments/${visit.id}/payments/${attemptId}/cancellation`;
  const stopped = await reception.here<Checkout>('POST', path);
  expect(stopped).toMatchObject({ status: 200, body: { payment: null, payments: [{ status: 'closed' }] } });
  expect(app.sandbox.payments().find((one) => one.id === clientOf(app).sessionOf(page.body))?.status).toBe('expired');
  expect((await take(visit, 1000)).status).toBe(200);

  const paid = await booked();
  const live = await paid.followLink();
  app.sandbox.pay(clientOf(app).sessionOf(live.body));
  const id = (await paid.see()).payment?.attemptId;
  expect(await reception.here('POST', `appointments/${paid.id}/payments/${id}/cancellation`)).toMatchObject({
    status: 409,
    body: { code: 'step_not_allowed', detail: { attemptStatus: 'captured' } },
  });
  expect(await paid.see()).toMatchObject({ paidMinor: 5000, payment: null });
  await nobodyDisagrees();
});

test('what was taken at the desk cannot be changed or erased, even by hand', async () => {
  await take(await booked(), 1000);
  for (const statement of ['update desk_payments set amount_minor = 1', 'delete from desk_payments', 'delete from desk_reversals'])
    await expect(sql.raw(statement).execute(app.database.read)).rejects.toMatchObject({ code: 'HF912' });
});

test('money that lies on a client’s account is kept there by a person’s word, once, and nobody has to look any more', async () => {
  const visit = await booked();
  const page = await visit.followLink();
  app.sandbox.pay(clientOf(app).sessionOf(page.body));
  await sql`update appointments set set_cost_minor = 3000 where appointment_id = ${visit.id}`.execute(app.database.read);
  await sql`update appointment_services set cost_minor = 3000 where appointment_id = ${visit.id}`.execute(app.database.read);
  await delivered();
  expect((await reception.here('GET', 'attention')).status).toBe(403);
  const list = (await owner.here<AttentionList>('GET', 'attention')).body.items;
  const one = list.find(({ appointment }) => appointment?.id === visit.id);
  expect(one).toMatchObject({ kind: 'late_payment', amountMinor: 2000, actions: [{ action: 'keep' }, { action: 'refund' }] });
  const path = `attention/${one?.id}/resolution`;
  expect((await owner.here('POST', path, { action: 'note', because: 'seen' })).status).toBe(409);
  const decided = await owner.here<AttentionList>('POST', path, { action: 'keep', because: 'she comes again' });
  expect(decided.body.items.map(({ id }) => id)).not.toContain(one?.id);
  expect((await owner.here<{ code: string }>('POST', path, { action: 'keep', because: '' })).body.code).toBe('choice_already_made');
  await nobodyDisagrees();
});

test('a refund that was proposed shrinks with what has been given back already, so that nobody pays it back twice', async () => {
  const visit = await booked();
  const first = (await take(visit, 2000)).body.payments[0];
  const second = (await take(visit, 1000)).body.payments.find(({ amountMinor }) => amountMinor === 1000);
  const { version } = await visit.see();
  expect((await owner.here('POST', `appointments/${visit.id}/cancellation`, { version, because: '' })).status).toBe(200);
  const proposed = async () => {
    const { rows } = await sql<{ said: string }>`
      select status || ' ' || amount_minor said from refunds where appointment_id = ${visit.id} order by proposed_minor desc`.execute(
      app.database.read,
    );
    return rows.map(({ said }) => said);
  };
  expect(await proposed()).toEqual(['open 2000', 'open 1000']);
  await owner.here('POST', `desk-payments/${first?.id}/reversal`, { because: 'given back in cash' });
  expect(await proposed()).toEqual(['nothing_left 0', 'open 1000']);
  await owner.here('POST', `desk-payments/${second?.id}/reversal`, { because: 'given back in cash' });
  expect(await proposed()).toEqual(['nothing_left 0', 'nothing_left 0']);
});
