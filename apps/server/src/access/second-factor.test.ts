import { sql } from 'kysely';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Browser, browserOf, PASSWORD, userWithPassword } from '../testing/browser-of.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

let app: TestApp;
let ana: Browser;
beforeAll(async () => {
  app = await testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'required' } }, staff: { anna: { status: 'available' } } },
    listen: false,
  });
});
afterAll(() => app.close());
let users = 0;
beforeEach(async () => {
  await sql`delete from sign_in_tries`.execute(app.database.read);
  ANA = { email: `ana${++users}@salon.example`, password: PASSWORD };
  await userWithPassword(app, { email: ANA.email });
  ana = browserOf(app);
  await ana.call('POST', 'sign-in', ANA);
});

let ANA: { email: string; password: string };
const answerOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code];

/** The code an authenticator app shows now, or so many seconds off. */
function codeNow(secret: string, secondsOff = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: app.clock.now().getTime() + secondsOff * 1000 });
}

async function switchOn(): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { body } = await ana.call<{ secret: string; uri: string }>('POST', 'account/second-factor', { password: PASSWORD });
  expect(body.uri).toContain(`secret=${body.secret}`);
  const confirmed = await ana.call<{ recoveryCodes: string[] }>('POST', 'account/second-factor/confirmation', { code: codeNow(body.secret) });
  expect(confirmed.status).toBe(200);
  app.clock.advance({ seconds: 30 });
  return { secret: body.secret, recoveryCodes: confirmed.body.recoveryCodes };
}

async function halfSignedIn(): Promise<Browser> {
  const browser = browserOf(app);
  expect((await browser.call('POST', 'sign-in', ANA)).body).toEqual({ secondFactor: true });
  return browser;
}

test('the password alone is no session when there is a second factor', async () => {
  const { secret } = await switchOn();
  const browser = await halfSignedIn();
  expect(answerOf(await browser.call('GET', 'session'))).toEqual([401, 'not_signed_in']);
  const half = browser.cookies.get('holdfast');
  expect((await browser.call('POST', 'sign-in/second-factor', { code: codeNow(secret) })).status).toBe(200);
  expect((await browser.call('GET', 'session')).status).toBe(200);
  // what was known before the second factor is worth nothing after it
  expect(browser.cookies.get('holdfast')).not.toBe(half);
});

test('the same code of the second factor is good once', async () => {
  const { secret } = await switchOn();
  const code = codeNow(secret);
  const [first, second] = [await halfSignedIn(), await halfSignedIn()];
  expect((await first.call('POST', 'sign-in/second-factor', { code })).status).toBe(200);
  expect(answerOf(await second.call('POST', 'sign-in/second-factor', { code }))).toEqual([401, 'wrong_credentials']);
  // nor an older one, though it was never used
  expect((await second.call('POST', 'sign-in/second-factor', { code: codeNow(secret, -30) })).status).toBe(401);
});

test('two who come with the same code at the same moment: one is let in', async () => {
  const { secret } = await switchOn();
  const code = codeNow(secret);
  const browsers = await Promise.all([halfSignedIn(), halfSignedIn(), halfSignedIn()]);
  const answers = await Promise.all(browsers.map((one) => one.call('POST', 'sign-in/second-factor', { code })));
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 401, 401]);
});

test.each([
  ['half a minute ago is fine: clocks differ', -30, 200],
  ['half a minute ahead too', 30, 200],
  ['a minute ago is not', -60, 401],
  ['a minute ahead neither', 60, 401],
])('a code of %s', async (_name, seconds, expected) => {
  const { secret } = await switchOn();
  app.clock.advance({ minutes: 5 });
  const browser = await halfSignedIn();
  expect((await browser.call('POST', 'sign-in/second-factor', { code: codeNow(secret, seconds) })).status).toBe(expected);
});

test('each recovery code lets in once, however it is typed', async () => {
  const { recoveryCodes } = await switchOn();
  expect(new Set(recoveryCodes).size).toBe(10);
  const [first = '', second = ''] = recoveryCodes;
  const one = await halfSignedIn();
  expect((await one.call('POST', 'sign-in/second-factor', { code: ` ${first.toUpperCase().replace('-', ' ')}` })).status).toBe(200);
  const again = await halfSignedIn();
  expect((await again.call('POST', 'sign-in/second-factor', { code: first })).status).toBe(401);
  expect((await again.call('POST', 'sign-in/second-factor', { code: second })).status).toBe(200);
  const account = await again.call<{ secondFactor: { recoveryCodesLeft: number } }>('GET', 'account');
  expect(account.body.secondFactor.recoveryCodesLeft).toBe(8);
});

test('codes cannot be guessed: after five one waits, and longer each time', async () => {
  const { secret } = await switchOn();
  const browser = await halfSignedIn();
  const guess = (_: unknown, n: number) => browser.call('POST', 'sign-in/second-factor', { code: String(100_000 + n) });
  const guesses = await Promise.all(Array.from({ length: 20 }, guess));
  expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5);
  const right = () => browser.call('POST', 'sign-in/second-factor', { code: codeNow(secret) });
  expect(answerOf(await right())).toEqual([429, 'too_many_requests']);
  app.clock.advance({ seconds: 60 });
  expect((await right()).status).toBe(200);
});

test('after ten minutes the password has to be said again', async () => {
  const { secret } = await switchOn();
  const browser = await halfSignedIn();
  app.clock.advance({ minutes: 10 });
  expect(answerOf(await browser.call('POST', 'sign-in/second-factor', { code: codeNow(secret) }))).toEqual([401, 'not_signed_in']);
});

test('a code that does not fit switches nothing on, and a secret is kept sealed', async () => {
  const { body } = await ana.call<{ secret: string }>('POST', 'account/second-factor', { password: PASSWORD });
  expect((await ana.call('POST', 'account/second-factor/confirmation', { code: codeNow(body.secret, -300) })).status).toBe(401);
  expect((await browserOf(app).call('POST', 'sign-in', ANA)).body).toEqual({ secondFactor: false });
  const { rows } = await sql<{ kept: string }>`select encode(totp_secret, 'escape') kept from users where email = ${ANA.email}`.execute(
    app.database.read,
  );
  expect(rows[0]?.kept).not.toContain(body.secret);
});

test('switching it on needs the password, switching it off the password and a code', async () => {
  expect(answerOf(await ana.call('POST', 'account/second-factor', { password: 'wrong wrong wrong' }))).toEqual([401, 'wrong_credentials']);
  const { secret, recoveryCodes } = await switchOn();
  expect(answerOf(await ana.call('POST', 'account/second-factor', { password: PASSWORD }))).toEqual([409, 'already_there']);
  const off = (password: string, code: string) => ana.call('POST', 'account/second-factor/end', { password, code });
  expect((await off(PASSWORD, '000000')).status).toBe(401);
  expect((await off('wrong wrong wrong', codeNow(secret))).status).toBe(401);
  expect((await off(PASSWORD, recoveryCodes[3] ?? '')).status).toBe(200);
  expect((await browserOf(app).call('POST', 'sign-in', ANA)).body).toEqual({ secondFactor: false });
  expect(answerOf(await off(PASSWORD, codeNow(secret)))).toEqual([404, 'not_found']);
});
