import { randomBytes } from 'node:crypto';
import type { FirstRun } from '@holdfast/contract/first-run';
import { sql } from 'kysely';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type App, createApp } from '../app.ts';
import { readSealingKey } from '../kit/seal.ts';
import { browserOf } from '../testing/browser-of.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { setupCode } from './setup-code.ts';

let app: App;
let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
  app = await createApp({
    db: database,
    now: () => new Date('2026-03-02T09:00:00Z'),
    log: pino({ level: 'silent' }),
    key: readSealingKey(randomBytes(32).toString('base64')),
    publicUrl: 'http://salon.test',
    trustProxy: false,
  });
});
afterEach(() => app.close());

const codeHere = () => setupCode({ keys: app.salon.keys, mark: app.payments.mark });
const wish = (more: Partial<FirstRun> = {}): FirstRun => ({
  code: codeHere(),
  chain: { name: 'Linden & Salt', slug: 'linden' },
  owner: { name: 'Olena', email: 'Olena@Linden.example', password: 'a quiet place by the sea', language: 'uk' },
  location: {
    name: 'Linden Kyiv',
    slug: 'kyiv',
    country: 'UA',
    currency: 'UAH',
    timeZone: 'Europe/Kyiv',
    address: '1 Lypska St',
    phone: '+380441234567',
    defaultLanguage: 'uk',
    languages: ['uk', 'en'],
  },
  catalogue: { category: 'Hair', services: [{ name: 'Haircut <script>', priceMinor: 60_000, minutes: 60 }] },
  teamMember: { name: 'Olena', position: 'Hairdresser', weekdays: [1, 2, 3, 4, 5], from: 540, to: 1080 },
  ...more,
});
const setUp = (body: unknown, address?: string) => browserOf(app, address).call<{ code: string; detail: object }>('POST', 'setup', body);
const count = async (table: string) => (await sql<{ n: number }>`select count(*)::int n from ${sql.table(table)}`.execute(database.read)).rows[0]?.n;

test('an empty installation says so, and becomes a salon that can be booked', async () => {
  const owner = browserOf(app);
  expect((await owner.call('GET', 'setup')).body).toEqual({ setUp: false, demo: false });
  expect((await owner.call('POST', 'setup/code', { code: ` ${codeHere().toUpperCase().replaceAll('-', ' ')} ` })).status).toBe(200);
  const made = await owner.call('POST', 'setup', wish());
  expect([made.status, made.body]).toEqual([201, { location: 'kyiv', bookingPage: 'http://salon.test/book/linden/kyiv' }]);
  const session = await owner.call<{ user: object; locations: { slug: string; role: string; staffId: string | null }[] }>('GET', 'session');
  expect(session.body.user).toMatchObject({ email: 'olena@linden.example', language: 'uk' });
  expect(session.body.locations).toMatchObject([{ slug: 'kyiv', role: 'owner' }]);
  expect(session.body.locations[0]?.staffId).toMatch(/^stf_/);
  expect(await count('ledger_accounts')).toBe(4);
  const page = await app.http.inject({ method: 'GET', url: '/book/linden/kyiv' });
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('Haircut \\u003cscript>');
  const signedIn = await browserOf(app).call('POST', 'sign-in', { email: 'olena@linden.example', password: 'a quiet place by the sea' });
  expect(signedIn.body).toEqual({ secondFactor: false });
});

test('a salon without services and team can be set up too', async () => {
  expect((await setUp(wish({ catalogue: null, teamMember: null }))).status).toBe(201);
  expect([await count('services'), await count('staff')]).toEqual([0, 0]);
});

test('once there is a chain nobody sets anything up again', async () => {
  await setUp(wish());
  expect((await browserOf(app).call('GET', 'setup')).body).toEqual({ setUp: true, demo: false });
  for (const again of [
    await setUp(wish()),
    await setUp(wish({ code: 'wrong' })),
    await browserOf(app).call('POST', 'setup/code', { code: codeHere() }),
  ])
    expect([again.status, (again.body as { code: string }).code]).toEqual([404, 'not_found']);
});

test('two who set it up at the same moment make one chain', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, n) => setUp(wish({ chain: { name: `Chain ${n}`, slug: `chain-${n}` } }), `198.51.100.${n}`)),
  );
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, ...Array.from({ length: 7 }, () => 404)]);
  expect([await count('chains'), await count('users'), await count('locations')]).toEqual([1, 1, 1]);
});

test('who does not know the code sets nothing up, and does not guess it', async () => {
  const statuses = await Promise.all(Array.from({ length: 10 }, (_, n) => setUp(wish({ code: `guess-${n}` }))));
  expect(statuses.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(statuses.filter(({ status }) => status === 429)).toHaveLength(5);
  expect(await count('chains')).toBe(0);
  // somebody elsewhere is not locked out by that
  expect((await setUp(wish(), '198.51.100.1')).status).toBe(201);
});

test.each<[string, (whole: FirstRun) => FirstRun, number, string]>([
  ['a weak password', (one) => ({ ...one, owner: { ...one.owner, password: 'password123' } }), 422, 'weak_password'],
  ['a time zone that is none', (one) => ({ ...one, location: { ...one.location, timeZone: 'Europe/Nowhere' } }), 422, 'invalid_request'],
  ['a currency that is not known', (one) => ({ ...one, location: { ...one.location, currency: 'XXX' } }), 422, 'invalid_request'],
  ['a country that is none', (one) => ({ ...one, location: { ...one.location, country: 'ZZ' } }), 422, 'invalid_request'],
  ['an address with capitals', (one) => ({ ...one, chain: { ...one.chain, slug: 'Linden' } }), 400, 'invalid_request'],
  ['an address with a script', (one) => ({ ...one, location: { ...one.location, slug: '<script>' } }), 400, 'invalid_request'],
  [
    'a working day that ends before it begins',
    (one) => ({ ...one, teamMember: { name: 'O', position: '', weekdays: [1], from: 600, to: 540 } }),
    422,
    'invalid_request',
  ],
])('%s is refused, and nothing is left half made', async (_name, spoil, status, code) => {
  const answer = await setUp(spoil(wish()));
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect([await count('chains'), await count('users'), await count('locations'), await count('sessions')]).toEqual([0, 0, 0, 0]);
});
