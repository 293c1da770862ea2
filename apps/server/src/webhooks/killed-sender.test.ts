import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { NewEndpoint, WebhookDeliveries } from '@holdfast/contract/webhooks';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSealingKey } from '../kit/seal.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type Receiver, startReceiver } from '../testing/webhook-receiver.ts';

const SENDER = fileURLToPath(new URL('../testing/webhook-sender.ts', import.meta.url));
const key = randomBytes(32).toString('base64');
let app: TestApp;
let receiver: Receiver;
beforeAll(async () => {
  app = await testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'available' } }, staff: { anna: { status: 'available' } } },
    listen: false,
    parts: { key: readSealingKey(key) },
  });
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver.close();
  await app.close();
});

/** Another process of the house; ends when nothing is due any more, or when it is killed. */
function sender(): ChildProcess {
  const env = { ...process.env, NODE_OPTIONS: '', DATABASE_URL: app.database.url, HOLDFAST_KEY: key, AT: app.clock.now().toISOString() };
  return spawn(process.execPath, [SENDER], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}
const endOf = async (child: ChildProcess) => {
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return code ?? signal;
};
const told = () => receiver.received.map(({ type, subject }) => `${type} ${subject}`);

test('a process killed after it has sent and before it has written so: the same event goes out again under the same id, what was written down does not, in order', async () => {
  const owner = await signInAs(app, 'owner');
  const types = ['appointment.booked', 'appointment.confirmed'];
  const made = await owner.call<NewEndpoint>('POST', 'webhook-endpoints', { url: receiver.url, about: '', types, locationId: 'loc_test' });
  const wish = { staffId: 'anna', services: [{ serviceId: 'cut', costMinor: null }], durationMinutes: null, comment: '', outsideHours: false };
  const ids: string[] = [];
  for (const hour of ['10', '12']) {
    const startsAt = `2026-03-03T${hour}:00:00.000Z`;
    const client = { name: `At ${hour}`, phone: '', email: '' };
    const { id } = (await owner.here<{ id: string }>('POST', 'appointments', { ...wish, startsAt, client })).body;
    await owner.here('POST', `appointments/${id}/steps`, { step: 'confirm', version: 1 });
    ids.push(id);
  }
  const [first, second] = ids;

  // one is written down as delivered; of the other it is known only outside that it came
  let doomed: ChildProcess | undefined;
  receiver.answer = ({ subject, type }) => {
    if (subject !== second || type !== 'appointment.booked') return 204;
    doomed?.kill('SIGKILL');
    return 204;
  };
  await sql`update webhook_deliveries set due_at = ${new Date(app.clock.now().getTime() + 1000)} where subject_id = ${second}`.execute(
    app.database.read,
  );
  expect(await endOf(sender())).toBe(0);
  expect(told()).toEqual([`appointment.booked ${first}`, `appointment.confirmed ${first}`]);
  app.clock.advance({ seconds: 1 });
  doomed = sender();
  expect(await endOf(doomed)).toBe('SIGKILL');
  expect(told().slice(2)).toEqual([`appointment.booked ${second}`]);
  const sent = receiver.received.at(-1);
  receiver.answer = () => 204;

  // it may be alive as far as anybody knows: neither this one is sent nor what comes after it
  app.clock.advance({ seconds: 119 });
  expect(await endOf(sender())).toBe(0);
  expect(told().length).toBe(3);
  app.clock.advance({ seconds: 1 });
  expect(await endOf(sender())).toBe(0);
  expect(told().slice(3)).toEqual([`appointment.booked ${second}`, `appointment.confirmed ${second}`]);
  expect([receiver.received[3]?.id, receiver.received[3]?.body]).toEqual([sent?.id, sent?.body]);

  app.clock.advance({ minutes: 10 });
  expect(await endOf(sender())).toBe(0);
  expect(told().length, 'what is written down is not sent again').toBe(5);
  const { deliveries } = (await owner.call<WebhookDeliveries>('GET', `webhook-endpoints/${made.body.endpoint.id}/deliveries`)).body;
  expect(deliveries.map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered', 'delivered']);
});
