import type { BookingLinks } from '@holdfast/contract/booking-links';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../testing/call.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';
import { readWidgetFiles } from './page-shell.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp({
    salon: { services: { srv_cut: { price: 3000, minutes: 30, status: 'available' } }, staff: { stf_ana: { status: 'available' } } },
    listen: false,
  });
});
afterAll(() => app.close());

const chosen = (time: string) => `/book/test/salon?${new URLSearchParams({ service: 'srv_cut', staff: 'stf_ana', time })}`;
const send = (url: string, fields: Record<string, string>) =>
  app.http.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  });
const draftOn = (page: string) => /name="draft" value="([^"]+)"/.exec(page)?.[1] ?? '';
const details = { name: 'Ana <b>', phone: '+351 912 345 678', email: '', comment: '', terms: 'yes' };

test.runIf(readWidgetFiles())('a form that is sent twice is one booking, and what was chosen cannot be exchanged in it', async () => {
  const url = chosen('2026-03-03T10:00:00.000Z');
  const draft = draftOn((await app.http.inject({ url })).body);
  expect(draft).not.toBe('');
  const [one, other] = await Promise.all([send(url, { ...details, draft }), send(url, { ...details, draft })]);
  expect([one.statusCode, other.statusCode]).toEqual([303, 303]);
  expect(one.headers.location).toMatch(/^\/b\//);
  expect(other.headers.location).toBe(one.headers.location);
  const another = await send(chosen('2026-03-03T12:00:00.000Z'), { ...details, draft });
  expect(another.headers.location).toContain('time=2026-03-03T12');
});

test.runIf(readWidgetFiles())('what is wrong stands beside its field, and nothing typed is lost or becomes markup', async () => {
  const url = chosen('2026-03-03T14:00:00.000Z');
  const draft = draftOn((await app.http.inject({ url })).body);
  const answer = await send(url, { ...details, phone: 'x', draft });
  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain('phone-fault');
  expect(answer.body).toContain('value="Ana &lt;b&gt;"');
});

test.runIf(readWidgetFiles())('what is shared in a messenger is named there, and leads to what was shared', async () => {
  const said = (page: string, property: string) =>
    new RegExp(`property="og:${property}" content="([^"]*)"`).exec(page)?.[1]?.replaceAll('&amp;', '&');
  const get = async (query: string) => (await app.http.inject({ url: `/book/test/salon${query}` })).body;
  const deep = await get('?service=srv_cut&staff=stf_ana');
  expect([said(deep, 'title'), said(deep, 'url')]).toEqual([
    'srv_cut, stf_ana · Salon',
    expect.stringMatching(/\/book\/test\/salon\?service=srv_cut&staff=stf_ana$/),
  ]);
  const anas = await get('?staff=stf_ana');
  expect([said(anas, 'title'), anas]).toEqual(['stf_ana · Salon', expect.stringContaining('name="staff" value="stf_ana"')]);
  // what is gone is not named, and the page is there all the same
  const gone = await get('?service=srv_gone&event=evt_gone');
  expect(said(gone, 'title')).toBe(said(await get(''), 'title'));
});

test.runIf(readWidgetFiles())('without a script, too, only what stood on the page is agreed to: another text is asked for anew', async () => {
  const owner = await signInAs(app, 'owner');
  const url = chosen('2026-03-03T15:00:00.000Z');
  const hidden = (page: string) =>
    Object.fromEntries([...page.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]));
  const shown = hidden((await app.http.inject({ url })).body);
  const say = async (privacy: object | null) => {
    const [link] = (await owner.here<BookingLinks>('GET', 'booking-links')).body.links;
    const { version, name, slug, settings, measurementId, allowedOrigins } = link as BookingLinks['links'][number];
    const wish = { version, name, slug, settings: { ...settings, privacy }, measurementId, allowedOrigins };
    expect((await owner.here('PUT', `booking-links/${link?.id}`, wish)).status).toBe(200);
  };
  await say({ en: 'We keep it for ever.' });
  const filled = { ...details, phone: '+351 912 345 679', privacy: 'yes' };
  const again = await send(url, { ...filled, ...shown });
  expect([again.statusCode, again.body]).toEqual([422, expect.stringContaining('We keep it for ever.')]);
  expect(again.body).not.toMatch(/name="(terms|privacy)"[^>]*checked/);
  expect((await send(url, { ...filled, ...hidden(again.body) })).statusCode).toBe(303);
  await say(null);
});

test.runIf(readWidgetFiles())(
  'a visit is moved without a script: times as links, what it means, one form; twice is once, and a time that is gone is said',
  async () => {
    const wish = async (n: number, startsAt: string) => (await wishFor(app, { serviceIds: ['srv_cut'], staffId: 'stf_ana', startsAt }))(n);
    const { body } = await clientOf(app).book(await wish(7, '2026-03-05T10:00:00.000Z'));
    const move = `/b/${body.token}/moves/${body.appointments[0]?.id}`;
    expect((await app.http.inject({ url: `/b/${body.token}` })).body).toContain(`href="${move}"`);
    const times = (await app.http.inject({ url: `${move}?day=2026-03-06` })).body;
    expect(times).toContain('time=2026-03-06T12%3A00');
    const to = '2026-03-06T12:00:00.000Z';
    const quoted = (await app.http.inject({ url: `${move}?time=${to}` })).body;
    expect(quoted).toContain(`action="${move}"`);
    const form = Object.fromEntries(
      [...quoted.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(([, name, value]) => [name, value]),
    );
    expect(form).toMatchObject({ startsAt: to, staff: 'stf_ana', from: '2026-03-05T10:00:00.000Z', mostPercent: '100' });
    // what comes back is less than they had read: they read it again
    const less = await send(move, { ...form, mostPercent: '50' });
    expect(less.headers.location).toContain(`${move}?time=`);
    expect((await app.http.inject({ url: String(less.headers.location) })).body).toContain('something else by now');
    const sent = await Promise.all([send(move, form), send(move, form)]);
    expect(sent.map(({ statusCode, headers }) => [statusCode, headers.location])).toEqual([
      [303, `/b/${body.token}`],
      [303, `/b/${body.token}`],
    ]);
    expect((await clientOf(app).see(body.token)).body.appointments[0]?.startsAt).toBe(to);
    await clientOf(app).book(await wish(8, '2026-03-06T15:00:00.000Z'));
    const gone = await send(move, { ...form, startsAt: '2026-03-06T15:00:00.000Z', from: to });
    expect(gone.headers.location).toBe(`${move}?gone=yes`);
    expect((await app.http.inject({ url: `${move}?gone=yes` })).body).toContain('role="alert"');
    // whoever has another page open is told when the visit is now
    expect((await send(move, { ...form, startsAt: '2026-03-06T16:00:00.000Z' })).headers.location).toBe(`/b/${body.token}?trouble=changed_meanwhile`);
  },
);

test('who paid on a partner’s page comes back to it only while the booking link allows its origin', async () => {
  const wish = (await wishFor(app, { serviceIds: ['srv_cut'], staffId: 'stf_ana', startsAt: '2026-03-04T10:00:00.000Z' }))(1);
  const { body } = await clientOf(app).book(wish);
  const back = () => app.http.inject({ url: `/b/${body.token}?from=payment` });
  const leave = (url: string) =>
    app.http.inject({ method: 'POST', url: `/api/v1/bookings/${body.token}/payments`, payload: { returnTo: { url, place: 'test/salon' } } });
  await leave('https://partner.example/hotel?stay=3#rooms');
  expect((await back()).headers.location, 'nobody has allowed it').toBeUndefined();
  await sql`update booking_links set allowed_origins = '{https://partner.example}'`.execute(app.database.read);
  await leave('https://partner.example.evil.example/hotel');
  expect((await back()).headers.location).toBeUndefined();
  await leave('https://partner.example/hotel?stay=3#rooms');
  const to = new URL(String((await back()).headers.location));
  expect([to.origin, to.pathname, to.search]).toEqual(['https://partner.example', '/hotel', '?stay=3']);
  expect(Object.fromEntries(new URLSearchParams(to.hash.slice('#holdfast?'.length)))).toEqual({
    booking: body.token,
    from: 'payment',
    place: 'test/salon',
    was: 'rooms',
  });
  await sql`update booking_links set allowed_origins = '{}'`.execute(app.database.read);
  expect((await back()).headers.location, 'no longer allowed').toBeUndefined();
});

test('the public API answers any page, the salon’s side none but its own', async () => {
  const asked = (url: string) => app.http.inject({ url, headers: { origin: 'https://partner.example' } });
  const api = await asked('/api/v1/locations/test/salon');
  expect([api.headers['access-control-allow-origin'], api.headers['access-control-allow-credentials']]).toEqual([
    'https://partner.example',
    undefined,
  ]);
  expect((await asked('/api/v1/admin/session')).headers['access-control-allow-origin']).toBeUndefined();
});
