import type { User } from '@holdfast/contract/users';
import { sql } from 'kysely';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { browserOf, PASSWORD, userWithPassword } from '../testing/browser-of.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { hashPassword } from './password-hash.ts';
import { linkOfUserToken } from './user-link.ts';

let app: TestApp;
let owner: StaffUser;
beforeAll(async () => {
  app = await testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'required' } }, staff: { anna: { status: 'available' } } },
    listen: false,
  });
});
afterAll(() => app.close());

let ana: Awaited<ReturnType<typeof userWithPassword>>;
let count = 0;
beforeEach(async () => {
  await sql`delete from sign_in_tries`.execute(app.database.read);
  owner = await signInAs(app, 'owner');
  ana = await userWithPassword(app, { email: `ana.lost${++count}@salon.example` });
});

const answerOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code];
const signIn = (browser = browserOf(app)) => browser.call<{ secondFactor: boolean }>('POST', 'sign-in', { email: ana.email, password: PASSWORD });
const codeNow = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: app.clock.now().getTime() });

/** Signed in, with a second factor. */
async function withSecondFactor() {
  const browser = browserOf(app);
  await signIn(browser);
  const { body } = await browser.call<{ secret: string }>('POST', 'account/second-factor', { password: PASSWORD });
  expect((await browser.call('POST', 'account/second-factor/confirmation', { code: codeNow(body.secret) })).status).toBe(200);
  app.clock.advance({ seconds: 30 });
  return { browser, secret: body.secret };
}

/** Does this while somebody's row is being changed, and answers what came of it after the change is written. */
async function whileChanged<T>(change: ReturnType<typeof sql>, deed: () => Promise<T>): Promise<T> {
  const [begun, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const changing = app.database.transaction(async (tx) => {
    await change.execute(tx);
    await sql`update sessions set ended_at = ${app.clock.now()} where user_id = ${ana.userId} and ended_at is null`.execute(tx);
    begun.resolve();
    await go.promise;
  });
  await begun.promise;
  let settled = false;
  const doing = deed().finally(() => {
    settled = true;
  });
  // until it waits for that transaction, or has gone past it
  for (let waits = false; !waits && !settled; ) {
    const { rows } = await sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
      app.database.read,
    );
    waits = rows.length > 0;
  }
  go.resolve();
  await changing;
  return doing;
}

test('whoever lost device and recovery codes gets in with the password again, and is signed out everywhere', async () => {
  const { browser } = await withSecondFactor();
  const taken = await owner.call<User>('DELETE', `users/${ana.userId}/second-factor`);
  expect([taken.status, taken.body.totp]).toEqual([200, false]);
  expect(answerOf(await browser.call('GET', 'session'))).toEqual([401, 'not_signed_in']);
  expect((await signIn()).body).toEqual({ secondFactor: false });
  const { rows } = await sql<{ user: string }>`
    select user_id "user" from audit_log where subject_id = ${ana.userId} and action = 'user.second_factor_taken'`.execute(app.database.read);
  expect(rows).toEqual([{ user: owner.userId }]);
  expect(answerOf(await owner.call('DELETE', `users/${ana.userId}/second-factor`))).toEqual([404, 'not_found']);
});

test('nobody takes away the second factor of somebody who may do more, nor their own', async () => {
  const { browser } = await withSecondFactor();
  const administrator = await signInAs(app, 'administrator');
  expect(answerOf(await administrator.call('DELETE', `users/${ana.userId}/second-factor`))).toEqual([403, 'right_missing']);
  const reception = await signInAs(app, 'reception');
  expect(answerOf(await reception.call('DELETE', `users/${ana.userId}/second-factor`))).toEqual([403, 'right_missing']);
  const self = await app.http.inject({
    method: 'DELETE',
    url: `/api/v1/admin/users/${ana.userId}/second-factor`,
    headers: { cookie: `holdfast=${browser.cookies.get('holdfast')}` },
  });
  expect([self.statusCode, self.json<{ code: string }>().code]).toEqual([403, 'not_yourself']);
});

test('whoever finds an open browser cannot send the way to a new password to their own mailbox', async () => {
  const browser = browserOf(app);
  await signIn(browser);
  const change = async (more: object) => {
    const response = await app.http.inject({
      method: 'PUT',
      url: `/api/v1/admin/users/${ana.userId}`,
      headers: { cookie: `holdfast=${browser.cookies.get('holdfast')}` },
      payload: { name: 'Ana', language: 'en', version: 1, places: [{ locationId: app.scope.locationId, role: 'owner', staffId: null }], ...more },
    });
    return { status: response.statusCode, body: response.json<{ code?: string }>() };
  };
  const email = `thief${count}@example.com`;
  expect(answerOf(await change({ email }))).toEqual([401, 'wrong_credentials']);
  expect(answerOf(await change({ email, password: 'not this one' }))).toEqual([401, 'wrong_credentials']);
  expect((await change({ email: ana.email, name: 'Ana Maria' })).status).toBe(200);
  expect((await change({ email, version: 2, password: PASSWORD })).status).toBe(200);
});

test('a password that is changed while it is being compared lets nobody in any more', async () => {
  const next = await hashPassword('eleven green bottles');
  const said = await whileChanged(sql`update users set password_hash = ${next} where user_id = ${ana.userId}`, () => signIn());
  expect(answerOf(said)).toEqual([401, 'wrong_credentials']);
});

test('a second factor that is switched on while somebody signs in is asked for', async () => {
  const { secret } = await withSecondFactor();
  expect(secret).not.toBe('');
  await sql`update users set totp_since = null where user_id = ${ana.userId}`.execute(app.database.read);
  const said = await whileChanged(sql`update users set totp_since = now() where user_id = ${ana.userId}`, () => signIn());
  expect(said.body).toEqual({ secondFactor: true });
});

test('the half of a sign-in that a reset has ended is not completed by a code', async () => {
  const { secret } = await withSecondFactor();
  const half = browserOf(app);
  await signIn(half);
  const said = await whileChanged(sql`update users set name = 'Ana' where user_id = ${ana.userId}`, () =>
    half.call('POST', 'sign-in/second-factor', { code: codeNow(secret) }),
  );
  expect(answerOf(said)).toEqual([401, 'not_signed_in']);
});

test('whoever still knows the password before a reset does not undo the reset', async () => {
  const thief = browserOf(app);
  await signIn(thief);
  const reset = await hashPassword('eleven green bottles');
  const said = await whileChanged(sql`update users set password_hash = ${reset} where user_id = ${ana.userId}`, () =>
    thief.call('POST', 'account/password', { present: PASSWORD, next: 'a password of the thief' }),
  );
  expect(answerOf(said)).toEqual([401, 'wrong_credentials']);
  const { rows } = await sql<{ kept: string }>`select password_hash kept from users where user_id = ${ana.userId}`.execute(app.database.read);
  expect(rows[0]?.kept).toBe(reset);
});

test('a stranger who asks for a new password does not end an invitation that was handed over', async () => {
  const email = `maria${count}@salon.example`;
  const places = [{ locationId: app.scope.locationId, role: 'reception', staffId: null }];
  const { body } = await owner.call<{ id: string; link: string | null }>('POST', 'users', { name: 'Maria', email, language: 'pt', places });
  const { rows } = await sql<{ id: string }>`select token_id id from user_tokens where user_id = ${body.id}`.execute(app.database.read);
  expect((await browserOf(app).call('POST', 'password-resets', { email })).status).toBe(202);
  await app.afterwards();
  expect(await linkOfUserToken(app.salon, app.scope.chainId, rows[0]?.id ?? '')).toBeDefined();
});

test('a cookie that holds what no database keeps is nobody’s', async () => {
  for (const cookie of ['holdfast=%00.%00.x', 'holdfast=a.%00.x', 'holdfast=%00.b.c', 'holdfast_device=%00.%00', 'holdfast=%ff.%fe.%fd']) {
    for (const [method, url, payload] of [
      ['GET', 'session', undefined],
      ['POST', 'sign-in', { email: ana.email, password: PASSWORD }],
      ['POST', 'sign-in/second-factor', { code: '123456' }],
    ] as const) {
      const answer = await app.http.inject({ method, url: `/api/v1/admin/${url}`, headers: { cookie }, ...(payload && { payload }) });
      expect([cookie, url, answer.statusCode]).toEqual([cookie, url, url === 'sign-in' ? 200 : 401]);
    }
  }
});

test('the addresses of the demo are not there on a real server', async () => {
  for (const url of ['/demo/admin', '/demo/inbox', '/demo/clock']) expect((await app.http.inject({ url })).statusCode).toBe(404);
});
