import { problemShape } from '@holdfast/contract/problem';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

const TIME = '2026-03-03T10:00:00.000Z';
const BASE = '/api/v1/locations/test/salon';

let app: TestApp;
let good: Record<string, unknown>;

beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_color: { price: 5000, minutes: 60, status: 'required' }, srv_cut: { price: 3000, minutes: 30, status: 'available' } },
      staff: { stf_ana: { status: 'available' }, stf_rui: { status: 'available' } },
    },
  });
  await sql`insert into staff_day_hours (chain_id, location_id, staff_id, day, works) values ('chn_test', 'loc_test', 'stf_ana', '2026-03-10', '{}')`.execute(
    app.database.read,
  );
  const wish = await wishFor(app, { serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt: TIME });
  good = wish(1) as unknown as Record<string, unknown>;
});

afterAll(() => app.close());

/** Whatever was sent here is refused, so nothing of it may be in the database. */
afterEach(async () => {
  const { rows } = await sql<{ n: number }>`
    select ((select count(*) from bookings) + (select count(*) from clients) + (select count(*) from occupancy) + (select count(*) from payment_attempts)
            + (select count(*) from webhook_inbox) + (select count(*) from outbox))::int n`.execute(app.database.read);
  expect(rows).toEqual([{ n: 0 }]);
});

interface Sent {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD' | 'OPTIONS' | 'PATCH';
  readonly url: string;
  readonly body?: unknown;
  readonly raw?: string | Buffer;
  readonly type?: string;
}

/** Sends it, and holds the answer against the one shape of errors. */
async function refusal({ method = 'POST', url, body, raw, type = 'application/json' }: Sent) {
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await app.http.inject({ method, url, ...(payload === undefined ? {} : { payload, headers: { 'content-type': type } }) });
  expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
  const problem = problemShape.strict().parse(response.json());
  expect(problem.requestId).toBe(response.headers['x-request-id']);
  expect(problem.title).not.toMatch(/zod|FST_|node_modules/);
  return { status: response.statusCode, code: problem.code, detail: problem.detail, headers: response.headers };
}

const book = (change: Record<string, unknown>) => refusal({ url: `${BASE}/bookings`, body: { ...good, ...change } });
const appointment = (change: Record<string, unknown>) =>
  book({ appointments: [{ serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt: TIME, payServiceIds: [], ...change }] });

test.each<[string, Record<string, unknown>]>([
  ['an unknown field', { surprise: 1 }],
  ['a field that says who is an administrator', { isAdmin: true }],
  ['appointments that are no list', { appointments: { 0: {} } }],
  ['no appointments', { appointments: [] }],
  ['a thousand appointments', { appointments: Array.from({ length: 200 }, () => ({})) }],
  ['a draft with spaces', { draftId: 'a draft that is not one' }],
  ['a draft that is a number', { draftId: 12_345 }],
  ['a client without a name', { client: { name: '   ', phone: '+351912000000', email: '' } }],
  ['a name that never ends', { client: { name: 'x'.repeat(121), phone: '+351912000000', email: '' } }],
  ['a name with a zero character', { client: { name: 'A\u0000na', phone: '+351912000000', email: '' } }],
  ['a name with half a character', { client: { name: 'A\ud83d', phone: '+351912000000', email: '' } }],
  ['a comment with a zero character', { comment: 'please\u0000' }],
  ['a comment that never ends', { comment: 'x'.repeat(1001) }],
  ['an e-mail that is none', { client: { name: 'Ana', phone: '+351912000000', email: 'ana@' } }],
  ['a language nobody speaks', { language: 'xx' }],
  ['a consent that is a word', { consent: { terms: 'yes', termsVersion: 1 } }],
  ['terms version one and a half', { consent: { terms: true, termsVersion: 1.5 } }],
  ['no price named', { quoteId: '' }],
])('%s is not the documented shape, and says which field', async (_what, change) => {
  const answer = await book(change);
  expect(answer).toMatchObject({ status: 400, code: 'invalid_request' });
  expect(answer.detail['fields']).not.toEqual([]);
});

test.each<[string, Record<string, unknown>]>([
  ['a time with an offset instead of UTC', { startsAt: '2026-03-03T10:00:00+02:00' }],
  ['a time without a zone', { startsAt: '2026-03-03T10:00:00' }],
  ['a time in a zone by name', { startsAt: '2026-03-03T10:00:00 Europe/Lisbon' }],
  ['the thirtieth of February', { startsAt: '2026-02-30T10:00:00Z' }],
  ['a time that is a number', { startsAt: 1_772_532_000_000 }],
  ['no services', { serviceIds: [] }],
  ['too many services', { serviceIds: Array.from({ length: 9 }, () => 'srv_color') }],
  ['an id that is a path', { staffId: '../../etc' }],
  ['an id that is SQL', { staffId: "stf_ana'; drop table bookings; --" }],
  ['a field more', { priceMinMinor: 1 }],
])('an appointment with %s is refused', async (_what, change) => {
  expect(await appointment(change)).toMatchObject({ status: 400, code: 'invalid_request' });
});

test.each<[string, Record<string, unknown>, string]>([
  ['in the past', { startsAt: '2026-03-02T08:00:00Z' }, 'past'],
  ['in another century', { startsAt: '0001-01-01T10:00:00Z' }, 'past'],
  ['beyond the horizon', { startsAt: '2026-05-30T10:00:00Z' }, 'beyond_horizon'],
  ['at the end of time', { startsAt: '9999-12-31T23:45:00Z' }, 'beyond_horizon'],
  ['off the grid', { startsAt: '2026-03-03T10:07:00Z' }, 'off_grid'],
  ['a second off the grid', { startsAt: '2026-03-03T10:00:01Z' }, 'off_grid'],
  ['on a closed day', { startsAt: '2026-03-10T10:00:00Z' }, 'not_working'],
  ['before opening', { startsAt: '2026-03-03T06:00:00Z' }, 'not_working'],
  ['so late that it would end after closing', { startsAt: '2026-03-03T19:30:00Z' }, 'not_working'],
  ['of a service that is not there', { serviceIds: ['srv_none'] }, 'not_offered'],
  ['with a team member who is not there', { staffId: 'stf_none' }, 'not_offered'],
  ['with a team member called __proto__', { staffId: '__proto__' }, 'not_offered'],
  ['of a service called constructor', { serviceIds: ['constructor'] }, 'not_offered'],
])('a time %s is not offered', async (_what, change, reason) => {
  const answer = await appointment(change);
  expect(answer).toMatchObject({ status: 422, code: 'time_not_offered', detail: { line: 0, reason } });
});

test('a price that is no longer the price is answered with the new quote, not with the old deal', async () => {
  for (const quoteId of ['made_up', `${String(good['quoteId'])}.more`, 'x'.repeat(200)]) {
    const answer = await book({ quoteId });
    expect(answer).toMatchObject({ status: 409, code: 'quote_changed', detail: { quote: { quoteId: good['quoteId'], requiredMinor: 5000 } } });
  }
});

test('terms that were not agreed to, or in a version that is not the present one, are asked for again', async () => {
  for (const consent of [
    { terms: false, termsVersion: 1 },
    { terms: true, termsVersion: 0 },
    { terms: true, termsVersion: 2 },
  ]) {
    expect(await book({ consent })).toMatchObject({ status: 422, code: 'consent_needed', detail: { termsVersion: 1 } });
  }
});

test('a telephone number that nobody could call is refused', async () => {
  for (const phone of ['12345', '+0000000000', 'call me', '+351 000', '+3519120000000000000']) {
    expect(await book({ client: { name: 'Ana', phone, email: '' } })).toMatchObject({ status: 422, code: 'invalid_phone' });
  }
});

test('nobody pays online for what cannot be paid online', async () => {
  expect(await appointment({ payServiceIds: ['srv_cut'] })).toMatchObject({ status: 422, code: 'invalid_request' });
});

test('ten megabytes are too large, and so is one byte more than is allowed', async () => {
  expect(await refusal({ url: `${BASE}/bookings`, raw: Buffer.alloc(10 * 1024 * 1024, 'x') })).toMatchObject({ status: 413, code: 'too_large' });
  expect(await refusal({ url: `${BASE}/bookings`, raw: Buffer.alloc(64 * 1024 + 1, ' ') })).toMatchObject({ status: 413, code: 'too_large' });
  expect(await refusal({ url: `/api/v1/webhooks/chn_test/${app.connectionId}`, raw: Buffer.alloc(1024 * 1024 + 1, ' ') })).toMatchObject({
    status: 413,
    code: 'too_large',
  });
});

test.each<[string, string | Buffer, string, number]>([
  ['JSON that is cut off', '{"draftId": "', 'application/json', 400],
  ['nothing, said to be JSON', '', 'application/json', 400],
  ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 'application/json', 400],
  ['JSON that would change every object', '{"__proto__": {"admin": true}}', 'application/json', 400],
  ['JSON that would change a constructor', '{"constructor": {"prototype": {"admin": true}}}', 'application/json', 400],
  ['a thousand brackets within each other', '['.repeat(30_000) + ']'.repeat(30_000), 'application/json', 400],
  ['a list a hundred thousand long', `{"appointments": [${'1,'.repeat(30_000)}1]}`, 'application/json', 400],
  ['a number instead of an object', '7', 'application/json', 400],
  ['null', 'null', 'application/json', 400],
  ['JSON that says it is text', JSON.stringify({ a: 1 }), 'text/plain', 415],
  ['a form', 'draftId=1', 'application/x-www-form-urlencoded', 415],
  ['XML', '<a/>', 'application/xml', 415],
  ['a content type that is none', '{}', 'nonsense', 415],
])('%s is refused', async (_what, raw, type, status) => {
  expect(await refusal({ url: `${BASE}/bookings`, raw, type })).toMatchObject({ status, code: 'invalid_request' });
  expect(await refusal({ url: `${BASE}/quotes`, raw, type })).toMatchObject({ status, code: 'invalid_request' });
});

test.each<[string, string, number]>([
  ['no question', '', 400],
  ['a day that is none', 'services=srv_cut&staff=any&from=2026-02-30&days=7', 400],
  ['a word for a day', 'services=srv_cut&staff=any&from=tomorrow&days=7', 400],
  ['an instant for a day', 'services=srv_cut&staff=any&from=2026-03-03T10:00:00Z&days=7', 400],
  ['days that go backwards', 'services=srv_cut&staff=any&from=2026-03-03&days=-1', 400],
  ['no days', 'services=srv_cut&staff=any&from=2026-03-03&days=0', 400],
  ['a thousand years of days', 'services=srv_cut&staff=any&from=2026-03-03&days=365000', 400],
  ['days that are no number', 'services=srv_cut&staff=any&from=2026-03-03&days=NaN', 400],
  ['half a day', 'services=srv_cut&staff=any&from=2026-03-03&days=1.5', 400],
  ['the same question twice', 'services=srv_cut&services=srv_cut&staff=any&from=2026-03-03&days=7', 400],
  ['a zero character', 'services=srv_cut%00&staff=any&from=2026-03-03&days=7', 400],
  ['the last year there is', 'services=srv_cut&staff=any&from=9999-12-31&days=62', 400],
  ['a service that is not there', 'services=srv_none&staff=any&from=2026-03-03&days=7', 404],
  ['a service called __proto__', 'services=__proto__&staff=any&from=2026-03-03&days=7', 404],
  ['a team member who is not there', 'services=srv_cut&staff=stf_none&from=2026-03-03&days=7', 404],
  ['services with an empty place', 'services=srv_cut,,srv_cut&staff=any&from=2026-03-03&days=7', 404],
])('free times asked with %s are refused, and not answered with "no free times"', async (_what, query, status) => {
  expect(await refusal({ method: 'GET', url: `${BASE}/free-times?${query}` })).toMatchObject({
    status,
    code: status === 400 ? 'invalid_request' : 'not_found',
  });
});

test('the past and the far future have no free times, which is an answer', async () => {
  for (const from of ['0001-01-01', '1970-01-01', '2030-01-01']) {
    const response = await app.http.inject(`${BASE}/free-times?services=srv_cut&staff=any&from=${from}&days=2`);
    expect([response.statusCode, response.json<{ days: { times: unknown[] }[] }>().days.flatMap((one) => one.times)]).toEqual([200, []]);
  }
});

test('a language with the name of something in the language we program in is only a language that is not spoken here', async () => {
  for (const language of ['__proto__', 'toString', 'valueOf', 'xx', '']) {
    const response = await app.http.inject(`${BASE}?language=${language}`);
    expect([language, response.statusCode, response.json<{ location: { terms: { text: string } } }>().location.terms.text]).toEqual([
      language,
      200,
      'Be on time.',
    ]);
  }
});

test.each<[string, string]>([
  ['a location that is not there', '/api/v1/locations/test/nowhere'],
  ['a chain that is not there', '/api/v1/locations/nobody/salon'],
  ['a chain called __proto__', '/api/v1/locations/__proto__/constructor'],
  ['an address that is not there', '/api/v1/nothing'],
  ['a path that climbs', '/api/v1/locations/test/..%2f..%2fetc'],
  ['the movable clock, which only the demo has', '/demo/clock'],
  ['a token nobody signed', '/api/v1/bookings/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ['an empty token', '/api/v1/bookings/%20'],
  ['a token of another alphabet', '/api/v1/bookings/%D1%82%D0%BE%D0%BA%D0%B5%D0%BD'],
])('%s is not found', async (_what, url) => {
  expect(await refusal({ method: 'GET', url })).toMatchObject({ status: 404, code: 'not_found' });
});

test.each<[string, string, number]>([
  ['a broken escape', '/api/v1/locations/%E0%A4%A/salon', 400],
  ['a zero character', '/api/v1/locations/te%00st/salon', 400],
  ['a name that never ends', `/api/v1/locations/${'x'.repeat(100)}/salon`, 400],
  ['a token that never ends', `/api/v1/bookings/${'x'.repeat(5000)}`, 414],
])('an address with %s is refused in the same shape', async (_what, url, status) => {
  expect(await refusal({ method: 'GET', url })).toMatchObject({ status, code: 'invalid_request' });
});

test('a method that an address does not answer is told from an address that is not there', async () => {
  expect(await refusal({ method: 'DELETE', url: `${BASE}/bookings` })).toMatchObject({
    status: 405,
    code: 'method_not_allowed',
    headers: { allow: 'POST' },
  });
  expect(await refusal({ method: 'POST', url: BASE, body: {} })).toMatchObject({
    status: 405,
    code: 'method_not_allowed',
    headers: { allow: 'GET, HEAD' },
  });
  expect(await refusal({ method: 'PATCH', url: '/healthz', body: {} })).toMatchObject({ status: 405, code: 'method_not_allowed' });
  expect(await refusal({ method: 'PUT', url: '/api/v1/nothing', body: {} })).toMatchObject({ status: 404, code: 'not_found' });
  const head = await app.http.inject({ method: 'HEAD', url: BASE });
  expect([head.statusCode, head.body]).toEqual([200, '']);
  expect((await app.http.inject({ method: 'HEAD', url: '/api/v1/nothing' })).statusCode).toBe(404);
  for (const headers of [{}, { origin: 'https://salon.example', 'access-control-request-method': 'POST' }]) {
    expect((await app.http.inject({ method: 'OPTIONS', url: `${BASE}/bookings`, headers })).statusCode).toBe(204);
  }
});
