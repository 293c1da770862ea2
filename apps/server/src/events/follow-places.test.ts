import type { EventsMessage } from '@holdfast/contract/events';
import type { WaitingMessage } from '@holdfast/contract/waiting';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../app.ts';
import { createPublicStreams } from '../kit/public-streams.ts';
import { clientOf } from '../testing/call.ts';
import { type EventStream, openStream } from '../testing/event-stream.ts';
import { openEvent } from '../testing/open-event.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { waitFor } from '../testing/waiting-of.ts';
import { eventWishFor } from '../testing/wishes.ts';

const LISTENERS = 60;
const CLIENTS = 40;
const PLACES = 20;
const EVENTS = '/api/v1/locations/test/salon/events/live';

let app: TestApp;
let other: App;
let elsewhere: string;
const streams: EventStream<unknown>[] = [];

beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_yoga: { price: 1500, minutes: 60, status: 'required' } },
      staff: { stf_ana: { status: 'required' }, stf_bia: { status: 'required' } },
    },
  });
  await openEvent(app, { eventId: 'evt_yoga', serviceId: 'srv_yoga', staffId: 'stf_ana', startsAt: '2026-03-10T10:00:00Z', capacity: PLACES });
  await openEvent(app, { eventId: 'evt_quiet', serviceId: 'srv_yoga', staffId: 'stf_bia', startsAt: '2026-03-11T10:00:00Z', capacity: 8 });
  // the same ids in somebody else's house
  await sql`insert into chains (chain_id, slug, name, created_at) values ('chn_other', 'other', 'Other', now())`.execute(app.database.read);
  for (const table of ['locations', 'service_categories', 'services', 'staff', 'staff_week_hours', 'staff_services', 'events'])
    await sql`
      insert into ${sql.table(table)} select made.* from ${sql.table(table)} t,
        lateral jsonb_populate_record(t, '{"chain_id": "chn_other"}'::jsonb) made where t.chain_id = 'chn_test'`.execute(app.database.read);
  await app.background.settleDown();
  // another process, which has room for all of them
  other = await app.again({ publicStreams: createPublicStreams({ mostPerNetwork: LISTENERS + 10 }) });
  elsewhere = await other.http.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  // open streams must not keep the program from closing
  await app.close();
  for (const stream of streams) while ((await stream.next()) !== 'ended');
});

async function follow<Message = EventsMessage>(origin = elsewhere, path = EVENTS, headers: Record<string, string> = {}) {
  const stream = await openStream<Message>(origin + path, headers);
  if (stream.status === 200) streams.push(stream);
  return stream;
}

/** What is said next about places. */
async function nextPlaces(stream: EventStream<EventsMessage>): Promise<Readonly<Record<string, number>>> {
  for (;;) {
    const message = await stream.next();
    if (message === 'ended') throw new Error('the stream ended');
    if (message.kind === 'places') return message.left;
  }
}

test('a rush for the last places is told to everybody in another process alike, down to none, in fewer lines than there are bookings', async () => {
  const listeners = await Promise.all(Array.from({ length: LISTENERS }, () => follow()));
  const first = await Promise.all(listeners.map(nextPlaces));
  expect(first).toEqual(Array(LISTENERS).fill({ evt_yoga: PLACES, evt_quiet: 8 }));
  const wish = await eventWishFor(app, 'evt_yoga');
  const answers = await Promise.all(Array.from({ length: CLIENTS }, (_, n) => clientOf(app).book(wish(n), `10.0.0.${n}`)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(PLACES);
  const told = await Promise.all(
    listeners.map(async (listener) => {
      const counts: number[] = [];
      while (counts.at(-1) !== 0) {
        const left = await nextPlaces(listener);
        expect(Object.keys(left)).toEqual(['evt_yoga']);
        counts.push(left['evt_yoga'] ?? -1);
      }
      return counts;
    }),
  );
  expect(new Set(told.map(String)).size).toBe(1);
  expect(told[0]).toEqual([...new Set(told[0])].sort((a, b) => b - a));
  for (const listener of listeners) listener.leave();
});

test('nothing of another chain, of who comes, or of what was never for clients is ever said', async () => {
  const [here, there] = [await follow(), await follow(elsewhere, '/api/v1/locations/other/salon/events/live')];
  await Promise.all([nextPlaces(here), nextPlaces(there)]);
  await sql`update events set capacity = 5 where chain_id = 'chn_other' and event_id = 'evt_quiet'`.execute(app.database.read);
  await app.background.settleDown();
  expect(await nextPlaces(there)).toEqual({ evt_quiet: 5 });
  await sql`update events set capacity = 7 where chain_id = 'chn_test' and event_id = 'evt_quiet'`.execute(app.database.read);
  await app.background.settleDown();
  const message = await here.next();
  expect(message).toEqual({ kind: 'places', left: { evt_quiet: 7 }, now: expect.any(String) });

  // no longer for clients: they are told to read again, where it is not to be found
  await sql`update services set online_booking = false where chain_id = 'chn_test' and service_id = 'srv_yoga'`.execute(app.database.read);
  await app.background.settleDown();
  expect(await here.next()).toEqual({ kind: 'events' });
  await sql`update events set capacity = 6 where chain_id = 'chn_test' and event_id = 'evt_quiet'`.execute(app.database.read);
  await app.background.settleDown();
  expect(await nextPlaces(await follow())).toEqual({});
  await sql`update services set online_booking = true where chain_id = 'chn_test' and service_id = 'srv_yoga'`.execute(app.database.read);
  await app.background.settleDown();
  expect(await here.next()).toEqual({ kind: 'events' });
  expect(await here.next()).toMatchObject({ kind: 'places', left: { evt_quiet: 6 } });
  expect((await follow(elsewhere, '/api/v1/locations/nobody/salon/events/live')).status).toBe(404);
});

test('who waits hears that their own place has changed, and of nobody else’s', async () => {
  const rows = async () =>
    (await sql<{ n: number }>`select places_taken + places_offered n from events where event_id = 'evt_full'`.execute(app.database.read)).rows[0]?.n;
  await openEvent(app, { eventId: 'evt_full', serviceId: 'srv_yoga', staffId: 'stf_ana', startsAt: '2026-03-12T10:00:00Z', capacity: 1 });
  const wish = await eventWishFor(app, 'evt_full');
  const { body: booked } = await clientOf(app).book(wish(900));
  const [first, second] = [await waitFor(app, 'evt_full', 1), await waitFor(app, 'evt_full', 2)];
  await app.background.settleDown();
  const path = (token: string) => `/api/v1/waiting/${token}/live`;
  const [one, two] = [await follow<WaitingMessage>(elsewhere, path(first.token)), await follow<WaitingMessage>(elsewhere, path(second.token))];
  expect(await Promise.all([one.next(), two.next()])).toEqual([{ kind: 'entry' }, { kind: 'entry' }]);
  // it changes nothing for those who stand before
  const third = await waitFor(app, 'evt_full', 3);
  await app.background.settleDown();
  expect(await clientOf(app).cancel(booked.token)).toMatchObject({ status: 200 });
  expect(await one.next()).toEqual({ kind: 'entry' });
  expect(await rows()).toBe(1);
  const left = await app.http.inject({ method: 'POST', url: `/api/v1/waiting/${first.token}/pass` });
  expect(left.statusCode).toBe(200);
  expect(await two.next()).toEqual({ kind: 'entry' });
  expect((await follow(elsewhere, path(`${third.token}x`))).status).toBe(404);
});

test('a network and a process have their limits, whoever is refused is told when to come again, and a place that was left is another’s', async () => {
  const small = await app.again({ trustProxy: true, publicStreams: createPublicStreams({ most: 3, mostPerNetwork: 2 }) });
  const origin = await small.http.listen({ port: 0, host: '127.0.0.1' });
  const from = (address: string) => follow(origin, EVENTS, { 'x-forwarded-for': address });
  const [first, second] = [await from('2001:db8::1'), await from('2001:db8::2')];
  expect([first.status, second.status]).toEqual([200, 200]);
  const refused = (address: string) => small.http.inject({ url: EVENTS, headers: { 'x-forwarded-for': address } });
  expect(await refused('2001:db8::3')).toMatchObject({ statusCode: 429, headers: { 'retry-after': '15' } });
  expect((await from('10.0.0.1')).status).toBe(200);
  expect((await refused('10.0.0.2')).statusCode).toBe(429);
  first.leave();
  await first.next();
  await expect.poll(async () => (await from('10.0.0.2')).status).toBe(200);
  // closing waits for nobody
  await small.close();
  for (let said = await second.next(); said !== 'ended'; said = await second.next());
});

test('a page of somebody else’s may follow, without a cookie, under the headers of every answer; nothing waits for its end', async () => {
  const stream = await follow(elsewhere, EVENTS, { origin: 'https://partner.example' });
  expect(Object.fromEntries(stream.headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'access-control-allow-origin': 'https://partner.example',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining("default-src 'self'"),
  });
  expect(stream.headers.get('access-control-allow-credentials')).toBeNull();
  expect(stream.headers.get('set-cookie')).toBeNull();
  expect((await fetch(elsewhere + EVENTS, { method: 'HEAD' })).status).toBe(405);
});
