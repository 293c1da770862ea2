import type { Booking, Quote } from '@holdfast/contract/booking';
import type { FreeTimes } from '@holdfast/contract/free-times';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { OnlinePaymentStatus } from '@holdfast/contract/online-payment';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, createApp } from '../app.ts';
import { MovableClock } from '../kit/clock.ts';
import { newIdAt } from '../kit/new-id.ts';
import { newSealingKey } from '../kit/seal.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { connectDemoProvider, type DemoConnection, tellSandboxes } from './connect-demo-provider.ts';
import { type DemoClock, openDemoClock } from './demo-clock.ts';
import { runSandboxes, type Sandboxes } from './run-sandboxes.ts';
import { seedDemo } from './seed-demo.ts';

let db: TestDatabase;
let app: App;
let sandboxes: Sandboxes;
let demoClock: DemoClock;
let connections: readonly DemoConnection[];

beforeAll(async () => {
  db = await testDatabase();
  const clock = new MovableClock({ start: new Date('2026-10-16T09:40:00Z') });
  const now = () => clock.now();
  demoClock = await openDemoClock({ db, clock }, async () => {
    await sandboxes.tick();
    await app.afterwards();
    await app.background.settleDown();
  });
  await seedDemo({ db, now, newId: (kind) => newIdAt(kind, now()) });
  sandboxes = await runSandboxes({ now, host: '127.0.0.1', folder: undefined, portFor: async () => 0, tickEveryMs: 0 });
  const log = pino({ level: 'silent' });
  app = await createApp({
    db,
    now,
    log,
    key: newSealingKey(),
    publicUrl: 'http://demo.test',
    trustProxy: false,
    sandboxEndpoint: sandboxes.endpointOf,
    demoClock,
  });
  connections = await connectDemoProvider(app.payments, sandboxes);
  const origin = await app.http.listen({ port: 0, host: '127.0.0.1' });
  tellSandboxes(app.payments, sandboxes, connections, origin);
});
afterAll(async () => {
  await sandboxes.close();
  await app.close();
});

async function ask<T>(method: 'GET' | 'POST', url: string, payload?: object): Promise<T> {
  const answer = await app.http.inject({ method, url: `/api/v1${url}`, ...(payload ? { payload } : {}) });
  if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.body}`);
  return answer.json() as T;
}

async function book(location: string, service: string, status: OnlinePaymentStatus, draft: string): Promise<Booking> {
  const at = `/locations/demo/${location}`;
  const serviceId = `srv_${location}_${service}`;
  const { staff } = await ask<LocationPage>('GET', at);
  const staffId = staff.find(({ services }) => services.some((one) => one.serviceId === serviceId && one.policy.status === status))?.id ?? '';
  const { days } = await ask<FreeTimes>('GET', `${at}/free-times?services=${serviceId}&staff=${staffId}&from=2026-10-16&days=14`);
  const startsAt = days.find(({ times }) => times.length > 0)?.times[0]?.at ?? '';
  const wished = { serviceIds: [serviceId], staffId, startsAt };
  const { quoteId } = await ask<Quote>('POST', `${at}/quotes`, { appointments: [wished] });
  return ask<Booking>('POST', `${at}/bookings`, {
    draftId: `${draft}_0123456789`,
    quoteId,
    appointments: [{ ...wished, payServiceIds: [] }],
    client: { name: 'Ada', phone: '+44 20 7946 0000', email: '' },
    comment: '',
    language: 'en',
    consent: { terms: true, termsVersion: 1 },
  });
}

test('each location has accounts of its own at the sandboxes, and later starts find the same ones', async () => {
  const at = (location: string) => connections.filter((one) => one.location === location).map(({ provider }) => provider);
  expect([at('kyiv'), at('lisbon'), at('saopaulo')]).toEqual([
    ['stripe', 'mono', 'liqpay'],
    ['stripe', 'viva'],
    ['pix', 'stripe'],
  ]);
  expect(await connectDemoProvider(app.payments, sandboxes)).toEqual(connections);
  for (const { provider, credentials, connectionId } of connections) {
    const adapter = app.payments.providerOf({ chainId: 'chn_demo', connectionId, provider, sandbox: true });
    expect(await adapter.testConnection(credentials), provider).toMatchObject({ kind: 'done' });
  }
});

test('no key of them lies in the database as text', async () => {
  const { rows } = await sql<{ text: string }>`
    select string_agg(encode(credentials, 'escape') || credential_hints::text, ' ') || (select string_agg(value, ' ') from installation) as text
      from provider_connections`.execute(db.read);
  for (const one of connections) for (const secret of secretsOf(one)) expect(rows[0]?.text).not.toContain(secret);
});

test('a colouring at any location is held, paid at the sandbox and confirmed', async () => {
  for (const location of ['kyiv', 'lisbon', 'saopaulo']) {
    const held = await book(location, 'color', 'required', `draft_${location}`);
    expect(held).toMatchObject({ status: 'held', chain: { demo: true } });
    const { pageUrl } = await ask<{ pageUrl: string }>('POST', `/bookings/${held.token}/payments`);
    const paid = sandboxes.all.flatMap((sandbox) =>
      sandbox
        .payments()
        .filter(({ state }) => state === 'open')
        .map(({ id }) => sandbox.pay(id)),
    );
    expect([paid, pageUrl.slice(0, 4)]).toEqual([['captured'], 'http']);
    await sandboxes.tick();
    await app.afterwards();
    await app.background.settleDown();
    expect(await ask<Booking>('GET', `/bookings/${held.token}`)).toMatchObject({ status: 'confirmed', paidMinor: held.dueMinor });
  }
});

test('moving the clock past the hold lets go of the time at once', async () => {
  const held = await book('kyiv', 'color', 'required', 'draft_moved');
  await app.http.inject({ method: 'POST', url: '/demo/clock', payload: { advanceMinutes: 16 } });
  expect(await ask<Booking>('GET', `/bookings/${held.token}`)).toMatchObject({ status: 'expired' });
});

test('what may be paid at the visit is booked without paying', async () => {
  expect(await book('lisbon', 'haircut', 'available', 'draft_haircut')).toMatchObject({ status: 'waiting', holdExpiresAt: null });
});

/** Of the credentials what the form marks as a secret. */
function secretsOf({ provider, connectionId, credentials }: DemoConnection): readonly string[] {
  const { credentialsShape } = app.payments.providerOf({ chainId: 'chn_demo', connectionId, provider, sandbox: true });
  return Object.entries(credentials).flatMap(([name, value]) => (credentialsShape.shape[name]?.meta()?.['secret'] === true && value ? [value] : []));
}
