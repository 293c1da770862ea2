import type { LocationMade, LocationSettings, Locations } from '@holdfast/contract/location-settings';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

let app: TestApp;
let owner: StaffUser;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { cut: { price: 4000, minutes: 60, status: 'required' }, color: { price: 9000, minutes: 90, status: 'available' } },
      staff: { anna: { status: 'available', prices: { cut: 5000 } }, bob: { status: 'not_available' } },
    },
    listen: false,
  });
  owner = await signInAs(app, 'owner');
});
afterAll(() => app.close());
const settings = async () => (await owner.here<LocationSettings>('GET', 'settings')).body;

test('the owner corrects the address, and the audit log says from what to what', async () => {
  const { business } = await settings();
  const { currency: _, ...wish } = { ...business, address: 'Rua Nova 1' };
  const { status, body } = await owner.here<LocationSettings>('PUT', 'settings/business', wish);
  expect([status, body.business.address]).toEqual([200, 'Rua Nova 1']);
  const { rows } = await sql`select action, before, after from audit_log where user_id = ${owner.userId} and action = 'business.changed'`.execute(
    app.database.read,
  );
  expect(rows).toEqual([{ action: 'business.changed', before: { address: '' }, after: { address: 'Rua Nova 1' } }]);
});

test('of two who edit the same part the second is told, and nothing is overwritten', async () => {
  const { company } = await settings();
  const first = await owner.here('PUT', 'settings/company', { ...company, legalName: 'First Lda' });
  const second = await owner.here<{ code: string }>('PUT', 'settings/company', { ...company, legalName: 'Second Lda' });
  expect([first.status, second.status, second.body.code]).toEqual([200, 409, 'changed_meanwhile']);
  expect((await settings()).company.legalName).toBe('First Lda');
});

test('two who edit different parts do not disturb each other', async () => {
  const { company, booking } = await settings();
  const { termsVersion: _, ...rules } = booking;
  expect((await owner.here('PUT', 'settings/company', { ...company, taxNumber: 'PT 1' })).status).toBe(200);
  expect(
    (await owner.here('PUT', 'settings/booking', { ...rules, cancellation: { ...rules.cancellation, steps: [{ hours: 48, percent: 100 }] } })).status,
  ).toBe(200);
});

test('other terms are another version of them; the same terms are not', async () => {
  const before = (await settings()).booking;
  const { termsVersion, ...rules } = before;
  const same = await owner.here<LocationSettings>('PUT', 'settings/booking', { ...rules, leadMinutes: 30 });
  expect(same.body.booking.termsVersion).toBe(termsVersion);
  const { termsVersion: _, ...again } = same.body.booking;
  const other = await owner.here<LocationSettings>('PUT', 'settings/booking', { ...again, terms: { en: 'Be kind.', uk: '' } });
  expect([other.body.booking.termsVersion, other.body.booking.terms]).toEqual([termsVersion + 1, { en: 'Be kind.' }]);
});

test.each([
  ['timeZone', { timeZone: 'Europe/Atlantis' }],
  ['timeZone', { timeZone: '+02:00' }],
  ['country', { country: 'ZZ' }],
  ['languages', { languages: ['en', 'en'] }],
  ['defaultLanguage', { languages: ['uk'], defaultLanguage: 'en' }],
])('%s that cannot be is refused by name', async (field, wrong) => {
  const { currency: _, ...business } = (await settings()).business;
  const { status, body } = await owner.here<{ code: string; detail: { fields: { field: string }[] } }>('PUT', 'settings/business', {
    ...business,
    ...wrong,
  });
  expect([status, body.code, body.detail.fields[0]?.field]).toEqual([422, 'invalid_request', field]);
});

test('company details stay while online payment is on', async () => {
  const { company } = await settings();
  const { status, body } = await owner.here<{ code: string }>('POST', 'settings/company/removal', { version: company.version });
  expect([status, body.code]).toEqual([409, 'step_not_allowed']);
  expect((await settings()).companyFilled).toBe(true);
});

test('the time zone stays while appointments are to come', async () => {
  const wish = (await wishFor(app, { serviceIds: ['color'], staffId: 'bob', startsAt: '2026-03-04T10:00:00Z' }))(1);
  const payload = { ...wish, consent: { terms: true, termsVersion: (await settings()).booking.termsVersion } };
  expect((await app.http.inject({ method: 'POST', url: '/api/v1/locations/test/salon/bookings', payload })).statusCode).toBe(201);
  const { currency: _, ...business } = (await settings()).business;
  const { status, body } = await owner.here<{ code: string }>('PUT', 'settings/business', { ...business, timeZone: 'Europe/Kyiv' });
  expect([status, body.code]).toEqual([409, 'step_not_allowed']);
});

test('reception does not see the settings', async () => {
  const reception = await signInAs(app, 'reception');
  expect((await reception.here('GET', 'settings')).status).toBe(403);
});

const porto = {
  name: 'Porto',
  slug: 'porto',
  country: 'PT',
  currency: 'EUR',
  timeZone: 'Europe/Lisbon',
  address: 'Rua 2',
  phone: '+351 912 000 000',
  defaultLanguage: 'pt',
  languages: ['pt', 'en'],
} as const;
const everything = { locationId: 'loc_test', catalogue: true, staff: true, settings: true };

test('a second location has its own currency, zone and books, and its owner finds it at once', async () => {
  const made = await owner.call<LocationMade>('POST', 'locations', {
    ...porto,
    slug: 'tokyo',
    currency: 'JPY',
    country: 'JP',
    timeZone: 'Asia/Tokyo',
    copyFrom: null,
  });
  expect([made.status, made.body.slug]).toEqual([201, 'tokyo']);
  const { body } = await owner.call<Locations>('GET', 'locations');
  expect(body.locations.find(({ id }) => id === made.body.id)).toMatchObject({
    currency: 'JPY',
    timeZone: 'Asia/Tokyo',
    staff: 0,
    takesPayment: false,
  });
  const { rows } = await sql<{ n: number }>`
    select count(*)::int n from ledger_accounts where location_id = ${made.body.id} and kind = 'register' and currency = 'JPY'`.execute(
    app.database.read,
  );
  expect(rows[0]?.n).toBe(2);
});

test('a copied location can be booked at the same prices, and nothing of it is shared', async () => {
  const made = await owner.call<LocationMade>('POST', 'locations', { ...porto, copyFrom: everything });
  expect(made.body.withoutPrices).toBe(false);
  const page = (await app.http.inject({ method: 'GET', url: '/api/v1/locations/test/porto' })).json<{
    services: { id: string; name: string; priceMinMinor: number }[];
    staff: { id: string; services: { priceMinMinor: number }[] }[];
  }>();
  expect(page.services.map(({ name }) => name).sort()).toEqual(['color', 'cut']);
  expect(page.services.some(({ id }) => id === 'cut')).toBe(false);
  expect(page.staff.flatMap(({ services }) => services.map((one) => one.priceMinMinor)).sort((a, b) => a - b)).toEqual([4000, 5000, 9000, 9000]);
});

test('in another currency the numbers would mean something else: services come without prices and cannot be booked online yet', async () => {
  const made = await owner.call<LocationMade>('POST', 'locations', { ...porto, slug: 'kyiv', currency: 'UAH', country: 'UA', copyFrom: everything });
  expect(made.body.withoutPrices).toBe(true);
  const { rows } = await sql`select distinct price_min_minor, online_booking from services where location_id = ${made.body.id}`.execute(
    app.database.read,
  );
  expect(rows).toEqual([{ price_min_minor: 0n, online_booking: false }]);
});

test('an address that another location has is refused, also when two want it at once', async () => {
  const twice = await Promise.all([1, 2].map(() => owner.call<{ code?: string }>('POST', 'locations', { ...porto, slug: 'braga', copyFrom: null })));
  expect(twice.map(({ status, body }) => `${status} ${body.code ?? 'made'}`).sort()).toEqual(['201 made', '409 already_there']);
});
