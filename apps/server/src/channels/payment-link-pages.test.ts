import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { switchOnlinePayment } from '../payments/connect-provider.ts';
import { clientOf } from '../testing/call.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_cut: { price: 5000, minutes: 60, status: 'available' } },
      staff: Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
  });
  await app.database.transaction((tx) => switchOnlinePayment(tx, app.scope, { method: 'visit_link', enabled: true, connectionId: app.connectionId }));
});
beforeAll(() => sql`update services set name = 'Cut <b>&</b> "wash"'`.execute(app.database.read));
beforeEach(() => app.sandbox.events.hold());
afterAll(() => app.close());

let number = 0;
async function linked() {
  const n = number++;
  const startsAt = new Date(Math.floor(app.clock.now().getTime() / 86_400_000) * 86_400_000 + 86_400_000 + 12 * 3_600_000).toISOString();
  const wish = await wishFor(app, { serviceIds: ['srv_cut'], staffId: `stf_${n}`, startsAt });
  const client = clientOf(app);
  const { body } = await client.book(wish(n));
  const id = body.appointments[0]?.id ?? '';
  return { id, token: body.token, path: new URL(app.booking.links.urlOf(app.scope.chainId, id)).pathname };
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const get = (url: string, headers: Record<string, string> = {}) => app.http.inject({ method: 'GET', url, headers });
const post = (url: string, headers: Record<string, string> = {}) =>
  app.http.inject({ method: 'POST', url, headers: { ...FORM, ...headers }, payload: '' });

async function payments(id: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int n from payment_lines where purpose_id = ${id}`.execute(app.database.read);
  return rows[0]?.n ?? 0;
}

async function blocked(id: string): Promise<boolean> {
  const { rows } = await sql<{ b: Date | null }>`select payment_blocked_until b from appointments where appointment_id = ${id}`.execute(
    app.database.read,
  );
  return rows[0]?.b != null;
}

test('50 link previews, mail scanners and prefetches begin no payment; the person who follows the link does', async () => {
  const { id, path } = await linked();
  const previews = [
    'WhatsApp/2.23.20.0',
    'TelegramBot (like TwitterBot)',
    'facebookexternalhit/1.1',
    'Slackbot-LinkExpanding 1.0',
    'Mozilla/5.0 (iPhone)',
  ];
  for (let n = 0; n < 50; n++) {
    const answer = await get(path, {
      'user-agent': previews[n % previews.length] ?? '',
      ...(n % 7 === 0 ? { 'sec-purpose': 'prefetch;prerender' } : {}),
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
  }
  expect((await app.http.inject({ method: 'HEAD', url: `${path}?from=payment` })).statusCode).toBe(200);
  expect((await post(path, { 'user-agent': 'SomeBot/1.0' })).headers.location).toBe(path);
  expect((await post(path, { 'sec-purpose': 'prefetch' })).headers.location).toBe(path);
  expect([await payments(id), await blocked(id)]).toEqual([0, false]);

  const sent = await post(path);
  expect(sent.statusCode).toBe(303);
  expect(sent.headers.location).toContain(new URL(app.sandbox.origin).host);
  expect([await payments(id), await blocked(id)]).toEqual([1, true]);
});

test('the page shows what is paid for, to whom and how much, in the client’s language, and harmlessly whatever things are called', async () => {
  const { path } = await linked();
  const { body, headers } = await get(path, { 'user-agent': 'Mozilla/5.0' });
  expect(body).toContain('<html lang="en" dir="ltr">');
  expect(body).toContain('Cut &lt;b&gt;&amp;&lt;/b&gt; &quot;wash&quot;');
  expect(body).toContain('€50');
  expect(body).toContain('Salon Lda');
  expect(body).toContain('data-by-itself');
  expect(headers['content-security-policy']).toContain("form-action 'self' https:");
  expect(headers['content-security-policy']).toContain("script-src 'self'");
  expect((await get(`${path}?language=uk`)).body).toContain('Сплатити 50');
  expect((await get(`${path}?language=pt`)).body).toContain('<html lang="pt" dir="ltr">');
  expect((await get('/pay-by-itself.js')).headers['content-type']).toContain('text/javascript');
});

test('who comes back from the provider is told how it stands: not paid, being checked, paid', async () => {
  const { path } = await linked();
  const page = String((await post(path)).headers.location);
  const session = page.split('/').at(-1) ?? '';
  const left = await get(`${path}?from=payment-cancelled`);
  expect(left.body).toContain('Not paid yet');
  expect(left.body).not.toContain('data-by-itself');
  app.sandbox.pay(session, { delayed: true });
  const checking = (await get(`${path}?from=payment`)).body;
  expect(checking).toContain('being checked');
  expect(checking).not.toContain('<form');
  app.sandbox.settleDelayed(session, true);
  expect((await get(`${path}?from=payment`)).body).toContain('Paid. Thank you!');
  expect((await get(path)).body).toContain('Paid. Thank you!');
});

test('when the provider does not answer the page says so, with the way to try again, and blocks nothing', async () => {
  const { id, path } = await linked();
  app.sandbox.faults.add({ match: 'create', kind: 'status500', times: 5 });
  const answer = await post(path);
  app.sandbox.faults.clear();
  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain('does not work just now');
  expect(answer.body).toContain('Try again');
  expect(answer.body).not.toContain('data-by-itself');
  expect(await blocked(id)).toBe(false);
});

test('a cancelled visit says so in a page, and an address that is no link is a page of its own', async () => {
  const { path, token } = await linked();
  await clientOf(app).cancel(token);
  expect((await get(path)).body).toContain('This visit was cancelled');
  expect((await post(path)).body).toContain('This visit was cancelled');
  const forged = await get(`${path.slice(0, -2)}xx`);
  expect([forged.statusCode, forged.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
  expect((await post('/pay/anything')).statusCode).toBe(404);
});
