import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'required' } }, staff: { anna: { status: 'available' } } },
    listen: false,
  });
});
afterAll(() => app.close());

test('nobody sees the salon’s side without signing in', async () => {
  const answer = await app.http.inject({ method: 'GET', url: '/api/v1/admin/session' });
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([401, 'not_signed_in']);
});

test('who is signed in sees what they may do where', async () => {
  const owner = await signInAs(app, 'owner');
  const { status, body } = await owner.call<{ locations: { id: string; rights: string[] }[] }>('GET', 'session');
  expect([status, body.locations.map(({ id, rights }) => [id, rights.includes('users.edit')])]).toEqual([200, [['loc_test', true]]]);
});

test('whoever signs out is signed out at once', async () => {
  const user = await signInAs(app, 'reception');
  expect((await user.call('POST', 'session/end')).status).toBe(200);
  expect((await user.call('GET', 'session')).status).toBe(401);
});

test('a user who was disabled is out at once', async () => {
  const user = await signInAs(app, 'reception');
  await sql`update users set disabled_at = now() where user_id = ${user.userId}`.execute(app.database.read);
  expect((await user.call('GET', 'session')).status).toBe(401);
});

test('a page of somebody else cannot change anything with our cookie', async () => {
  const user = await signInAs(app, 'owner');
  const from = (headers: Record<string, string>) =>
    app.http.inject({ method: 'POST', url: '/api/v1/admin/session/end', headers: { cookie: user.cookie, ...headers } });
  expect((await from({ origin: 'https://elsewhere.example' })).statusCode).toBe(403);
  expect((await from({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
  expect((await from({ origin: 'http://salon.test', 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200);
});
