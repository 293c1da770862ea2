import { sql } from 'kysely';
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
  ana = await signedIn();
});

let ANA: { email: string; password: string };
const NEXT = 'eleven green bottles';
async function signedIn(email = ANA.email): Promise<Browser> {
  const browser = browserOf(app);
  expect((await browser.call('POST', 'sign-in', { ...ANA, email })).status).toBe(200);
  return browser;
}
const isIn = async (browser: Browser) => (await browser.call('GET', 'session')).status === 200;

test('whoever changes their password throws everybody else out', async () => {
  const other = await signedIn();
  expect((await ana.call('POST', 'account/password', { present: 'wrong wrong wrong', next: NEXT })).status).toBe(401);
  expect(await isIn(other)).toBe(true);
  expect((await ana.call('POST', 'account/password', { present: PASSWORD, next: NEXT })).status).toBe(200);
  expect([await isIn(ana), await isIn(other)]).toEqual([true, false]);
  expect((await browserOf(app).call('POST', 'sign-in', ANA)).status).toBe(401);
  expect((await browserOf(app).call('POST', 'sign-in', { ...ANA, password: NEXT })).status).toBe(200);
});

test('at an open browser nobody guesses the password for long', async () => {
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) => ana.call('POST', 'account/password', { present: `guess number ${n}`, next: NEXT })),
  );
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
});

test.each([
  ['short', 'too_short'],
  ['salon.example', 'like_you'],
  ['Password2026!', 'common'],
  ['1234567890', 'common'],
])('a password like %s is refused with the reason', async (next, reason) => {
  const { status, body } = await ana.call<{ code: string; detail: object }>('POST', 'account/password', { present: PASSWORD, next });
  expect([status, body.code, body.detail]).toEqual([422, 'weak_password', { reason }]);
});

test('one sees where one is signed in and ends what one does not know', async () => {
  const other = await signedIn();
  await userWithPassword(app, { email: 'boris@salon.example', name: 'Boris' });
  const boris = await signedIn('boris@salon.example');
  type List = { sessions: { id: string; present: boolean; device: string; address: string }[] };
  const { sessions } = (await ana.call<List>('GET', 'account/sessions')).body;
  expect(sessions.map(({ present, device, address }) => ({ present, device, address }))).toEqual([
    { present: true, device: 'a browser', address: '203.0.113.7' },
    { present: false, device: 'a browser', address: '203.0.113.7' },
  ]);
  const others = sessions[1]?.id ?? '';
  // somebody else's is not there
  expect((await boris.call('POST', `account/sessions/${others}/end`)).status).toBe(404);
  expect((await ana.call('POST', `account/sessions/${others}/end`)).body).toEqual({ ended: 1 });
  expect((await ana.call('POST', `account/sessions/${others}/end`)).status).toBe(404);
  expect([await isIn(ana), await isIn(other), await isIn(boris)]).toEqual([true, false, true]);
});

test('all other sessions end at once', async () => {
  const others = [await signedIn(), await signedIn()];
  expect((await ana.call('POST', 'account/sessions/end-others')).body).toEqual({ ended: 2 });
  expect(await Promise.all([ana, ...others].map(isIn))).toEqual([true, false, false]);
});

test('one changes one’s own name and language, and it is written down what was changed', async () => {
  await ana.call('PATCH', 'account', { name: 'Ana <script>alert(1)</script>', language: 'pt' });
  await ana.call('PATCH', 'account', { language: 'pt' });
  expect((await ana.call('GET', 'account')).body).toEqual({
    email: ANA.email,
    name: 'Ana <script>alert(1)</script>',
    language: 'pt',
    hasPassword: true,
    secondFactor: null,
  });
  const { rows } = await sql`select before, after, user_name from audit_log where action = 'user.changed'`.execute(app.database.read);
  expect(rows).toEqual([
    { before: { name: 'Ana', language: 'en' }, after: { name: 'Ana <script>alert(1)</script>', language: 'pt' }, user_name: 'Ana' },
  ]);
});
