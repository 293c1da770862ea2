import { createHmac } from 'node:crypto';
import type { Booking } from '@holdfast/contract/booking';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintScope } from '../access/scope.ts';
import { auditEverything } from '../desk/audit.ts';
import { openLocationBooks } from '../ledger/open-location-books.ts';
import { connectProvider, switchOnlinePayment } from '../payments/connect-provider.ts';
import { call } from '../testing/call.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

// Two owners in one database whose salons have the same ids in everything but the chain, and a second location of the first owner.
const A = '/api/v1/locations/test/salon';
const A2 = '/api/v1/locations/test/second';
const B = '/api/v1/locations/other/salon';
const KEYS_B = { publishableKey: 'pk_test_other', secretKey: 'sk_test_other', signingSecret: 'whsec_other_secret' };
const TIME = '2026-03-03T10:00:00.000Z';

let app: TestApp;
let connectionB: string;
let ofA: Booking;
let ofB: Booking;

/** The same rows once more, with other words in them. */
async function copyRows(words: readonly (readonly [string, string])[], tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const changed = words.reduce((text, [from, to]) => sql`replace(${text}, ${from}::text, ${to}::text)`, sql`to_jsonb(t)::text`);
    const t = sql.table(table);
    await sql`insert into ${t} select r.* from ${t} t, jsonb_populate_record(null::${t}, (${changed})::jsonb) r where t.chain_id = 'chn_test' and ${
      table === 'chains' ? sql`true` : sql`t.location_id = 'loc_test'`
    }`.execute(app.database.read);
  }
}

const ofLocation = ['locations', 'company_details', 'service_categories', 'services', 'staff', 'staff_week_hours', 'staff_services'];

async function book(base: string, change: { staffId?: string; serviceId?: string; quoteId?: string; n?: number; startsAt?: string } = {}) {
  const { staffId = 'stf_ana', serviceId = 'srv_color', startsAt = TIME, n = 1 } = change;
  const wished = { serviceIds: [serviceId], staffId, startsAt };
  const quoteId =
    change.quoteId ?? (await call<{ quoteId?: string }>(app, 'POST', `${base}/quotes`, { appointments: [wished] })).body.quoteId ?? 'none';
  return call<Booking & { code?: string }>(app, 'POST', `${base}/bookings`, {
    draftId: `draft_of_everybody_${n}`,
    quoteId,
    appointments: [{ ...wished, payServiceIds: [] }],
    client: { name: 'Ana', phone: '+351912000000', email: '' },
    comment: '',
    language: 'en',
    consent: { terms: true, termsVersion: 1 },
  });
}

beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_color: { price: 5000, minutes: 60, status: 'required' } },
      staff: { stf_ana: { status: 'available' } },
      limits: { perPhone: 1 },
    },
  });
  await copyRows(
    [
      ['chn_test', 'chn_other'],
      ['"slug": "test"', '"slug": "other"'],
    ],
    ['chains', ...ofLocation],
  );
  await copyRows(
    [
      ['loc_test', 'loc_second'],
      ['"slug": "salon"', '"slug": "second"'],
      ['stf_ana', 'stf_bia'],
      ['srv_color', 'srv_dye'],
    ],
    ofLocation,
  );
  await copyRows(
    [
      ['chn_test', 'chn_other'],
      ['stf_ana', 'stf_zoe'],
      ['srv_color', 'srv_zen'],
    ],
    ['services', 'staff', 'staff_week_hours', 'staff_services'],
  );
  const scope = mintScope('chn_other', 'loc_test');
  connectionB = await app.database.transaction(async (tx) => {
    await openLocationBooks(tx, app.payments, scope, 'EUR');
    const made = await connectProvider(tx, app.payments, scope, {
      provider: 'stripe',
      label: 'Stripe',
      sandbox: true,
      credentials: KEYS_B,
      currency: 'EUR',
    });
    await switchOnlinePayment(tx, scope, { enabled: true, connectionId: made });
    return made;
  });
  app.sandbox.setAccount({ ...KEYS_B, webhookSecret: KEYS_B.signingSecret, webhookUrl: `${app.origin}/api/v1/webhooks/chn_other/${connectionB}` });
  // the same draft, telephone, team member and time with both: neither is in the other's way
  const [a, b] = [await book(A), await book(B)];
  expect([a.status, b.status]).toEqual([201, 201]);
  ofA = a.body;
  ofB = b.body;
});

afterAll(async () => {
  const { disagreements } = await auditEverything(app.payments);
  await app.close();
  expect(disagreements).toEqual([]);
});

test('two owners with the same ids, drafts, telephones and times never meet', () => {
  expect(ofA.token).not.toBe(ofB.token);
  expect([ofA.status, ofB.status]).toEqual(['held', 'held']);
  expect([ofA.chain.slug, ofB.chain.slug]).toEqual(['test', 'other']);
  expect(ofA.appointments[0]?.id).not.toBe(ofB.appointments[0]?.id);
});

test.each([
  ['a team member of another owner', A, { staffId: 'stf_zoe' }],
  ['a service of another owner', A, { serviceId: 'srv_zen' }],
  ['both of another owner', A, { staffId: 'stf_zoe', serviceId: 'srv_zen' }],
  ['a team member of our other location', A, { staffId: 'stf_bia' }],
  ['a service of our other location', A, { serviceId: 'srv_dye' }],
  ['a team member of our first location', A2, { staffId: 'stf_ana', serviceId: 'srv_dye' }],
  ['everything of our first location', A2, {}],
])('%s cannot be booked, quoted or asked for free times', async (_what, base, change) => {
  const { staffId = 'stf_ana', serviceId = 'srv_color' } = change as { staffId?: string; serviceId?: string };
  expect(await book(base, { ...change, n: 2, startsAt: '2026-03-03T14:00:00.000Z' })).toMatchObject({
    status: 422,
    body: { code: 'time_not_offered' },
  });
  const quote = await call(app, 'POST', `${base}/quotes`, { appointments: [{ serviceIds: [serviceId], staffId, startsAt: TIME }] });
  expect(quote).toMatchObject({ status: 422, body: { code: 'time_not_offered' } });
  const free = await call(app, 'GET', `${base}/free-times?services=${serviceId}&staff=${staffId}&from=2026-03-03&days=3`);
  expect(free).toMatchObject({ status: 404, body: { code: 'not_found' } });
});

test("another location's quote is not a deal here", async () => {
  const wished = { serviceIds: ['srv_dye'], staffId: 'stf_bia', startsAt: TIME };
  const { quoteId } = (await call<{ quoteId: string }>(app, 'POST', `${A2}/quotes`, { appointments: [wished] })).body;
  expect(await book(A, { quoteId, n: 3, startsAt: '2026-03-03T14:00:00.000Z' })).toMatchObject({ status: 409, body: { code: 'quote_changed' } });
});

test('a location page and its free times show nothing of another owner', async () => {
  const page = await app.http.inject(A);
  for (const foreign of ['stf_zoe', 'srv_zen', 'stf_bia', 'srv_dye', 'chn_', 'sk_test', 'whsec'])
    expect([foreign, page.body.includes(foreign)]).toEqual([foreign, false]);
  const free = await app.http.inject(`${A}/free-times?services=srv_color&staff=any&from=2026-03-03&days=3`);
  expect(free.body).not.toContain('stf_zoe');
});

test("an owner's token opens nothing of another owner, through any route, even when it names another owner's booking", async () => {
  const named = app.booking.tokens.read(ofA.token);
  expect(named?.chainId).toBe('chn_test');
  // not even one that we signed ourselves: the pair does not exist
  const crossed = app.booking.tokens.sign('chn_other', named?.bookingId ?? '');
  const appointmentOfB = ofB.appointments[0]?.id ?? '';
  const asked: [string, 'GET' | 'POST', string, unknown][] = [
    ['the booking', 'GET', `/api/v1/bookings/${crossed}`, undefined],
    ['its calendar file', 'GET', `/api/v1/bookings/${crossed}/calendar.ics`, undefined],
    ['its payment', 'POST', `/api/v1/bookings/${crossed}/payments`, undefined],
    ['its payment check', 'POST', `/api/v1/bookings/${crossed}/payment-checks`, undefined],
    ['its cancellation', 'POST', `/api/v1/bookings/${crossed}/cancellation`, undefined],
    ['its choice', 'POST', `/api/v1/bookings/${crossed}/appointments/${ofA.appointments[0]?.id}/choice`, { choice: 'keep_credit' }],
    ["another owner's appointment", 'POST', `/api/v1/bookings/${ofA.token}/appointments/${appointmentOfB}/choice`, { choice: 'ask_refund' }],
  ];
  for (const [what, method, url, body] of asked) {
    const answer = await call<{ code?: string }>(app, method, url, body);
    expect([what, answer.status, answer.body.code]).toEqual([what, 404, 'not_found']);
  }
  const page = await app.http.inject({ url: `/b/${crossed}` });
  expect([page.statusCode, page.body.includes('id="booking"')]).toEqual([404, false]);
  for (const booking of [ofA, ofB]) expect((await call<Booking>(app, 'GET', `/api/v1/bookings/${booking.token}`)).body.status).toBe('held');
});

test("an event that another owner's provider signs settles nothing of ours, even when it names our payment", async () => {
  const page = (await call<{ pageUrl: string }>(app, 'POST', `/api/v1/bookings/${ofA.token}/payments`)).body.pageUrl;
  const session = new URL(page).pathname.split('/').at(-1) ?? '';
  app.sandbox.events.hold();
  app.sandbox.pay(session);
  const [event] = app.sandbox.events.pending().filter((one) => JSON.stringify(one).includes(session));
  const body = JSON.stringify(event);
  const t = Math.floor(app.clock.now().getTime() / 1000);
  const signature = `t=${t},v1=${createHmac('sha256', KEYS_B.signingSecret).update(`${t}.${body}`).digest('hex')}`;
  const deliver = (chain: string, connection: string) =>
    app.http.inject({ method: 'POST', url: `/api/v1/webhooks/${chain}/${connection}`, payload: body, headers: { 'stripe-signature': signature } });
  expect((await deliver('chn_test', app.connectionId)).json()).toMatchObject({ code: 'signature_refused' });
  expect((await deliver('chn_test', connectionB)).json()).toMatchObject({ code: 'not_found' });
  expect((await deliver('chn_other', app.connectionId)).json()).toMatchObject({ code: 'not_found' });
  expect((await deliver('chn_other', connectionB)).statusCode).toBe(200);
  await app.afterwards();
  expect((await call<Booking>(app, 'GET', `/api/v1/bookings/${ofA.token}`)).body.status).toBe('held');
  const { rows } = await sql<{ n: number }>`select count(*)::int n from ledger_postings where chain_id = 'chn_other'`.execute(app.database.read);
  expect(rows).toEqual([{ n: 0 }]);

  await app.sandbox.events.release();
  await app.afterwards();
  expect((await call<Booking>(app, 'GET', `/api/v1/bookings/${ofA.token}`)).body.status).toBe('confirmed');
  expect((await call<Booking>(app, 'GET', `/api/v1/bookings/${ofB.token}`)).body.status).toBe('held');
});

test('every row that any of this made belongs to one owner, whole', async () => {
  const { rows } = await sql<{ what: string; n: number }>`
    select 'line' what, count(*)::int n from payment_lines l join appointments a on a.appointment_id = l.purpose_id where a.chain_id <> l.chain_id
    union all select 'occupancy', count(*)::int from occupancy o join appointments a on a.appointment_id = o.source_id where a.chain_id <> o.chain_id
    union all select 'posting', count(*)::int from ledger_postings p join ledger_entries e on e.entry_id = p.entry_id where e.chain_id <> p.chain_id`.execute(
    app.database.read,
  );
  expect(rows.map((row) => row.n)).toEqual([0, 0, 0]);
});
