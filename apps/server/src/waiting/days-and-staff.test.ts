import type { FreeTimes } from '@holdfast/contract/free-times';
import type { WaitingEntry, WaitingLine } from '@holdfast/contract/waiting';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelBooking } from '../booking/cancel-booking.ts';
import { checkBookings } from '../booking/check-bookings.ts';
import { claimBooking } from '../booking/claim-booking.ts';
import { call } from '../testing/call.ts';
import { openEvent } from '../testing/open-event.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { lineOf, placesOf, waitFor, waitingWishOf } from '../testing/waiting-of.ts';
import { eventWishFor, wishFor } from '../testing/wishes.ts';
import { checkWaiting } from './check-waiting.ts';
import { lookAfterLines } from './look-after-lines.ts';
import { offerDays } from './offer-days.ts';

let app: TestApp;
let owner: StaffUser;

beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_cut: { price: 4000, minutes: 720, status: 'required' }, srv_short: { price: 1000, minutes: 360, status: 'not_available' } },
      staff: { stf_ana: { status: 'required' } },
    },
    listen: false,
  });
  owner = await signInAs(app, 'owner');
});
afterAll(() => app.close());

const DAY = '2026-03-10';
const at = (hour: string) => `${DAY}T${hour}:00.000Z`;

async function waitForDay(n: number, more: object = {}): Promise<WaitingEntry> {
  const { places: _, promise: __, ...wish } = waitingWishOf(n);
  const body = { ...wish, serviceIds: ['srv_short'], staffId: null, day: DAY, fromMinute: null, toMinute: null, ...more };
  const joined = await call<WaitingEntry>(app, 'POST', '/api/v1/locations/test/salon/waiting', body);
  expect(joined.status, JSON.stringify(joined.body)).toBe(201);
  return joined.body;
}
const see = async ({ token }: WaitingEntry) => (await call<WaitingEntry>(app, 'GET', `/api/v1/waiting/${token}`)).body;
const look = () => offerDays(app.salon, { limit: 10 });

test('a day that cannot be looked at is tried again, and holds up no other', async () => {
  await sql`insert into waiting_looks (chain_id, location_id, day) values (${app.scope.chainId}, 'loc_gone', ${DAY}), (${app.scope.chainId}, ${app.scope.locationId}, ${DAY})`.execute(
    app.database.read,
  );
  expect(await offerDays(app.salon, { limit: 1 }), 'the one that fails is first').toBe(0);
  expect(await offerDays(app.salon, { limit: 1 }), 'and then the last').toBe(1);
  const { rows } = await sql<{ location: string }>`select location_id "location" from waiting_looks`.execute(app.database.read);
  expect(rows).toEqual([{ location: 'loc_gone' }]);
  await sql`delete from waiting_looks`.execute(app.database.read);
});

test('time that becomes free on a full day is kept for the first in line whom it fits, and for nobody else', async () => {
  const wish = (await wishFor(app, { serviceIds: ['srv_cut'], staffId: 'stf_ana', startsAt: at('08:00') }))(1);
  const { facts } = await claimBooking(app.booking, app.scope, wish, '10.0.0.1');
  const afternoonOnly = await waitForDay(1, { fromMinute: 10 * 60, toMinute: 12 * 60 });
  // nothing that becomes free fits them: of what they need the salon was open long enough when they joined
  await sql`update waiting_entries set from_minute = 900, to_minute = 960 where entry_id = ${afternoonOnly.draftId}`.execute(app.database.read);
  const first = await waitForDay(2);
  const second = await waitForDay(3);
  const third = await waitForDay(4);
  await look();
  expect((await see(first)).status).toBe('waiting');

  await cancelBooking(app.booking, app.scope, facts.booking.bookingId, undefined);
  await look();
  expect([await see(afternoonOnly), await see(first), await see(second), await see(third)].map(({ status }) => status)).toEqual([
    'waiting',
    'offered',
    'offered',
    'waiting',
  ]);
  expect(await see(first)).toMatchObject({ offer: { startsAt: at('08:00'), staffName: 'stf_ana', quote: { priceMinMinor: 1000 } } });
  const other = await wishFor(app, { serviceIds: ['srv_short'], staffId: 'stf_ana', startsAt: at('08:00') }).catch((error: unknown) => error);
  expect(other).toMatchObject({ code: 'time_taken' });
  expect(await checkWaiting(app.database.read, app.clock.now())).toEqual([]);

  const { offer } = await see(first);
  const taken = await call(app, 'POST', `/api/v1/waiting/${first.token}/take`, {
    quoteId: offer?.quote?.quoteId,
    pay: false,
    consent: { terms: true, termsVersion: 1 },
  });
  expect(taken).toMatchObject({ status: 201, body: { status: 'waiting', appointments: [{ startsAt: at('08:00') }] } });
  app.clock.advance({ minutes: 61 });
  await lookAfterLines(app.booking, { limit: 10 });
  await look();
  expect([await see(second), await see(third)].map(({ status }) => status)).toEqual(['lapsed', 'offered']);
  expect(await checkWaiting(app.database.read, app.clock.now())).toEqual([]);
  expect(await checkBookings(app.database.read, app.clock.now())).toEqual([]);
});

test('a day on which nobody works cannot be waited for, nor hours at which nobody does; the free times say which days are full and which are closed', async () => {
  const CLOSED = '2026-03-25';
  await sql`
    insert into staff_day_hours (chain_id, location_id, staff_id, day, works)
    values (${app.scope.chainId}, ${app.scope.locationId}, 'stf_ana', ${CLOSED}, '{}')`.execute(app.database.read);
  const { places: _, promise: __, ...wish } = waitingWishOf(80);
  const join = (more: object) =>
    call(app, 'POST', '/api/v1/locations/test/salon/waiting', {
      ...wish,
      serviceIds: ['srv_short'],
      staffId: null,
      day: CLOSED,
      fromMinute: null,
      toMinute: null,
      ...more,
    });
  const closed = { status: 422, body: { code: 'time_not_offered', detail: { reason: 'closed' } } };
  expect(await join({})).toMatchObject(closed);
  expect(await join({ day: '2026-03-26', fromMinute: 20 * 60 }), 'too late to be done before they close').toMatchObject(closed);
  const byStaff = { serviceIds: ['srv_short'], staffId: null, day: CLOSED, fromMinute: null, toMinute: null };
  const client = { name: 'Eva', phone: '+351912000098', email: '' };
  expect(await owner.here('POST', 'waiting', { ...byStaff, client })).toMatchObject(closed);
  const free = await call<FreeTimes>(app, 'GET', `/api/v1/locations/test/salon/free-times?services=srv_cut&staff=any&from=${DAY}&days=16`);
  const said = free.body.days.filter(({ times }) => times.length === 0).map(({ day, closed: nobody }) => [day, nobody ?? false]);
  expect(said).toEqual([
    [DAY, false],
    [CLOSED, true],
  ]);
});

test('staff see the line of a day in order, with why somebody was passed over', async () => {
  const { body } = await owner.here<WaitingLine>('GET', `waiting?day=${DAY}`);
  expect(body.entries.map(({ position, status }) => [position, status])).toEqual([
    [1, 'waiting'],
    [2, 'offered'],
    [null, 'taken'],
    [null, 'lapsed'],
  ]);
  expect(body.log.filter(({ what }) => what === 'skipped')).toMatchObject([
    { lineNo: 1, detail: { because: 'does_not_fit', lineNo: 4 } },
    { lineNo: 1, detail: { because: 'does_not_fit', lineNo: 3 } },
    { lineNo: 1, detail: { because: 'does_not_fit', lineNo: 2 } },
  ]);
});

/** A full event with two in line. */
async function fullEvent(eventId: string, startsAt: string) {
  await openEvent(app, { eventId, serviceId: 'srv_short', staffId: 'stf_ana', startsAt, capacity: 1 });
  const { facts } = await claimBooking(app.booking, app.scope, (await eventWishFor(app, eventId))(50), '10.0.0.1');
  return { booking: facts.booking.bookingId, line: [await waitFor(app, eventId, 51), await waitFor(app, eventId, 52)] as const };
}

test('staff add at the end and take off, and who did it stands in the log', async () => {
  const { booking } = await fullEvent('evt_staff', '2026-03-12T10:00:00Z');
  const add = (client: object) => owner.here<WaitingLine>('POST', 'events/evt_staff/waiting', { client, places: 1 });
  expect((await add({ name: 'Eva', phone: '', email: '' })).body).toMatchObject({ code: 'invalid_phone' });
  const added = await add({ name: 'Eva', phone: '+351912000099', email: '' });
  expect(added.body.entries.at(-1)).toMatchObject({ position: 3, name: 'Eva', byStaff: true });
  expect((await add({ name: 'Eva', phone: '+351912000099', email: '' })).body).toMatchObject({ code: 'already_there' });
  await cancelBooking(app.booking, app.scope, booking, undefined);
  const firstId = added.body.entries[0]?.id ?? '';
  const removed = await owner.here<WaitingLine>('POST', `waiting/${firstId}/removal`, { because: 'Asked for it' });
  expect(removed.body.entries.map(({ status }) => status)).toEqual(['offered', 'waiting', 'withdrawn']);
  expect(removed.body.log.find(({ what }) => what === 'removed')).toMatchObject({
    lineNo: 1,
    detail: { because: 'Asked for it', by: expect.any(String) },
  });
  expect((await owner.here('POST', `waiting/${firstId}/removal`, { because: '' })).status).toBe(409);
  const audited = await sql<{ action: string; name: string; before: object | null; after: object }>`
    select action, user_name name, before, after from audit_log where subject_id = 'evt_staff' and action like 'waiting.%' order by at, action`.execute(
    app.database.read,
  );
  expect(audited.rows).toMatchObject([
    { action: 'waiting.added', name: expect.any(String), after: { places: 1 } },
    { action: 'waiting.removed', before: { status: 'offered', numberInLine: 1 }, after: { status: 'withdrawn', because: 'Asked for it' } },
  ]);
});

test('who waits keeps their place when the event is moved, and is told that the waiting is over when it is cancelled', async () => {
  const { booking } = await fullEvent('evt_moved', '2026-03-13T08:00:00Z');
  const event = async () => (await owner.here<{ version: number; startsAt: string }>('GET', 'events/evt_moved')).body;
  const wish = { staffId: 'stf_ana', startsAt: '2026-03-14T08:00:00.000Z', durationMinutes: 60, outsideHours: false };
  expect((await owner.here('PUT', 'events/evt_moved/time', { ...wish, version: (await event()).version })).status).toBe(200);
  expect(await lineOf(app, 'evt_moved')).toEqual(['waiting', 'waiting']);
  await cancelBooking(app.booking, app.scope, booking, undefined);
  expect(await lineOf(app, 'evt_moved')).toEqual(['offered', 'waiting']);
  const cancelled = { version: (await event()).version, which: 'this', because: 'Ana is ill' };
  expect((await owner.here('POST', 'events/evt_moved/cancellation', cancelled)).status).toBe(200);
  expect(await lineOf(app, 'evt_moved')).toEqual(['over', 'over']);
  expect(await placesOf(app, 'evt_moved')).toMatchObject({ taken: 0, offered: 0 });
  const { rows } = await sql<{ topic: string; many: number }>`
    select topic, count(*)::int many from outbox where subject_id in (select entry_id from waiting_entries where event_id = 'evt_moved') group by 1 order by 1`.execute(
    app.database.read,
  );
  expect(rows).toEqual([
    { topic: 'waiting.joined', many: 2 },
    { topic: 'waiting.moved', many: 2 },
    { topic: 'waiting.offered', many: 1 },
    { topic: 'waiting.over', many: 2 },
  ]);
});

test('fewer places than are taken and offered are refused; more are offered at once', async () => {
  await fullEvent('evt_more', '2026-03-15T08:00:00Z');
  const page = async () => (await owner.here<Record<string, never>>('GET', 'events/evt_more')).body;
  const change = async (capacity: number) => {
    const { version, staffId, ownTitle, description, day, atMinute, durationMinutes } = await page();
    const wish = { version, which: 'this', staffId, title: ownTitle, description, day, atMinute, durationMinutes, capacity, outsideHours: false };
    return owner.here('PUT', 'events/evt_more', wish);
  };
  expect((await change(2)).status).toBe(200);
  expect(await lineOf(app, 'evt_more')).toEqual(['offered', 'waiting']);
  expect((await change(1)).body).toMatchObject({ code: 'more_than_left', detail: { placesTaken: 2 } });
});

test('nothing is offered when the event has begun: whoever still waits is told that it is over', async () => {
  const { booking } = await fullEvent('evt_begun', '2026-03-16T08:00:00Z');
  const until = Date.parse('2026-03-16T08:00:00Z') - app.clock.now().getTime();
  app.clock.advance({ minutes: until / 60_000 - 1 });
  await sql`update appointments set status = 'cancelled', changed_at = ${app.clock.now()} where booking_id = ${booking}`.execute(app.database.read);
  const { rows } = await sql<{
    until: Date;
  }>`select offered_until until from waiting_entries where event_id = 'evt_begun' and status = 'offered'`.execute(app.database.read);
  expect(rows.map((row) => row.until.toISOString())).toEqual(['2026-03-16T08:00:00.000Z']);
  app.clock.advance({ minutes: 1 });
  await lookAfterLines(app.booking, { limit: 10 });
  expect(await lineOf(app, 'evt_begun')).toEqual(['lapsed', 'over']);
});

test('whoever is forgotten waits no longer, and what they were offered goes to the next', async () => {
  const { booking, line } = await fullEvent('evt_forgotten', '2026-03-17T08:00:00Z');
  await cancelBooking(app.booking, app.scope, booking, undefined);
  const clientId = app.salon.newId('cli');
  await sql`
    insert into clients (chain_id, client_id, name, phone, language, created_at)
    values (${app.scope.chainId}, ${clientId}, 'Waiting 51', '+351913010051', 'en', ${app.clock.now()})`.execute(app.database.read);
  expect((await owner.call('POST', `clients/${clientId}/erasure`, { version: 1 })).status).toBe(200);
  expect(await lineOf(app, 'evt_forgotten')).toEqual(['withdrawn', 'offered']);
  expect(await see(line[0])).toMatchObject({ client: { name: '', phone: '', email: '' } });
});
