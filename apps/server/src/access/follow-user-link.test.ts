import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OutboxEvent } from '../kit/outbox.ts';
import { browserOf, PASSWORD, userWithPassword } from '../testing/browser-of.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { inviteAgain, inviteUser } from './invite-user.ts';
import { linkOfUserToken } from './user-link.ts';

let app: TestApp;
let told: OutboxEvent[];
beforeEach(async () => {
  told = [];
  const keep = async (_deps: unknown, event: OutboxEvent) => void told.push(event);
  app = await testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'required' } }, staff: { anna: { status: 'available' } } },
    listen: false,
    parts: { outboxHandlers: { 'user.invited': keep, 'user.reset_asked': keep } },
  });
});
afterEach(() => app.close());

const owner = () => ({ chainId: app.scope.chainId, userId: null, name: 'Owner', address: '127.0.0.1', requestId: 'req_1' });
const invite = (email = 'maria@salon.example') =>
  app.database.transaction((tx) =>
    inviteUser(tx, app.salon, owner(), {
      email,
      name: 'Maria',
      language: 'pt',
      places: [{ locationId: app.scope.locationId, role: 'reception', staffId: null }],
    }),
  );
/** What the message would hold. */
const tokenOf = async (tokenId: string) => {
  const link = await linkOfUserToken(app.salon, app.scope.chainId, tokenId);
  return link && new URL(link.address).hash.slice(1);
};
const NEXT = 'eleven green bottles';
const answerOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code];
async function askedReset(email: string): Promise<string> {
  expect((await browserOf(app).call('POST', 'password-resets', { email })).status).toBe(202);
  await app.afterwards();
  await app.background.settleDown();
  return (await tokenOf(told.at(-1)?.subjectId ?? '')) ?? '';
}

test('who was invited chooses a password and works here', async () => {
  const { tokenId } = await invite();
  await app.background.settleDown();
  expect(told.map(({ topic, subjectId, payload }) => ({ topic, subjectId, payload }))).toEqual([
    { topic: 'user.invited', subjectId: tokenId, payload: {} },
  ]);
  const link = await linkOfUserToken(app.salon, app.scope.chainId, tokenId);
  expect(link).toMatchObject({ kind: 'invite', chain: 'Test chain', user: { email: 'maria@salon.example', name: 'Maria', language: 'pt' } });
  expect(link?.address).toMatch(/^http:\/\/salon\.test\/admin\/invitation#[\w-]+$/);
  const browser = browserOf(app);
  const token = await tokenOf(tokenId);
  // a mail scanner looks at it often
  for (let n = 0; n < 3; n++)
    expect((await browser.call('POST', 'user-links', { token })).body).toMatchObject({ kind: 'invite', chain: 'Test chain' });
  const accepted = await browser.call('POST', 'user-links/acceptance', { token, password: NEXT, name: 'Maria João', language: 'uk' });
  expect(accepted.body).toEqual({ secondFactor: false });
  const session = await browser.call<{ user: object; locations: { role: string }[] }>('GET', 'session');
  expect(session.body.user).toMatchObject({ name: 'Maria João', language: 'uk' });
  expect(session.body.locations.map(({ role }) => role)).toEqual(['reception']);
  expect((await browserOf(app).call('POST', 'sign-in', { email: 'maria@salon.example', password: NEXT })).status).toBe(200);
});

test('a link that was used does not work again', async () => {
  const token = await tokenOf((await invite()).tokenId);
  const follow = (password: string) => browserOf(app).call('POST', 'user-links/acceptance', { token, password });
  const answers = await Promise.all(Array.from({ length: 5 }, (_, n) => follow(`${NEXT} ${n}`)));
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 410, 410, 410, 410]);
  expect(answerOf(await follow(NEXT))).toEqual([410, 'link_run_out']);
  expect(answerOf(await browserOf(app).call('POST', 'user-links', { token }))).toEqual([410, 'link_run_out']);
});

test.each([
  ['an invitation is good for seven days', 'invite', 7 * 24 * 60],
  ['a reset for an hour', 'reset', 60],
])('%s, and not a second longer', async (_name, kind, minutes) => {
  await userWithPassword(app);
  const token = kind === 'invite' ? await tokenOf((await invite()).tokenId) : await askedReset('ana@salon.example');
  app.clock.advance({ minutes, seconds: -1 });
  expect((await browserOf(app).call('POST', 'user-links', { token })).status).toBe(200);
  app.clock.advance({ seconds: 1 });
  expect((await browserOf(app).call('POST', 'user-links', { token })).status).toBe(410);
});

test('a forged link opens nothing, and nobody tries many', async () => {
  const { tokenId } = await invite();
  const token = (await tokenOf(tokenId)) ?? '';
  const other = app.salon.keys.devices;
  const { signToken } = await import('../kit/seal.ts');
  for (const forged of [`A${token.slice(1)}`, signToken(other, [app.scope.chainId, tokenId]), 'x'.repeat(60)])
    expect(answerOf(await browserOf(app).call('POST', 'user-links', { token: forged }))).toEqual([410, 'link_run_out']);
  const many = [];
  for (let n = 0; n < 20; n++) many.push((await browserOf(app).call('POST', 'user-links', { token: 'x'.repeat(60) })).status);
  expect(many.at(-1)).toBe(429);
});

test('a newer invitation replaces the one before, and nobody is invited who works here already', async () => {
  const { userId, tokenId } = await invite();
  const first = await tokenOf(tokenId);
  await expect(invite(' MARIA@salon.example')).rejects.toMatchObject({ code: 'already_there', detail: { field: 'email' } });
  const again = () => app.database.transaction((tx) => inviteAgain(tx, app.salon, owner(), userId));
  const second = await tokenOf((await again()).tokenId);
  expect((await browserOf(app).call('POST', 'user-links', { token: first })).status).toBe(410);
  expect((await browserOf(app).call('POST', 'user-links/acceptance', { token: second, password: NEXT })).status).toBe(200);
  await expect(again()).rejects.toMatchObject({ code: 'already_there' });
});

test('asking for a reset of an unknown e-mail address answers the same as of a known one', async () => {
  await userWithPassword(app);
  const known = await browserOf(app).call('POST', 'password-resets', { email: 'ana@salon.example' });
  const unknown = await browserOf(app).call('POST', 'password-resets', { email: 'nobody@salon.example' });
  expect([known.status, known.body, known.cookies]).toEqual([unknown.status, unknown.body, unknown.cookies]);
  await app.afterwards();
  await app.background.settleDown();
  expect(told.map(({ topic }) => topic)).toEqual(['user.reset_asked']);
});

test('nobody’s mailbox is filled with resets', async () => {
  await userWithPassword(app);
  const ask = async () => (await browserOf(app).call('POST', 'password-resets', { email: 'ana@salon.example' })).status;
  expect([await ask(), await ask(), await ask(), await ask()]).toEqual([202, 202, 202, 429]);
});

test('whoever resets the password throws everybody else out, and may try again at once', async () => {
  await userWithPassword(app);
  const thief = browserOf(app);
  await thief.call('POST', 'sign-in', { email: 'ana@salon.example', password: PASSWORD });
  for (let n = 0; n < 6; n++) await browserOf(app).call('POST', 'sign-in', { email: 'ana@salon.example', password: 'wrong wrong' });
  const ana = browserOf(app);
  const token = await askedReset('ana@salon.example');
  expect((await ana.call('POST', 'user-links/acceptance', { token, password: NEXT })).status).toBe(200);
  expect([(await ana.call('GET', 'session')).status, (await thief.call('GET', 'session')).status]).toEqual([200, 401]);
  expect((await browserOf(app).call('POST', 'sign-in', { email: 'ana@salon.example', password: NEXT })).status).toBe(200);
});

test('a weak password is refused, and the link stays good', async () => {
  const token = await tokenOf((await invite()).tokenId);
  const follow = (password: string) => browserOf(app).call('POST', 'user-links/acceptance', { token, password });
  expect(answerOf(await follow('password123'))).toEqual([422, 'weak_password']);
  expect((await follow(NEXT)).status).toBe(200);
});

test('a mailbox alone does not get past the second factor', async () => {
  const { userId } = await userWithPassword(app);
  await sql`update users set totp_since = now(), totp_secret = 'x' where user_id = ${userId}`.execute(app.database.read);
  const browser = browserOf(app);
  const token = await askedReset('ana@salon.example');
  expect((await browser.call('POST', 'user-links/acceptance', { token, password: NEXT })).body).toEqual({ secondFactor: true });
  expect((await browser.call('GET', 'session')).status).toBe(401);
});

test('a user who was disabled gets no link and can follow none', async () => {
  const { userId, tokenId } = await invite();
  const token = await tokenOf(tokenId);
  await sql`update users set disabled_at = now() where user_id = ${userId}`.execute(app.database.read);
  expect(await tokenOf(tokenId)).toBeUndefined();
  expect((await browserOf(app).call('POST', 'user-links/acceptance', { token, password: NEXT })).status).toBe(410);
});
