import type { PublicEvents } from '@holdfast/contract/events';
import type { WaitingEntry } from '@holdfast/contract/waiting';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cancelBooking } from '../booking/cancel-booking.ts';
import { claimBooking } from '../booking/claim-booking.ts';
import { call } from '../testing/call.ts';
import { openEvent } from '../testing/open-event.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { lineOf, placesOf, waitFor, waitingWishOf } from '../testing/waiting-of.ts';
import { eventWishFor } from '../testing/wishes.ts';
import { lookAfterLines } from './look-after-lines.ts';
import { scopeOfEntry } from './scope-of-entry.ts';

let app: TestApp;
let eventId: string;
let nth = 0;

beforeAll(async () => {
  app = await testApp({
    salon: { services: { srv_yoga: { price: 1500, minutes: 60, status: 'required' } }, staff: { stf_ana: { status: 'required' } } },
    listen: false,
  });
});
afterAll(() => app.close());

beforeEach(async () => {
  eventId = `evt_wait${++nth}`;
  const startsAt = new Date(Date.UTC(2026, 2, 20 + Math.floor(nth / 10), 8 + (nth % 10))).toISOString();
  await openEvent(app, { eventId, serviceId: 'srv_yoga', staffId: 'stf_ana', startsAt, capacity: 2 });
});

async function book(n: number, places = 1) {
  const wish = await eventWishFor(app, eventId, { places });
  const { facts } = await claimBooking(app.booking, app.scope, wish(n), `10.0.0.${n}`);
  return facts.booking.bookingId;
}

async function entryOf(token: string) {
  return (await scopeOfEntry(app.salon, token)).entryId;
}

test('a place that is cancelled is offered to the first in line, and nobody else can book it', async () => {
  const [first] = [await book(1), await book(2)];
  const waits = await waitFor(app, eventId, 1);
  expect(waits).toMatchObject({ status: 'waiting', ahead: { parties: 0, places: 0 }, offer: null });
  expect(await waitFor(app, eventId, 2)).toMatchObject({ ahead: { parties: 1, places: 1 } });
  await cancelBooking(app.booking, app.scope, first, undefined);
  expect(await lineOf(app, eventId)).toEqual(['offered', 'waiting']);
  expect(await placesOf(app, eventId)).toMatchObject({ taken: 1, offered: 1 });
  await expect(book(3)).rejects.toMatchObject({ code: 'event_full' });
  const { body } = await call(app, 'GET', `/api/v1/waiting/${waits.token}`);
  expect(body).toMatchObject({ status: 'offered', offer: { until: '2026-03-02T10:00:00.000Z', quote: { requiredMinor: 1500 } } });
});

test('an offer is taken once: the booking is held, and a second click answers it again', async () => {
  const first = await book(1, 2);
  const waits = await waitFor(app, eventId, 1);
  await cancelBooking(app.booking, app.scope, first, undefined);
  const { body } = await call<WaitingEntry>(app, 'GET', `/api/v1/waiting/${waits.token}`);
  const taken = { quoteId: body.offer?.quote?.quoteId ?? '', pay: false, consent: { terms: true, termsVersion: 1 } };
  const one = await call(app, 'POST', `/api/v1/waiting/${waits.token}/take`, taken);
  expect(one).toMatchObject({ status: 201, body: { status: 'held', appointments: [{ places: 1, dueMinor: 1500 }] } });
  expect(await placesOf(app, eventId)).toEqual({ taken: 1, offered: 0, capacity: 2 });
  const again = await call(app, 'POST', `/api/v1/waiting/${waits.token}/take`, taken);
  expect(again).toMatchObject({ status: 200, body: { appointments: [{ id: one.body.appointments[0]?.id }] } });
  expect((await call<WaitingEntry>(app, 'GET', `/api/v1/waiting/${waits.token}`)).body).toMatchObject({
    status: 'taken',
    offer: null,
    booking: { url: expect.stringContaining('/b/') },
  });
});

test('an offer that nobody takes goes to the next when its time is over, not before', async () => {
  const first = await book(1, 2);
  const [one] = [await waitFor(app, eventId, 1, { places: 2 }), await waitFor(app, eventId, 2, { places: 2 })];
  await cancelBooking(app.booking, app.scope, first, undefined);
  app.clock.advance({ minutes: 59, seconds: 59 });
  await lookAfterLines(app.booking, { limit: 10 });
  expect(await lineOf(app, eventId)).toEqual(['offered', 'waiting']);
  app.clock.advance({ seconds: 1 });
  const { body } = await call<WaitingEntry>(app, 'GET', `/api/v1/waiting/${one.token}`);
  expect(body).toMatchObject({ status: 'lapsed', offer: null });
  await lookAfterLines(app.booking, { limit: 10 });
  await lookAfterLines(app.booking, { limit: 10 });
  expect(await lineOf(app, eventId)).toEqual(['lapsed', 'offered']);
  expect(await placesOf(app, eventId)).toMatchObject({ taken: 0, offered: 2 });
});

test('who passes an offer on makes room for the next at once; who leaves does too', async () => {
  await book(1, 2);
  await waitFor(app, eventId, 1);
  const second = await waitFor(app, eventId, 2);
  const { rows } = await sql<{ id: string }>`select booking_id id from appointments where event_id = ${eventId}`.execute(app.database.read);
  await cancelBooking(app.booking, app.scope, rows[0]?.id ?? '', undefined);
  expect(await lineOf(app, eventId)).toEqual(['offered', 'offered']);
  const third = await waitFor(app, eventId, 3);
  const fourth = await waitFor(app, eventId, 4);
  expect((await call(app, 'POST', `/api/v1/waiting/${second.token}/pass`)).status).toBe(200);
  expect(await lineOf(app, eventId)).toEqual(['offered', 'lapsed', 'offered', 'waiting']);
  expect((await call(app, 'POST', `/api/v1/waiting/${fourth.token}/pass`)).body).toMatchObject({ code: 'offer_run_out' });
  expect((await call(app, 'POST', `/api/v1/waiting/${third.token}/leave`)).body).toMatchObject({ status: 'withdrawn', ahead: null });
  expect(await lineOf(app, eventId)).toEqual(['offered', 'lapsed', 'withdrawn', 'offered']);
});

test('a party that does not fit keeps its place in line, and the log says why others came first', async () => {
  const [first] = [await book(1), await book(2)];
  const [large] = [await waitFor(app, eventId, 1, { places: 2 }), await waitFor(app, eventId, 2)];
  await cancelBooking(app.booking, app.scope, first, undefined);
  expect(await lineOf(app, eventId)).toEqual(['waiting', 'offered']);
  const { rows } = await sql<{ what: string; detail: object }>`
    select what, detail from waiting_log where entry_id = ${await entryOf(large.token)} order by log_no`.execute(app.database.read);
  expect(rows).toEqual([
    { what: 'joined', detail: { places: 2 } },
    { what: 'skipped', detail: { places: 2, free: 1 } },
  ]);
  await expect(sql`update waiting_log set what = 'joined' where what = 'skipped'`.execute(app.database.read)).rejects.toMatchObject({
    code: 'HF914',
  });
});

test('the same draft joins once, the same telephone is on a list once, and nobody waits for more places than there are', async () => {
  await book(1, 2);
  const wish = waitingWishOf(1);
  const path = `/api/v1/locations/test/salon/events/${eventId}/waiting`;
  const one = await call<WaitingEntry>(app, 'POST', path, wish);
  expect(one.status).toBe(201);
  expect((await call<WaitingEntry>(app, 'POST', path, wish)).body.token).toBe(one.body.token);
  expect((await call(app, 'POST', path, waitingWishOf(1))).body).toMatchObject({ code: 'already_there' });
  expect((await call(app, 'POST', path, waitingWishOf(2, { places: 3 }))).body).toMatchObject({ code: 'more_than_left', detail: { capacity: 2 } });
  expect((await call(app, 'POST', path, { ...waitingWishOf(3), consent: { terms: false, termsVersion: 1 } })).body).toMatchObject({
    code: 'consent_needed',
  });
  expect((await call(app, 'POST', path, waitingWishOf(4, { promise: { by: 'membership', quoteId: 'x' } }))).body).toMatchObject({
    code: 'quote_changed',
  });
  const { body } = await call<PublicEvents>(app, 'GET', '/api/v1/locations/test/salon/events');
  expect(body.events.find(({ id }) => id === eventId)).toMatchObject({ placesLeft: 0, waiting: 1 });
});
