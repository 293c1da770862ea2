import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../testing/call.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

let app: TestApp;
let client: ReturnType<typeof clientOf>;

beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_cut: { price: 4000, minutes: 30, status: 'available' } },
      staff: {
        stf_dear: { status: 'available', prices: { srv_cut: 6000 } },
        stf_strict: { status: 'required' },
        stf_one: { status: 'available' },
        stf_two: { status: 'available' },
      },
    },
    listen: false,
  });
  client = clientOf(app);
});
afterAll(() => app.close());

let day = 3;
/** Another day for each test. */
function nextTime(): string {
  return `2026-03-${String(day++).padStart(2, '0')}T10:00:00.000Z`;
}

test('whoever has the best terms is picked first, then the next with the same terms', async () => {
  const startsAt = nextTime();
  const wish = await wishFor(app, { serviceIds: ['srv_cut'], staffId: null, startsAt });
  const booked = [await client.book(wish(1)), await client.book(wish(2))];
  expect(booked.map(({ status, body }) => [status, body.appointments[0]?.staffId, body.appointments[0]?.anyStaff])).toEqual([
    [201, 'stf_one', true],
    [201, 'stf_two', true],
  ]);
});

test('when only somebody on other terms is left the deal is not changed in silence: the client sees the new quote and decides', async () => {
  const startsAt = nextTime();
  const wish = await wishFor(app, { serviceIds: ['srv_cut'], staffId: null, startsAt });
  await client.book(wish(1));
  await client.book(wish(2));
  const refused = await client.book(wish(3));
  expect(refused).toMatchObject({ status: 409, body: { code: 'quote_changed', detail: { quote: { requiredMinor: 4000, priceMinMinor: 4000 } } } });
  const { quote } = (refused.body as unknown as { detail: { quote: { quoteId: string } } }).detail;
  const agreed = await client.book({ ...wish(3), quoteId: quote.quoteId });
  expect(agreed).toMatchObject({ status: 201, body: { status: 'held', appointments: [{ staffId: 'stf_strict' }] } });
  const last = await client.book({ ...wish(4), quoteId: quote.quoteId });
  expect(last.body).toMatchObject({ code: 'quote_changed', detail: { quote: { priceMinMinor: 6000, requiredMinor: 0 } } });
});

test('when nobody is left the time is taken', async () => {
  const startsAt = nextTime();
  for (const n of [1, 2, 3, 4]) {
    const wish = await wishFor(app, { serviceIds: ['srv_cut'], staffId: null, startsAt });
    expect((await client.book(wish(n))).status).toBe(201);
  }
  const wish = { ...(await wishFor(app, { serviceIds: ['srv_cut'], staffId: null, startsAt: nextTime() }))(5) };
  expect((await client.book({ ...wish, appointments: wish.appointments.map((one) => ({ ...one, startsAt })) })).body).toMatchObject({
    code: 'time_taken',
  });
});

test('a price that is changed between showing and booking is shown again, not charged', async () => {
  const startsAt = nextTime();
  const wish = await wishFor(app, { serviceIds: ['srv_cut'], staffId: 'stf_one', startsAt });
  await sql`update services set price_min_minor = 4500 where service_id = 'srv_cut'`.execute(app.database.read);
  expect((await client.book(wish(1))).body).toMatchObject({ code: 'quote_changed', detail: { quote: { priceMinMinor: 4500 } } });
  await sql`update services set price_min_minor = 4000 where service_id = 'srv_cut'`.execute(app.database.read);
  expect((await client.book(wish(1))).status).toBe(201);
});

test('what was agreed stays with the appointment when the salon changes its prices and terms', async () => {
  const wish = await wishFor(app, { serviceIds: ['srv_cut'], staffId: 'stf_two', startsAt: nextTime(), pay: ['srv_cut'] });
  const booked = (await client.book(wish(1))).body;
  await sql`update services set price_min_minor = 9900, price_max_minor = 9900, online_payment = 'not_available'`.execute(app.database.read);
  await sql`update locations set cancellation = jsonb_set(cancellation, '{afterPercent}', '100'), terms_version = 2`.execute(app.database.read);
  expect((await client.see(booked.token)).body).toMatchObject({
    dueMinor: 4000,
    canPay: true,
    cancellation: { appointments: [{ percent: 100 }] },
    appointments: [{ priceMinMinor: 4000, services: [{ policy: { status: 'available', reason: 'both_available' }, pay: 'ticked' }] }],
  });
});

test('a request that is repeated after the time has become too near is answered with the booking, not refused', async () => {
  const startsAt = nextTime();
  await sql`update locations set lead_minutes = 60, terms_version = 1, cancellation = jsonb_set(cancellation, '{afterPercent}', '0')`.execute(
    app.database.read,
  );
  await sql`update services set price_min_minor = 4000, price_max_minor = 8000, online_payment = 'available'`.execute(app.database.read);
  const wish = await wishFor(app, { serviceIds: ['srv_cut'], staffId: 'stf_two', startsAt });
  const first = await client.book(wish(1));
  app.clock.advance({ minutes: (new Date(startsAt).getTime() - app.clock.now().getTime()) / 60_000 - 30 });
  expect(await client.book(wish(1))).toMatchObject({ status: 200, body: { token: first.body.token } });
  expect((await client.book(wish(2))).body).toMatchObject({ code: 'time_not_offered', detail: { reason: 'lead_time' } });
});
