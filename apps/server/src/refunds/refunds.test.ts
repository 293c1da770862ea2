import type { Booking } from '@holdfast/contract/booking';
import type { RefundItem, RefundList } from '@holdfast/contract/refunds';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { call, clientOf } from '../testing/call.ts';
import { deskOf } from '../testing/desk-of.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

type Refused = RefundList & { code: string; detail: Record<string, unknown> };

let app: TestApp;
let owner: StaffUser;
let administrator: StaffUser;
let reception: StaffUser;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { cut: { price: 5000, minutes: 60, status: 'required' }, dye: { price: 8000, minutes: 60, status: 'available' } },
      staff: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
  });
  [owner, administrator, reception] = [await signInAs(app, 'owner'), await signInAs(app, 'administrator'), await signInAs(app, 'reception')];
});
afterAll(() => app.close());

let number = 0;
/** Somebody who has paid 50.00 online for a visit the day after tomorrow at noon. */
async function prepaid() {
  const n = number++;
  const day = Math.floor(app.clock.now().getTime() / 86_400_000) * 86_400_000;
  const startsAt = new Date(day + 2 * 86_400_000 + 12 * 3_600_000).toISOString();
  const wish = await wishFor(app, { serviceIds: ['cut'], staffId: `stf_${n % 40}`, startsAt });
  const client = clientOf(app);
  const { token, appointments } = (await client.book(wish(n))).body;
  const page = client.sessionOf((await client.startPayment(token)).body);
  app.sandbox.pay(page);
  await client.comeBack(token);
  await app.afterwards();
  const id = appointments[0]?.id ?? '';
  return {
    id,
    token,
    page,
    startsAt,
    cancel: (body: object = {}) => call<Booking & { code: string }>(app, 'POST', `/api/v1/bookings/${token}/cancellation`, body),
  };
}

async function refundOf({ id }: { id: string }): Promise<RefundItem> {
  const { items } = (await owner.here<RefundList>('GET', `refunds?state=all&appointment=${id}`)).body;
  const [item] = items;
  if (!item || items.length > 1) throw new Error(`${items.length} refunds`);
  return item;
}

let keys = 0;
const newKey = () => `key_of_a_screen_${keys++}`;
const approve = (who: StaffUser, { id, version }: RefundItem) => who.here<Refused>('POST', `refunds/${id}/approval`, { version });
const edit = (who: StaffUser, { id, version }: RefundItem, amountMinor: number) =>
  who.here<Refused>('PUT', `refunds/${id}`, { version, amountMinor, because: 'agreed on the phone' });
const send = (who: StaffUser, { id, version }: RefundItem, way: string, registerId: string | null = null, key = newKey()) =>
  who.here<Refused>('POST', `refunds/${id}/sending`, { version, key, way, registerId });
const register = async () => (await owner.here<RefundList>('GET', 'refunds')).body.registers.find(({ kind }) => kind === 'cash')?.id ?? '';

async function balances(of: string): Promise<bigint> {
  const { rows } = await sql<{ sum: bigint }>`select coalesce(sum(balance_minor), 0)::bigint sum from ledger_accounts where kind = ${of}`.execute(
    app.database.read,
  );
  return rows[0]?.sum ?? 0n;
}

async function nobodyDisagrees(): Promise<void> {
  expect((await auditEverything(app.payments)).disagreements).toEqual([]);
}

test('a client sees exactly what comes back, by which way, and when that changes, and what they saw is kept', async () => {
  const visit = await prepaid();
  const { cancellation, canCancel } = (await clientOf(app).see(visit.token)).body;
  const until = new Date(Date.parse(visit.startsAt) - 24 * 3_600_000).toISOString();
  expect(canCancel).toBe(true);
  expect(cancellation).toMatchObject({
    backMinor: 5000,
    until,
    thenMinor: 0,
    cancelUntil: visit.startsAt,
    appointments: [{ appointmentId: visit.id, percent: 100, payments: [{ kind: 'online', by: 'Stripe', leftMinor: 5000, backMinor: 5000 }] }],
  });
  const seen = { at: cancellation.at, backMinor: 5000 };
  expect((await visit.cancel({ seen })).body.refunds).toMatchObject([{ state: 'proposed', amountMinor: 5000, way: null }]);
  const refund = await refundOf(visit);
  expect(refund).toMatchObject({
    status: 'open',
    reason: 'cancelled_by_client',
    proposedMinor: 5000,
    money: { leftMinor: 5000, by: 'Stripe' },
    policy: { percent: 100, paidMinor: 5000, hoursBefore: 51, seen },
    ways: [
      { way: 'provider', whyNot: null },
      { way: 'account', whyNot: null },
      { way: 'register', whyNot: null },
    ],
  });
  expect(refund.may).toEqual({ edit: null, approve: null, send: 'not_approved', decline: null });
  await nobodyDisagrees();
});

test('a refund goes through the provider once, however often its button is pressed, and is followed until the money has gone', async () => {
  const visit = await prepaid();
  await visit.cancel();
  const proposed = await refundOf(visit);
  expect((await send(owner, proposed, 'provider')).body.code).toBe('step_not_allowed');
  expect((await approve(owner, proposed)).status).toBe(200);
  const approved = await refundOf(visit);
  app.sandbox.answerRefunds('pending');
  const key = newKey();
  const answers = await Promise.all([send(owner, approved, 'provider', null, key), send(owner, approved, 'provider', null, key)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(await refundOf(visit)).toMatchObject({
    status: 'sending',
    provider: { status: 'pending' },
    may: { edit: 'under_way', decline: 'under_way' },
  });
  const { rows } = await sql<{ id: string }>`select provider_refund_id id from payment_refunds where status = 'pending'`.execute(app.database.read);
  expect(rows).toHaveLength(1);
  app.sandbox.settleRefund(rows[0]?.id ?? '', true);
  await app.pass({ minutes: 60 });
  await app.pass({ minutes: 60 });
  expect(await refundOf(visit)).toMatchObject({ status: 'given_back', way: 'provider', money: { leftMinor: 0 } });
  expect((await clientOf(app).see(visit.token)).body.refunds).toMatchObject([{ state: 'given_back', way: 'provider', by: 'Stripe' }]);
  app.sandbox.answerRefunds('succeeded');
  await nobodyDisagrees();
});

test('what the provider refuses is back before a person with its words, and goes another way', async () => {
  const visit = await prepaid();
  await visit.cancel();
  await approve(owner, await refundOf(visit));
  app.sandbox.answerRefunds('failed');
  await send(owner, await refundOf(visit), 'provider');
  app.sandbox.answerRefunds('succeeded');
  const failed = await refundOf(visit);
  expect(failed).toMatchObject({ status: 'approved', way: 'provider', may: { send: null } });
  expect(failed.trouble).toBeTruthy();
  const attention = (await owner.here<{ items: { kind: string; subject: { id: string } }[] }>('GET', 'attention')).body.items;
  expect(attention.some(({ kind, subject }) => kind === 'refund_failed' && subject.id === failed.id)).toBe(true);
  const before = await balances('client');
  expect((await send(owner, failed, 'account')).status).toBe(200);
  expect((await balances('client')) - before).toBe(-5000n);
  const now = (await owner.here<{ items: { kind: string; subject: { id: string } }[] }>('GET', 'attention')).body.items;
  expect(now.some(({ subject }) => subject.id === failed.id)).toBe(false);
  expect(await refundOf(visit)).toMatchObject({ status: 'given_back', way: 'account', trouble: null });
  await nobodyDisagrees();
});

test('a refund that is pending at Stripe and fails days later was never given back, and waits for a person', async () => {
  const visit = await prepaid();
  await visit.cancel();
  await approve(owner, await refundOf(visit));
  // days pass: fees and payouts leave clearing for other accounts of the salon's own, so those are taken together
  const own = async () => (await balances('clearing')) + (await balances('fees')) + (await balances('register'));
  const inTheBooks = async () => [await own(), await balances('prepayments'), await balances('client')];
  const before = await inTheBooks();
  app.sandbox.answerRefunds('pending');
  expect((await send(owner, await refundOf(visit), 'provider')).status).toBe(200);
  app.sandbox.answerRefunds('succeeded');
  for (let day = 0; day < 3; day++) await app.pass({ minutes: 24 * 60 });
  expect(await inTheBooks()).toEqual(before);
  expect(await refundOf(visit)).toMatchObject({ status: 'sending', provider: { status: 'pending' }, money: { leftMinor: 5000 } });
  const { rows } = await sql<{ id: string }>`select provider_refund_id id from payment_refunds where status = 'pending'`.execute(app.database.read);
  app.sandbox.settleRefund(rows[0]?.id ?? '', false);
  for (let day = 0; day < 2; day++) await app.pass({ minutes: 24 * 60 });
  const failed = await refundOf(visit);
  expect(failed).toMatchObject({ status: 'approved', money: { leftMinor: 5000 }, may: { send: null } });
  expect(failed.trouble).toBeTruthy();
  expect(await inTheBooks()).toEqual(before);
  expect((await clientOf(app).see(visit.token)).body).toMatchObject({ paidMinor: 5000 });
  const attention = (await owner.here<{ items: { kind: string; subject: { id: string } }[] }>('GET', 'attention')).body.items;
  expect(attention.filter(({ kind, subject }) => kind === 'refund_failed' && subject.id === failed.id)).toHaveLength(1);
  await nobodyDisagrees();
  // the other way is open, and then all of it has gone once
  expect((await send(owner, failed, 'account')).status).toBe(200);
  expect(await refundOf(visit)).toMatchObject({ status: 'given_back', way: 'account', money: { leftMinor: 0 } });
  await nobodyDisagrees();
});

test('an answer that was lost gives nothing back twice', async () => {
  const visit = await prepaid();
  await visit.cancel();
  await approve(owner, await refundOf(visit));
  app.sandbox.faults.add({ match: 'refund', kind: 'drop_after', times: 1 });
  await send(owner, await refundOf(visit), 'provider');
  await app.pass({ minutes: 10 });
  await app.pass({ minutes: 60 });
  expect(await refundOf(visit)).toMatchObject({ status: 'given_back' });
  await nobodyDisagrees();
});

test('money is handed back out of a register, and the visit is no longer paid', async () => {
  const visit = await prepaid();
  await visit.cancel();
  await approve(administrator, await refundOf(visit));
  const [till, owed] = [await balances('register'), await balances('prepayments')];
  expect((await send(administrator, await refundOf(visit), 'register', await register())).status).toBe(200);
  expect([(await balances('register')) - till, (await balances('prepayments')) - owed]).toEqual([-5000n, 5000n]);
  expect((await clientOf(app).see(visit.token)).body).toMatchObject({ paidMinor: 0, refunds: [{ state: 'given_back', way: 'register' }] });
  await nobodyDisagrees();
  // somebody gives it back in the dashboard as well: that stands unplaced, and the books still agree
  const unplaced = await balances('unplaced');
  app.sandbox.giveBack(visit.page, 5000n);
  await app.pass({ minutes: 1 });
  expect((await balances('unplaced')) - unplaced).toBe(5000n);
  await nobodyDisagrees();
});

test('a part that goes back in the dashboard makes the proposal smaller, all of it ends it', async () => {
  const visit = await prepaid();
  await visit.cancel();
  app.sandbox.giveBack(visit.page, 1000n);
  await app.pass({ minutes: 1 });
  const smaller = await refundOf(visit);
  expect(smaller).toMatchObject({ status: 'open', amountMinor: 4000, proposedMinor: 5000, money: { leftMinor: 4000 } });
  expect((await edit(owner, smaller, 4001)).body).toMatchObject({ code: 'more_than_left', detail: { leftMinor: 4000 } });
  app.sandbox.giveBack(visit.page, 4000n);
  await app.pass({ minutes: 1 });
  expect(await refundOf(visit)).toMatchObject({ status: 'nothing_left', amountMinor: 0 });
  await nobodyDisagrees();
});

test('above the limit of the location somebody else approves, and not whoever changed it last', async () => {
  await owner.here('PUT', 'refund-settings', { secondPersonFromMinor: 3000 });
  const visit = await prepaid();
  await visit.cancel();
  expect((await edit(owner, await refundOf(visit), 4000)).status).toBe(200);
  const changed = await refundOf(visit);
  expect(changed.may.approve).toBe('second_person');
  expect((await approve(owner, changed)).body.code).toBe('second_person_needed');
  expect((await approve(administrator, changed)).status).toBe(200);
  // exactly at the limit nobody else is needed
  expect((await edit(administrator, await refundOf(visit), 3000)).status).toBe(200);
  expect((await approve(administrator, await refundOf(visit))).status).toBe(200);
  await owner.here('PUT', 'refund-settings', { secondPersonFromMinor: null });
  expect((await send(administrator, await refundOf(visit), 'provider')).status).toBe(200);
  expect(await refundOf(visit)).toMatchObject({ status: 'given_back', amountMinor: 3000 });
  expect((await clientOf(app).see(visit.token)).body.paidMinor).toBe(2000);
  await nobodyDisagrees();
});

test('a role gives back no more than it may, and reception nothing', async () => {
  const role = app.salon.newId('rol');
  await sql`
    insert into roles (chain_id, role_id, name, rights, refund_limit_minor, created_at)
    values (${app.scope.chainId}, ${role}, ${role}, '{transactions.see,refunds.make}', 4999, ${app.clock.now()})`.execute(app.database.read);
  const limited = await signInAs(app, role);
  const visit = await prepaid();
  await visit.cancel();
  const one = await refundOf(visit);
  expect((await approve(limited, one)).body).toMatchObject({ code: 'right_missing', detail: { right: 'refunds.make', because: 'over_limit' } });
  expect((await approve(reception, one)).status).toBe(403);
  expect((await owner.here('POST', `refunds/${one.id}/refusal`, { version: one.version, because: '' })).status).toBe(400);
  expect((await owner.here('POST', `refunds/${one.id}/refusal`, { version: one.version, because: 'came too late' })).status).toBe(200);
  expect((await clientOf(app).see(visit.token)).body.refunds).toMatchObject([{ state: 'kept', amountMinor: 5000 }]);
  await nobodyDisagrees();
});

test('a role gives back no more than it may of one visit, in however many pieces', async () => {
  const role = app.salon.newId('rol');
  await sql`
    insert into roles (chain_id, role_id, name, rights, refund_limit_minor, created_at)
    values (${app.scope.chainId}, ${role}, ${role}, '{transactions.see,refunds.make}', 1000, ${app.clock.now()})`.execute(app.database.read);
  const limited = await signInAs(app, role);
  const visit = await prepaid();
  const { money } = (await owner.here<{ money: { source: object }[] }>('GET', `appointments/${visit.id}/refundable`)).body;
  const piece = async (amountMinor: number) => {
    const wish = { key: newKey(), appointmentId: visit.id, source: money[0]?.source, amountMinor, because: 'agreed' };
    expect((await limited.here<Refused>('POST', 'refunds', wish)).status).toBe(200);
    const { items } = (await owner.here<RefundList>('GET', `refunds?state=todo&appointment=${visit.id}`)).body;
    const [one] = items;
    if (!one) throw new Error('nothing waits');
    return one;
  };
  const first = await piece(1000);
  expect((await approve(limited, first)).status).toBe(200);
  expect((await send(limited, { ...first, version: first.version + 1 }, 'register', await register())).status).toBe(200);
  const second = await piece(1);
  expect((await approve(limited, second)).body).toMatchObject({ code: 'right_missing', detail: { because: 'over_limit' } });
  expect((await approve(owner, second)).status).toBe(200);
  // what somebody else has approved is not sent by this role either
  expect((await send(limited, { ...second, version: second.version + 1 }, 'register', await register())).body.code).toBe('right_missing');
  expect((await clientOf(app).see(visit.token)).body.paidMinor).toBe(4000);
  await nobodyDisagrees();
});

test('what a client has asked for by cancelling goes back by two people above the limit', async () => {
  await owner.here('PUT', 'refund-settings', { secondPersonFromMinor: 3000 });
  const visit = await prepaid();
  await visit.cancel();
  expect((await approve(owner, await refundOf(visit))).status).toBe(200);
  const approved = await refundOf(visit);
  expect(approved.may.send).toBe('second_person');
  expect((await send(owner, approved, 'provider')).body.code).toBe('second_person_needed');
  expect((await send(administrator, approved, 'provider')).status).toBe(200);
  expect(await refundOf(visit)).toMatchObject({ status: 'given_back', amountMinor: 5000 });
  await owner.here('PUT', 'refund-settings', { secondPersonFromMinor: null });
  await nobodyDisagrees();
});

test('of two who approve, change or send at once, one does and one is told', async () => {
  const visit = await prepaid();
  await visit.cancel();
  const one = await refundOf(visit);
  const answers = await Promise.all([approve(owner, one), approve(administrator, one), edit(administrator, one, 100), edit(owner, one, 200)]);
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409, 409]);
  const now = await refundOf(visit);
  if (now.status === 'open') await approve(owner, now);
  const approved = await refundOf(visit);
  const till = await register();
  const sent = await Promise.all([
    send(owner, approved, 'provider'),
    send(administrator, approved, 'register', till),
    send(owner, approved, 'account'),
  ]);
  expect(sent.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409]);
  await app.pass({ minutes: 1 });
  await nobodyDisagrees();
});

test('staff propose a part of one of two payments, and the visit stays', async () => {
  const visit = await prepaid();
  await sql`update appointment_services set cost_minor = 7000 where appointment_id = ${visit.id}`.execute(app.database.read);
  await sql`update appointments set set_cost_minor = 7000 where appointment_id = ${visit.id}`.execute(app.database.read);
  await deskOf(app, reception.cookie).take(visit.id, newKey());
  const { money } = (await owner.here<{ money: { source: object; kind: string; leftMinor: number }[] }>('GET', `appointments/${visit.id}/refundable`))
    .body;
  expect(money.map(({ kind, leftMinor }) => `${kind} ${leftMinor}`).sort()).toEqual(['cash 2000', 'online 5000']);
  const cash = money.find(({ kind }) => kind === 'cash');
  const wish = { key: newKey(), appointmentId: visit.id, source: cash?.source, amountMinor: 2001, because: 'surplus' };
  expect((await owner.here<Refused>('POST', 'refunds', wish)).body.code).toBe('more_than_left');
  expect((await owner.here('POST', 'refunds', { ...wish, amountMinor: 1500 })).status).toBe(200);
  expect((await owner.here('POST', 'refunds', { ...wish, amountMinor: 1500 })).status).toBe(200);
  expect((await owner.here<Refused>('POST', 'refunds', { ...wish, key: newKey(), amountMinor: 100 })).body.code).toBe('already_there');
  const proposed = await refundOf(visit);
  expect(proposed.ways[0]).toEqual({ way: 'provider', whyNot: 'not_by_provider' });
  await approve(owner, proposed);
  await send(owner, await refundOf(visit), 'register', await register());
  expect((await clientOf(app).see(visit.token)).body).toMatchObject({ status: 'confirmed', paidMinor: 5500 });
  // what was given back once cannot be undone as a mistake as well
  expect((await deskOf(app, owner.cookie).reverse(visit.id)).status).toBe(409);
  await nobodyDisagrees();
});

test('the last second of a step still counts, the next one does not; what was seen holds five minutes more', async () => {
  const visit = await prepaid();
  const limit = Date.parse(visit.startsAt) - 24 * 3_600_000;
  const to = (ms: number) => app.clock.advance({ seconds: (ms - app.clock.now().getTime()) / 1000 });
  const back = async () => (await clientOf(app).see(visit.token)).body.cancellation.backMinor;
  to(limit);
  expect(await back()).toBe(5000);
  to(limit + 1000);
  expect(await back()).toBe(0);
  const seen = { at: new Date(limit).toISOString(), backMinor: 5000 };
  to(limit + 5 * 60_000 + 1000);
  expect((await visit.cancel({ seen })).body.code).toBe('quote_changed');
  expect((await visit.cancel({ seen: { ...seen, backMinor: 4000 } })).body.code).toBe('quote_changed');
  const other = await prepaid();
  const otherLimit = Date.parse(other.startsAt) - 24 * 3_600_000;
  to(otherLimit + 5 * 60_000);
  const held = { at: new Date(otherLimit).toISOString(), backMinor: 5000 };
  expect((await other.cancel({ seen: held })).status).toBe(200);
  expect(await refundOf(other)).toMatchObject({ amountMinor: 5000, policy: { percent: 100, seen: held } });
  await nobodyDisagrees();
});

test('staff who cancel choose what is proposed, and what is kept is written down', async () => {
  for (const [refund, status, amountMinor] of [
    ['all', 'open', 5000],
    ['nothing', 'declined', 0],
    ['policy', 'open', 5000],
  ] as const) {
    const visit = await prepaid();
    const quote = (await owner.here<{ backMinor: number }>('GET', `appointments/${visit.id}/cancellation-quote`)).body;
    expect(quote.backMinor).toBe(5000);
    const { version } = (await owner.here<{ version: number }>('GET', `appointments/${visit.id}`)).body;
    await owner.here('POST', `appointments/${visit.id}/cancellation`, { version, because: 'Ana is ill', refund });
    expect(await refundOf(visit)).toMatchObject({ status, amountMinor, reason: 'cancelled_by_staff', words: 'Ana is ill' });
  }
  await nobodyDisagrees();
});

test.each([
  ['no amount', 'PUT', '', { version: 1, amountMinor: 0, because: '' }],
  ['a broken amount', 'PUT', '', { version: 1, amountMinor: 1.5, because: '' }],
  ['another way', 'POST', '/sending', { version: 1, key: 'x'.repeat(20), way: 'pigeon', registerId: null }],
  ['no key', 'POST', '/sending', { version: 1, key: '', way: 'account', registerId: null }],
  ['no reason', 'POST', '/refusal', { version: 1, because: '   ' }],
  ['more than was asked', 'POST', '/approval', { version: 1, amountMinor: 5 }],
] as const)('%s is refused', async (_what, method, path, body) => {
  expect((await owner.here(method, `refunds/rfd_none${path}`, body)).status).toBe(400);
});

test('what is not there, or in a register that is not there, is not found', async () => {
  expect((await approve(owner, { id: 'rfd_none', version: 1 } as RefundItem)).status).toBe(404);
  const visit = await prepaid();
  await visit.cancel();
  await approve(owner, await refundOf(visit));
  expect((await send(owner, await refundOf(visit), 'register', 'acc_none')).status).toBe(404);
  expect(await refundOf(visit)).toMatchObject({ status: 'approved' });
  expect((await owner.here('GET', 'refunds?state=closed&before=rfd_zzz')).status).toBe(200);
});
