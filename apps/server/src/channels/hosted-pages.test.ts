import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../testing/call.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';
import { pickLanguage } from './language-of.ts';
import { readWidgetFiles } from './page-shell.ts';
import type { PartnerSight } from './partner-sight.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp({
    salon: { services: { srv_cut: { price: 3000, minutes: 30, status: 'available' } }, staff: { stf_ana: { status: 'available' } } },
    listen: false,
  });
});
afterAll(() => app.close());

test('whoever follows a broken link reads so in their language, and not an answer for programs', async () => {
  for (const [accepted, word] of [
    ['uk-UA,en;q=0.5', 'Такої сторінки немає'],
    ['de', 'This page is not here'],
  ] as const) {
    const answer = await app.http.inject({ url: '/b/nonsense', headers: { 'accept-language': accepted } });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect(answer.body).toContain(`<h1>${word}</h1>`);
  }
  expect((await app.http.inject({ url: '/book/test/nowhere' })).statusCode).toBe(404);
});

test.runIf(readWidgetFiles())('what a client typed cannot become a part of the page', async () => {
  const wish = (await wishFor(app, { serviceIds: ['srv_cut'], staffId: 'stf_ana', startsAt: '2026-03-03T10:00:00.000Z' }))(1);
  const name = '</script><script>alert(1)</script><!--';
  const { body } = await clientOf(app).book({ ...wish, client: { ...wish.client, name } });
  const page = await app.http.inject({ url: `/b/${body.token}` });
  expect(page.statusCode).toBe(200);
  expect(page.body).not.toContain('<script>alert');
  const data = /<script type="application\/json" id="booking">(.*?)<\/script>/s.exec(page.body)?.[1] ?? '';
  expect(JSON.parse(data)).toMatchObject({ client: { name } });
  expect(page.headers['content-security-policy']).toContain("script-src 'self'");
});

test('the page speaks the language of the address, else the browser’s first that the salon speaks, else the salon’s', () => {
  expect(pickLanguage(['uk', 'en'], 'en', 'uk', 'uk')).toBe('en');
  expect(pickLanguage(['uk', 'en'], undefined, 'de-DE,en-GB;q=0.8', 'uk')).toBe('en');
  expect(pickLanguage(['uk', 'en'], undefined, 'en;q=0.3,uk;q=0.9', 'en')).toBe('uk');
  expect(pickLanguage(['uk', 'en'], 'de', 'fr', 'uk')).toBe('uk');
  expect(pickLanguage(['uk', 'en'], undefined, undefined, 'uk')).toBe('uk');
});

test('with one location its booking page comes at once, with what the link carries', async () => {
  const answer = await app.http.inject({ url: '/book/test?service=srv_cut' });
  expect([answer.statusCode, answer.headers.location]).toEqual([302, '/book/test/salon?service=srv_cut']);
});

test.runIf(readWidgetFiles())('with several the client chooses one first, and those where nothing can be booked are not offered', async () => {
  await sql`
    insert into locations (chain_id, location_id, slug, name, country, currency, time_zone, default_language, languages, created_at)
    select chain_id, 'loc_' || one, one, '<b>' || one, country, currency, time_zone, 'en', '{en}', created_at
      from locations, unnest('{second,empty}'::text[]) one where slug = 'salon'`.execute(app.database.read);
  await sql`insert into service_categories (chain_id, location_id, category_id, name) values ('chn_test', 'loc_second', 'cat_x', 'x')`.execute(
    app.database.read,
  );
  await sql`
    insert into services (chain_id, location_id, service_id, category_id, name, price_min_minor, price_max_minor, duration_minutes)
    values ('chn_test', 'loc_second', 'srv_x', 'cat_x', 'x', 1, 1, 30)`.execute(app.database.read);
  const { body } = await app.http.inject({ url: '/book/test?service=srv_cut', headers: { 'accept-language': 'pt' } });
  expect(body).toContain('Onde quer vir?');
  expect(body).toContain('href="/book/test/salon?service=srv_cut&amp;from=locations"');
  expect(body).toContain('&lt;b&gt;second');
  expect(body).not.toContain('empty');
  expect((await app.http.inject({ url: '/book/nobody' })).statusCode).toBe(404);
});

test('the bare address leads the people of the house to their side', async () => {
  const answer = await app.http.inject({ url: '/' });
  expect([answer.statusCode, answer.headers.location]).toEqual([302, '/admin']);
});

test.runIf(readWidgetFiles())('the booking page, and what a partner’s page asks for, come compressed to whoever can read that', async () => {
  for (const url of ['/book/test/salon', '/api/v1/locations/test/salon']) {
    const plain = await app.http.inject({ url });
    const small = await app.http.inject({ url, headers: { 'accept-encoding': 'gzip, deflate, br' } });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect([plain.headers['vary'], small.headers['vary']].map((one) => String(one).includes('accept-encoding'))).toEqual([true, true]);
    expect(small.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-length': String(small.rawPayload.length) });
    expect(small.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2);
    const now = /"now":"[^"]+"/g;
    expect(gunzipSync(small.rawPayload).toString().replaceAll(now, '')).toBe(plain.body.replaceAll(now, ''));
  }
});

test.runIf(readWidgetFiles())('what the first screen needs is named in the page, and nothing that only later steps need', async () => {
  const page = await app.http.inject({ url: '/book/test/salon?language=uk' });
  const named = page.body.replace(/<noscript>.*?<\/noscript>/gs, '').match(/(?<=(?:href|src)="\/widget\/)[^"]+/g) ?? [];
  const files = readWidgetFiles();
  expect(named).toEqual([...(files?.needs ?? []), files?.words.first['uk'], files?.script]);
});

test.runIf(readWidgetFiles())('the services stand in the page before any script runs, and its policy names by hash what they wear', async () => {
  const page = await app.http.inject({ url: '/book/test/salon?language=en' });
  const [seen = ''] = page.body.match(/(?<=<div id="app">).*(?=<noscript><main)/s) ?? [];
  expect(seen).toContain('What would you like?');
  expect(seen.match(/class="choice-name">[^<]+/g)).toEqual(['class="choice-name">srv_cut']);
  const inside = (tag: string) => page.body.match(new RegExp(`(?<=<${tag}>).*?(?=</${tag}>)`, 's'))?.[0] ?? '';
  const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const policy = String(page.headers['content-security-policy']);
  expect(policy).toContain(`style-src 'self' ${hashOf(inside('style'))};`);
  expect(policy).toContain(`script-src 'self' ${hashOf(inside('script'))};`);
});

test.runIf(readWidgetFiles())(
  'what begins elsewhere is left to the script: a link that has chosen already, a preview, all bookings of somebody',
  async () => {
    for (const url of ['/book/test/salon?service=srv_cut', '/book/test/salon?event=x', '/book/test/salon?preview', '/my/test/salon']) {
      const page = await app.http.inject({ url });
      expect(page.body, url).toContain('<div id="app"></div>');
      expect(page.headers['content-security-policy'], url).not.toContain('sha256');
    }
  },
);

/** What a partner's page is given, as its script reads it. */
async function givenTo(address: string, accepted = 'en') {
  const answer = await app.http.inject({ url: address, headers: { 'accept-language': accepted } });
  const lines = answer.body.replace(readWidgetFiles()?.tag ?? '?', () => 'return sight');
  return { ...answer, body: answer.body, sight: runInNewContext(lines) as PartnerSight | null };
}

test.runIf(readWidgetFiles())(
  'the line on a partner’s page that names a place is answered with its first step, in one answer that nobody keeps',
  async () => {
    const { sight, headers } = await givenTo('/embed.js?place=test/salon&language=en');
    expect(sight?.html).toContain('class="choice-name">srv_cut');
    expect(sight?.html).toContain('aria-level="2"');
    expect(sight?.style).toContain('@container (');
    expect(sight?.style).not.toMatch(/@media ?\((min-|max-)?width|\drem/);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'cross-origin-resource-policy': 'cross-origin' });
    const page = await app.http.inject({ url: '/api/v1/locations/test/salon?language=en' });
    const kept = (text = '') => ({ ...(JSON.parse(text) as object), now: '' });
    expect(kept(sight?.page)).toEqual(kept(page.body));
    const [own = '', other = ''] = sight?.spoken ?? [];
    const languages = await Promise.all([givenTo('/embed.js?place=test/salon', other), givenTo(`/embed.js?place=test/salon&language=${own}`, other)]);
    expect(languages.map((one) => one.sight?.language)).toEqual([other, own]);
  },
);

test.runIf(readWidgetFiles())('what a salon typed is never more than a text in the script on a partner’s page', async () => {
  const name = ['</script><script>alert(1)</script><!--\u2028"\\\'`$', '{alert(1)}'].join('');
  const called = (text: string) => sql`update services set name = ${text} where service_id = 'srv_cut'`.execute(app.database.read);
  await called(name);
  const { body, sight } = await givenTo('/embed.js?place=test/salon');
  await called('srv_cut');
  expect(body).not.toMatch(/<\/?script|<!--|\u2028/i);
  expect(JSON.parse(sight?.page ?? '')).toMatchObject({ services: [{ name }] });
  expect(sight?.html).toContain('&lt;/script>&lt;script>alert(1)');
});

test.runIf(readWidgetFiles())(
  'a line without a place, or with one that is not there, is answered without: the widget says itself what is the matter',
  async () => {
    const asBefore = await givenTo('/embed.js');
    expect([asBefore.statusCode, asBefore.sight, asBefore.headers['cache-control']]).toEqual([200, null, 'public, max-age=300']);
    for (const place of ['test/nowhere', 'test', '']) expect((await givenTo(`/embed.js?place=${place}`)).sight, place).toBeNull();
  },
);
