import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { codeKeys } from '../confirmations/code-keys.ts';
import { MovableClock } from '../kit/clock.ts';
import { createHttp, type Http } from '../kit/http.ts';
import { newSealingKey } from '../kit/seal.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { openDemoClock } from './demo-clock.ts';
import { demoInbox } from './inbox-page.ts';
import { demoLandingPage, preferredLanguage } from './landing-page.ts';
import { demoClockRoutes } from './routes.ts';

let db: TestDatabase;
let http: Http;
beforeEach(async () => {
  db = await testDatabase();
  http = await createHttp({ log: pino({ level: 'silent' }), trustProxy: false, secure: false });
});
afterEach(async () => {
  await http.close();
  await db.close();
});

async function openDemo(): Promise<void> {
  const clock = await openDemoClock({ db, clock: new MovableClock({ start: new Date('2026-11-21T10:00:00Z') }) }, async () => {});
  await http.register(demoClockRoutes, { clock });
  await http.register(demoLandingPage, { clock, sandboxes: [{ provider: 'mono', title: 'MonoBank', pagesOrigin: 'http://127.0.0.1:4000' }] });
  await http.register(demoInbox, {
    deps: { db, now: () => clock.now(), newId: (kind) => kind, log: pino({ level: 'silent' }) },
    codes: codeKeys(newSealingKey()),
  });
}

test('the first page speaks the language of whoever comes, and leads to both booking pages', async () => {
  await openDemo();
  for (const [asked, language, word] of [
    ['pt-BR,pt;q=0.9,en;q=0.5', 'pt', 'Os salões'],
    ['uk', 'uk', 'Салони'],
    ['de', 'en', 'The salons'],
  ] as const) {
    const page = await http.inject({ method: 'GET', url: '/', headers: { 'accept-language': asked } });
    expect([page.statusCode, page.headers['content-language']]).toEqual([200, language]);
    for (const part of [
      word,
      'href="/book/demo/kyiv"',
      'href="/book/demo/lisbon"',
      '4242 4242 4242 4242',
      '4000 0000 0000 0002',
      '4000 0025 0000 3155',
    ]) {
      expect(page.body).toContain(part);
    }
  }
  expect((await http.inject('/?language=uk')).headers['content-language']).toBe('uk');
  expect((await http.inject('/?language=uk')).body).toContain('href="/book/demo/kyiv?language=uk"');
  expect((await http.inject('/?language=xx')).headers['content-language']).toBe('en');
});

test('each provider’s sandbox is named, with the salons it is connected at and the way to its keys', async () => {
  await openDemo();
  const { body } = await http.inject('/?language=en');
  expect(body).toContain('<tr><th scope="row">MonoBank</th><td><span lang="uk">');
  expect(body).toContain('<a href="http://127.0.0.1:4000/developers">Keys of MonoBank</a>');
});

test('the page has nothing that its content security policy would refuse, and its files are there', async () => {
  await openDemo();
  const { body } = await http.inject('/');
  expect(body).not.toMatch(/ style=| on[a-z]+=|<style|<script(?! type="module" src="\/demo\/landing.js">)/);
  for (const [, address] of body.matchAll(/(?:href|src)="(\/demo\/(?!admin)[^"]+)"/g))
    expect((await http.inject(address ?? '')).statusCode).toBe(200);
});

test('a button moves the clock without JavaScript, and the page says so', async () => {
  await openDemo();
  const answer = await http.inject({
    method: 'POST',
    url: '/?language=en',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'advanceMinutes=1456',
  });
  expect([answer.statusCode, answer.headers['location']]).toEqual([303, '/?language=en#clock']);
  const { body } = await http.inject('/?language=en');
  expect(body).toContain('It is 1 day 16 min ahead of the real time.');
  expect(body).toContain('datetime="2026-11-22T10:16:00.000Z"');
});

test('the clock can be read and moved over HTTP, forward only', async () => {
  await openDemo();
  expect((await http.inject('/demo/clock')).json()).toEqual({ now: '2026-11-21T10:00:00.000Z', offsetMinutes: 0 });
  const moved = await http.inject({ method: 'POST', url: '/demo/clock', payload: { advanceMinutes: 16 } });
  expect(moved.json()).toEqual({ now: '2026-11-21T10:16:00.000Z', offsetMinutes: 16 });
  for (const payload of [
    { advanceMinutes: 0 },
    { advanceMinutes: -5 },
    { advanceMinutes: 1.5 },
    { advanceMinutes: 100_001 },
    { advanceMinutes: 5, too: 1 },
    {},
  ]) {
    const refused = await http.inject({ method: 'POST', url: '/demo/clock', payload });
    expect([refused.statusCode, refused.json().code]).toEqual([400, 'invalid_request']);
  }
  const form = await http.inject({
    method: 'POST',
    url: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'advanceMinutes=-1',
  });
  expect(form.statusCode).toBe(400);
  expect((await http.inject('/demo/clock')).json().offsetMinutes).toBe(16);
});

test('outside the demo there is no clock to move', async () => {
  expect((await http.inject({ method: 'POST', url: '/demo/clock', payload: { advanceMinutes: 16 } })).statusCode).toBe(404);
  expect((await http.inject('/demo/clock')).statusCode).toBe(404);
});

test('a header that makes no sense still gets a page', () => {
  expect(['', ';;;', 'uk;q=0, pt;q=0.1', '*', 'EN-gb;q=0.2,pt;q=0.3', 'fr;q=1, uk;q=0.8'].map(preferredLanguage)).toEqual([
    'en',
    'en',
    'pt',
    'en',
    'pt',
    'uk',
  ]);
});
