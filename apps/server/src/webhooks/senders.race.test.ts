import type { NewEndpoint } from '@holdfast/contract/webhooks';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postOutside } from '../kit/post-outside.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type Receiver, startReceiver } from '../testing/webhook-receiver.ts';
import { sendWebhooks } from './send-webhooks.ts';
import { takeDeliveries } from './take-deliveries.ts';

let app: TestApp;
let owner: StaffUser;
let receiver: Receiver;
beforeAll(async () => {
  app = await testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'available' } }, staff: { anna: { status: 'available' } } },
    listen: false,
  });
  owner = await signInAs(app, 'owner');
  receiver = await startReceiver();
  await owner.call<NewEndpoint>('POST', 'webhook-endpoints', {
    url: receiver.url,
    about: '',
    types: ['client.created', 'client.changed'],
    locationId: 'loc_test',
  });
});
afterAll(async () => {
  await receiver.close();
  await app.close();
});

let people = 0;
/** So many clients are written down and changed at once, so that each has two events. */
async function happen(count: number): Promise<void> {
  await sql`
    with made as (
      insert into clients (chain_id, client_id, name, language, created_at)
      select 'chn_test', 'cli_' || n, 'Client ' || n, 'en', ${app.clock.now()} from generate_series(${people + 1}::int, ${people + count}::int) n returning client_id)
    select count(*) from made`.execute(app.database.read);
  await sql`update clients set note = 'changed' where client_id = any(${Array.from({ length: count }, (_, n) => `cli_${people + n + 1}`)}::text[])`.execute(
    app.database.read,
  );
  people += count;
  receiver.received.length = 0;
}

test('of several senders each event goes out once, and each client’s in their order', async () => {
  const others = await Promise.all([app.again(), app.again()]);
  await happen(60);
  const senders = [app, ...others];
  for (let round = 0; round < 40 && receiver.received.length < 120; round++)
    await Promise.all(senders.map((one) => sendWebhooks(one.salon, { limit: 64 })));
  expect(receiver.received).toHaveLength(120);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(120);
  const orders = Map.groupBy(receiver.received, ({ subject }) => subject);
  expect([...orders.values()].every((events) => events.map(({ type }) => type).join() === 'client.created,client.changed')).toBe(true);
});

test('without the lease two senders would send the same event: what this race is about', async () => {
  await happen(20);
  const look = async () => {
    const { rows } = await sql<{
      id: string;
    }>`select delivery_id id from webhook_deliveries where due_at <= ${app.clock.now()} and type = 'client.created'`.execute(app.database.read);
    return rows.map(({ id }) => id);
  };
  const both = (await Promise.all([look(), look()])).flat();
  expect(both.length - new Set(both).size).toBe(20);
  const at = app.clock.now();
  const until = new Date(at.getTime() + 60_000);
  const taken = (await Promise.all([1, 2, 3, 4].map(() => takeDeliveries(app.database.read, at, until, 64)))).flat();
  expect(new Set(taken.map(({ deliveryId }) => deliveryId)).size).toBe(taken.length);
  app.clock.advance({ minutes: 2 });
  for (let round = 0; round < 20; round++) await sendWebhooks(app.salon, { limit: 64 });
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(40);
});

test('a sender that dies after it has sent and before it has written so leaves the event to another: the same one, under the same id', async () => {
  await happen(1);
  const at = app.clock.now();
  const [taken] = await takeDeliveries(app.database.read, at, new Date(at.getTime() + 120_000), 64);
  const body = JSON.stringify(taken?.payload);
  await postOutside({ url: receiver.url, headers: { 'webhook-id': taken?.eventId ?? '' }, body, timeoutMs: 5_000, mostBytes: 100, loopback: true });
  // as long as it may be alive nobody else sends it, nor what comes after it
  expect(await sendWebhooks(app.salon, { limit: 64 })).toBe(0);
  app.clock.advance({ minutes: 2 });
  for (let round = 0; round < 3; round++) await sendWebhooks(app.salon, { limit: 64 });
  expect(receiver.received.map(({ id, type }) => [type, id === taken?.eventId])).toEqual([
    ['client.created', true],
    ['client.created', true],
    ['client.changed', false],
  ]);
  expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body);
});
