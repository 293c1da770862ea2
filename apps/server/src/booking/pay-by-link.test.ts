import type { PaymentStarted } from '@holdfast/contract/booking';
import type { PaymentLink } from '@holdfast/contract/checkout';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { switchOnlinePayment } from '../payments/connect-provider.ts';
import { call, clientOf } from '../testing/call.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

let app: TestApp;
let client: ReturnType<typeof clientOf>;
beforeAll(async () => {
  const free = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`stf_${n}`, { status: 'available' as const }]));
  app = await testApp({
    salon: {
      services: {
        srv_cut: { price: 5000, minutes: 60, status: 'available' },
        srv_color: { price: 8000, minutes: 60, status: 'required' },
        srv_wash: { price: 1000, minutes: 30, status: 'not_available' },
      },
      staff: free,
    },
  });
  client = clientOf(app);
  await app.database.transaction((tx) => switchOnlinePayment(tx, app.scope, { method: 'visit_link', enabled: true, connectionId: app.connectionId }));
});
beforeEach(() => app.sandbox.events.hold());
afterAll(() => app.close());

let number = 0;
/** Booked for tomorrow at noon, with the next team member. */
async function booked(services: readonly string[] = ['srv_cut'], pay: readonly string[] = []) {
  const n = number++;
  const startsAt = new Date(Math.floor(app.clock.now().getTime() / 86_400_000) * 86_400_000 + 86_400_000 + 12 * 3_600_000).toISOString();
  const wish = await wishFor(app, { serviceIds: [...services], staffId: `stf_${n % 30}`, startsAt, pay });
  const { body, status } = await client.book(wish(n));
  expect(status).toBe(201);
  const [one] = body.appointments;
  if (!one) throw new Error('nothing was booked');
  const url = new URL(app.booking.links.urlOf(app.scope.chainId, one.id));
  const api = `/api/v1/payment-links/${url.pathname.split('/').at(-1)}`;
  return {
    id: one.id,
    token: body.token,
    path: url.pathname,
    see: async () => (await call<PaymentLink>(app, 'GET', api)).body,
    pay: () => call<PaymentStarted & { code: string }>(app, 'POST', `${api}/payments`),
    booking: async () => (await client.see(body.token)).body,
  };
}
type Booked = Awaited<ReturnType<typeof booked>>;

async function attemptsOf({ id }: Booked) {
  const { rows } = await sql<{ order_kind: string; status: string; superseded: boolean; amount: bigint }>`
    select a.order_kind, a.status, a.superseded_at is not null superseded, a.amount_minor amount from payment_attempts a
      join payment_lines l on l.chain_id = a.chain_id and l.attempt_id = a.attempt_id and l.line_no = 0
     where l.purpose_id = ${id} order by a.created_at, a.attempt_id`.execute(app.database.read);
  return rows;
}

async function appointment({ id }: Booked) {
  const { rows } = await sql<{ status: string; paid: bigint; blocked: Date | null }>`
    select status, paid_minor paid, payment_blocked_until blocked from appointments where appointment_id = ${id}`.execute(app.database.read);
  return rows[0];
}

async function costs({ id }: Booked, minor: number) {
  await sql`update appointments set set_cost_minor = ${minor} where appointment_id = ${id}`.execute(app.database.read);
  await sql`update appointment_services set cost_minor = ${minor} where appointment_id = ${id}`.execute(app.database.read);
}

/** Whether the page can still be paid, as the provider says. */
function atProvider(page: PaymentStarted) {
  return app.sandbox.payments().find((one) => one.id === client.sessionOf(page))?.status;
}

async function delivered() {
  await app.sandbox.events.release();
  await app.afterwards();
}

async function nobodyDisagrees() {
  expect((await auditEverything(app.payments)).disagreements).toEqual([]);
}

test('a client follows the link, pays what the visit costs, and the link says so from then on', async () => {
  const visit = await booked(['srv_cut', 'srv_wash']);
  expect(await visit.see()).toMatchObject({
    state: 'ready',
    dueMinor: 6000,
    currency: 'EUR',
    serviceNames: ['srv_cut', 'srv_wash'],
    company: { legalName: 'Salon Lda' },
  });
  const page = await visit.pay();
  expect(page).toMatchObject({
    status: 200,
    body: { amountMinor: 6000, payableUntil: new Date(app.clock.now().getTime() + 3_600_000).toISOString() },
  });
  app.sandbox.pay(client.sessionOf(page.body));
  await delivered();
  expect(await visit.see()).toMatchObject({ state: 'paid', dueMinor: 0, paidMinor: 6000 });
  expect(await appointment(visit)).toMatchObject({ status: 'confirmed', paid: 6000n, blocked: null });
  expect(await visit.pay()).toMatchObject({ status: 409, body: { code: 'nothing_to_pay' } });
  await nobodyDisagrees();
});

test('opened again, the link leads to the same page and blocks for 15 minutes anew; after an hour to a new one', async () => {
  const visit = await booked();
  const first = await visit.pay();
  const inMinutes = (minutes: number) => new Date(app.clock.now().getTime() + minutes * 60_000);
  expect((await appointment(visit))?.blocked).toEqual(inMinutes(15));
  await app.pass({ minutes: 20 });
  expect((await visit.pay()).body.pageUrl).toBe(first.body.pageUrl);
  expect((await appointment(visit))?.blocked).toEqual(inMinutes(15));
  expect(await attemptsOf(visit)).toHaveLength(1);
  await app.pass({ minutes: 40 });
  const second = await visit.pay();
  expect(second.body.pageUrl).not.toBe(first.body.pageUrl);
  expect((await attemptsOf(visit)).map(({ status }) => status)).toEqual(['closed', 'open']);
});

test('when the price has changed the link asks for the new one, and the old page can be paid no more', async () => {
  const visit = await booked();
  const first = await visit.pay();
  await app.pass({ minutes: 16 });
  await costs(visit, 7000);
  const second = await visit.pay();
  expect(second.body.amountMinor).toBe(7000);
  expect(atProvider(first.body)).toBe('expired');
  expect((await attemptsOf(visit)).map(({ status, amount }) => [status, amount])).toEqual([
    ['closed', 5000n],
    ['open', 7000n],
  ]);
});

test('the link and the booking’s own page never both stand open for the same visit, whoever starts second', async () => {
  const both = await booked(['srv_cut', 'srv_wash'], ['srv_cut']);
  const online = await client.startPayment(both.token);
  const link = await both.pay();
  expect(link.body.amountMinor).toBe(6000);
  expect(atProvider(online.body)).toBe('expired');
  const again = await client.startPayment(both.token);
  expect(again.body.amountMinor).toBe(5000);
  expect(atProvider(link.body)).toBe('expired');
  expect((await attemptsOf(both)).filter(({ status }) => status === 'open')).toHaveLength(1);

  const same = await booked(['srv_cut'], ['srv_cut']);
  const page = await client.startPayment(same.token);
  expect((await same.pay()).body.pageUrl).toBe(page.body.pageUrl);
});

test('of a link and an online payment that are started at the same instant, one stands open', async () => {
  for (let round = 0; round < 6; round++) {
    const visit = await booked(['srv_cut', 'srv_wash'], ['srv_cut']);
    await Promise.all([visit.pay(), client.startPayment(visit.token), visit.pay(), client.startPayment(visit.token)]);
    const open = (await attemptsOf(visit)).filter((one) => !one.superseded && ['intended', 'open'].includes(one.status));
    expect(open).toHaveLength(1);
  }
});

test('without the constraint two payments for one visit can be live: it is what forbids them', async () => {
  const visit = await booked(['srv_cut', 'srv_wash'], ['srv_cut']);
  await client.startPayment(visit.token);
  const twice = sql`
    insert into payment_lines (chain_id, attempt_id, line_no, purpose_kind, purpose_id, amount_minor, live)
    select chain_id, attempt_id, 7, 'appointment', ${visit.id}, 1, true from payment_attempts where order_id <> ${visit.id} order by created_at desc limit 1`;
  await expect(twice.execute(app.database.read)).rejects.toMatchObject({ constraint: 'payment_lines_one_live' });
});

test('more than the visit still costs is the client’s: the visit takes its part', async () => {
  const visit = await booked();
  const page = await visit.pay();
  // nobody could close the page, and meanwhile the visit became cheaper
  await costs(visit, 3000);
  app.sandbox.pay(client.sessionOf(page.body));
  await delivered();
  expect(await appointment(visit)).toMatchObject({ paid: 3000n, status: 'confirmed' });
  const booking = await visit.booking();
  expect(booking).toMatchObject({ status: 'needs_choice', appointments: [{ creditMinor: 2000, choices: ['keep_credit', 'ask_refund'] }] });
  await nobodyDisagrees();
});

test('a time that was held and let go comes back when the money by the link comes late and it is still free', async () => {
  const held = await booked(['srv_color']);
  const page = await held.pay();
  expect(new Date(page.body.payableUntil).getTime() - app.clock.now().getTime()).toBe(15 * 60_000);
  app.sandbox.pay(client.sessionOf(page.body));
  // the events are held back; the hold runs out before anybody hears of the money
  await sql`select expire_appointment(chain_id, appointment_id, ${app.clock.now()}) from appointments where appointment_id = ${held.id}`.execute(
    app.database.read,
  );
  expect((await held.see()).state).toBe('expired');
  await delivered();
  expect(await appointment(held)).toMatchObject({ status: 'confirmed', paid: 8000n });
  await nobodyDisagrees();
});

test('a link says in plain words why nothing is to be paid', async () => {
  const cancelled = await booked();
  await client.cancel(cancelled.token);
  expect((await cancelled.see()).state).toBe('cancelled');
  expect(await cancelled.pay()).toMatchObject({ status: 409, body: { code: 'step_not_allowed' } });

  const free = await booked();
  await costs(free, 0);
  expect((await free.see()).state).toBe('nothing_due');

  const off = await booked();
  const method = (enabled: boolean) =>
    app.database.transaction((tx) => switchOnlinePayment(tx, app.scope, { method: 'visit_link', enabled, connectionId: app.connectionId }));
  await method(false);
  expect((await off.see()).state).toBe('off');
  expect(await off.pay()).toMatchObject({ status: 409, body: { code: 'payment_unavailable' } });
  await method(true);

  const checking = await booked();
  const page = await checking.pay();
  app.sandbox.pay(client.sessionOf(page.body), { delayed: true });
  await delivered();
  expect((await checking.see()).state).toBe('checking');
  expect(await checking.pay()).toMatchObject({ status: 409, body: { code: 'payment_in_progress' } });
  expect((await checking.booking()).canPay).toBe(false);

  expect((await call(app, 'GET', '/api/v1/payment-links/forged')).status).toBe(404);
  expect((await call(app, 'GET', `/api/v1/payment-links/${cancelled.token}`)).status).toBe(404);
});

test('when the provider cannot be reached nothing stays blocked, and the link can be opened again', async () => {
  const visit = await booked();
  app.sandbox.faults.add({ match: 'create', kind: 'status500', times: 5 });
  expect(await visit.pay()).toMatchObject({ status: 503, body: { code: 'provider_unreachable' } });
  expect((await appointment(visit))?.blocked).toBeNull();
  app.sandbox.faults.clear();
  expect((await visit.pay()).status).toBe(200);
});

test('a link begins ten payments within an hour and no more', async () => {
  const visit = await booked();
  for (let n = 0; n < 10; n++) {
    await costs(visit, 5000 + n);
    expect((await visit.pay()).status).toBe(200);
  }
  await costs(visit, 6000);
  expect(await visit.pay()).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
});
