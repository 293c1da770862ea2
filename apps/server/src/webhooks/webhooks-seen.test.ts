import type { AttentionList } from '@holdfast/contract/attention';
import { webhookShape } from '@holdfast/contract/webhook-events';
import type { NewEndpoint } from '@holdfast/contract/webhooks';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clientOf } from '../testing/call.ts';
import { openEvent } from '../testing/open-event.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type Receiver, startReceiver } from '../testing/webhook-receiver.ts';
import { wishFor } from '../testing/wishes.ts';

let app: TestApp;
let owner: StaffUser;
let receiver: Receiver;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { cut: { price: 4000, minutes: 60, status: 'not_available' }, class: { price: 1500, minutes: 60, status: 'required' } },
      staff: { anna: { status: 'available' }, olga: { status: 'available' } },
    },
    listen: false,
  });
  owner = await signInAs(app, 'owner');
  receiver = await startReceiver();
  await openEvent(app, { eventId: 'evt_class', serviceId: 'class', staffId: 'olga', startsAt: '2026-03-05T10:00:00.000Z', capacity: 9 });
});
afterAll(async () => {
  await receiver.close();
  await app.close();
});
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer = () => 204;
});

async function endpointFor(types: readonly string[], locationId: string | null = 'loc_test') {
  const made = await owner.call<NewEndpoint>('POST', 'webhook-endpoints', { url: receiver.url, about: '', types, locationId });
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  return made.body.endpoint;
}
let booked = 0;
async function bookCut(): Promise<void> {
  const startsAt = new Date(Date.parse('2026-03-03T08:00:00.000Z') + booked++ * 3_600_000).toISOString();
  const wish = await wishFor(app, { serviceIds: ['cut'], staffId: 'anna', startsAt });
  expect((await clientOf(app).book(wish(booked))).status).toBe(201);
}
const waiting = async (state = 'open') =>
  (await owner.here<AttentionList>('GET', `attention?state=${state}`)).body.items.filter(({ kind }) => kind === 'webhook_off');

test('whoever is told of places at an event learns which event, and how many', async () => {
  const endpoint = await endpointFor(['appointment.booked']);
  const event = { eventId: 'evt_class', places: 3 };
  const base = '/api/v1/locations/test/salon';
  const quote = await app.http.inject({ method: 'POST', url: `${base}/quotes`, payload: { appointments: [], event } });
  const plain = await wishFor(app, { serviceIds: ['cut'], staffId: 'anna', startsAt: '2026-03-04T10:00:00.000Z' });
  const wish = { ...plain(91), appointments: [], event: { ...event, pay: false }, quoteId: quote.json<{ quoteId: string }>().quoteId };
  expect((await clientOf(app).book(wish)).status).toBe(201);
  expect((await clientOf(app).book(plain(92))).status).toBe(201);
  await app.background.settleDown();
  const told = receiver.received.map(({ body }) => webhookShape('appointment.booked').strict().parse(JSON.parse(body)).data);
  expect(told).toMatchObject([{ appointment: { eventId: 'evt_class', places: 3, costMinor: 4500 } }, { appointment: { eventId: null, places: 1 } }]);
  await owner.call('DELETE', `webhook-endpoints/${endpoint.id}`);
});

test('an endpoint that was switched off stands in Needs attention until it is on again', async () => {
  const endpoint = await endpointFor(['appointment.booked']);
  receiver.answer = () => 410;
  await bookCut();
  await app.background.settleDown();
  const [item, more] = await waiting();
  expect(item).toMatchObject({
    subject: { kind: 'webhook_endpoint', id: endpoint.id },
    detail: { url: receiver.url, because: 'gone' },
    actions: [],
    place: 'webhooks',
  });
  expect(more, 'once').toBeUndefined();
  const { version, types, url, about } = (await owner.call<NewEndpoint['endpoint']>('GET', `webhook-endpoints/${endpoint.id}`)).body;
  expect((await owner.call('PUT', `webhook-endpoints/${endpoint.id}`, { version, types, url, about, on: true })).status).toBe(200);
  expect(await waiting()).toEqual([]);
  expect((await waiting('done'))[0]?.resolved).toMatchObject({ resolution: 'switched_on', by: expect.any(String) });
  // off again: it stands there again
  await bookCut();
  await app.background.settleDown();
  expect(await waiting()).toHaveLength(1);
  await owner.call('DELETE', `webhook-endpoints/${endpoint.id}`);
  expect(await waiting()).toEqual([]);
});

test('one of the whole chain stands before the people of every location; one that is switched off by hand before nobody', async () => {
  await sql`
    insert into locations (chain_id, location_id, slug, name, country, currency, time_zone, default_language, languages, created_at)
    select chain_id, 'loc_second', 'second', 'Second', country, currency, time_zone, 'en', '{en}', created_at from locations where slug = 'salon'`.execute(
    app.database.read,
  );
  await sql`insert into user_locations (chain_id, user_id, location_id, role) values ('chn_test', ${owner.userId}, 'loc_second', 'owner')`.execute(
    app.database.read,
  );
  const everywhere = await endpointFor(['appointment.booked'], null);
  receiver.answer = () => 410;
  await bookCut();
  await app.background.settleDown();
  const { rows } = await sql<{ location: string }>`
    select location_id location from attention where kind = 'webhook_off' and subject_id = ${everywhere.id} and resolved_at is null order by 1`.execute(
    app.database.read,
  );
  expect(rows.map(({ location }) => location)).toEqual(['loc_second', 'loc_test']);
  await owner.call('DELETE', `webhook-endpoints/${everywhere.id}`);
  const { id, version, types, url, about } = await endpointFor(['appointment.booked']);
  await owner.call('PUT', `webhook-endpoints/${id}`, { version, types, url, about, on: false });
  expect(await waiting()).toEqual([]);
});
