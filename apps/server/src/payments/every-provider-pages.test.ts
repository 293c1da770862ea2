import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type EveryHouse, everyHouse } from './testing/every-provider.ts';
import { textOf } from './testing/webhook-posts.ts';

/** Those whose payments are made on a page of ours. */
const each = test.concurrent.each(['liqpay', 'pix']);

const EVIL = `"><script>alert('x')</script><img src=x onerror=alert(1)> =cmd() \u202E🐈 {{7*7}} \${7*7}`;

const get = (house: EveryHouse, url: string, { method = 'GET', headers = {} }: { method?: 'GET' | 'HEAD'; headers?: Record<string, string> } = {}) =>
  house.app.http.inject({ method, url: new URL(url, house.entrance.origin).pathname, headers });

async function everything(house: EveryHouse): Promise<unknown> {
  const { rows } = await sql<{ print: string }>`
    select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) print from payment_attempts t
    union all select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from appointments t
    union all select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from outbox t
    union all select count(*)::text from webhook_inbox`.execute(house.database.read);
  return rows;
}

async function toThePage(house: EveryHouse, at = house.us) {
  const { token } = (await house.book(at)).body;
  const { body } = await house.startPayment(token);
  return { token, url: new URL(body.pageUrl).pathname, ...(await house.payment()) };
}

each('%s: an address that is no page of ours shows none: made up, changed, cut, of another kind, with anything behind it', async (provider) => {
  const house = await everyHouse(provider);
  const next = await house.neighbour();
  const ours = await toThePage(house);
  const theirs = await toThePage(house, next);
  const page = ours.url.split('/').at(-1) ?? '';
  const other = theirs.url.split('/').at(-1) ?? '';
  const flipped = Array.from({ length: page.length }, (_, at) => `${page.slice(0, at)}${page[at] === 'A' ? 'B' : 'A'}${page.slice(at + 1)}`);
  const made = [
    ...flipped,
    page.slice(0, -1),
    `${page}A`,
    `${page}%00`,
    page.toUpperCase(),
    page.slice(0, page.length / 2) + other.slice(page.length / 2),
    ours.token,
    house.app.booking.links.urlOf(house.us.scope.chainId, 'apt_1').split('/').at(-1) ?? '',
    'x',
    'x'.repeat(199),
    '%2e%2e%2f%2e%2e',
  ];
  const before = await everything(house);
  for (const one of made) {
    if (one === page) continue;
    for (const [method, url] of [
      ['GET', `/pay/page/${one}`],
      ['POST', `/pay/page/${one}/state`],
    ] as const) {
      const answer = await house.app.http.inject({ method, url });
      expect([one, method, answer.statusCode]).toEqual([one, method, expect.toBeOneOf([400, 404])]);
      expect(answer.body).not.toContain(ours.reference);
    }
  }
  // neither is a page to pay a key to anything else
  for (const path of [`/b/${page}`, `/pay/${page}`, `/api/v1/bookings/${page}`, `/api/v1/payment-links/${page}`])
    expect([path, (await get(house, path)).statusCode]).toEqual([path, 404]);
  expect(await everything(house)).toEqual(before);
  expect([(await get(house, ours.url)).statusCode, (await get(house, theirs.url)).statusCode]).toEqual([200, 200]);
  await house.settle();
  expect(house.logged()).not.toContain(page);
  expect(await house.everyCent()).toEqual([]);
});

each('%s: opening the page, ahead of time, as a preview or fifty times changes nothing and asks nobody', async (provider) => {
  const house = await everyHouse(provider);
  const { token, url } = await toThePage(house);
  const before = await everything(house);
  const fault = house.sandbox.faults.add({ match: 'any', kind: 'status500', times: 1000 });
  const agents = ['WhatsApp/2.23.20.0', 'TelegramBot', 'Mozilla/5.0'];
  for (let n = 0; n < 50; n++) {
    const headers = { 'user-agent': agents[n % agents.length] ?? '', ...(n % 7 === 0 ? { 'sec-purpose': 'prefetch;prerender' } : {}) };
    const answer = await get(house, url, { headers, method: n % 5 === 0 ? 'HEAD' : 'GET' });
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-store']);
  }
  expect(house.sandbox.faults.list()[0]?.left).toBe(1000);
  expect(fault.left).toBe(1000);
  expect(await everything(house)).toEqual(before);
  expect(await house.see(token)).toMatchObject({ status: 'held' });
  expect(await house.everyCent()).toEqual([]);
});

each('%s: the page is harmless whatever a service is called, and its policy lets no foreign script run', async (provider) => {
  const house = await everyHouse(provider, { names: { srv_required: EVIL } });
  const { url, token } = await toThePage(house);
  const { body, headers } = await get(house, url);
  expect(body).not.toMatch(/<script>|<img|onerror=alert\(1\)>/);
  expect(body).toContain('&lt;script&gt;');
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval/);
  expect(headers['referrer-policy']).toBe('no-referrer');
  for (const [script] of body.matchAll(/<script\b[^>]*>[^<]*/g)) expect(script).toMatch(/^<script type="module" src="\/[\w./-]+">$/);
  if (provider === 'liqpay') {
    expect(policy).toContain(`form-action ${house.sandbox.origin}`);
    const [, data = ''] = /name="data" value="([^"]*)"/.exec(body) ?? [];
    const said = JSON.parse(textOf('liqpay', { body: Buffer.from(new URLSearchParams({ data }).toString()) })) as { description: string };
    expect(said.description).toContain("<script>alert('x')</script>");
  } else {
    expect(policy).toContain("form-action 'self'");
    const [, code = ''] = /<textarea[^>]*>([^<]*)<\/textarea>/.exec(body) ?? [];
    expect(code).toMatch(/^[\x20-\x7e]+6304[0-9A-F]{4}$/);
    expect(code).not.toContain('script');
  }
  await house.openPage({ pageUrl: `${house.entrance.origin}${url}` } as Parameters<typeof house.openPage>[0]);
  expect(house.sandbox.pay((await house.payment()).id)).toBe('captured');
  await house.settle();
  expect(await house.see(token)).toMatchObject({ status: 'confirmed' });
  expect(await house.everyCent()).toEqual([]);
});

each('%s: after its time the page shows nothing to pay and leads back, and who is still on it is told so', async (provider) => {
  const house = await everyHouse(provider);
  const { token, url } = await toThePage(house);
  const state = async () => (await house.app.http.inject({ method: 'POST', url: `${url}/state` })).json<{ state: string }>().state;
  expect(await state()).toBe('payable');
  house.clock.advance({ minutes: 20 });
  const gone = await get(house, url);
  expect([gone.statusCode, new URL(String(gone.headers.location)).pathname]).toEqual([303, `/b/${token}`]);
  expect(gone.body).not.toMatch(/<form|<textarea/);
  expect(await state()).toBe('over');
  await house.settle();
  expect(await house.see(token)).toMatchObject({ status: 'expired', paidMinor: 0 });
  expect(await house.everyCent()).toEqual([]);
});
