import type { Booking, Quote } from '@holdfast/contract/booking';
import type { Appointment, Calendar } from '@holdfast/contract/calendar';
import type { EventDates, EventPage, PublicEvents, SalonEvents } from '@holdfast/contract/events';
import type { RefundItem, RefundList } from '@holdfast/contract/refunds';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { call, clientOf } from '../testing/call.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { eventWishFor } from '../testing/wishes.ts';

type Refused<T> = T & { code: string; detail: Record<string, unknown> };

let app: TestApp;
let owner: StaffUser;
let reception: StaffUser;

beforeAll(async () => {
  app = await testApp({
    salon: {
      services: {
        yoga: { price: 1500, minutes: 60, status: 'required' },
        paint: { price: 2500, minutes: 90, status: 'available' },
        cut: { price: 4000, minutes: 60, status: 'not_available' },
      },
      staff: { ana: { status: 'required' }, bia: { status: 'required' } },
    },
  });
  await sql`update services set kind = 'event', places = 8 where service_id in ('yoga', 'paint')`.execute(app.database.read);
  owner = await signInAs(app, 'owner');
  reception = await signInAs(app, 'reception');
});
afterAll(async () => {
  await app.background.settleDown();
  const { disagreements } = await auditEverything(app.payments);
  await app.close();
  expect(disagreements).toEqual([]);
});

const wish = (day: string, more: object = {}) => ({
  serviceId: 'yoga',
  staffId: 'ana',
  title: '',
  description: '',
  day,
  atMinute: 12 * 60,
  durationMinutes: 60,
  capacity: 4,
  repeat: null,
  outsideHours: false,
  ...more,
});
const weekly = (count: number, more: object = {}) => ({
  repeat: { every: 'week', interval: 1, weekdays: [], until: null, count, except: [], ...more },
});
const make = (day: string, more: object = {}, user = reception) => user.here<Refused<{ ids: string[] }>>('POST', 'events', wish(day, more));
const see = async (id: string, user = owner) => (await user.here<EventPage>('GET', `events/${id}`)).body;
async function one(day: string, more: object = {}): Promise<EventPage> {
  const { status, body } = await make(day, more);
  expect(status, JSON.stringify(body)).toBe(201);
  return see(body.ids[0] as string);
}
const changeOf = (event: EventPage, more: object = {}) => ({
  version: event.version,
  which: 'this',
  staffId: event.staffId,
  title: event.ownTitle,
  description: event.description,
  day: event.day,
  atMinute: event.atMinute,
  durationMinutes: event.durationMinutes,
  capacity: event.capacity,
  outsideHours: false,
  ...more,
});
const change = (event: EventPage, more: object, user = reception) =>
  user.here<Refused<EventPage>>('PUT', `events/${event.id}`, changeOf(event, more));
const cancel = (event: EventPage, more: object = {}, user = owner) =>
  user.here<Refused<EventPage>>('POST', `events/${event.id}/cancellation`, {
    version: event.version,
    which: 'this',
    because: 'The teacher is ill',
    ...more,
  });
const walkIn = (event: EventPage, places: number, phone: string, user = reception) =>
  user.here<Refused<EventPage>>('POST', `events/${event.id}/places`, { client: { name: 'Rita Sousa', phone, email: '' }, places, comment: '' });

async function online(eventId: string, n: number, places = 1): Promise<Booking> {
  const { status, body } = await clientOf(app).book((await eventWishFor(app, eventId, { places, pay: true }))(n));
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}
async function paidOnline(eventId: string, n: number, places = 1): Promise<Booking> {
  const { token } = await online(eventId, n, places);
  const client = clientOf(app);
  app.sandbox.pay(client.sessionOf((await client.startPayment(token)).body));
  await client.comeBack(token);
  await app.afterwards();
  return (await client.see(token)).body;
}
const refundsOf = async (eventId: string) =>
  (
    await sql<{ amount: bigint; reason: string; status: string }>`
      select f.amount_minor amount, f.reason, f.status from refunds f join appointments a on a.chain_id = f.chain_id and a.appointment_id = f.appointment_id
       where a.event_id = ${eventId} order by f.amount_minor`.execute(app.database.read)
  ).rows;

test('a series is told date by date before it is made: a clash is named, left out, and then all the others are made', async () => {
  const { body: cut } = await reception.here<Appointment>('POST', 'appointments', {
    client: { name: 'In the way', phone: '', email: '' },
    staffId: 'ana',
    startsAt: '2026-03-24T12:30:00.000Z',
    services: [{ serviceId: 'cut', costMinor: null }],
    durationMinutes: null,
    comment: '',
    outsideHours: false,
  });
  const asked = wish('2026-03-10', weekly(4));
  const foreseen = await reception.here<EventDates>('POST', 'events/dates', asked);
  expect(foreseen.body.dates.map(({ day, startsAt, refusal }) => [day, startsAt, refusal])).toEqual([
    ['2026-03-10', '2026-03-10T12:00:00.000Z', null],
    ['2026-03-17', '2026-03-17T12:00:00.000Z', null],
    ['2026-03-24', '2026-03-24T12:00:00.000Z', 'time_taken'],
    ['2026-03-31', '2026-03-31T11:00:00.000Z', null],
  ]);
  expect(foreseen.body.dates[2]?.by).toMatchObject({ kind: 'appointment', name: 'In the way', from: new Date(cut.startsAt).toISOString() });
  const refused = await make('2026-03-10', weekly(4));
  expect([refused.status, refused.body.code]).toEqual([409, 'time_taken']);
  expect((await owner.here<SalonEvents>('GET', 'events?from=2026-03-10&days=30')).body.events).toEqual([]);
  const made = await make('2026-03-10', weekly(4, { except: ['2026-03-24'] }));
  expect(made.body.ids).toHaveLength(3);
  const page = await see(made.body.ids[0] as string);
  expect(page).toMatchObject({ title: 'yoga', priceMinor: 1500, policy: { status: 'required' }, series: { ahead: 3, lastDay: '2026-03-31' } });
});

test('a client books two places, pays price × places in advance, and staff see who comes and what is left', async () => {
  const event = await one('2026-04-02');
  const booking = await paidOnline(event.id, 1, 2);
  expect([booking.status, booking.paidMinor, booking.appointments[0]?.places]).toEqual(['confirmed', 3000, 2]);
  await online(event.id, 2);
  const page = await see(event.id);
  expect([page.placesTaken, page.placesHeld, page.placesLeft]).toEqual([3, 1, 1]);
  // both came in the same moment, so neither was first
  const clients = page.clients.map(({ places, prepayment, paidMinor }) => [places, prepayment, paidMinor]);
  expect(clients.sort((one, other) => Number(other[0]) - Number(one[0]))).toEqual([
    [2, 'paid', 3000],
    [1, 'due', 0],
  ]);
  const { body } = await call<PublicEvents>(app, 'GET', '/api/v1/locations/test/salon/events?from=2026-04-02&to=2026-04-02');
  expect(body.events.map(({ id, placesLeft, priceMinMinor }) => [id, placesLeft, priceMinMinor])).toEqual([[event.id, 1, 1500]]);
  const { body: board } = await owner.here<Calendar>('GET', 'calendar?from=2026-04-02&days=1');
  expect([board.appointments, board.events.map(({ id, placesTaken }) => [id, placesTaken])]).toEqual([[], [[event.id, 3]]]);
  const file = await app.http.inject({
    url: `/api/v1/admin/locations/${app.scope.locationId}/events/${event.id}/clients.csv`,
    headers: { cookie: owner.cookie },
  });
  expect([file.headers['content-type'], file.body.split('\r\n').length]).toEqual(['text/csv; charset=utf-8', 4]);
});

test('a party larger than what is left is told how much is left, online and at the desk, and nothing is held', async () => {
  const event = await one('2026-04-03');
  expect((await walkIn(event, 3, '912 000 001')).status).toBe(201);
  const quoted = await call<Refused<Quote>>(app, 'POST', '/api/v1/locations/test/salon/quotes', {
    appointments: [],
    event: { eventId: event.id, places: 2 },
  });
  expect([quoted.status, quoted.body.code, quoted.body.detail]).toEqual([409, 'event_full', { placesLeft: 1 }]);
  const staff = await walkIn(event, 2, '912 000 002');
  expect([staff.status, staff.body.code, staff.body.detail]).toEqual([409, 'event_full', { placesLeft: 1 }]);
  expect((await see(event.id)).placesTaken).toBe(3);
});

test('fewer places than are taken are refused with how many are; also while clients book', async () => {
  const event = await one('2026-04-04', { capacity: 20 });
  await Promise.all([
    ...Array.from({ length: 12 }, (_, n) => online(event.id, 100 + n)),
    change(await see(event.id), { capacity: 6 }).catch(() => undefined),
  ]).catch(() => undefined);
  const now = await see(event.id);
  expect(now.placesTaken).toBeLessThanOrEqual(now.capacity);
  const low = await change(now, { capacity: Math.max(1, now.placesTaken - 1) });
  expect([low.status, low.body.code, low.body.detail['placesTaken']]).toEqual([409, 'more_than_left', now.placesTaken]);
  expect((await change(await see(event.id), { capacity: now.placesTaken })).body.placesLeft).toBe(0);
});

test('an event is moved with its clients, who are told; who quoted the old time is shown the new one', async () => {
  const event = await one('2026-04-06');
  const wishOf = await eventWishFor(app, event.id);
  const booking = await paidOnline(event.id, 20);
  const stale = await change({ ...event, version: event.version + 1 }, { atMinute: 15 * 60 });
  expect([stale.status, stale.body.code]).toEqual([409, 'changed_meanwhile']);
  const moved = await reception.here<EventPage>('PUT', `events/${event.id}/time`, {
    version: event.version,
    staffId: 'bia',
    startsAt: '2026-04-07T14:00:00.000Z',
    durationMinutes: 60,
    outsideHours: false,
  });
  expect([moved.status, moved.body.startsAt, moved.body.staffId, moved.body.placesTaken]).toEqual([200, '2026-04-07T14:00:00.000Z', 'bia', 1]);
  const seen = (await clientOf(app).see(booking.token)).body.appointments[0];
  expect([seen?.startsAt, seen?.staffId, seen?.prepayment]).toEqual(['2026-04-07T14:00:00.000Z', 'bia', 'paid']);
  const late = await clientOf(app).book(wishOf(21));
  expect([late.status, (late.body as unknown as { code: string }).code]).toEqual([409, 'quote_changed']);
  const { rows } = await sql<{ n: number }>`
    select count(*)::int n from outbox where topic = 'appointment.moved' and subject_id = ${seen?.id ?? ''}`.execute(app.database.read);
  expect(rows[0]?.n).toBe(1);
});

test('this and following ones of a series move by the wall clock, across the change of clocks, and earlier ones stay', async () => {
  const { body } = await make('2026-10-12', { ...weekly(4), atMinute: 10 * 60, staffId: 'bia' });
  const second = await see(body.ids[1] as string);
  const answer = await change(second, { which: 'following', day: '2026-10-20', atMinute: 11 * 60 });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  const { events } = (await owner.here<SalonEvents>('GET', 'events?from=2026-10-12&days=30')).body;
  expect(events.map(({ startsAt }) => startsAt)).toEqual([
    '2026-10-12T09:00:00.000Z',
    '2026-10-20T10:00:00.000Z',
    '2026-10-27T11:00:00.000Z',
    '2026-11-03T11:00:00.000Z',
  ]);
  const longer = await reception.here<{ ids: string[] }>('POST', `event-series/${second.seriesId}/extension`, {
    until: '2026-11-17',
    except: [],
    outsideHours: false,
  });
  // it is a class of Tuesdays by now
  const made = await Promise.all(longer.body.ids.map(async (id) => (await see(id)).day));
  expect([longer.status, made]).toEqual([201, ['2026-11-10', '2026-11-17']]);
});

test('a class of Saturdays and Sundays that moves on by a day is one of Sundays and Mondays, one date that moves alone changes nothing of the rule', async () => {
  const { body } = await make('2026-12-05', { ...weekly(4, { weekdays: [6, 7] }), staffId: 'bia', atMinute: 9 * 60, outsideHours: true });
  const extend = async (until: string) => {
    const { seriesId } = await see(body.ids[0] as string);
    const longer = await reception.here<{ ids: string[] }>('POST', `event-series/${seriesId}/extension`, { until, except: [], outsideHours: true });
    return Promise.all(longer.body.ids.map(async (id) => (await see(id)).day));
  };
  const alone = await see(body.ids[1] as string);
  expect((await change(alone, { which: 'this', day: '2026-12-10', outsideHours: true })).status).toBe(200);
  expect(await extend('2026-12-20')).toEqual(['2026-12-19', '2026-12-20']);
  const first = await see(body.ids[0] as string);
  expect((await change(first, { which: 'all', day: '2026-12-06', outsideHours: true })).status).toBe(200);
  expect(await extend('2026-12-28')).toEqual(['2026-12-27', '2026-12-28']);
});

test('more places, fewer, and another event: the count follows, and what was paid too much is put before a person', async () => {
  const [event, other] = [await one('2026-04-08'), await one('2026-04-09', { capacity: 1 })];
  const booking = await paidOnline(event.id, 30, 2);
  const appointmentId = booking.appointments[0]?.id ?? '';
  const [client] = (await see(event.id)).clients;
  const path = `events/${event.id}/places/${appointmentId}`;
  const tooMany = await reception.here<Refused<EventPage>>('PUT', path, { version: client?.version, places: 5, eventId: event.id });
  expect([tooMany.status, tooMany.body.code]).toEqual([409, 'event_full']);
  const full = await reception.here<Refused<EventPage>>('PUT', path, { version: client?.version, places: 2, eventId: other.id });
  expect([full.status, full.body.code]).toEqual([409, 'event_full']);
  // as cancelling a part of what is paid
  const cut = await reception.here<Refused<EventPage>>('PUT', path, { version: client?.version, places: 1, eventId: event.id });
  expect(cut.body).toMatchObject({ code: 'right_missing', detail: { right: 'appointments.cancel_paid' } });
  const fewer = await owner.here<EventPage>('PUT', path, { version: client?.version, places: 1, eventId: event.id });
  expect([fewer.status, fewer.body.placesTaken, fewer.body.clients[0]?.costMinor]).toEqual([200, 1, 1500]);
  const { rows } = await sql<{ amount: bigint }>`
    select amount_minor amount from attention where kind = 'paid_above_cost' and subject_id = ${appointmentId} and resolved_at is null`.execute(
    app.database.read,
  );
  expect(rows).toEqual([{ amount: 1500n }]);
  const gone = await reception.here<EventPage>('PUT', path, { version: fewer.body.clients[0]?.version, places: 1, eventId: other.id });
  expect(gone.status, JSON.stringify(gone.body)).toBe(200);
  expect([(await see(event.id)).placesTaken, (await see(other.id)).placesTaken]).toEqual([0, 1]);
  expect((await clientOf(app).see(booking.token)).body.appointments[0]?.startsAt).toBe(other.startsAt);
});

test('a deed that gives an appointment a time of its own does not touch places; arriving and not coming do', async () => {
  const event = await one('2026-04-10');
  const { body } = await walkIn(event, 1, '912 000 005');
  const id = body.clients[0]?.appointmentId ?? '';
  const seen = (await owner.here<Appointment>('GET', `appointments/${id}`)).body;
  expect(seen.event).toEqual({ id: event.id, title: 'yoga', places: 1 });
  const move = { version: seen.version, staffId: 'ana', startsAt: '2026-04-11T12:00:00.000Z', durationMinutes: 60, outsideHours: true };
  const moved = await owner.here<Refused<Appointment>>('PUT', `appointments/${id}/time`, move);
  expect([moved.status, moved.body.code, moved.body.detail['reason']]).toEqual([409, 'step_not_allowed', 'event']);
  const other = { version: seen.version, services: [{ serviceId: 'cut', costMinor: null }], durationMinutes: null, outsideHours: true };
  expect((await owner.here('PUT', `appointments/${id}/services`, other)).status).toBe(409);
  const arrived = await owner.here<Appointment>('POST', `appointments/${id}/steps`, { version: seen.version, step: 'arrive' });
  expect([arrived.status, arrived.body.status]).toEqual([200, 'arrived']);
  const direct = await owner.here<Refused<Appointment>>('POST', 'appointments', {
    client: { name: 'Somebody', phone: '', email: '' },
    staffId: 'ana',
    startsAt: '2026-04-13T10:00:00.000Z',
    services: [{ serviceId: 'yoga', costMinor: null }],
    durationMinutes: null,
    comment: '',
    outsideHours: false,
  });
  expect([direct.status, direct.body.detail['reason']]).toEqual([422, 'event']);
});

test('nobody holds an event hostage: neither at once, nor again and again; staff and who pays are no hostage takers', async () => {
  await sql`update locations set holds_share_percent = 30 where location_id = ${app.scope.locationId}`.execute(app.database.read);
  const event = await one('2026-04-23', { capacity: 20 });
  const book = async (n: number, places: number, draft = 0) => {
    const wish = (await eventWishFor(app, event.id, { places, pay: true }))(n);
    const client = clientOf(app);
    const { status, body } = await client.book({ ...wish, draftId: `${wish.draftId}_${draft}` }, `203.0.113.${n}`);
    return { status, body: body as Refused<Booking>, client };
  };
  expect((await book(71, 7)).body).toMatchObject({ code: 'too_many_holds', detail: { mostPlaces: 6 } });
  const first = await book(71, 4);
  expect(first.status).toBe(201);
  expect((await book(71, 3, 1)).body).toMatchObject({ code: 'too_many_holds', detail: { retryAt: expect.any(String) } });
  // what is paid is not held any more
  app.sandbox.pay(first.client.sessionOf((await first.client.startPayment(first.body.token)).body));
  await first.client.comeBack(first.body.token);
  await app.afterwards();
  expect((await book(71, 3, 2)).status).toBe(201);
  expect((await walkIn(event, 8, '+351912000999', owner)).status).toBe(201);
  expect((await see(event.id)).placesTaken).toBe(15);
  for (let time = 0; time < 3; time++) {
    expect((await book(72, 1, time)).status).toBe(201);
    await app.pass({ minutes: 20 });
  }
  expect((await book(72, 1, 3)).body.code).toBe('too_many_holds');
  expect((await book(73, 1)).status).toBe(201);
  await sql`update locations set holds_share_percent = 100 where location_id = ${app.scope.locationId}`.execute(app.database.read);
});

test('a cancelled event is closed at once, every booking is cancelled, and all that was paid is proposed to go back', async () => {
  const event = await one('2026-04-14', { capacity: 30 });
  for (const n of [40, 41, 42]) await paidOnline(event.id, n, n === 42 ? 3 : 1);
  const held = await online(event.id, 43);
  for (let n = 0; n < 22; n++) await walkIn(event, 1, `912 100 0${String(n).padStart(2, '0')}`);
  const without = await cancel(event, {}, await signInAs(app, 'team_member', { staffId: 'ana' }));
  expect(without.status).toBe(403);
  const closed = await cancel(event);
  expect([closed.status, closed.body.status, closed.body.cancelled?.because]).toEqual([200, 'cancelled', 'The teacher is ill']);
  expect(closed.body.stillToCancel).toBe(6);
  const late = await call<Refused<Quote>>(app, 'POST', '/api/v1/locations/test/salon/quotes', {
    appointments: [],
    event: { eventId: event.id, places: 1 },
  });
  expect([late.status, late.body.detail['reason']]).toEqual([422, 'cancelled']);
  await app.background.settleDown();
  const after = await see(event.id);
  expect([after.stillToCancel, after.placesTaken]).toEqual([0, 0]);
  expect(await refundsOf(event.id)).toEqual([
    { amount: 1500n, reason: 'cancelled_by_staff', status: 'open' },
    { amount: 1500n, reason: 'cancelled_by_staff', status: 'open' },
    { amount: 4500n, reason: 'cancelled_by_staff', status: 'open' },
  ]);
  expect((await clientOf(app).see(held.token)).body.status).toBe('cancelled');
  expect((await cancel(after)).body.code).toBe('step_not_allowed');
  // the team member's time is free again
  expect((await make('2026-04-14')).status).toBe(201);
});

test('money that comes when the event is full meanwhile waits as a credit for the client’s choice', async () => {
  const event = await one('2026-04-15', { capacity: 1 });
  const { token } = await online(event.id, 50);
  const client = clientOf(app);
  const session = client.sessionOf((await client.startPayment(token)).body);
  app.sandbox.faults.add({ match: 'any', kind: 'status500', times: 1000 });
  await app.pass({ minutes: 16 });
  app.sandbox.faults.clear();
  expect((await walkIn(await see(event.id), 1, '912 000 009')).status).toBe(201);
  app.sandbox.pay(session);
  await app.pass({ seconds: 1 });
  const seen = (await client.see(token)).body;
  expect([seen.status, seen.appointments[0]?.creditMinor, seen.appointments[0]?.choices]).toEqual([
    'needs_choice',
    1500,
    ['keep_credit', 'ask_refund'],
  ]);
  expect((await see(event.id)).placesTaken).toBe(1);
});

test('a role gives back no more than it may of one cancelled event: not by proposals of its own either, and not by several at once', async () => {
  const role = app.salon.newId('rol');
  await sql`
    insert into roles (chain_id, role_id, name, rights, refund_limit_minor, created_at)
    values (${app.scope.chainId}, ${role}, ${role}, '{transactions.see,refunds.make}', 4000, ${app.clock.now()})`.execute(app.database.read);
  const limited = await signInAs(app, role);
  const event = await one('2026-04-24');
  const visits = [await paidOnline(event.id, 71, 2), await paidOnline(event.id, 72, 2)].map(({ appointments }) => appointments[0]?.id ?? '');
  expect((await cancel(event)).status).toBe(200);
  const till = (await owner.here<RefundList>('GET', 'refunds')).body.registers.find(({ kind }) => kind === 'cash')?.id ?? '';
  const refund = async (visit: string, state: string) =>
    (await owner.here<RefundList>('GET', `refunds?state=${state}&appointment=${visit}`)).body.items[0] as RefundItem;
  const post = (id: string, deed: string, body: object) => limited.here<Refused<RefundList>>('POST', `refunds/${id}/${deed}`, body);
  for (const visit of visits) {
    const { id, version } = await refund(visit, 'todo');
    if (visit === visits[0])
      expect((await post(id, 'approval', { version })).body).toMatchObject({ code: 'right_missing', detail: { because: 'over_limit' } });
    expect((await owner.here('POST', `refunds/${id}/refusal`, { version, because: 'in pieces' })).status).toBe(200);
    const { money } = (await owner.here<{ money: { source: object }[] }>('GET', `appointments/${visit}/refundable`)).body;
    const wish = { key: `key_of_event_${visit}`, appointmentId: visit, source: money[0]?.source, amountMinor: 1000, because: 'in pieces' };
    expect((await limited.here('POST', 'refunds', wish)).status).toBe(200);
  }
  const back = async () => (await refundsOf(event.id)).reduce((sum, { status, amount }) => sum + (status === 'given_back' ? amount : 0n), 0n);
  /** One makes it larger, approves and hands it over; as often as it takes. */
  const giveBack = async (visit: string) => {
    const asked = await refund(visit, 'todo');
    await limited.here('PUT', `refunds/${asked.id}`, { version: asked.version, amountMinor: 3000, because: 'more of it' });
    const { id, version } = await refund(visit, 'todo');
    const approved = await post(id, 'approval', { version });
    if (approved.status !== 200) return approved.body.detail['because'];
    const sent = await post(id, 'sending', { version: version + 1, key: `key_of_sending_${visit}`, way: 'register', registerId: till });
    return sent.status === 200 ? 'given_back' : sent.body.detail['because'];
  };
  const answers = await Promise.all(visits.map(giveBack));
  expect(answers).toContain('over_limit');
  expect(await back()).toBeLessThanOrEqual(4000n);

  // negative control: a sum of what others have approved before, which nobody has at the same moment, lets both go
  const naive = await Promise.all(
    visits.map((visit) =>
      app.database.transaction(async (tx) => {
        const approved = await sql<{ sum: bigint }>`
          select coalesce(sum(f.amount_minor), 0)::bigint sum from refunds f join appointments a on a.chain_id = f.chain_id and a.appointment_id = f.appointment_id
           where a.event_id = ${event.id} and a.appointment_id <> ${visit} and f.status = 'approved'`.execute(tx);
        return (approved.rows[0]?.sum ?? 0n) + 3000n <= 4000n;
      }),
    ),
  );
  expect(naive).toEqual([true, true]);
});
