import type { Booking } from '@holdfast/contract/booking';
import type { CancellationQuote } from '@holdfast/contract/cancellation';
import type { EventPage } from '@holdfast/contract/events';
import type { MoveQuote } from '@holdfast/contract/moving';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookingPart } from '../channels/plain/booking-part.ts';
import { plainWords } from '../channels/plain/plain-words.ts';
import type { Said } from '../testing/accounts-of.ts';
import { call, clientOf } from '../testing/call.ts';
import { confirmPhone, membershipDesk, phoneOf } from '../testing/memberships-of.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { eventWishFor, wishFor } from '../testing/wishes.ts';
import { auditEverything } from './audit.ts';

let app: TestApp;
let owner: StaffUser;
let desk: ReturnType<typeof membershipDesk>;
let client: ReturnType<typeof clientOf>;
let n = 100;

beforeAll(async () => {
  app = await testApp({
    salon: {
      services: {
        srv_class: { price: 1500, minutes: 60, status: 'required' },
        srv_yoga: { price: 2000, minutes: 60, status: 'not_available' },
        srv_cut: { price: 5000, minutes: 60, status: 'required' },
      },
      staff: Object.fromEntries(['ana', 'bia', 'eva', 'rui'].map((name) => [name, { status: 'available' as const }])),
    },
  });
  await sql`update services set membership = 'either'`.execute(app.database.read);
  await sql`update services set kind = 'event', places = 8 where service_id = 'srv_class'`.execute(app.database.read);
  owner = await signInAs(app, 'owner');
  desk = membershipDesk(app, owner);
  client = clientOf(app);
});
afterAll(async () => {
  await app.background.settleDown();
  expect(await disagreements()).toEqual([]);
  await app.close();
});

const disagreements = async () => (await auditEverything(app.payments)).disagreements;
const inDays = (days: number, hour = 10) =>
  `${new Date(app.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)}T${hour}:00:00.000Z`;

async function classOn(day: string, staffId = 'ana', atMinute = 12 * 60): Promise<EventPage> {
  const wish = { serviceId: 'srv_class', staffId, title: '', description: '', day, atMinute, durationMinutes: 60, capacity: 8, repeat: null };
  const { body } = await owner.here<{ ids: string[] }>('POST', 'events', { ...wish, outsideHours: true });
  return see(body.ids[0] ?? '');
}
const see = async (id: string) => (await owner.here<EventPage>('GET', `events/${id}`)).body;
async function moveClass({ id, version }: EventPage, startsAt: string, staffId: string) {
  const { status, body } = await owner.here('PUT', `events/${id}/time`, { version, staffId, startsAt, durationMinutes: 60, outsideHours: true });
  expect(status, JSON.stringify(body)).toBe(200);
}

/** Places that a membership pays for. */
async function covered(of: number, { id }: EventPage, places: number) {
  const wish = (await eventWishFor(app, id, { places }))(of);
  const phoneConfirmation = await confirmPhone(app, wish.draftId, phoneOf(of));
  const { status, body } = await client.book({ ...wish, phoneConfirmation, event: { eventId: id, places, pay: false, cover: true } });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}
const idOf = (booking: Booking) => booking.appointments[0]?.id ?? '';
async function changePlaces({ id }: EventPage, booking: Booking, places: number, more: object = {}) {
  const { version } = await desk.checkout(idOf(booking));
  return owner.here<Said<EventPage>>('PUT', `events/${id}/places/${idOf(booking)}`, { version, places, eventId: id, ...more });
}

const at = (booking: Booking, what: string) => `/api/v1/bookings/${booking.token}/appointments/${idOf(booking)}/${what}`;
const move = (booking: Booking, startsAt: string, staffId = 'ana') =>
  call<Said<Booking>>(app, 'POST', at(booking, 'moves'), { startsAt, staffId, from: booking.appointments[0]?.startsAt });
const askMove = (booking: Booking, startsAt: string, staffId = 'ana') =>
  call<Said<MoveQuote>>(app, 'POST', at(booking, 'move-quotes'), { startsAt, staffId });
async function yoga(of: number, startsAt: string, staffId = 'ana') {
  const { body, status } = await desk.book(of, { serviceIds: ['srv_yoga'], staffId, startsAt }, `${startsAt.replaceAll(/\D/g, '')}${staffId}`);
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

test('a class that was moved while a client was late to pay: the money is theirs, and nobody is booked at the old time', async () => {
  const held = await classOn(inDays(5).slice(0, 10));
  const { token } = (await client.book((await eventWishFor(app, held.id, { places: 2, pay: true }))(n++))).body;
  const session = client.sessionOf((await client.startPayment(token)).body);
  app.sandbox.faults.add({ match: 'any', kind: 'status500', times: 1000 });
  await app.pass({ minutes: 20 });
  app.sandbox.faults.clear();
  await moveClass(await see(held.id), inDays(6, 11), 'bia');
  app.sandbox.pay(session);
  await client.comeBack(token);
  await app.pass({ minutes: 1 });
  const after = (await client.see(token)).body;
  expect(after).toMatchObject({
    status: 'needs_choice',
    appointments: [{ status: 'expired', creditMinor: 3000, choices: ['keep_credit', 'ask_refund'] }],
  });
  expect((await see(held.id)).placesTaken).toBe(0);
});

test('a class that was moved there and back is what the client agreed to: late money has its places again', async () => {
  const held = await classOn(inDays(8).slice(0, 10));
  const { token } = (await client.book((await eventWishFor(app, held.id, { pay: true }))(n++))).body;
  const session = client.sessionOf((await client.startPayment(token)).body);
  app.sandbox.faults.add({ match: 'any', kind: 'status500', times: 1000 });
  await app.pass({ minutes: 20 });
  app.sandbox.faults.clear();
  await moveClass(await see(held.id), inDays(9, 15), 'bia');
  await moveClass(await see(held.id), held.startsAt, 'ana');
  app.sandbox.pay(session);
  await client.comeBack(token);
  await app.pass({ minutes: 1 });
  expect((await client.see(token)).body.status).toBe('confirmed');
});

test('a class that the salon moves to this evening is given up at no cost; who was too late before has won nothing', async () => {
  const day = (days: number) => inDays(days).slice(0, 10);
  const { id, clientId } = await desk.sold(++n, { lateHours: 24 });
  const member = n;
  const lesson = await classOn(day(6), 'rui');
  const visitor = await covered(member, lesson, 2);
  const { body: payer } = await client.book((await eventWishFor(app, lesson.id))(++n));
  app.sandbox.pay(client.sessionOf((await client.startPayment(payer.token)).body));
  await app.pass({});
  const policy = { steps: [{ hours: 48, percent: 100 }], afterPercent: 0, noShowPercent: 0, cancelOnline: { unprepaid: 24, prepaid: 24 } };
  await sql`
    update appointments set terms = terms || ${JSON.stringify({ cancellation: policy })}::jsonb where event_id = ${lesson.id}`.execute(
    app.database.read,
  );
  const soon = new Date(Math.ceil(app.clock.now().getTime() / 3_600_000) * 3_600_000 + 5 * 3_600_000).toISOString();
  await moveClass(await see(lesson.id), soon, 'rui');
  await app.pass({ minutes: 60 });
  expect((await client.see(payer.token)).body.cancellation).toMatchObject({ backMinor: 1500, cancelUntil: soon });
  expect((await client.see(visitor.token)).body.cancellation).toMatchObject({
    visitsLost: 0,
    appointments: [{ visits: [{ visits: 2, back: true, until: null }] }],
  });
  expect((await client.cancel(payer.token)).status).toBe(200);
  expect((await client.cancel(visitor.token)).status).toBe(200);
  expect(await desk.see(clientId, id)).toMatchObject({ reserved: 0, used: 0, left: 10 });
  const { rows } = await sql<{ amount: bigint }>`
    select amount_minor amount from refunds where appointment_id = ${idOf(payer)}`.execute(app.database.read);
  expect(rows).toEqual([{ amount: 1500n }]);

  // who would have lost it by the old time has not won it by the new one
  await sql`update memberships set late_hours = 48 where membership_id = ${id}`.execute(app.database.read);
  const other = await classOn(day(1), 'rui', 9 * 60);
  const late = await covered(member, other, 1);
  await sql`
    update appointments set terms = terms || ${JSON.stringify({ cancellation: policy })}::jsonb where event_id = ${other.id}`.execute(
    app.database.read,
  );
  await moveClass(await see(other.id), new Date(Date.parse(other.startsAt) + 3_600_000).toISOString(), 'rui');
  expect((await client.see(late.token)).body.cancellation).toMatchObject({ visitsLost: 1 });
});

test('negative control: the audit sees a client who is booked at another time than their class', async () => {
  const held = await classOn(inDays(10).slice(0, 10));
  const { clientId } = await desk.sold(n);
  const booking = await covered(n++, held, 1);
  const shift = (by: string) =>
    sql`update appointments set starts_at = starts_at + ${by}::interval, ends_at = ends_at + ${by}::interval where appointment_id = ${idOf(booking)}`.execute(
      app.database.read,
    );
  await shift('1 day');
  expect(await disagreements()).toMatchObject([{ between: 'appointments', about: idOf(booking), says: expect.stringContaining('than its event') }]);
  await shift('-1 day');
  expect(await disagreements()).toEqual([]);
  expect(await desk.see(clientId)).toMatchObject({ reserved: 1 });
});

test('each place is a visit: more places take more, fewer give back, and more than are left are refused', async () => {
  const held = await classOn(inDays(12).slice(0, 10));
  const { clientId } = await desk.sold(n, { visits: 5 });
  const booking = await covered(n++, held, 3);
  expect(await desk.see(clientId)).toMatchObject({ reserved: 3, left: 2 });
  expect((await changePlaces(held, booking, 1)).status).toBe(200);
  expect(await desk.see(clientId)).toMatchObject({ reserved: 1, left: 4 });
  expect((await changePlaces(held, booking, 6)).body).toMatchObject({ code: 'membership_not_usable', detail: { reason: 'used_up' } });
  expect(await desk.see(clientId)).toMatchObject({ reserved: 1, left: 4 });
  expect((await changePlaces(held, booking, 4)).status).toBe(200);
  expect(await desk.see(clientId)).toMatchObject({ reserved: 4, left: 1 });
  expect((await desk.cover(idOf(booking), true)).body).toMatchObject({ dueMinor: 6000 });
  expect(await desk.see(clientId)).toMatchObject({ reserved: 0, left: 5 });
});

test('places that are cut late use their visits, as cancelling them would, whatever becomes of the others; staff may give them back', async () => {
  const held = await classOn(inDays(2).slice(0, 10));
  const { clientId } = await desk.sold(n, { visits: 6, lateHours: 72 });
  const booking = await covered(n++, held, 5);
  const quote = await owner.here<CancellationQuote>('GET', `appointments/${idOf(booking)}/cancellation-quote`);
  expect(quote.body.appointments[0]?.visits).toMatchObject([{ visits: 5, back: false }]);
  expect((await changePlaces(held, booking, 3)).status).toBe(200);
  expect(await desk.see(clientId)).toMatchObject({ reserved: 3, used: 2, left: 1 });
  expect((await changePlaces(held, booking, 2, { visitsBack: true })).status).toBe(200);
  expect(await desk.see(clientId)).toMatchObject({ reserved: 2, used: 2, left: 2 });
  // another place is another visit, and what was cut stays used when all is given back, and when the cover is undone
  expect((await changePlaces(held, booking, 3)).status).toBe(200);
  expect(await desk.see(clientId)).toMatchObject({ reserved: 3, used: 2, left: 1 });
  expect(await disagreements()).toEqual([]);
  const { version } = await desk.checkout(idOf(booking));
  await owner.here('POST', `appointments/${idOf(booking)}/cancellation`, { version, because: 'The client is ill', refund: 'all' });
  expect(await desk.see(clientId)).toMatchObject({ reserved: 0, used: 2, left: 4 });
  const other = await covered(n - 1, await classOn(inDays(2).slice(0, 10), 'bia'), 2);
  expect((await changePlaces(await see(other.appointments[0]?.eventId ?? ''), other, 1)).status).toBe(200);
  expect(await desk.see(clientId)).toMatchObject({ reserved: 1, used: 3, left: 2 });
  expect((await desk.cover(idOf(other), true)).body).toMatchObject({ dueMinor: 1500 });
  expect(await desk.see(clientId)).toMatchObject({ reserved: 0, used: 3, left: 3 });
  expect(await disagreements()).toEqual([]);
});

test('what a membership pays for is cancelled, cut or called off by who may cancel what is paid', async () => {
  const reception = await signInAs(app, 'reception');
  const refused = { status: 403, body: { code: 'right_missing', detail: { right: 'appointments.cancel_paid' } } };
  const held = await classOn(inDays(40).slice(0, 10));
  await desk.sold(n);
  const booking = await covered(n++, held, 2);
  const { version } = await desk.checkout(idOf(booking));
  const wish = { version, because: 'The client is ill', refund: 'policy' };
  expect(await reception.here('POST', `appointments/${idOf(booking)}/cancellation`, wish)).toMatchObject(refused);
  expect(await reception.here('PUT', `events/${held.id}/places/${idOf(booking)}`, { version, places: 1, eventId: held.id })).toMatchObject(refused);
  const off = { version: (await see(held.id)).version, which: 'this', because: 'The teacher is ill' };
  expect(await reception.here('POST', `events/${held.id}/cancellation`, off)).toMatchObject(refused);
  expect((await owner.here('POST', `appointments/${idOf(booking)}/cancellation`, wish)).status).toBe(200);
  expect((await reception.here('POST', `events/${held.id}/cancellation`, { ...off, version: (await see(held.id)).version })).status).toBe(200);
});

test('the same places at another class keep their visits, also more of them, and the audit counts both', async () => {
  const [held, other] = [await classOn(inDays(13).slice(0, 10)), await classOn(inDays(14).slice(0, 10))];
  const { clientId } = await desk.sold(n, { visits: 5 });
  const booking = await covered(n++, held, 1);
  expect((await changePlaces(held, booking, 2, { eventId: other.id })).status).toBe(200);
  expect(await desk.see(clientId)).toMatchObject({ reserved: 2, history: [{ startsAt: other.startsAt }, { startsAt: other.startsAt }] });
  expect(await disagreements()).toEqual([]);
  const [visit] = (
    await sql<{ id: string }>`select visit_id id from membership_visits where appointment_id = ${idOf(booking)} limit 1`.execute(app.database.read)
  ).rows;
  const set = (status: string) =>
    sql`update membership_visits set status = ${status}, due_at = case when ${status} = 'reserved' then ${other.endsAt}::timestamptz end where visit_id = ${visit?.id}`.execute(
      app.database.read,
    );
  await set('returned');
  expect(await disagreements()).toMatchObject([
    { between: 'memberships', about: idOf(booking), says: '2 places of srv_class are covered, with 1 visits' },
  ]);
  await set('reserved');
});

test('a class after the membership’s end is not taken for it, unless staff say that it pays all the same', async () => {
  const [held, late] = [await classOn(inDays(15).slice(0, 10)), await classOn(inDays(40).slice(0, 10))];
  const { clientId } = await desk.sold(n, { period: { count: 20, unit: 'days' } });
  const booking = await covered(n++, held, 1);
  const refused = await changePlaces(held, booking, 1, { eventId: late.id });
  expect(refused.body).toMatchObject({ code: 'membership_not_usable', detail: { reason: 'ends_before', endsAt: expect.any(String) } });
  expect((await changePlaces(held, booking, 1, { eventId: late.id, beyondMembership: true })).status).toBe(200);
  expect(await desk.see(clientId)).toMatchObject({ reserved: 1, history: [{ startsAt: late.startsAt }] });
});

test('who moves a visit when it is too late to cancel it uses it by cancelling, however far away it is then', async () => {
  const { clientId } = await desk.sold(n, { lateHours: 24 });
  const booking = await yoga(n++, inDays(0, 15));
  expect(booking.cancellation.appointments[0]?.visits).toEqual([{ membershipName: expect.any(String), visits: 1, back: false, until: null }]);
  const far = inDays(18);
  expect((await askMove(booking, far)).body.cancellation).toMatchObject({ visitsLost: 1 });
  expect((await move(booking, far)).status).toBe(200);
  const { body } = await client.see(booking.token);
  expect(body.cancellation).toMatchObject({ visitsLost: 1, appointments: [{ visits: [{ back: false, until: null }] }] });
  await client.cancel(booking.token);
  expect(await desk.see(clientId)).toMatchObject({ reserved: 0, used: 1, left: 9, history: [{ because: 'late_cancel' }] });
});

test('who moves it in time may cancel it in time again, and is told until when', async () => {
  const { clientId } = await desk.sold(n, { lateHours: 24 });
  const booking = await yoga(n++, inDays(4));
  const then = inDays(6);
  expect((await askMove(booking, then)).body.cancellation.appointments[0]?.visits).toMatchObject([{ visits: 1, back: true, until: inDays(5) }]);
  expect((await move(booking, then)).status).toBe(200);
  await client.cancel(booking.token);
  expect(await desk.see(clientId)).toMatchObject({ reserved: 0, used: 0, left: 10 });
});

test('without a script the page says which visits come back or are used before the button is reached, and cancels by what it said', async () => {
  const { clientId } = await desk.sold(n, { lateHours: 48 });
  const [early, late] = [await yoga(n, inDays(5, 15), 'bia'), await yoga(n++, inDays(1, 15), 'bia')];
  const page = async ({ token }: Booking) =>
    bookingPart((await client.see(token)).body, plainWords('en', { currency: 'EUR', timeZone: 'Europe/Lisbon' }));
  expect(await page(early)).toMatch(/1 visit of “Membership \d+” comes back to you\. <span class="muted">If you cancel after/);
  const shown = await page(late);
  expect(shown).toMatch(/too late for a free cancellation: 1 visit of “Membership \d+” is used up/);
  expect(shown).not.toContain('You have paid nothing online');
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(shown)?.[1] ?? '';
  const cancel = (lost: string) =>
    app.http.inject({
      method: 'POST',
      url: `/b/${late.token}/cancellation`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ at: field('at'), back: field('back'), lost }).toString(),
    });
  expect((await cancel('0')).headers.location).toBe(`/b/${late.token}?trouble=quote_changed`);
  expect((await cancel(field('lost'))).headers.location).toBe(`/b/${late.token}`);
  expect(await desk.see(clientId)).toMatchObject({ reserved: 1, used: 1 });
});

test('what the client was shown holds for five minutes also for the visit, and then they are asked again', async () => {
  const { clientId } = await desk.sold(n, { lateHours: 24 });
  const startsAt = inDays(3);
  const booking = await yoga(n++, startsAt, 'eva');
  const second = await yoga(n - 1, startsAt, 'rui');
  app.clock.advance({ minutes: (Date.parse(startsAt) - app.clock.now().getTime()) / 60_000 - 24 * 60 - 1 });
  const cancel = ({ token }: Booking, { at: seenAt, backMinor, visitsLost }: CancellationQuote) =>
    call<Said<Booking>>(app, 'POST', `/api/v1/bookings/${token}/cancellation`, { seen: { at: seenAt, backMinor, visitsLost } });
  const [shown, others] = [(await client.see(booking.token)).body.cancellation, (await client.see(second.token)).body.cancellation];
  expect(shown.visitsLost).toBe(0);
  app.clock.advance({ minutes: 3 });
  expect((await cancel(booking, shown)).status).toBe(200);
  expect(await desk.see(clientId)).toMatchObject({ reserved: 1, used: 0 });
  app.clock.advance({ minutes: 5 });
  expect((await cancel(second, others)).body).toMatchObject({ code: 'quote_changed', detail: { quote: { visitsLost: 1 } } });
  expect((await cancel(second, (await client.see(second.token)).body.cancellation)).status).toBe(200);
  expect(await desk.see(clientId)).toMatchObject({ reserved: 0, used: 1 });
});

test('a membership of seven days is not made one of six weeks by moving what was booked with it', async () => {
  const { clientId } = await desk.sold(n, { visits: null, period: { count: 7, unit: 'days' } });
  const booking = await yoga(n++, inDays(5));
  const [inside, outside] = [inDays(6), inDays(33)];
  expect((await askMove(booking, outside)).body).toMatchObject({ code: 'membership_not_usable', detail: { reason: 'ends_before' } });
  expect((await move(booking, outside)).body).toMatchObject({ code: 'membership_not_usable', detail: { reason: 'ends_before' } });
  expect((await move(booking, inside)).status).toBe(200);
  const byStaff = async (more: object = {}) => {
    const { version } = await desk.checkout(idOf(booking));
    const wish = { version, staffId: 'ana', startsAt: outside, durationMinutes: 60, outsideHours: false };
    return owner.here<Said<object>>('PUT', `appointments/${idOf(booking)}/time`, { ...wish, ...more });
  };
  expect((await byStaff()).body).toMatchObject({
    code: 'membership_not_usable',
    detail: { membershipName: expect.any(String), endsAt: expect.any(String) },
  });
  expect((await byStaff({ beyondMembership: true })).status).toBe(200);
  expect((await desk.see(clientId)).history).toMatchObject([{ startsAt: outside, status: 'reserved' }]);
});

test('one that begins with the first visit does not reach further by moving one of them', async () => {
  await desk.sold(n, { begins: 'first_visit', period: { count: 10, unit: 'days' } });
  const first = await yoga(n, inDays(2));
  const second = await yoga(n++, inDays(9));
  expect((await move(second, inDays(20))).body).toMatchObject({ code: 'membership_not_usable', detail: { reason: 'ends_before' } });
  expect((await move(first, inDays(15))).status).toBe(200);
});

test.each([
  ['is had again within the membership', 4, 1, 5000],
  ['is paid for after its end', 30, 0, 7000],
])('a visit that was let go and takes another time after late money: what it covered %s', async (_how, days, reserved, costMinor) => {
  const { clientId } = await desk.sold(n, { period: { count: 20, unit: 'days' } });
  const [startsAt, then] = [inDays(2, 14), inDays(days, 14)];
  const wished = { serviceIds: ['srv_yoga', 'srv_cut'], staffId: 'eva', startsAt };
  const wish = await desk.coveredWish(n++, wished, 'both');
  const { token } = (await client.book({ ...wish, appointments: wish.appointments.map((one) => ({ ...one, coverServiceIds: ['srv_yoga'] })) })).body;
  const session = client.sessionOf((await client.startPayment(token)).body);
  app.sandbox.faults.add({ match: 'any', kind: 'status500', times: 1000 });
  await app.pass({ minutes: 20 });
  app.sandbox.faults.clear();
  expect(await desk.see(clientId)).toMatchObject({ reserved: 0, history: [{ status: 'returned', because: 'expired' }] });
  const other = (await client.book((await wishFor(app, { ...wished, serviceIds: ['srv_yoga'] }))(n++))).body;
  app.sandbox.pay(session);
  await client.comeBack(token);
  await app.pass({ minutes: 1 });
  const late = (await client.see(token)).body;
  expect(late.status).toBe('needs_choice');
  const chosen = await client.choose(token, idOf(late), { choice: 'another_time', startsAt: then, staffId: null });
  expect(chosen.body).toMatchObject({ status: 'confirmed', appointments: [{ startsAt: then }] });
  expect(await desk.see(clientId)).toMatchObject({ reserved });
  expect(await desk.checkout(idOf(late))).toMatchObject({ costMinor });
  await client.cancel(other.token);
});

test('what a membership pays for has the stricter deadlines of what is prepaid', async () => {
  await sql`update booking_links set settings = settings || '{"moving": {"unprepaid": 0, "prepaid": 48}}'::jsonb`.execute(app.database.read);
  await sql`
    update locations set cancellation = '{"steps": [{"hours": 0, "percent": 100}], "afterPercent": 0, "noShowPercent": 0, "cancelOnline": {"unprepaid": 0, "prepaid": 24}}', rules_version = rules_version + 1`.execute(
    app.database.read,
  );
  await desk.sold(n);
  const soon = inDays(0, 16);
  const booking = await yoga(n, soon);
  expect(booking).toMatchObject({ canCancel: false, appointments: [{ moveUntil: null }] });
  expect((await move(booking, inDays(3))).body).toMatchObject({ code: 'too_late_to_cancel' });
  expect((await client.cancel(booking.token)).body).toMatchObject({ code: 'too_late_to_cancel' });
  const unpaid = (await client.book((await wishFor(app, { serviceIds: ['srv_yoga'], staffId: 'eva', startsAt: soon }))(n++))).body;
  expect(unpaid).toMatchObject({ canCancel: true, appointments: [{ moveUntil: soon }] });
});
