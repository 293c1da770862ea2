import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { problemShape } from '@holdfast/contract/problem';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AppParts } from '../app.ts';
import { auditEverything } from '../desk/audit.ts';
import { call, clientOf } from '../testing/call.ts';
import { KEYS, type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

const TIME = '2026-03-03T10:00:00.000Z';

let app: TestApp;
let client: ReturnType<typeof clientOf>;

async function open(limits?: { perPhone?: number; perAddress?: number; sharePercent?: number }, parts: Partial<AppParts> = {}) {
  app = await testApp({
    salon: {
      services: { srv_color: { price: 5000, minutes: 60, status: 'required' }, srv_cut: { price: 3000, minutes: 30, status: 'available' } },
      staff: { stf_ana: { status: 'available' }, stf_rui: { status: 'available' } },
      ...(limits ? { limits } : {}),
    },
    parts,
  });
  client = clientOf(app);
}

beforeEach(() => open());

afterEach(async () => {
  const { disagreements } = await auditEverything(
    app.payments,
    app.sandbox
      .payments()
      .map((one) => ({ reference: one.client_reference_id ?? undefined, providerPaymentId: one.id, capturedMinor: BigInt(one.captured) })),
  );
  await app.close();
  expect(disagreements).toEqual([]);
});

/** Client n holds the color at this hour of tomorrow. */
async function hold(n: number, hour = 10, { phone, address }: { phone?: string; address?: string } = {}) {
  const startsAt = `2026-03-03T${String(hour).padStart(2, '0')}:00:00.000Z`;
  const wish = (await wishFor(app, { serviceIds: ['srv_color'], staffId: null, startsAt }))(n);
  return client.book(phone ? { ...wish, client: { ...wish.client, phone } } : wish, address);
}

async function limited(perform: () => Promise<{ status: number; body: unknown }>, waits: { minutes: number }) {
  const refused = await perform();
  const problem = problemShape.parse(refused.body);
  expect([refused.status, problem.code]).toEqual([429, 'too_many_holds']);
  const at = app.clock.now().getTime() + waits.minutes * 60_000;
  expect(problem.detail).toEqual({ retryAt: new Date(at).toISOString(), retryAfterSeconds: waits.minutes * 60 });
  await app.pass({ seconds: waits.minutes * 60 - 1 });
  expect((await perform()).status).toBe(429);
  await app.pass({ seconds: 1 });
  expect((await perform()).status).toBe(201);
}

test('two unpaid holds for one telephone are enough; the third is told when to come again, and then it works', async () => {
  await app.close();
  await open({ perPhone: 2 });
  const phone = '+351912345678';
  expect([(await hold(1, 9, { phone })).status, (await hold(2, 11, { phone: '912 345 678' })).status]).toEqual([201, 201]);
  expect((await hold(3, 13)).status).toBe(201);
  await limited(() => hold(4, 15, { phone }), { minutes: 16 });
});

test('five unpaid holds an hour from one address are enough, whatever the telephone; other addresses do not wait', async () => {
  await app.close();
  await open({ perAddress: 5 });
  for (let n = 1; n <= 5; n++) expect((await hold(n, 8 + n)).status).toBe(201);
  expect((await hold(6, 15, { address: '203.0.113.7' })).status).toBe(201);
  await limited(() => hold(7, 16), { minutes: 60 });
});

test('who has paid is not counted among those who hold a calendar hostage', async () => {
  await app.close();
  await open({ perAddress: 1, perPhone: 1 });
  const held = (await hold(1, 9)).body;
  app.sandbox.pay(client.sessionOf((await client.startPayment(held.token)).body));
  await client.comeBack(held.token);
  expect((await hold(1, 11)).status).toBe(201);
});

test('only a share of a day may be held unpaid, and the answer says so in a header too', async () => {
  await app.close();
  // 2 people × 12 hours: 10 % are 144 minutes, two holds of an hour
  await open({ sharePercent: 10 });
  await hold(1, 9);
  await hold(2, 11);
  const wish = await wishFor(app, { serviceIds: ['srv_color'], staffId: null, startsAt: TIME });
  const raw = await app.http.inject({ method: 'POST', url: '/api/v1/locations/test/salon/bookings', payload: wish(3) });
  expect([raw.statusCode, raw.headers['retry-after']]).toEqual([429, '960']);
  expect(raw.headers['access-control-expose-headers']).toContain('retry-after');
  await limited(() => hold(3), { minutes: 16 });
});

test('ten clicks at once are one booking, one client, one payment page', async () => {
  const wish = (await wishFor(app, { serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt: TIME }))(1);
  const answers = await Promise.all(Array.from({ length: 10 }, () => client.book(wish)));
  expect(answers.filter((one) => one.status === 201)).toHaveLength(1);
  expect(answers.filter((one) => one.status === 200)).toHaveLength(9);
  expect(new Set(answers.map((one) => one.body.token)).size).toBe(1);
  const token = answers[0]?.body.token ?? '';
  const pages = await Promise.all(Array.from({ length: 5 }, () => client.startPayment(token)));
  expect(new Set(pages.map((one) => `${one.status} ${one.body.pageUrl}`)).size).toBe(1);
  expect(app.sandbox.payments()).toHaveLength(1);
  const back = await Promise.all([client.cancel(token), client.cancel(token), client.comeBack(token)]);
  expect(back.map((one) => one.status)).toEqual([200, 200, 200]);
});

const webhookUrl = () => `/api/v1/webhooks/${app.scope.chainId}/${app.connectionId}`;

function signed(body: string, { secret = KEYS.signingSecret, at = app.clock.now() } = {}) {
  const t = Math.floor(at.getTime() / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}

async function deliver(body: string, signature: string | undefined, url = webhookUrl()) {
  const response = await app.http.inject({
    method: 'POST',
    url,
    payload: body,
    headers: { 'content-type': 'application/json', ...(signature === undefined ? {} : { 'stripe-signature': signature }) },
  });
  return { status: response.statusCode, body: response.json<{ code?: string }>() };
}

async function inbox() {
  const { rows } = await sql<{ n: number }>`select count(*)::int n from webhook_inbox`.execute(app.database.read);
  return rows[0]?.n;
}

test('a webhook that proves nothing is refused, and nothing of it is kept', async () => {
  const held = (await hold(1)).body;
  const page = (await client.startPayment(held.token)).body;
  app.sandbox.events.hold();
  app.sandbox.pay(client.sessionOf(page));
  const [event] = app.sandbox.events.pending();
  const body = JSON.stringify(event);
  const before = await inbox();
  const refused: [string, string | undefined][] = [
    [body, undefined],
    [body, 'nonsense'],
    [body, ''],
    [body, signed(body, { secret: 'whsec_another' })],
    [body, signed(body, { secret: '' })],
    [`${body} `, signed(body)],
    [body.replace('"id"', '"id" '), signed(body)],
    [body, signed(body, { at: new Date(app.clock.now().getTime() - 6 * 60_000) })],
    [body, signed(body).replace('v1=', 'v0=')],
    ['not json', signed('not json')],
    ['', signed('')],
  ];
  for (const [text, signature] of refused)
    expect([signature, await deliver(text, signature)]).toMatchObject([signature, { status: 400, body: { code: 'signature_refused' } }]);
  expect(await inbox()).toBe(before);
  expect((await client.see(held.token)).body.status).toBe('held');
  await app.sandbox.events.release();
  await app.afterwards();
  expect((await client.see(held.token)).body.status).toBe('confirmed');
});

test('the same event three times at once is one event, and the money is booked once', async () => {
  const held = (await hold(1)).body;
  app.sandbox.events.hold();
  app.sandbox.pay(client.sessionOf((await client.startPayment(held.token)).body));
  const [event] = app.sandbox.events.pending();
  const body = JSON.stringify(event);
  const before = (await inbox()) ?? 0;
  const answers = await Promise.all([1, 2, 3].map(() => deliver(body, signed(body))));
  expect(answers.map((one) => one.status)).toEqual([200, 200, 200]);
  expect(await inbox()).toBe(before + 1);
  await app.afterwards();
  expect((await client.see(held.token)).body).toMatchObject({ status: 'confirmed', paidMinor: 5000 });
});

test('a webhook for a connection that is not there, or with a zero character in its address, is refused before it is read', async () => {
  const body = '{}';
  expect(await deliver(body, signed(body), '/api/v1/webhooks/chn_test/con_none')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  expect(await deliver(body, signed(body), `/api/v1/webhooks/chn_other/${app.connectionId}`)).toMatchObject({
    status: 404,
    body: { code: 'not_found' },
  });
  expect(await deliver(body, signed(body), `/api/v1/webhooks/chn_test/${app.connectionId}%00`)).toMatchObject({
    status: 400,
    body: { code: 'invalid_request' },
  });
});

test('a provider that answers 500, hangs up, or sends a web page loses nobody their booking, and the next try succeeds', async () => {
  const refusing: string[] = [];
  for (const [n, kind] of (['status500', 'status500_after', 'html', 'status429', 'drop_after'] as const).entries()) {
    const held = (await hold(n + 1, 9 + n)).body;
    app.sandbox.faults.add({ match: 'create', kind, times: 50 });
    const first = await call<{ code: string }>(app, 'POST', `/api/v1/bookings/${held.token}/payments`);
    if (first.status !== 200) {
      refusing.push(kind);
      expect([kind, first.status, first.body.code]).toEqual([kind, 503, 'provider_unreachable']);
    }
    app.sandbox.faults.clear();
    expect((await client.see(held.token)).body).toMatchObject({ status: 'held', canPay: true });
    const page = await client.startPayment(held.token);
    expect(page.status).toBe(200);
    app.sandbox.pay(client.sessionOf(page.body));
    expect((await client.comeBack(held.token)).body.status).toBe('confirmed');
  }
  // who only hangs up has made the page, and tells it when the same call is repeated
  expect(refusing).toEqual(['status500', 'status500_after', 'html', 'status429']);
});

test('a provider that opens the page only when the hold is gone sends nobody there, and the page is closed', async () => {
  await app.close();
  let slow = true;
  await open(undefined, {
    providerOf: (ordinary) => (connection) => {
      const provider = ordinary(connection);
      return {
        ...provider,
        minimumChargeMinor: (currency) => provider.minimumChargeMinor(currency),
        createPayment: async (...order) => {
          const opened = await provider.createPayment(...order);
          if (slow) await app.pass({ minutes: 17 });
          slow = false;
          return opened;
        },
      };
    },
  });
  const held = (await hold(1)).body;
  const late = await call<{ code: string }>(app, 'POST', `/api/v1/bookings/${held.token}/payments`);
  expect([late.status, late.body.code]).toEqual([409, 'hold_run_out']);
  await app.afterwards();
  await app.pass({ minutes: 1 });
  expect((await client.see(held.token)).body.status).toBe('expired');
  expect(app.sandbox.payments().map((one) => one.status)).toEqual(['expired']);
  expect((await hold(2)).status).toBe(201);
});

test('a token is opened by its own spelling only: changed, cut, lengthened or in another case it opens nothing', async () => {
  const { token } = (await hold(1)).body;
  const other = (await hold(2, 12)).body.token;
  const flip = (at: number) => `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
  const forged = [
    ...Array.from({ length: token.length }, (_, at) => flip(at)),
    token.slice(0, -1),
    `${token}A`,
    `${token}=`,
    token.toLowerCase(),
    token.slice(0, 22) + other.slice(22),
    `${token}%0a`,
  ];
  for (const one of forged) {
    if (one === token) continue;
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/calendar.ics'],
      ['POST', '/payments'],
      ['POST', '/payment-checks'],
      ['POST', '/cancellation'],
    ] as const) {
      const answer = await app.http.inject({ method, url: `/api/v1/bookings/${one}${path}` });
      expect([one, path, answer.statusCode]).toEqual([one, path, 404]);
    }
  }
  expect((await client.see(token)).body.status).toBe('held');
});

test('what is no HTTP is answered in the same shape, and the connection is closed', async () => {
  const { hostname, port } = new URL(app.origin);
  const sent: [string, number, string][] = [
    ['GET / HTTP/1.1\r\nhost: x\r\nbroken header\r\n\r\n', 400, 'invalid_request'],
    ['nonsense\r\n\r\n', 400, 'invalid_request'],
    [`GET / HTTP/1.1\r\nhost: x\r\nlong: ${'x'.repeat(40_000)}\r\n\r\n`, 431, 'too_large'],
    [
      'POST /api/v1/locations/test/salon/quotes HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}',
      400,
      'invalid_request',
    ],
  ];
  for (const [text, status, code] of sent) {
    const socket = connect(Number(port), hostname);
    let said = '';
    socket.on('data', (piece) => {
      said += piece.toString();
    });
    socket.write(text);
    await once(socket, 'close');
    expect(said).toContain(`HTTP/1.1 ${status} `);
    expect(problemShape.parse(JSON.parse(said.slice(said.indexOf('\r\n\r\n') + 4))).code).toBe(code);
  }
});
