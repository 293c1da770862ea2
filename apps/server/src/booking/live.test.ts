import type { Appointment, LiveMessage } from '@holdfast/contract/calendar';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../app.ts';
import { clientOf } from '../testing/call.ts';
import { type EventStream, openStream } from '../testing/event-stream.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

type Stream = EventStream<LiveMessage>;

let app: TestApp;
let other: App;
let otherOrigin: string;
let reception: StaffUser;
const streams: Stream[] = [];

beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { cut: { price: 4000, minutes: 60, status: 'not_available' }, dye: { price: 9000, minutes: 90, status: 'required' } },
      staff: { ana: { status: 'available' }, bia: { status: 'available' } },
    },
  });
  await sql`
    insert into locations (chain_id, location_id, slug, name, country, currency, time_zone, default_language, languages, created_at)
    values ('chn_test', 'loc_second', 'second', 'Second', 'PT', 'EUR', 'Europe/Lisbon', 'en', '{en}', now())`.execute(app.database.read);
  other = await app.again();
  otherOrigin = await other.http.listen({ port: 0, host: '127.0.0.1' });
  reception = await signInAs(app, 'reception');
  // furnishing the salon was news too
  await app.background.settleDown();
});
afterAll(async () => {
  // open streams must not keep the program from closing
  await app.close();
  for (const stream of streams) while ((await stream.next()) !== 'ended');
});

async function follow(user: StaffUser, origin = otherOrigin, location = 'loc_test'): Promise<Stream> {
  const stream = await openStream<LiveMessage>(`${origin}/api/v1/admin/locations/${location}/live`, { cookie: user.cookie });
  if (stream.status === 200) streams.push(stream);
  return stream;
}

const book = (startsAt: string, staffId = 'ana') =>
  reception.here<Appointment>('POST', 'appointments', {
    client: { name: 'Rita', phone: '', email: '' },
    staffId,
    startsAt,
    services: [{ serviceId: 'cut', costMinor: null }],
    durationMinutes: null,
    comment: '',
    outsideHours: false,
  });

test('what one server process changes is on the screens of another: made, moved, booked by a client, paid, let go, settings', async () => {
  const screen = await follow(reception);
  expect(await screen.next()).toMatchObject({ kind: 'hello' });
  const { body: made } = await book('2026-03-03T10:00:00.000Z');
  expect(await screen.next()).toEqual({ kind: 'appointments', ids: [made.id] });
  await reception.here('POST', `appointments/${made.id}/steps`, { version: 1, step: 'confirm' });
  expect(await screen.next()).toEqual({ kind: 'appointments', ids: [made.id] });

  const dye = await wishFor(app, { serviceIds: ['dye'], staffId: 'bia', startsAt: '2026-03-03T10:00:00.000Z' });
  const { body: booked } = await clientOf(app).book(dye(1));
  const held = { kind: 'appointments', ids: [booked.appointments[0]?.id] };
  expect(await screen.next()).toEqual(held);
  const page = (await clientOf(app).startPayment(booked.token)).body;
  // the payment page has opened
  expect(await screen.next()).toEqual(held);
  app.sandbox.pay(clientOf(app).sessionOf(page));
  await app.pass({ seconds: 1 });
  expect(await screen.next()).toEqual(held);

  await sql`update services set description = 'Newly described' where service_id = 'cut'`.execute(app.database.read);
  await app.background.settleDown();
  for (let message = await screen.next(); message !== 'ended' && message.kind !== 'settings'; message = await screen.next())
    expect(message).toEqual(held);
  screen.leave();
});

test('a hold that runs out leaves every screen without anybody doing anything', async () => {
  const dye = await wishFor(app, { serviceIds: ['dye'], staffId: 'bia', startsAt: '2026-03-04T10:00:00.000Z' });
  const { body: booked } = await clientOf(app).book(dye(2));
  await app.afterwards();
  const screen = await follow(reception);
  await screen.next();
  await app.pass({ minutes: 17 });
  expect(await screen.next()).toEqual({ kind: 'appointments', ids: [booked.appointments[0]?.id] });
});

test('nothing of another location is ever in the stream', async () => {
  const owner = await signInAs(app, 'owner');
  await sql`insert into user_locations (chain_id, user_id, location_id, role) values ('chn_test', ${owner.userId}, 'loc_second', 'owner')`.execute(
    app.database.read,
  );
  const [here, there] = [await follow(owner), await follow(owner, otherOrigin, 'loc_second')];
  await Promise.all([here.next(), there.next()]);
  const { body: made } = await book('2026-03-05T10:00:00.000Z');
  expect(await here.next()).toEqual({ kind: 'appointments', ids: [made.id] });
  await sql`update locations set name = 'Renamed' where location_id = 'loc_second'`.execute(app.database.read);
  await app.background.settleDown();
  // the first thing it says at all
  expect(await there.next()).toEqual({ kind: 'settings' });
  expect((await follow(reception, otherOrigin, 'loc_second')).status).toBe(404);
});

test('who sees only their own column hears of nothing else, and of what was moved away from them', async () => {
  const ana = await signInAs(app, 'team_member', { staffId: 'ana' });
  const screen = await follow(ana);
  await screen.next();
  await book('2026-03-09T10:00:00.000Z', 'bia');
  await app.afterwards();
  const { body: own } = await book('2026-03-09T12:00:00.000Z');
  expect(await screen.next()).toEqual({ kind: 'appointments', ids: [own.id] });
  const time = { staffId: 'bia', startsAt: '2026-03-09T12:00:00.000Z', durationMinutes: 60, outsideHours: false };
  expect((await reception.here('PUT', `appointments/${own.id}/time`, { ...time, version: own.version })).status).toBe(200);
  expect(await screen.next()).toEqual({ kind: 'appointments', ids: [own.id] });
  screen.leave();
});

test('a stream ends when the right is taken away, before it says anything more', async () => {
  const leaver = await signInAs(app, 'reception');
  const screen = await follow(leaver);
  await screen.next();
  await sql`update user_locations set role = 'accountant' where user_id = ${leaver.userId}`.execute(app.database.read);
  app.clock.advance({ seconds: 3 });
  await book('2026-03-06T10:00:00.000Z');
  expect(await screen.next()).toBe('ended');
  expect((await follow(leaver)).status).toBe(403);
});

test('whoever signs out hears no more', async () => {
  const leaver = await signInAs(app, 'reception');
  const screen = await follow(leaver, app.origin);
  await screen.next();
  await leaver.call('POST', 'session/end');
  app.clock.advance({ seconds: 3 });
  await book('2026-03-07T10:00:00.000Z');
  expect(await screen.next()).toBe('ended');
});

test('when the line to the database breaks every stream ends, so that whoever comes back reads everything anew', async () => {
  const screen = await follow(reception);
  await screen.next();
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and datname = current_database()`.execute(
    app.database.read,
  );
  expect(await screen.next()).toBe('ended');
  const again = await follow(reception);
  await again.next();
  const { body: made } = await book('2026-03-08T10:00:00.000Z');
  expect(await again.next()).toEqual({ kind: 'appointments', ids: [made.id] });
});

test('one session follows at most ten times at once', async () => {
  const eager = await signInAs(app, 'reception');
  const opened: Stream[] = [];
  for (let n = 0; n < 10; n++) opened.push(await follow(eager));
  expect(opened.map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect((await follow(eager)).status).toBe(429);
  opened[0]?.leave();
  await opened[0]?.next();
  await expect.poll(async () => (await follow(eager)).status).toBe(200);
});

test('thousands of changes at once are told in pieces that fit', async () => {
  const screen = await follow(reception);
  await screen.next();
  await sql`
    insert into live_changes (chain_id, location_id, subject_id)
    select 'chn_test', 'loc_test', 'apt_01k9zzzzzzzzzzzzzzzzzz' || lpad(i::text, 6, '0') from generate_series(1, 1000) i, generate_series(1, 2)`.execute(
    app.database.read,
  );
  await app.background.settleDown();
  const ids = new Set<string>();
  while (ids.size < 1000) {
    const message = await screen.next();
    if (message === 'ended' || message.kind !== 'appointments') throw new Error('something else was said');
    for (const id of message.ids) ids.add(id);
  }
});
