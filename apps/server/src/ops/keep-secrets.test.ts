import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from '../kit/log.ts';
import { clientOf } from '../testing/call.ts';
import { KEYS, type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

const EMAIL = 'ana.client@mail.example';
const PHONE = '+351919876543';
const PASSED = 'abcdefghijklmnop';

let app: TestApp;
let logged: string;
let answered: string;

beforeEach(async () => {
  logged = '';
  answered = '';
  const log = createLogger('trace', {
    write: (line: string) => {
      logged += line;
    },
  });
  app = await testApp({
    salon: {
      services: { srv_color: { price: 5000, minutes: 60, status: 'required' } },
      staff: { stf_ana: { status: 'available' } },
    },
    parts: { log },
    // answers are overheard, which a server that listens already does not let us
    listen: false,
  });
  app.http.addHook('onSend', async (_request, _reply, payload) => {
    if (typeof payload === 'string') answered += payload;
    return payload;
  });
});

afterEach(() => app.close());

/** Books and pays, with everything that can go wrong on the way. Answers the tokens that were made. */
async function journeyWithMishaps(): Promise<readonly string[]> {
  const client = clientOf(app);
  const as = { name: 'Ana', phone: PHONE, email: EMAIL };
  const wish = async (n: number, hour: number) => {
    const startsAt = `2026-03-03T${String(hour).padStart(2, '0')}:00:00.000Z`;
    return { ...(await wishFor(app, { serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt }))(n), client: as };
  };
  const first = (await client.book(await wish(1, 9))).body.token;
  app.sandbox.faults.add({ match: 'create', kind: 'status500', times: 20 });
  await client.startPayment(first);
  app.sandbox.faults.clear();
  const page = (await client.startPayment(first)).body;
  app.sandbox.pay(client.sessionOf(page), { card: '4000000000000002' });
  app.sandbox.pay(client.sessionOf(page));
  await client.comeBack(first);
  await client.cancel(first);
  const second = (await client.book(await wish(2, 11))).body.token;
  await client.startPayment(second);
  app.sandbox.faults.add({ match: 'any', kind: 'html', times: 20 });
  await app.pass({ minutes: 17 });
  app.sandbox.faults.clear();
  await app.pass({ minutes: 10 });

  const url = `/api/v1/webhooks/${app.scope.chainId}/${app.connectionId}`;
  const body = JSON.stringify({ id: 'evt_1', object: 'event', data: { object: { email: EMAIL, phone: PHONE } } });
  const t = Math.floor(app.clock.now().getTime() / 1000);
  const good = createHmac('sha256', KEYS.signingSecret).update(`${t}.${body}`).digest('hex');
  for (const v1 of [good, 'forged']) {
    await app.http.inject({
      method: 'POST',
      url,
      payload: body,
      headers: { 'stripe-signature': `t=${t},v1=${v1}`, authorization: `Bearer ${KEYS.secretKey}` },
    });
  }
  const headers = { 'content-type': 'application/json', cookie: `session=${PASSED}`, authorization: `Basic ${PASSED}` };
  const bookings = '/api/v1/locations/test/salon/bookings';
  await app.http.inject({ method: 'POST', url: bookings, headers, payload: `{"client": {"phone": "${PHONE}", "email": "${EMAIL}"` });
  await app.http.inject({ method: 'POST', url: bookings, headers, payload: JSON.stringify({ client: as }) });
  await app.http.inject({ url: `/b/${first}?phone=${encodeURIComponent(PHONE)}` });
  await app.http.inject({ url: `/api/v1/bookings/${first}/nothing?email=${EMAIL}` });
  await app.http.inject({ method: 'DELETE', url: `/api/v1/bookings/${first}` });

  // faults of ours: the database says what it was given, and keys that no longer open anything
  await sql`alter table clients add constraint broken check (phone = 'none') not valid`.execute(app.database.read);
  const broken = await client.book({ ...(await wish(3, 13)), client: { ...as, phone: '+351919876544' } });
  expect(broken.status).toBe(500);
  await sql`alter table clients drop constraint broken`.execute(app.database.read);
  const third = (await client.book(await wish(4, 15))).body.token;
  await sql`update provider_connections set credentials = decode(${Buffer.from(JSON.stringify(KEYS)).toString('hex')}, 'hex')`.execute(
    app.database.read,
  );
  await client.startPayment(third);
  await app.pass({ minutes: 30 });
  return [first, second, third];
}

test('not one secret, token, telephone or e-mail address leaves through the log, whatever goes wrong', async () => {
  const tokens = await journeyWithMishaps();
  // it did say what happened
  for (const word of ['refused', 'bug', 'settled', 'a webhook was refused', 'nobody knows whether the provider opened'])
    expect(logged).toContain(word);
  expect(logged.length).toBeGreaterThan(5_000);
  const secrets = [KEYS.secretKey, KEYS.signingSecret, EMAIL, PHONE, PHONE.slice(1), '+351919876544', PASSED, ...tokens];
  for (const secret of secrets) expect(logged.includes(secret), secret).toBe(false);
  for (const secret of [KEYS.secretKey, KEYS.signingSecret]) expect(answered.includes(secret), secret).toBe(false);
});

test('credentials lie in the database sealed, and for one place only', async () => {
  const { rows } = await sql<{ everything: string; sealed: Uint8Array }>`
    select to_jsonb(c)::text everything, credentials sealed from provider_connections c`.execute(app.database.read);
  const [row] = rows;
  for (const secret of [KEYS.secretKey, KEYS.signingSecret]) {
    expect(row?.everything.includes(secret)).toBe(false);
    expect(Buffer.from(row?.sealed ?? []).includes(secret)).toBe(false);
    expect(row?.everything.includes(Buffer.from(secret).toString('hex'))).toBe(false);
  }
  // a row copied to another chain does not open there
  await sql`insert into chains (chain_id, slug, name, created_at) values ('chn_thief', 'thief', 'Thief', '2026-01-01')`.execute(app.database.read);
  const other = { ...app.payments, log: app.payments.log };
  const { openConnection } = await import('../payments/read-credentials.ts');
  const copied = {
    chainId: 'chn_thief',
    connectionId: app.connectionId,
    locationId: 'loc_test',
    provider: 'stripe',
    sandbox: true,
    credentials: row?.sealed ?? new Uint8Array(),
  };
  expect(() => openConnection(other, copied)).toThrow('does not open');
  expect(openConnection(other, { ...copied, chainId: app.scope.chainId }).credentials).toEqual(KEYS);
});
