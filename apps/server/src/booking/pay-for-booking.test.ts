import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { clientOf } from '../testing/call.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

const TIME = '2026-03-03T10:00:00.000Z';

let app: TestApp;
let client: ReturnType<typeof clientOf>;

beforeEach(async () => {
  app = await testApp({
    salon: {
      services: {
        srv_color: { price: 5000, minutes: 60, status: 'required', bufferAfter: 15 },
        srv_cut: { price: 3000, minutes: 30, status: 'available' },
        srv_wash: { price: 1000, minutes: 15, status: 'not_available' },
      },
      staff: { stf_ana: { status: 'available' }, stf_rui: { status: 'available', prices: { srv_color: 6000 } } },
    },
  });
  client = clientOf(app);
});

afterEach(async () => {
  const { disagreements } = await auditEverything(
    app.payments,
    app.sandbox
      .payments()
      .map((one) => ({ reference: one.client_reference_id ?? undefined, providerPaymentId: one.id, capturedMinor: BigInt(one.captured) })),
  );
  await app.close();
  if (disagreements.length > 0) throw new Error(`the audit found: ${JSON.stringify(disagreements)}`);
});

async function bookColor(n: number, { startsAt = TIME, staffId = 'stf_ana' as string | null } = {}) {
  const wish = await wishFor(app, { serviceIds: ['srv_color'], staffId, startsAt });
  const booked = await client.book(wish(n));
  expect(booked.status).toBe(201);
  return booked.body;
}

async function goAndPay(token: string) {
  const page = await client.startPayment(token);
  expect(page.status).toBe(200);
  return client.sessionOf(page.body);
}

test('a required prepayment holds the time for 15 minutes, and paying in time confirms it', async () => {
  const held = await bookColor(1);
  expect(held).toMatchObject({ status: 'held', dueMinor: 5000, canPay: true, holdExpiresAt: '2026-03-02T09:15:00.000Z' });
  expect(held.appointments[0]).toMatchObject({
    status: 'held',
    prepayment: 'due',
    services: [{ pay: 'required', policy: { status: 'required', reason: 'service_required' } }],
  });
  const session = await goAndPay(held.token);
  app.sandbox.pay(session);
  const back = await client.comeBack(held.token);
  expect(back.body).toMatchObject({ status: 'confirmed', paidMinor: 5000, dueMinor: 0, holdExpiresAt: null, canPay: false });
  await app.pass({ minutes: 60 });
  expect((await client.see(held.token)).body).toMatchObject({ status: 'confirmed', paidMinor: 5000 });
});

test('the webhook alone confirms it, also when the client never comes back', async () => {
  const held = await bookColor(1);
  app.sandbox.pay(await goAndPay(held.token));
  await app.pass({ seconds: 1 });
  expect((await client.see(held.token)).body.status).toBe('confirmed');
});

test('not paid: shown until 15:00, really freed a minute later, and the page can no longer be paid', async () => {
  const held = await bookColor(1);
  const session = await goAndPay(held.token);
  await app.pass({ minutes: 14, seconds: 59 });
  expect((await client.see(held.token)).body).toMatchObject({ status: 'held', canPay: true });
  await app.pass({ seconds: 1 });
  expect((await client.see(held.token)).body).toMatchObject({ status: 'held', canPay: false });
  expect((await client.startPayment(held.token)).status).toBe(409);
  expect(app.sandbox.payments().find((one) => one.id === session)?.status).toBe('expired');
  const wish = await wishFor(app, { serviceIds: ['srv_color'], staffId: 'stf_rui', startsAt: TIME });
  expect((await client.book({ ...wish(2), appointments: [{ ...wish(2).appointments[0], staffId: 'stf_ana' }] })).status).toBe(409);
  await app.pass({ minutes: 1 });
  expect((await client.see(held.token)).body).toMatchObject({ status: 'expired', appointments: [{ prepayment: 'released' }] });
  await bookColor(2);
});

test('a hold that has run out is taken over by the next client even before any sweep has run', async () => {
  await bookColor(1);
  app.clock.advance({ minutes: 16 });
  await bookColor(2);
  const { rows } = await sql<{ status: string; n: number }>`select status, count(*)::int n from appointments group by 1 order by 1`.execute(
    app.database.read,
  );
  expect(rows).toEqual([
    { status: 'expired', n: 1 },
    { status: 'held', n: 1 },
  ]);
});

test('available and ticked: booked at once, and it stays when the payment is never made', async () => {
  const wish = await wishFor(app, { serviceIds: ['srv_cut'], staffId: 'stf_ana', startsAt: TIME, pay: ['srv_cut'] });
  const booked = (await client.book(wish(1))).body;
  expect(booked).toMatchObject({ status: 'waiting', dueMinor: 3000, canPay: true, holdExpiresAt: null });
  await goAndPay(booked.token);
  await app.pass({ minutes: 120 });
  expect((await client.see(booked.token)).body).toMatchObject({ status: 'waiting', canPay: true, payment: null });
  app.sandbox.pay(await goAndPay(booked.token));
  expect((await client.comeBack(booked.token)).body).toMatchObject({ status: 'confirmed', paidMinor: 3000 });
});

test('available and not ticked: nothing is asked for', async () => {
  const wish = await wishFor(app, { serviceIds: ['srv_cut'], staffId: 'stf_ana', startsAt: TIME });
  const booked = (await client.book(wish(1))).body;
  expect(booked).toMatchObject({ status: 'waiting', dueMinor: 0, canPay: false });
  expect((await client.startPayment(booked.token)).body).toMatchObject({ code: 'nothing_to_pay' });
});

test('several services are decided one by one, and one payment covers the required and the ticked', async () => {
  const wish = await wishFor(app, { serviceIds: ['srv_color', 'srv_cut', 'srv_wash'], staffId: 'stf_ana', startsAt: TIME, pay: ['srv_cut'] });
  const booked = (await client.book(wish(1))).body;
  expect(booked.appointments[0]?.services.map((one) => one.pay)).toEqual(['required', 'ticked', 'later']);
  expect(booked).toMatchObject({ status: 'held', dueMinor: 8000, appointments: [{ endsAt: '2026-03-03T11:45:00.000Z' }] });
});

/** Stripe cannot be reached when the hold's page has to be closed, so it stays payable. */
async function payLate(token: string, whileGone: () => Promise<unknown> = async () => {}) {
  const session = await goAndPay(token);
  app.sandbox.faults.add({ match: 'any', kind: 'status500', times: 1000 });
  await app.pass({ minutes: 16 });
  expect((await client.see(token)).body.status).toBe('expired');
  app.sandbox.faults.clear();
  await whileGone();
  app.sandbox.pay(session);
  await app.pass({ seconds: 1 });
}

test('money that comes at minute 16 restores the appointment when the time is still free', async () => {
  const held = await bookColor(1);
  await payLate(held.token);
  expect((await client.see(held.token)).body).toMatchObject({
    status: 'confirmed',
    paidMinor: 5000,
    appointments: [{ prepayment: 'paid', choices: [] }],
  });
});

test('money that comes when the time is taken becomes credit, and the client may choose another time', async () => {
  const held = await bookColor(1);
  await payLate(held.token, () => bookColor(2));
  const lost = (await client.see(held.token)).body;
  expect(lost).toMatchObject({ status: 'needs_choice', paidMinor: 0 });
  const [appointment] = lost.appointments;
  expect(appointment).toMatchObject({
    status: 'expired',
    prepayment: 'credited',
    creditMinor: 5000,
    choices: ['another_time', 'keep_credit', 'ask_refund'],
  });
  const id = appointment?.id ?? '';
  expect((await client.choose(held.token, id, { choice: 'another_time', startsAt: TIME, staffId: 'stf_ana' })).body).toMatchObject({
    code: 'time_taken',
  });
  expect((await client.choose(held.token, id, { choice: 'another_time', startsAt: TIME, staffId: 'stf_rui' })).body).toMatchObject({
    code: 'quote_changed',
  });
  const moved = await client.choose(held.token, id, { choice: 'another_time', startsAt: '2026-03-03T13:00:00.000Z', staffId: null });
  expect(moved.body).toMatchObject({
    status: 'confirmed',
    paidMinor: 5000,
    appointments: [{ startsAt: '2026-03-03T13:00:00.000Z', staffId: 'stf_ana' }],
  });
  expect((await client.choose(held.token, id, { choice: 'ask_refund' })).body).toMatchObject({ code: 'choice_already_made' });
});

test('of two appointments paid late with one time taken, one is restored and one is credited', async () => {
  const later = '2026-03-03T15:00:00.000Z';
  const wish = await wishFor(
    app,
    { serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt: TIME },
    { serviceIds: ['srv_color'], staffId: 'stf_rui', startsAt: later },
  );
  const held = (await client.book(wish(1))).body;
  expect(held).toMatchObject({ status: 'held', dueMinor: 11000 });
  await payLate(held.token, () => bookColor(2));
  const lost = (await client.see(held.token)).body;
  expect(lost.appointments.map((one) => [one.status, one.paidMinor, one.creditMinor])).toEqual([
    ['expired', 0, 5000],
    ['confirmed', 6000, 0],
  ]);
  const asked = await client.choose(held.token, lost.appointments[0]?.id ?? '', { choice: 'ask_refund' });
  expect(asked.body).toMatchObject({ status: 'mixed' });
});

test('a second click and a second tab are the same booking, and both tabs get the same page', async () => {
  const wish = await wishFor(app, { serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt: TIME });
  const [first, second] = await Promise.all([client.book(wish(1)), client.book(wish(1))]);
  expect([first.status, second.status].toSorted((a, b) => a - b)).toEqual([200, 201]);
  expect(first.body.token).toBe(second.body.token);
  const pages = await Promise.all([client.startPayment(first.body.token), client.startPayment(first.body.token)]);
  expect(pages[0]?.body.pageUrl).toBe(pages[1]?.body.pageUrl);
  expect(app.sandbox.payments()).toHaveLength(1);
});

test('choosing another time moves the hold: the old time is free, and its page is closed', async () => {
  const wish = await wishFor(app, { serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt: TIME });
  const held = (await client.book(wish(1))).body;
  const session = await goAndPay(held.token);
  const later = await wishFor(app, { serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt: '2026-03-03T14:00:00.000Z' });
  const moved = await client.book({ ...later(1), draftId: wish(1).draftId });
  expect(moved).toMatchObject({ status: 201, body: { status: 'held', appointments: [{ startsAt: '2026-03-03T14:00:00.000Z' }] } });
  expect((await client.see(held.token)).body.status).toBe('cancelled');
  await app.pass({ seconds: 1 });
  expect(app.sandbox.payments().find((one) => one.id === session)?.status).toBe('expired');
  await bookColor(2);
});

test('when the other time is taken the client keeps the time they hold', async () => {
  const later = '2026-03-03T14:00:00.000Z';
  const wish = await wishFor(app, { serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt: TIME });
  const other = await wishFor(app, { serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt: later });
  const held = (await client.book(wish(1))).body;
  await client.book(other(2));
  expect((await client.book({ ...other(1), draftId: wish(1).draftId })).body).toMatchObject({ code: 'time_taken' });
  expect((await client.see(held.token)).body.status).toBe('held');
});

test('a booking that is made already is not made again by the back button with another time', async () => {
  const wish = await wishFor(app, { serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt: TIME });
  const held = (await client.book(wish(1))).body;
  app.sandbox.pay(await goAndPay(held.token));
  await client.comeBack(held.token);
  const other = await wishFor(app, { serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt: '2026-03-03T14:00:00.000Z' });
  expect((await client.book({ ...other(1), draftId: wish(1).draftId })).body).toMatchObject({
    code: 'booking_already_made',
    detail: { token: held.token },
  });
  expect((await client.book(wish(1))).body).toMatchObject({ token: held.token, status: 'confirmed' });
});

test('cancelling a paid booking frees the time and proposes the refund by the terms that were agreed, moving no money', async () => {
  const held = await bookColor(1);
  app.sandbox.pay(await goAndPay(held.token));
  const paid = (await client.comeBack(held.token)).body;
  expect(paid).toMatchObject({ canCancel: true, cancellation: { backMinor: 5000 } });
  const cancelled = (await client.cancel(held.token)).body;
  expect(cancelled).toMatchObject({ status: 'cancelled', canCancel: false });
  expect((await client.cancel(held.token)).status).toBe(200);
  const { rows } = await sql<{ kind: string; amount_minor: bigint }>`select reason kind, amount_minor from refunds`.execute(app.database.read);
  expect(rows).toEqual([{ kind: 'cancelled_by_client', amount_minor: 5000n }]);
  await bookColor(2);
});
