import { webhookShape } from '@holdfast/contract/webhook-events';
import { type WebhookType, webhookTypes } from '@holdfast/contract/webhook-types';
import type { NewEndpoint, WebhookDeliveries, WebhookDeliveryDetail, WebhookEndpoint } from '@holdfast/contract/webhooks';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientOf } from '../testing/call.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { isGenuine, type Receiver, startReceiver } from '../testing/webhook-receiver.ts';
import { wishFor } from '../testing/wishes.ts';

let app: TestApp;
let owner: StaffUser;
let receiver: Receiver;
beforeEach(async () => {
  app = await testApp({
    salon: {
      services: { cut: { price: 4000, minutes: 60, status: 'available' }, color: { price: 5000, minutes: 60, status: 'required' } },
      staff: { anna: { status: 'available' }, olga: { status: 'available' } },
    },
  });
  owner = await signInAs(app, 'owner');
  receiver = await startReceiver();
});
afterEach(async () => {
  await receiver.close();
  await app.close();
});

async function endpointFor(types: readonly WebhookType[] = webhookTypes, more: object = {}): Promise<NewEndpoint> {
  const made = await owner.call<NewEndpoint>('POST', 'webhook-endpoints', { url: receiver.url, about: '', types, locationId: 'loc_test', ...more });
  expect(made.status).toBe(200);
  return made.body;
}

async function bookByStaff(startsAt: string, staffId = 'anna', name = 'Ana'): Promise<{ id: string; version: number }> {
  const wish = {
    staffId,
    services: [{ serviceId: 'cut', costMinor: null }],
    startsAt,
    durationMinutes: null,
    client: { name, phone: '', email: '' },
    comment: '',
    outsideHours: false,
  };
  const made = await owner.here<{ id: string; version: number }>('POST', 'appointments', wish);
  expect(made.status, JSON.stringify(made.body)).toBeLessThan(300);
  return made.body;
}

const step = (appointmentId: string, version: number, what: string) =>
  owner.here<{ version: number }>('POST', `appointments/${appointmentId}/steps`, { step: what, version });
const told = () => receiver.received.map(({ type, subject }) => `${type} ${subject}`);
const seen = async (endpointId: string, query = '') =>
  (await owner.call<WebhookDeliveries>('GET', `webhook-endpoints/${endpointId}/deliveries${query}`)).body.deliveries;

test('what happens to a booking that is paid is told in its order, in the shape that is documented, and signed as the specification says', async () => {
  const { secret } = await endpointFor();
  const client = clientOf(app);
  const wish = await wishFor(app, { serviceIds: ['color'], staffId: 'anna', startsAt: '2026-03-03T10:00:00.000Z' });
  const { token, appointments } = (await client.book(wish(1))).body;
  app.sandbox.pay(client.sessionOf((await client.startPayment(token)).body));
  await client.comeBack(token);
  await app.pass({ seconds: 1 });
  expect(receiver.received.map(({ type }) => type).filter((type) => type.startsWith('appointment'))).toEqual([
    'appointment.booked',
    'appointment.confirmed',
  ]);
  expect(receiver.received.map(({ type }) => type)).toEqual(expect.arrayContaining(['client.created', 'payment.captured']));
  for (const one of receiver.received) {
    const shape = webhookShape(one.type as WebhookType);
    expect(shape.strict().safeParse(JSON.parse(one.body)).error, one.body).toBeUndefined();
    expect(isGenuine(one, secret, app.clock.now()), one.type).toBe(true);
    expect(isGenuine({ ...one, body: one.body.replace('"type"', '"tyqe"') }, secret, app.clock.now())).toBe(false);
  }
  // what is told first is how it was then, though it was sent later
  const [booked, confirmed] = receiver.received
    .filter(({ type }) => type.startsWith('appointment'))
    .map(({ body }) => JSON.parse(body).data.appointment);
  expect([booked.status, booked.paidMinor, confirmed.status, confirmed.paidMinor]).toEqual(['held', 0, 'confirmed', 5000]);
  expect([booked.id, booked.services[0].id, booked.client.phone]).toEqual([appointments[0]?.id, 'color', '+351912010001']);
});

test('staff’s deeds are told: booked, confirmed, arrived, taken back, moved, cancelled, and money at the desk', async () => {
  await endpointFor(webhookTypes.filter((type) => !type.startsWith('client')));
  const { id } = await bookByStaff('2026-03-03T10:00:00.000Z');
  let version = 1;
  const row = async () =>
    (await sql<{ version: number }>`select version from appointments where appointment_id = ${id}`.execute(app.database.read)).rows[0]?.version ?? 0;
  for (const what of ['confirm', 'arrive', 'undoArrive']) {
    version = await row();
    expect([what, (await step(id, version, what)).status]).toEqual([what, 200]);
  }
  await app.pass({ seconds: 1 });
  expect(told()).toEqual(['booked', 'confirmed', 'arrived', 'changed'].map((what) => `appointment.${what} ${id}`));
});

test('while one event of an appointment cannot be delivered the next one waits, and nobody else’s does', async () => {
  const { endpoint } = await endpointFor(['appointment.booked', 'appointment.confirmed', 'appointment.arrived']);
  const [first, second] = [await bookByStaff('2026-03-03T10:00:00.000Z'), await bookByStaff('2026-03-03T10:00:00.000Z', 'olga', 'Rui')];
  for (const { id } of [first, second]) await step(id, 1, 'confirm');
  receiver.answer = ({ type, subject }) => (type === 'appointment.booked' && subject === first.id ? 500 : 200);
  await app.background.settleDown();
  expect(told()).toEqual([`appointment.booked ${first.id}`, `appointment.booked ${second.id}`, `appointment.confirmed ${second.id}`]);
  const waiting = await seen(endpoint.id, '?status=waiting');
  expect(waiting.map(({ type, behind }) => [type, behind])).toEqual([
    ['appointment.confirmed', true],
    ['appointment.booked', false],
  ]);
  receiver.received.length = 0;
  receiver.answer = () => 200;
  await app.pass({ seconds: 7 });
  expect(told()).toEqual([`appointment.booked ${first.id}`, `appointment.confirmed ${first.id}`]);
});

test('what fails is tried for three days, each time under the same id, and given up; then the endpoint is switched off and says so', async () => {
  const { endpoint } = await endpointFor(['appointment.booked']);
  await bookByStaff('2026-03-03T10:00:00.000Z');
  receiver.answer = () => ({ status: 302, headers: { location: receiver.url } });
  const moments: number[] = [];
  for (let hours = 0; hours <= 80; hours++) {
    const before = receiver.received.length;
    await app.background.settleDown();
    for (let n = before; n < receiver.received.length; n++) moments.push(hours);
    if (hours === 0) for (const seconds of [6, 36, 144, 720, 2160]) await app.pass({ seconds });
    app.clock.advance({ minutes: 60 });
  }
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
  expect(receiver.received.length).toBeGreaterThanOrEqual(13);
  expect(receiver.received.length).toBeLessThanOrEqual(18);
  const [delivery] = await seen(endpoint.id);
  expect(delivery).toMatchObject({ status: 'given_up', because: 'three_days', lastStatus: 302 });
  expect((await owner.call<WebhookEndpoint>('GET', `webhook-endpoints/${endpoint.id}`)).body).toMatchObject({
    offBecause: 'failing',
    waiting: 0,
    givenUp: 1,
  });
  // nothing more is told there, until somebody switches it on
  await bookByStaff('2026-03-07T10:00:00.000Z');
  expect(await seen(endpoint.id)).toHaveLength(1);
});

test('a replay is the same event under the same id; of all since a moment none comes out of order', async () => {
  const { endpoint } = await endpointFor(['appointment.booked', 'appointment.confirmed', 'appointment.arrived']);
  const { id } = await bookByStaff('2026-03-03T10:00:00.000Z');
  await step(id, 1, 'confirm');
  await step(id, 2, 'arrive');
  await app.background.settleDown();
  const before = receiver.received.map((one) => `${one.id} ${one.body}`);
  receiver.received.length = 0;
  const [last] = await seen(endpoint.id);
  const replayed = await owner.call('POST', `webhook-endpoints/${endpoint.id}/deliveries/${last?.id}/replay`);
  expect(replayed).toMatchObject({ status: 200, body: { status: 'waiting' } });
  expect((await owner.call('POST', `webhook-endpoints/${endpoint.id}/deliveries/${last?.id}/replay`)).body).toMatchObject({
    code: 'step_not_allowed',
  });
  await app.background.settleDown();
  expect(receiver.received.map((one) => `${one.id} ${one.body}`)).toEqual(before.slice(-1));
  receiver.received.length = 0;
  const all = await owner.call('POST', `webhook-endpoints/${endpoint.id}/replays`, { since: '2026-03-02T08:00:00.000Z', only: 'all' });
  expect(all.body).toEqual({ replayed: 3 });
  await app.background.settleDown();
  expect(receiver.received.map((one) => `${one.id} ${one.body}`)).toEqual(before);
});

test('while a secret is changed everything is signed with both, and later only with the new one', async () => {
  const { endpoint, secret } = await endpointFor(['client.created']);
  const { body } = await owner.call<NewEndpoint>('POST', `webhook-endpoints/${endpoint.id}/secret`, { oldHours: 24 });
  const ping = async () => (await owner.call<WebhookDeliveryDetail>('POST', `webhook-endpoints/${endpoint.id}/ping`)).body;
  expect(await ping()).toMatchObject({ status: 'delivered', type: 'ping', log: [{ status: 204 }] });
  app.clock.advance({ minutes: 24 * 60 });
  await ping();
  const believed = receiver.received.map((one, index) =>
    [secret, body.secret].map((with_) => isGenuine(one, with_, index === 0 ? new Date('2026-03-02T09:00:00Z') : app.clock.now())),
  );
  expect(believed).toEqual([
    [true, true],
    [false, true],
  ]);
});

test('an answer of 410 ends it at once, a receiver that asks for time gets it, and of a long answer the beginning is kept', async () => {
  const { endpoint } = await endpointFor(['appointment.booked']);
  await bookByStaff('2026-03-03T10:00:00.000Z');
  receiver.answer = () => ({ status: 503, headers: { 'retry-after': '3600' }, body: `\u0000<script>${'x'.repeat(5000)}` });
  await app.background.settleDown();
  const [delivery] = await seen(endpoint.id);
  expect(delivery?.dueAt).toBe('2026-03-02T10:00:00.000Z');
  const { body } = await owner.call<WebhookDeliveryDetail>('GET', `webhook-endpoints/${endpoint.id}/deliveries/${delivery?.id}`);
  expect([body.log[0]?.answer.length, body.log[0]?.answer.startsWith('<script>')]).toEqual([2047, true]);
  receiver.answer = () => 410;
  await app.pass({ minutes: 61 });
  expect((await owner.call('GET', `webhook-endpoints/${endpoint.id}`)).body).toMatchObject({ offBecause: 'gone' });
});

test('an erased client is forgotten in what was told, and whoever was told is told to forget them too', async () => {
  const { endpoint } = await endpointFor();
  const made = await owner.call<{ id: string; version: number }>('POST', 'clients', {
    name: 'Forget Me',
    phone: '+351912345678',
    email: 'me@mail.example',
    language: 'en',
    note: '',
  });
  receiver.answer = ({ body }) => ({ status: 200, body });
  await app.background.settleDown();
  await owner.call('POST', `clients/${made.body.id}/erasure`, { version: 1 });
  await app.background.settleDown();
  expect(told()).toEqual([`client.created ${made.body.id}`, `client.erased ${made.body.id}`]);
  const kept = await sql<{
    row: string;
  }>`select d::text || coalesce((select string_agg(t::text, '') from webhook_tries t where t.delivery_id = d.delivery_id), '') as row
    from webhook_deliveries d where endpoint_id = ${endpoint.id}`.execute(app.database.read);
  expect(kept.rows).toHaveLength(2);
  expect(kept.rows.map(({ row }) => row).join()).not.toMatch(/Forget Me|912345678|me@mail/);
});

test('an endpoint that is deleted while a booking is being written never costs the booking', async () => {
  const { endpoint } = await endpointFor();
  const booking = bookByStaff('2026-03-03T10:00:00.000Z');
  const [{ status }] = await Promise.all([owner.call('DELETE', `webhook-endpoints/${endpoint.id}`), booking]);
  expect(status).toBe(200);
  await app.pass({ seconds: 1 });
  const { rows } = await sql`select 1 from webhook_deliveries where due_at is not null`.execute(app.database.read);
  expect(rows).toEqual([]);
  expect((await owner.call('GET', `webhook-endpoints/${endpoint.id}`)).status).toBe(404);
});
