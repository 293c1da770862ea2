import type { Simulation, SimulationChoices } from '@holdfast/contract/simulation';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { createSimulator } from './simulate.ts';

let app: TestApp;
let owner: StaffUser;

beforeAll(async () => {
  app = await testApp({
    salon: {
      services: {
        srv_color: { price: 5000, minutes: 60, status: 'required' },
        srv_wash: { price: 1000, minutes: 30, status: 'not_available' },
      },
      staff: { stf_ana: { status: 'required' }, stf_rui: { status: 'not_available' } },
      limits: { perPhone: 1, perAddress: 1, sharePercent: 1 },
    },
    listen: false,
  });
  owner = await signInAs(app, 'owner');
  // how it goes out is a secret of the salon's, which a copy neither has nor needs
  await sql`
    insert into message_channels (chain_id, location_id, channel, adapter, sender, settings, hints, enabled)
    values (${app.scope.chainId}, ${app.scope.locationId}, 'email', 'smtp', 'Salon', ${Buffer.from('sealed')}, '{}', true)`.execute(
    app.database.read,
  );
});
afterAll(() => app.close());

/** Every row of every table but what signing in itself moves, as one fingerprint per table. */
async function fingerprints(): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string }>`
    select relname name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not in ('sessions', 'live_changes') order by 1`.execute(
    app.database.read,
  );
  const found: Record<string, string> = {};
  for (const { name } of rows) {
    const { rows: all } = await sql<{ print: string }>`
      select count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) print from ${sql.table(name)} t`.execute(
      app.database.read,
    );
    found[name] = all[0]?.print ?? '';
  }
  return found;
}

const listeners = () => process.getActiveResourcesInfo().filter((one) => one === 'TCPServerWrap' || one === 'MessagePort').length;

test('an owner sees what would happen with their own settings, and nothing of it has happened', async () => {
  const before = { rows: await fingerprints(), payments: app.sandbox.payments().length, listeners: listeners() };
  // as it is served in earnest: sandboxes are refused there
  const served = await app.again({ sandboxEndpoint: () => undefined });
  const answer = await served.http.inject({
    method: 'POST',
    url: `/api/v1/admin/locations/${app.scope.locationId}/simulations`,
    headers: { cookie: owner.cookie },
    payload: { scenario: 'paid_late_time_taken' },
  });
  const body = answer.json<Simulation>();
  await served.close();
  expect(answer.statusCode).toBe(200);
  expect(body).toMatchObject({
    way: 'required',
    provider: { name: 'stripe', title: 'Stripe' },
    service: { id: 'srv_color', staffName: 'stf_ana' },
    price: { amountMinor: 5000, currency: 'EUR' },
    end: { outcome: 'credit', appointment: 'expired', holder: 'second', asSaid: true, everyCent: true, disagreements: [] },
  });
  const moments = body.timeline.map(({ atSeconds }) => atSeconds);
  expect(moments).toEqual([...moments].sort((a, b) => a - b));
  expect(body.timeline.filter(({ lane }) => lane === 'money')).toMatchObject([
    { from: 'prepayments', to: 'clearing', amountMinor: 5000, currency: 'EUR' },
    { from: 'client', to: 'clearing', amountMinor: 5000, currency: 'EUR' },
  ]);
  const said = body.timeline.flatMap((fact) => (fact.lane === 'messages' ? [`${fact.who} ${fact.kind} ${fact.channel}`] : []));
  expect(said).toEqual(['first awaiting_payment email', 'first expired email', 'second paid email']);
  expect(JSON.stringify(body.timeline)).not.toContain('127.0.0.1');
  expect({ rows: await fingerprints(), payments: app.sandbox.payments().length }).toEqual({ rows: before.rows, payments: before.payments });
  await expect.poll(listeners).toBe(before.listeners);
});

test('one can be told what can be played here, and why something cannot', async () => {
  const { body } = await owner.here<SimulationChoices>('GET', 'simulations/scenarios');
  expect(body.scenarios.length).toBeGreaterThan(20);
  expect(body.ways).toEqual([
    { way: 'required', reason: null, switchedOn: true },
    { way: 'available', reason: 'none_available', switchedOn: true },
    { way: 'link', reason: null, switchedOn: false },
  ]);
  expect(body.services).toEqual([
    { id: 'srv_color', name: 'srv_color', ways: ['required', 'link'], reason: null },
    { id: 'srv_wash', name: 'srv_wash', ways: ['link'], reason: null },
  ]);
  expect(body.providers.find(({ name }) => name === 'stripe')).toEqual({ name: 'stripe', title: 'Stripe', reason: null, connected: true });
  const refused = async (wish: object) => {
    const { status, body: said } = await owner.here<{ code: string; detail: unknown }>('POST', 'simulations', wish);
    return [status, said.code, said.detail];
  };
  expect(await refused({ scenario: 'no_such_story' })).toEqual([404, 'not_found', {}]);
  expect(await refused({ scenario: 'webhook_first', serviceId: 'srv_of_another' })).toEqual([404, 'not_found', {}]);
  expect(await refused({ scenario: 'webhook_first', provider: 'no_such_provider' })).toEqual([404, 'not_found', {}]);
  expect(await refused({ scenario: 'webhook_first', way: 'available' })).toEqual([409, 'step_not_allowed', { missing: 'none_available' }]);
  expect(await refused({ scenario: 'webhook_twice', serviceId: 'srv_wash' })).toEqual([409, 'step_not_allowed', { missing: 'way' }]);
});

test('who may not see online payment may not play with it', async () => {
  const reception = await signInAs(app, 'reception');
  expect((await reception.here('GET', 'simulations/scenarios')).status).toBe(403);
  expect((await reception.here('POST', 'simulations', { scenario: 'webhook_first' })).status).toBe(403);
});

test('a third one at the same time is asked to come back, and the places are free again afterwards', async () => {
  const before = listeners();
  const wishes = ['two_tabs', 'webhook_first', 'webhook_lost'].map((scenario) =>
    owner.here<Simulation>('POST', 'simulations', { scenario, way: 'link' }),
  );
  const statuses = (await Promise.all(wishes)).map(({ status }) => String(status)).sort();
  expect(statuses).toEqual(['200', '200', '429']);
  expect((await owner.here('POST', 'simulations', { scenario: 'two_want_the_time' })).status).toBe(200);
  await expect.poll(listeners).toBe(before);
});

test('what takes too long, or breaks, is stopped and leaves nothing behind', async () => {
  const before = { rows: await fingerprints(), listeners: listeners() };
  const ctx = { db: app.database, now: () => app.clock.now(), log: app.salon.log, publicUrl: 'http://salon.test' };
  const slow = createSimulator({ ...ctx, create: createApp }, { longestMs: 50 });
  await expect(slow.simulate(app.scope, { scenario: 'webhook_first' })).rejects.toMatchObject({ code: 'not_ready' });
  await expect.poll(listeners).toBe(before.listeners);
  const broken = createSimulator({ ...ctx, create: () => Promise.reject(new Error('the house could not be built')) });
  await expect(broken.simulate(app.scope, { scenario: 'webhook_first' })).rejects.toThrow('could not be built');
  await expect.poll(listeners).toBe(before.listeners);
  expect(await fingerprints()).toEqual(before.rows);
});
