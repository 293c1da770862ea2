import type { WaitingEntry } from '@holdfast/contract/waiting';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cancelBooking } from '../booking/cancel-booking.ts';
import { claimBooking } from '../booking/claim-booking.ts';
import { freshRules } from '../booking/fresh-rules.ts';
import { quoteSetAside } from '../booking/quote-wish.ts';
import { call, clientOf } from '../testing/call.ts';
import { depositsOf } from '../testing/deposits-of.ts';
import { confirmPhone, membershipDesk, phoneOf } from '../testing/memberships-of.ts';
import { openEvent } from '../testing/open-event.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { lineOf, placesOf, waitFor, waitingWishOf } from '../testing/waiting-of.ts';
import { eventWishFor } from '../testing/wishes.ts';
import { checkWaiting } from './check-waiting.ts';
import { offerDays } from './offer-days.ts';

let app: TestApp;
let desk: ReturnType<typeof membershipDesk>;
let deposits: ReturnType<typeof depositsOf>;
let eventId: string;
let full: string;
let nth = 0;

beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_yoga: { price: 1500, minutes: 60, status: 'required' }, srv_pilates: { price: 3000, minutes: 60, status: 'required' } },
      staff: { stf_ana: { status: 'required' } },
    },
  });
  await sql`update services set membership = 'either', price_max_minor = price_min_minor where service_id = 'srv_pilates'`.execute(app.database.read);
  const owner = await signInAs(app, 'owner');
  desk = membershipDesk(app, owner);
  deposits = depositsOf(app, owner);
});
afterAll(() => app.close());

beforeEach(async () => {
  eventId = `evt_promise${++nth}`;
  const startsAt = new Date(Date.UTC(2026, 2, 20, 8 + nth)).toISOString();
  await openEvent(app, { eventId, serviceId: 'srv_yoga', staffId: 'stf_ana', startsAt, capacity: 1 });
  await sql`update services set membership = 'either' where service_id = 'srv_yoga'`.execute(app.database.read);
  const wish = (await eventWishFor(app, eventId))(900 + nth);
  full = (await claimBooking(app.booking, app.scope, wish, '10.0.0.1')).facts.booking.bookingId;
});

/** Client number n, whose phone is confirmed, promises a visit of their membership, or their account. */
async function promise(n: number, by: 'membership' | 'account' = 'membership'): Promise<WaitingEntry> {
  const wish = waitingWishOf(n);
  const { quoteId } = await quoteSetAside(
    app.booking,
    app.scope,
    await freshRules(app.booking, app.scope),
    { appointments: [], event: { eventId, places: 1 } },
    app.clock.now(),
  );
  const body = {
    ...wish,
    client: { ...wish.client, phone: phoneOf(n) },
    phoneConfirmation: await confirmPhone(app, wish.draftId, phoneOf(n)),
    promise: by === 'account' ? { by, quoteId, typeId: null } : { by, quoteId },
  };
  const joined = await call<WaitingEntry>(app, 'POST', `/api/v1/locations/test/salon/events/${eventId}/waiting`, body);
  expect(joined).toMatchObject({ status: 201, body: { status: 'waiting', promise: by } });
  return joined.body;
}

const see = async (token: string) => (await call<WaitingEntry>(app, 'GET', `/api/v1/waiting/${token}`)).body;

test('who promised a membership has the place at once, and their visit is reserved', async () => {
  const { clientId } = await desk.sold(1, { visits: 2 });
  const waits = await promise(1);
  await cancelBooking(app.booking, app.scope, full, undefined);
  await app.background.settleDown();
  expect(await see(waits.token)).toMatchObject({ status: 'taken', booking: { token: expect.any(String) } });
  expect(await placesOf(app, eventId)).toEqual({ taken: 1, offered: 0, capacity: 1 });
  expect(await desk.see(clientId)).toMatchObject({ reserved: 1, left: 1 });
  const { rows } = await sql<{ confirmed: boolean }>`
    select phone_confirmed_at is not null confirmed from bookings where draft_id = ${waits.draftId}`.execute(app.database.read);
  expect(rows).toEqual([{ confirmed: true }]);
});

test('a membership that ended while they waited leaves an offer that can be paid, and the log says why', async () => {
  const { id } = await desk.sold(2, { visits: 1 });
  const waits = await promise(2);
  await sql`update memberships set ended_at = ${app.clock.now()} where membership_id = ${id}`.execute(app.database.read);
  await cancelBooking(app.booking, app.scope, full, undefined);
  await app.background.settleDown();
  const offered = await see(waits.token);
  expect(offered).toMatchObject({ status: 'offered', promise: 'pay', offer: { quote: { requiredMinor: 1500 } } });
  const { rows } = await sql<{ what: string; detail: object }>`
    select what, detail from waiting_log where entry_id = ${waits.draftId} order by log_no desc limit 1`.execute(app.database.read);
  expect(rows).toEqual([{ what: 'promise_failed', detail: { reason: 'none' } }]);
  const taken = { quoteId: offered.offer?.quote?.quoteId, pay: false, consent: { terms: true, termsVersion: 1 } };
  expect(await call(app, 'POST', `/api/v1/waiting/${waits.token}/take`, taken)).toMatchObject({ status: 201, body: { status: 'held' } });
});

test('who promised their account has the place at once, paid from it', async () => {
  await deposits.client(5, 2000);
  const waits = await promise(5, 'account');
  await cancelBooking(app.booking, app.scope, full, undefined);
  await app.background.settleDown();
  const entry = await see(waits.token);
  expect(entry.status).toBe('taken');
  expect((await clientOf(app).see(entry.booking?.token ?? '')).body).toMatchObject({ status: 'confirmed', paidMinor: 1500, dueMinor: 0 });
});

test('an account with too little left leaves an offer that can be paid', async () => {
  await deposits.client(6, 1000);
  const waits = await promise(6, 'account');
  await cancelBooking(app.booking, app.scope, full, undefined);
  await app.background.settleDown();
  expect(await see(waits.token)).toMatchObject({ status: 'offered', promise: 'pay' });
  const { rows } = await sql<{ detail: object }>`
    select detail from waiting_log where entry_id = ${waits.draftId} and what = 'promise_failed'`.execute(app.database.read);
  expect(rows).toEqual([{ detail: { reason: 'not_enough_on_account' } }]);
});

/** Client number n, whose phone is confirmed, promises for a day on which nothing is free; then all of it becomes free. */
async function promiseForDay(n: number, by: 'membership' | 'account', day: string): Promise<WaitingEntry> {
  const whole = { chain: app.scope.chainId, from: `${day}T00:00:00Z`, to: `${day}T23:59:00Z` };
  await sql`
    insert into occupancy (chain_id, location_id, resource_id, span, source_kind, source_id)
    values (${whole.chain}, ${app.scope.locationId}, 'stf_ana', tstzrange(${whole.from}::timestamptz, ${whole.to}::timestamptz), 'break', ${`brk_${n}`})`.execute(
    app.database.read,
  );
  const { places: _, ...wish } = waitingWishOf(n);
  const join = (quoteId: string, phoneConfirmation: string) =>
    call<WaitingEntry & { detail: { deal: { quoteId: string } } }>(app, 'POST', '/api/v1/locations/test/salon/waiting', {
      ...wish,
      client: { ...wish.client, phone: phoneOf(n) },
      serviceIds: ['srv_pilates'],
      staffId: null,
      day,
      fromMinute: 10 * 60,
      toMinute: 14 * 60,
      phoneConfirmation,
      promise: by === 'account' ? { by, quoteId, typeId: null } : { by, quoteId },
    });
  const proof = await confirmPhone(app, wish.draftId, phoneOf(n));
  const unknown = await join('another deal', proof);
  expect(unknown).toMatchObject({ status: 409, body: { code: 'quote_changed', detail: { deal: { priceMinMinor: 3000, payableMinor: 3000 } } } });
  const joined = await join(unknown.body.detail.deal.quoteId, proof);
  expect(joined).toMatchObject({ status: 201, body: { status: 'waiting', promise: by } });
  await sql`delete from occupancy where source_id = ${`brk_${n}`}`.execute(app.database.read);
  await offerDays(app.salon, { limit: 10 });
  await app.background.settleDown();
  return joined.body;
}

test('who promised their account for a day has the first time that suits them at once, paid from it', async () => {
  await deposits.client(21, 5000);
  const waits = await promiseForDay(21, 'account', '2026-03-24');
  const { status, booking } = await see(waits.token);
  expect(status).toBe('taken');
  expect((await clientOf(app).see(booking?.token ?? '')).body).toMatchObject({
    status: 'confirmed',
    paidMinor: 3000,
    dueMinor: 0,
    appointments: [{ startsAt: '2026-03-24T10:00:00.000Z' }],
  });
});

test('who promised a membership for a day has it at once, and a visit of theirs is reserved', async () => {
  const { clientId } = await desk.sold(22, { visits: 2, serviceIds: ['srv_pilates'] });
  const waits = await promiseForDay(22, 'membership', '2026-03-25');
  expect((await see(waits.token)).status).toBe('taken');
  expect(await desk.see(clientId)).toMatchObject({ reserved: 1, left: 1 });
});

test('an account that has too little for a day leaves a time that is kept, and can be paid', async () => {
  await deposits.client(23, 1000);
  const waits = await promiseForDay(23, 'account', '2026-03-26');
  expect(await see(waits.token)).toMatchObject({
    status: 'offered',
    promise: 'pay',
    offer: { startsAt: '2026-03-26T10:00:00.000Z', quote: { requiredMinor: 3000 } },
  });
});

test('an event that is moved closer than an offer lasts ends the offer with the time in which it can be booked', async () => {
  const one = await waitFor(app, eventId, 31);
  await cancelBooking(app.booking, app.scope, full, undefined);
  const sooner = new Date(app.clock.now().getTime() + 10 * 60_000);
  const moved = await sql`
    update events set starts_at = ${sooner}, ends_at = ${new Date(sooner.getTime() + 3_600_000)}, version = version + 1, changed_at = ${app.clock.now()}
     where event_id = ${eventId}`.execute(app.database.read);
  expect(moved.numAffectedRows).toBe(1n);
  expect(await see(one.token)).toMatchObject({ status: 'offered', offer: { until: sooner.toISOString() } });
  await app.pass({ minutes: 10 });
  expect((await see(one.token)).status).toBe('lapsed');
  expect(await checkWaiting(app.database.read, app.clock.now())).toEqual([]);
});

test('a promise without a confirmed telephone is refused', async () => {
  const { quoteId } = await quoteSetAside(
    app.booking,
    app.scope,
    await freshRules(app.booking, app.scope),
    { appointments: [], event: { eventId, places: 1 } },
    app.clock.now(),
  );
  const path = `/api/v1/locations/test/salon/events/${eventId}/waiting`;
  const wish = { ...waitingWishOf(3), promise: { by: 'membership', quoteId } };
  expect(await call(app, 'POST', path, wish)).toMatchObject({ status: 409, body: { code: 'phone_not_confirmed' } });
  expect(await call(app, 'POST', path, { ...wish, phoneConfirmation: 'made up' })).toMatchObject({ body: { code: 'phone_not_confirmed' } });
  expect(await lineOf(app, eventId)).toEqual([]);
});

/** Takes the offer of an entry and goes to pay. */
async function takeAndGoToPay(token: string) {
  const { offer } = await see(token);
  const taken = { quoteId: offer?.quote?.quoteId, pay: false, consent: { terms: true, termsVersion: 1 } };
  const { body } = await call(app, 'POST', `/api/v1/waiting/${token}/take`, taken);
  const client = clientOf(app);
  return { token: body.token, session: client.sessionOf((await client.startPayment(body.token)).body) };
}

test('money that comes when the taken place has gone to the next in line is late money like any other', async () => {
  const [one, two] = [await waitFor(app, eventId, 11), await waitFor(app, eventId, 12)];
  await cancelBooking(app.booking, app.scope, full, undefined);
  const { token, session } = await takeAndGoToPay(one.token);
  // the provider cannot be asked to close its page in time
  app.sandbox.faults.add({ match: 'any', kind: 'status500', times: 1000 });
  await app.pass({ minutes: 16 });
  app.sandbox.faults.clear();
  expect(await lineOf(app, eventId)).toEqual(['taken', 'offered']);
  app.sandbox.pay(session);
  await app.pass({ seconds: 1 });
  expect((await clientOf(app).see(token)).body).toMatchObject({
    status: 'needs_choice',
    appointments: [{ prepayment: 'credited', creditMinor: 1500 }],
  });
  expect((await see(two.token)).status).toBe('offered');
  expect(await placesOf(app, eventId)).toEqual({ taken: 0, offered: 1, capacity: 1 });
});

test('money that comes too late while nobody else waits has its place again', async () => {
  const one = await waitFor(app, eventId, 13);
  await cancelBooking(app.booking, app.scope, full, undefined);
  const { token, session } = await takeAndGoToPay(one.token);
  // the provider cannot be asked to close its page in time
  app.sandbox.faults.add({ match: 'any', kind: 'status500', times: 1000 });
  await app.pass({ minutes: 16 });
  app.sandbox.faults.clear();
  app.sandbox.pay(session);
  await app.pass({ seconds: 1 });
  expect((await clientOf(app).see(token)).body).toMatchObject({ status: 'confirmed', paidMinor: 1500 });
  expect(await checkWaiting(app.database.read, app.clock.now())).toEqual([]);
});
