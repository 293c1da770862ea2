import type { BookingLink, BookingLinks, LinkWish } from '@holdfast/contract/booking-links';
import type { LocationPage } from '@holdfast/contract/location-page';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../testing/call.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

let app: TestApp;
let owner: StaffUser;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { cut: { price: 4000, minutes: 60, status: 'not_available' }, dye: { price: 9000, minutes: 120, status: 'not_available' } },
      staff: { anna: { status: 'not_available' }, bob: { status: 'not_available', prices: { cut: 3000 } } },
    },
    listen: false,
  });
  owner = await signInAs(app, 'owner');
});
afterAll(() => app.close());

const all = async () => (await owner.here<BookingLinks>('GET', 'booking-links')).body.links;
const named = async (slug: string): Promise<BookingLink> => {
  const link = (await all()).find((one) => one.slug === slug);
  if (!link) throw new Error(`there is no link ${slug}`);
  return link;
};
const wishOf = ({ version, name, slug, settings, measurementId, allowedOrigins }: BookingLink): LinkWish => ({
  version,
  name,
  slug,
  settings,
  measurementId,
  allowedOrigins,
});
const change = async (slug: string, settings: Partial<LinkWish['settings']>, more: Partial<LinkWish> = {}) => {
  const link = await named(slug);
  const wish = wishOf(link);
  return owner.here<BookingLinks & { code: string; detail: Record<string, unknown> }>('PUT', `booking-links/${link.id}`, {
    ...wish,
    ...more,
    settings: { ...wish.settings, ...settings },
  });
};
const make = (slug: string) => owner.here<{ id: string }>('POST', 'booking-links', { name: slug, slug, copyOf: null });
const page = async (query = '') => (await app.http.inject({ url: `/api/v1/locations/test/salon${query}` })).json<LocationPage>();

let visits = 0;
/** A wish of a client who came by this link and saw its page. */
async function visit(link: string, staffId: string | null = 'anna') {
  visits++;
  const startsAt = new Date(Date.UTC(2026, 2, 3 + visits, 10)).toISOString();
  const wish = (await wishFor(app, { serviceIds: ['cut'], staffId, startsAt }))(visits);
  const { widget } = await page(`?link=${link}`);
  return { ...wish, link, consent: { ...wish.consent, link: { version: widget.consentVersion, privacy: true } } };
}

test('every location has a default booking link, and a page without a link is its page', async () => {
  const [first, ...others] = await all();
  expect(others).toEqual([]);
  expect([first?.slug, first?.isDefault, first?.address]).toEqual(['main', true, 'http://salon.test/book/test/salon']);
  expect((await page()).widget).toMatchObject({ link: 'main', first: 'service', fields: { email: 'optional', comment: 'optional' }, privacy: null });
});

test('a link has steps and texts of its own, and one that is gone leads to the default one', async () => {
  expect((await make('advert')).status).toBe(201);
  const { status } = await change('advert', { first: 'time', welcome: { en: 'Hello', uk: 'Вітаємо' }, accent: '#f2c94c' });
  expect(status).toBe(200);
  const { widget } = await page('?link=advert&language=uk');
  expect([widget.first, widget.texts.welcome, widget.look.colors?.light.onAccent]).toEqual(['time', 'Вітаємо', '#ffffff']);
  expect((await page('?link=main')).widget.first).toBe('service');
  const { id, version } = await named('advert');
  expect((await owner.here('POST', `booking-links/${id}/archival`, { version })).status).toBe(200);
  expect((await page('?link=advert')).widget.link).toBe('main');
});

test('the default link cannot be taken away; another one can take its place', async () => {
  await make('second');
  const [main, second] = [await named('main'), await named('second')];
  const refused = await owner.here<{ code: string }>('POST', `booking-links/${main.id}/archival`, { version: main.version });
  expect([refused.status, refused.body.code]).toEqual([409, 'still_used']);
  await owner.here('POST', `booking-links/${second.id}/default`, { version: second.version });
  expect((await all()).filter(({ isDefault }) => isDefault).map(({ slug }) => slug)).toEqual(['second']);
  const again = await named('main');
  await owner.here('POST', `booking-links/${main.id}/default`, { version: again.version });
});

test('of two who edit one link the second is told, and nothing is overwritten', async () => {
  const wish = wishOf(await named('main'));
  const { id } = await named('main');
  const first = await owner.here('PUT', `booking-links/${id}`, { ...wish, name: 'First' });
  const second = await owner.here<{ code: string }>('PUT', `booking-links/${id}`, { ...wish, name: 'Second' });
  expect([first.status, second.status, second.body.code]).toEqual([200, 409, 'changed_meanwhile']);
  expect((await named('main')).name).toBe('First');
});

test('two links cannot have one address, also when one is out of use', async () => {
  const { status, body } = await owner.here<{ code: string }>('POST', 'booking-links', { name: 'x', slug: 'advert', copyOf: null });
  expect([status, body.code]).toEqual([409, 'already_there']);
});

test('whoever may not change the location sees no link', async () => {
  const reception = await signInAs(app, 'reception');
  expect((await reception.here('GET', 'booking-links')).status).toBe(403);
});

test('settings that cannot be are refused by name', async () => {
  const fieldOf = async (answer: ReturnType<typeof change>) => (await answer).body.detail['field'];
  expect(await fieldOf(change('main', { asksStaff: false, anyStaff: false }))).toBe('settings.asksStaff');
  expect(await fieldOf(change('main', { privacy: { en: '   ' } }))).toBe('settings.privacy');
  expect(await fieldOf(change('main', {}, { measurementId: null, apiSecret: 'secret' }))).toBe('apiSecret');
  expect(await fieldOf(change('main', { logo: 'never_handed_in' }))).toBe('settings.logo');
  for (const bad of [{ accent: 'red' }, { accent: '#F2C94C;}' }]) expect((await change('main', bad as never)).status).toBe(400);
  for (const origin of ['https://x.example/path', 'javascript:alert(1)', 'https://*.example'])
    expect((await change('main', {}, { allowedOrigins: [origin] })).status).toBe(400);
});

test('a booking remembers the link it came by, and what was agreed to', async () => {
  await make('strict');
  await change('strict', { privacy: { en: 'We keep it.' }, moving: { unprepaid: 3, prepaid: null }, cancelling: { unprepaid: 5, prepaid: 48 } });
  const client = clientOf(app);
  const made = await client.book(await visit('strict'));
  expect([made.status, made.body.link.slug]).toEqual([201, 'strict']);
  const { rows } = await sql<{ slug: string; consent: object; terms: { cancellation: object } }>`
    select l.slug, a.consent->'link' consent, a.terms from appointments a join bookings b on b.chain_id = a.chain_id and b.booking_id = a.booking_id
      join booking_links l on l.chain_id = b.chain_id and l.link_id = b.link_id where a.appointment_id = ${made.body.appointments[0]?.id}`.execute(
    app.database.read,
  );
  expect(rows[0]).toMatchObject({
    slug: 'strict',
    consent: { version: (await page('?link=strict')).widget.consentVersion, privacy: 'We keep it.' },
    terms: { cancellation: { cancelOnline: { unprepaid: 5, prepaid: 48 }, moveOnline: { unprepaid: 3, prepaid: null } } },
  });
  expect((await named('strict')).bookings).toBe(1);
});

test('who agreed to an older privacy text, or to none, is asked anew', async () => {
  const client = clientOf(app);
  const wish = await visit('strict');
  const codeOf = async (consent: object) => (await client.book({ ...wish, consent })).body as unknown as { code: string };
  expect(await codeOf({ ...wish.consent, link: { ...wish.consent.link, privacy: false } })).toMatchObject({ code: 'consent_needed' });
  const { link: _, ...without } = wish.consent;
  expect(await codeOf(without)).toMatchObject({ code: 'consent_needed' });
  await change('strict', { privacy: { en: 'We keep it for a year.' } });
  const { consentVersion } = (await page('?link=strict')).widget;
  expect(consentVersion).toBeGreaterThan(wish.consent.link.version);
  expect(await codeOf(wish.consent)).toMatchObject({ code: 'consent_needed', detail: { linkVersion: consentVersion } });
  // another colour is nothing to agree to
  await change('strict', { accent: '#336699' });
  expect((await client.book(await visit('strict'))).status).toBe(201);
});

test('what was agreed to at a link that is gone by now is not taken for what the default one asks', async () => {
  const before = (await all()).find(({ isDefault }) => isDefault);
  for (const slug of ['first', 'second']) await make(slug);
  await change('first', { privacy: { en: 'The first keeps it for a day.' } });
  await change('second', { privacy: { en: 'The second keeps it for ever.' } });
  const second = await named('second');
  await owner.here('POST', `booking-links/${second.id}/default`, { version: second.version });
  const wish = await visit('first');
  const first = await named('first');
  expect((await owner.here('POST', `booking-links/${first.id}/archival`, { version: first.version })).status).toBe(200);
  expect((await clientOf(app).book(wish)).body).toMatchObject({ code: 'consent_needed' });
  expect((await clientOf(app).book(await visit('first'))).status).toBe(201);
  const back = await named(before?.slug ?? '');
  await owner.here('POST', `booking-links/${back.id}/default`, { version: back.version });
});

test('a field that is required is required of every client, not only of the page', async () => {
  await change('strict', { fields: { email: 'required', comment: 'required' } });
  const client = clientOf(app);
  const wish = await visit('strict');
  expect((await client.book(wish)).body).toMatchObject({ code: 'invalid_request', detail: { field: 'email' } });
  const withEmail = { ...wish, client: { ...wish.client, email: 'marta@example.com' } };
  expect((await client.book(withEmail)).body).toMatchObject({ detail: { field: 'comment' } });
  expect((await client.book({ ...withEmail, comment: 'Hi' })).status).toBe(201);
});

test('where "any team member" is not offered, nobody in particular is not booked', async () => {
  await change('second', { anyStaff: false });
  expect((await page('?link=second')).location.anyStaff).toBe(false);
  const refused = await clientOf(app).book(await visit('second', null));
  expect(refused.body).toMatchObject({ code: 'time_not_offered', detail: { reason: 'choose_staff' } });
});

test('the secret is kept sealed and never shown again, and only that it was replaced is noted', async () => {
  const { status, body } = await change('main', {}, { measurementId: 'G-ABC123DEF4', apiSecret: 'very-secret-value' });
  expect([status, JSON.stringify(body).includes('very-secret-value')]).toEqual([200, false]);
  expect((await named('main')).hasApiSecret).toBe(true);
  expect((await change('main', {}, { name: 'Main' })).body.links[0]?.hasApiSecret).toBe(true);
  const { rows } = await sql<{ text: string }>`
    select (select json_agg(l)::text from booking_links l) || (select json_agg(a)::text from audit_log a) text`.execute(app.database.read);
  expect(rows[0]?.text).not.toContain('very-secret-value');
  expect(rows[0]?.text).toContain('apiSecretReplaced');
  await change('main', {}, { measurementId: null });
  expect((await named('main')).hasApiSecret).toBe(false);
});

test('a draft is shown as a page, and nothing of it is kept', async () => {
  const { settings } = await named('main');
  const draft = { ...settings, first: 'staff', languages: [], afterBooking: {} };
  const shown = await owner.here<LocationPage>('POST', 'booking-links/preview', { settings: draft, language: 'en' });
  expect([shown.status, shown.body.widget.first]).toEqual([200, 'staff']);
  expect((await page()).widget.first).toBe('service');
});

test('a logo is a small PNG, JPEG or WebP; a drawing that can carry scripts is refused', async () => {
  const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(100, 1)]);
  const hand = (bytes: Buffer) => owner.here<{ id: string; address: string; code: string }>('POST', 'pictures', { base64: bytes.toString('base64') });
  const { status, body } = await hand(png);
  expect(status).toBe(200);
  expect((await hand(png)).body.id).toBe(body.id);
  const served = await app.http.inject({ url: body.address });
  expect([served.statusCode, served.headers['content-type'], served.headers['x-content-type-options']]).toEqual([200, 'image/png', 'nosniff']);
  expect(served.rawPayload.equals(png)).toBe(true);
  expect((await hand(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'))).body.code).toBe('unreadable_file');
  expect((await hand(Buffer.concat([png, Buffer.alloc(204_800)]))).body.code).toBe('too_large');
  expect((await change('main', { logo: body.id })).status).toBe(200);
  expect((await page()).widget.look.logo).toBe(body.address);
});

test('the time first: only what somebody could do then is offered, with what is chosen already', async () => {
  const at = '2026-04-01T17:00:00.000Z'; // 18:00 in Lisbon by then; the day ends at 20:00 or earlier
  const days = await app.http.inject({ url: '/api/v1/locations/test/salon/free-times?staff=all&from=2026-04-01&days=1' });
  const times = days.json<{ days: { times: { at: string; staff: string[] }[] }[] }>().days[0]?.times ?? [];
  const last = times.at(-1)?.at ?? at;
  const fits = async (start: string, services?: string) =>
    (await app.http.inject({ url: `/api/v1/locations/test/salon/fitting?at=${start}${services ? `&services=${services}` : ''}` })).json<{
      staff: { id: string; services: string[] }[];
    }>().staff;
  // the day's last start leaves an hour: the cut fits, the two hours of colour do not
  expect(await fits(last)).toEqual([
    { id: 'anna', services: ['cut'] },
    { id: 'bob', services: ['cut'] },
  ]);
  expect((await fits(times[0]?.at ?? at))[0]?.services).toEqual(['cut', 'dye']);
  expect(await fits(last, 'dye')).toEqual([]);
});
