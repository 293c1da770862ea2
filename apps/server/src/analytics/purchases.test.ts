import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BookingLinks, SentEvents } from '@holdfast/contract/booking-links';
import type { Purchases } from '@holdfast/contract/measuring';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { switchOnlinePayment } from '../payments/connect-provider.ts';
import { call, clientOf } from '../testing/call.ts';
import { depositsOf } from '../testing/deposits-of.ts';
import { confirmPhone, membershipDesk, phoneOf } from '../testing/memberships-of.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';
import { claimPurchases } from './claim-purchases.ts';
import { itemsWorth } from './items-worth.ts';
import { BROWSER_FIRST_MS } from './plan-purchase.ts';
import { sendPurchases } from './send-purchases.ts';

interface Hit {
  readonly url: URL;
  readonly body: { client_id: string; timestamp_micros: number; events: { name: string; params: Record<string, unknown> }[] };
}

let google: Server;
let hits: Hit[] = [];
/** What it answers; 0: it hangs up. */
let answers = 204;
let app: TestApp;
let owner: StaffUser;
let measuring: Parameters<typeof sendPurchases>[0];

beforeAll(async () => {
  google = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => {
      text += String(part);
    });
    request.on('end', () => {
      if (answers === 0) {
        request.socket.destroy();
        return;
      }
      hits.push({ url: new URL(request.url ?? '', 'http://google.test'), body: JSON.parse(text) as Hit['body'] });
      response.writeHead(answers).end();
    });
  });
  await new Promise<void>((resolve) => google.listen(0, '127.0.0.1', resolve));
  const analyticsOrigin = `http://127.0.0.1:${(google.address() as AddressInfo).port}`;
  app = await testApp({
    salon: {
      services: { cut: { price: 4050, minutes: 30, status: 'required' } },
      staff: { anna: { status: 'required' }, bob: { status: 'required' } },
    },
    parts: { analyticsOrigin },
    connections: 30,
  });
  measuring = { ...app.booking, sealingKey: app.salon.sealingKey, analyticsOrigin };
  owner = await signInAs(app, 'owner');
  const [link] = (await owner.here<BookingLinks>('GET', 'booking-links')).body.links;
  if (!link) throw new Error('there is no link');
  const { version, name, slug, settings, allowedOrigins } = link;
  await owner.here('PUT', `booking-links/${link.id}`, {
    version,
    name,
    slug,
    settings,
    allowedOrigins,
    measurementId: 'G-SALON1',
    apiSecret: 's3cret',
  });
});
afterAll(async () => {
  await app.close();
  google.close();
});
beforeEach(() => {
  hits = [];
  answers = 204;
});

let visits = 0;
async function paid({ consents = true } = {}): Promise<{ token: string; bookingId: string; attemptId: string }> {
  visits++;
  const startsAt = new Date(Date.UTC(2026, 2, 3 + Math.floor(visits / 16), 9, (visits % 16) * 30)).toISOString();
  const wish = (await wishFor(app, { serviceIds: ['cut'], staffId: 'anna', startsAt }))(visits);
  const client = clientOf(app);
  const analytics = consents ? { analytics: { clientId: `${visits}.77`, sessionId: '1700000000' } } : {};
  const { token } = (await client.book({ ...wish, ...analytics })).body;
  app.sandbox.pay(client.sessionOf((await client.startPayment(token)).body));
  await client.comeBack(token);
  await app.afterwards();
  const { rows } = await sql<{ bookingId: string; attemptId: string }>`
    select booking_id "bookingId", attempt_id "attemptId" from bookings b join payment_attempts t on t.order_id = b.booking_id
     where b.draft_id = ${wish.draftId}`.execute(app.database.read);
  const [row] = rows;
  if (!row) throw new Error('nothing was booked');
  return { token, ...row };
}
const claim = async (token: string) => (await call<Purchases>(app, 'POST', `/api/v1/bookings/${token}/purchase-claims`, {})).body.purchases;

test('a client’s page that comes back is given the payment to tell of, once; we then say nothing', async () => {
  const { token, attemptId } = await paid();
  expect(await claim(token)).toEqual([
    {
      transactionId: attemptId,
      valueMinor: 4050,
      currency: 'EUR',
      items: [{ id: 'cut', name: 'cut', priceMinor: 4050, quantity: 1, staffId: 'anna' }],
    },
  ]);
  expect(await claim(token)).toEqual([]);
  await app.pass({ minutes: 5 });
  expect(hits).toEqual([]);
});

test('when no page comes back we tell Google after a minute, as part of the visit that led to it', async () => {
  const { token, attemptId } = await paid();
  await app.pass({ seconds: BROWSER_FIRST_MS / 1000 - 1 });
  expect(hits).toEqual([]);
  const at = app.clock.now().getTime();
  await app.pass({ seconds: 2 });
  expect(hits).toHaveLength(1);
  const [{ url, body }] = hits as [Hit];
  expect([url.pathname, url.searchParams.get('measurement_id'), url.searchParams.get('api_secret')]).toEqual(['/mp/collect', 'G-SALON1', 's3cret']);
  expect(body.client_id).toBe(`${visits}.77`);
  expect(Math.abs(body.timestamp_micros / 1000 - at)).toBeLessThan(2 * BROWSER_FIRST_MS);
  const params = {
    value: 40.5,
    currency: 'EUR',
    transaction_id: attemptId,
    items: [{ item_id: 'cut', item_name: 'cut', item_variant: 'anna', price: 40.5, quantity: 1 }],
    location_id: 'salon',
    booking_link: 'main',
    session_id: '1700000000',
    engagement_time_msec: 1,
  };
  expect(body.events).toEqual([
    { name: 'payment_completed', params },
    { name: 'purchase', params },
  ]);
  expect(JSON.stringify(body)).not.toMatch(/Client|\+351/);
  await app.pass({ minutes: 10 });
  expect([hits.length, await claim(token)]).toEqual([1, []]);
});

test('what a client pays from their balance is a purchase too: all of it, or the part beside what comes online, each told once by one of the two', async () => {
  const deposits = depositsOf(app, owner);
  const client = clientOf(app);
  let n = 700;
  const book = async (part: number) => {
    await deposits.client(++n, 9000);
    const startsAt = new Date(Date.UTC(2026, 2, 3 + n - 700, 9)).toISOString();
    const wish = await deposits.wish(n, [{ serviceIds: ['cut'], staffId: 'bob', startsAt }], part);
    const { body } = await deposits.book({ ...wish, analytics: { clientId: `${n}.77`, sessionId: '1700000000' } });
    return body.token;
  };
  const items = [{ id: 'cut', name: 'cut', priceMinor: 4050, quantity: 1, staffId: 'bob' }];
  const told = await book(4050);
  const { rows } = await sql<{ id: string }>`select account_payment_id id from account_payments`.execute(app.database.read);
  expect(await claim(told)).toEqual([{ transactionId: rows[0]?.id, valueMinor: 4050, currency: 'EUR', items }]);
  expect(await claim(told)).toEqual([]);
  const partly = await book(2000);
  app.sandbox.pay(client.sessionOf((await client.startPayment(partly)).body));
  await client.comeBack(partly);
  const both = await claim(partly);
  // each brings its part of what was bought
  expect(both.toSorted((a, b) => a.valueMinor - b.valueMinor).map(({ valueMinor, items: of }) => [valueMinor, of])).toEqual([
    [2000, [{ ...items[0], priceMinor: 2000 }]],
    [2050, [{ ...items[0], priceMinor: 2050 }]],
  ]);
  // nobody comes back: it is ours to tell, once
  await book(4050);
  await app.pass({ minutes: 5 });
  expect(hits.map(({ body }) => [body.client_id, body.events.map(({ name, params }) => [name, params['value']])])).toEqual([
    [
      `${n}.77`,
      [
        ['payment_completed', 40.5],
        ['purchase', 40.5],
      ],
    ],
  ]);
});

test('money that comes when its time is gone, and lies on the client’s account, has bought nothing: nobody tells of it', async () => {
  const startsAt = new Date(Date.UTC(2026, 2, 12, 9)).toISOString();
  const client = clientOf(app);
  const wish = (await wishFor(app, { serviceIds: ['cut'], staffId: 'bob', startsAt }))(901);
  const { token } = (await client.book({ ...wish, analytics: { clientId: '901.77', sessionId: '1700000000' } })).body;
  const session = client.sessionOf((await client.startPayment(token)).body);
  // the provider does not hear that the page is closed
  app.sandbox.faults.add({ match: 'any', kind: 'status500', times: 1000 });
  await app.pass({ minutes: 16 });
  app.sandbox.faults.clear();
  const other = (await wishFor(app, { serviceIds: ['cut'], staffId: 'bob', startsAt }))(902);
  expect((await client.book(other)).status).toBe(201);
  app.sandbox.pay(session);
  await app.pass({ seconds: 1 });
  await app.pass({ minutes: 5 });
  const { rows } = await sql<{ outcome: string }>`
    select l.outcome from payment_lines l join payment_attempts t on t.attempt_id = l.attempt_id join bookings b on b.booking_id = t.order_id
     where b.draft_id = ${wish.draftId}`.execute(app.database.read);
  expect(rows).toEqual([{ outcome: 'credited' }]);
  expect(await claim(token)).toEqual([]);
  expect(hits).toEqual([]);
});

test('a membership that a client buys online is a purchase, told by us as part of the visit that led to it', async () => {
  await app.database.transaction((tx) => switchOnlinePayment(tx, app.scope, { method: 'visit_link', enabled: true, connectionId: app.connectionId }));
  const desk = membershipDesk(app, owner);
  const type = await desk.type({ priceMinor: 4001, visits: 2 });
  const buy = async (of: number, analytics: object) => {
    const draftId = `draft_of_membership_${of}`;
    const client = { name: 'Nina', phone: phoneOf(of), email: '' };
    const phoneConfirmation = await confirmPhone(app, draftId, phoneOf(of));
    const wish = { draftId, typeId: type.id, priceMinor: 4001, client, language: 'en', phoneConfirmation, ...analytics };
    const { body } = await call<{ pageUrl: string }>(app, 'POST', '/api/v1/locations/test/salon/memberships', wish);
    app.sandbox.pay(new URL(body.pageUrl).pathname.split('/').at(-1) ?? '');
    await app.pass({ seconds: 1 });
    await app.pass({ minutes: 5 });
  };
  await buy(911, {});
  expect(hits, 'without consent').toEqual([]);
  await buy(912, { analytics: { clientId: '912.77', sessionId: '1700000000' } });
  expect(hits.map(({ body }) => [body.client_id, body.events.map(({ name }) => name)])).toEqual([['912.77', ['payment_completed', 'purchase']]]);
  expect(hits[0]?.body.events[1]?.params).toMatchObject({
    value: 40.01,
    currency: 'EUR',
    items: [{ item_id: type.id, item_name: type.name, price: 40.01, quantity: 1 }],
    booking_link: 'main',
    session_id: '1700000000',
  });
});

test('items come to exactly what was paid, whatever part of their price that is', () => {
  const items = [
    { id: 'class', name: 'Class', priceMinor: 1000, quantity: 3, staffId: 'anna' },
    { id: 'mat', name: 'Mat', priceMinor: 333, quantity: 1, staffId: 'anna' },
  ];
  for (const paid of [3333, 3332, 2000, 1001, 7, 1]) {
    const worth = itemsWorth(BigInt(paid), items);
    expect(worth.reduce((sum, { priceMinor, quantity }) => sum + priceMinor * quantity, 0)).toBe(paid);
    expect(worth.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(4);
  }
  expect(itemsWorth(3333n, items)).toEqual(items);
  expect(itemsWorth(500n, [])).toEqual([]);
});

test('who has not agreed is not measured by us either', async () => {
  await paid({ consents: false });
  await app.pass({ minutes: 10 });
  expect(hits).toEqual([]);
});

test('who takes the consent back after booking is not told of any more', async () => {
  const { token } = await paid();
  const withdraw = () => app.http.inject({ method: 'POST', url: `/api/v1/bookings/${token}/measuring-withdrawal`, payload: {} });
  expect([(await withdraw()).statusCode, (await withdraw()).statusCode]).toEqual([204, 204]);
  await app.pass({ minutes: 10 });
  expect(hits).toEqual([]);
});

test('a Google that cannot be reached is tried again, and the salon sees it', async () => {
  await paid();
  answers = 0;
  await app.pass({ minutes: 2 });
  expect(hits).toEqual([]);
  // reached, and too busy to take it
  answers = 503;
  await app.pass({ minutes: 3 });
  expect(hits).toHaveLength(1);
  answers = 204;
  await app.pass({ minutes: 10 });
  expect(hits).toHaveLength(2);
  const [link] = (await owner.here<BookingLinks>('GET', 'booking-links')).body.links;
  const { events } = (await owner.here<SentEvents>('GET', `booking-links/${link?.id}/events`)).body;
  expect(events.slice(0, 3).map(({ name, sender, outcome }) => [name, sender, outcome])).toEqual([
    ['purchase', 'server', 'accepted'],
    ['purchase', 'server', 'unreachable'],
    ['purchase', 'server', 'unreachable'],
  ]);
});

test('what the page has sent is listed, and only the last hundred are kept', async () => {
  const note = (body: object) => app.http.inject({ method: 'POST', url: '/api/v1/locations/test/salon/measured-events', payload: body });
  expect((await note({ link: 'main', name: 'booked', valueMinor: 4050, currency: 'EUR' })).statusCode).toBe(204);
  expect((await note({ link: 'main', name: '<script>' })).statusCode).toBe(400);
  for (let n = 0; n < 105; n++) await note({ link: 'main', name: 'widget_loaded' });
  const { rows } = await sql<{ n: number }>`select count(*)::int n from analytics_events`.execute(app.database.read);
  expect(rows[0]?.n).toBe(100);
});

test('page and server at the same moment: exactly one of them tells, twenty times over', async () => {
  for (let round = 0; round < 20; round++) {
    const { bookingId, attemptId } = await paid();
    await makeDue(attemptId);
    hits = [];
    const [answers] = await Promise.all([
      Promise.all(Array.from({ length: 4 }, () => claimPurchases(app.booking, app.scope, bookingId))),
      Promise.all(Array.from({ length: 4 }, () => sendPurchases(measuring, { limit: 10 }))),
    ]);
    const told = answers.flatMap(({ purchases }) => purchases).length + hits.length;
    expect(told, `round ${round}`).toBe(1);
  }
});

test('asked first and written afterwards, both would tell: the race is there', async () => {
  let both = 0;
  for (let round = 0; round < 10 && both === 0; round++) {
    const { attemptId } = await paid();
    await makeDue(attemptId);
    const look = async () => {
      const { rows } = await sql`select 1 from analytics_purchases where attempt_id = ${attemptId} and sender is null`.execute(app.database.read);
      if (rows.length === 0) return false;
      await sql`update analytics_purchases set sender = 'browser', claimed_at = now(), due_at = null where attempt_id = ${attemptId}`.execute(
        app.database.read,
      );
      return true;
    };
    const told = await Promise.all(Array.from({ length: 8 }, look));
    if (told.filter(Boolean).length > 1) both++;
  }
  expect(both).toBeGreaterThan(0);
});

/** The minute that belongs to the page is over. */
async function makeDue(attemptId: string): Promise<void> {
  await app.background.settleDown();
  await sql`update analytics_purchases set due_at = ${app.clock.now()} where attempt_id = ${attemptId}`.execute(app.database.read);
}
