import type { SalonCatalog, ServiceCard, ServiceFields, StaffCard, StaffFields } from '@holdfast/contract/catalog';
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
      services: {
        cut: { price: 4000, minutes: 60, status: 'required' },
        beard: { price: 30, minutes: 30, status: 'not_available' },
        colour: { price: 9000, minutes: 90, status: 'available' },
      },
      staff: { anna: { status: 'available' }, boris: { status: 'not_available' } },
    },
    listen: false,
  });
  owner = await signInAs(app, 'owner');
});
afterAll(() => app.close());

type Refusal = { code: string; detail: Record<string, unknown> };
const lists = async (user = owner) => (await user.here<SalonCatalog>('GET', 'catalog')).body;
const serviceCard = async (id: string) => (await owner.here<ServiceCard>('GET', `catalog/services/${id}`)).body;
const staffCard = async (id: string) => (await owner.here<StaffCard>('GET', `catalog/staff/${id}`)).body;
const saveService = (card: ServiceCard, changed: Partial<ServiceFields>, team: unknown[] = [], user = owner) =>
  user.here<ServiceCard & Refusal>('PUT', `catalog/services/${card.id}`, { version: card.version, fields: { ...card.fields, ...changed }, team });
const saveStaff = (card: StaffCard, changed: Partial<StaffFields>, does: unknown[] = [], user = owner) =>
  user.here<StaffCard & Refusal>('PUT', `catalog/staff/${card.id}`, { version: card.version, fields: { ...card.fields, ...changed }, does });
// the clock stands still, so entries have no order
const audited = async (action: string) =>
  (
    await sql<{ subject_id: string; before: Record<string, unknown>; after: Record<string, unknown>; user_id: string }>`
      select subject_id, before, after, user_id from audit_log where action = ${action} order by audit_id`.execute(app.database.read)
  ).rows;
async function customRole(...rights: string[]): Promise<StaffUser> {
  const role = app.salon.newId('rol');
  await sql`insert into roles (chain_id, role_id, name, rights, created_at) values (${app.scope.chainId}, ${role}, ${role}, ${rights}, ${app.clock.now()})`.execute(
    app.database.read,
  );
  return signInAs(app, role);
}
const newFields: ServiceFields = {
  categoryId: 'cat_all',
  name: 'Perm',
  description: '',
  kind: 'appointment',
  places: null,
  priceMinMinor: 5000,
  priceMaxMinor: 7000,
  durationMinutes: 120,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 10,
  onlineBooking: true,
  onlinePayment: 'not_available',
  membership: 'payment',
  cancellation: null,
  tax: 'default',
};

test('a new service is at the end of the list, done by nobody, and the card says so', async () => {
  const { status, body } = await owner.here<ServiceCard>('POST', 'catalog/services', newFields);
  expect([status, body.fields, body.version]).toEqual([201, newFields, 1]);
  expect(body.team.map(({ name, own }) => [name, own])).toEqual([
    ['anna', null],
    ['boris', null],
  ]);
  expect(body.warnings).toEqual([{ code: 'nobody_does_it' }]);
  expect((await lists()).services.at(-1)).toMatchObject({ id: body.id, staffCount: 0 });
  expect(await audited('service.created')).toContainEqual(expect.objectContaining({ subject_id: body.id, user_id: owner.userId }));
});

test('saving a card moves its version, keeps what differs in the audit log, and clients see it at once', async () => {
  const before = await serviceCard('cut');
  const { body } = await saveService(before, { name: 'Haircut', priceMinMinor: 4500 });
  expect([body.version, body.fields.name]).toEqual([before.version + 1, 'Haircut']);
  expect(await audited('service.changed')).toContainEqual(
    expect.objectContaining({
      before: { name: 'cut', priceMinMinor: 4000 },
      after: { name: 'Haircut', priceMinMinor: 4500 },
    }),
  );
  const page = await app.http.inject({ method: 'GET', url: '/api/v1/locations/test/salon' });
  expect(page.json<{ services: { id: string; name: string }[] }>().services.find(({ id }) => id === 'cut')?.name).toBe('Haircut');
});

test('saving a card again without a change writes nothing down', async () => {
  const entries = (await audited('service.changed')).length;
  const card = await serviceCard('cut');
  expect((await saveService(card, {})).body.version).toBe(card.version);
  expect((await audited('service.changed')).length).toBe(entries);
});

test('the second of two administrators at one card is told, and nothing is overwritten', async () => {
  const card = await serviceCard('colour');
  expect((await saveService(card, { description: 'first' })).status).toBe(200);
  const second = await saveService(card, { name: 'second' });
  expect([second.status, second.body.code]).toEqual([409, 'changed_meanwhile']);
  expect((await serviceCard('colour')).fields).toMatchObject({ description: 'first', name: 'colour' });
});

test('of many who save one card at the same moment exactly one succeeds', async () => {
  const card = await serviceCard('colour');
  const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => saveService(card, { description: `by ${n}` })));
  expect(answers.map(({ status }) => String(status)).sort()).toEqual(['200', ...Array.from({ length: 11 }, () => '409')]);
});

test('two who edit different cards, or put the list in order meanwhile, do not disturb each other', async () => {
  const [cut, colour, anna] = [await serviceCard('cut'), await serviceCard('colour'), await staffCard('anna')];
  expect((await owner.here('PUT', 'catalog/order', { of: 'services', ids: ['colour', 'cut'] })).status).toBe(200);
  const answers = await Promise.all([
    saveService(cut, { description: 'c' }),
    saveService(colour, { description: 'd' }),
    saveStaff(anna, { about: 'a' }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
});

test('lines that are put in order take the places they had; a line that was not shown stays', async () => {
  const before = (await lists()).services.map(({ id }) => id);
  const [first, second, ...others] = before;
  const { body } = await owner.here<SalonCatalog>('PUT', 'catalog/order', { of: 'services', ids: [second, first] });
  expect(body.services.map(({ id }) => id)).toEqual([second, first, ...others]);
  expect((await owner.here<Refusal>('PUT', 'catalog/order', { of: 'services', ids: ['cut', 'nobody'] })).status).toBe(404);
  expect((await owner.here<Refusal>('PUT', 'catalog/order', { of: 'services', ids: ['cut', 'cut'] })).status).toBe(400);
});

test('a pair of service and team member is changed from either card; whoever saw something older is told', async () => {
  const own = { priceMinMinor: 6000, priceMaxMinor: 8000, durationMinutes: 75 };
  const none = { priceMinMinor: null, priceMaxMinor: null, durationMinutes: null };
  const [cut, anna] = [await serviceCard('cut'), await staffCard('anna')];
  const saved = await saveService(cut, {}, [{ staffId: 'anna', was: none, becomes: own }]);
  expect(saved.body.team.find(({ staffId }) => staffId === 'anna')?.own).toEqual(own);
  const late = await saveStaff(anna, { about: 'must not be saved' }, [{ serviceId: 'cut', was: none, becomes: null }]);
  expect([late.status, late.body.code]).toEqual([409, 'changed_meanwhile']);
  expect((await staffCard('anna')).fields.about).not.toBe('must not be saved');
  expect(
    (await saveStaff(anna, {}, [{ serviceId: 'cut', was: own, becomes: null }])).body.services.find(({ serviceId }) => serviceId === 'cut')?.own,
  ).toBeNull();
  expect((await saveStaff(await staffCard('anna'), {}, [{ serviceId: 'cut', was: null, becomes: none }])).status).toBe(200);
  expect((await audited('staff.changed')).map(({ after }) => after)).toContainEqual({ 'does cut': none });
  const twice = { staffId: 'anna', was: none, becomes: none };
  expect((await saveService(await serviceCard('cut'), {}, [twice, twice])).status).toBe(400);
  expect((await saveService(await serviceCard('cut'), {}, [{ staffId: 'nobody', was: null, becomes: none }])).status).toBe(404);
});

test('two cards that change the same pairs at once end without a fault: each pair as one of them wanted', async () => {
  const none = { priceMinMinor: null, priceMaxMinor: null, durationMinutes: null };
  for (let round = 0; round < 5; round++) {
    const [cut, beard, anna, boris] = [await serviceCard('cut'), await serviceCard('beard'), await staffCard('anna'), await staffCard('boris')];
    const becomes = { ...none, durationMinutes: 60 + 5 * round };
    const was = cut.team.find(({ staffId }) => staffId === 'anna')?.own ?? null;
    const answers = await Promise.all([
      saveService(cut, {}, [{ staffId: 'anna', was, becomes }]),
      saveStaff(anna, {}, [{ serviceId: 'cut', was, becomes: { ...becomes, durationMinutes: becomes.durationMinutes + 100 } }]),
      saveService(beard, { description: `${round}` }),
      saveStaff(boris, { about: `${round}` }),
    ]);
    expect(answers.map(({ status }) => String(status)).sort()).toEqual(['200', '200', '200', '409']);
  }
});

test('the card shows what each status would mean with each team member, and why', async () => {
  const card = await serviceCard('cut');
  const of = (id: string) => card.team.find(({ staffId }) => staffId === id)?.policies;
  expect(of('anna')).toEqual({
    not_available: { status: 'not_available', reason: 'service_not_available' },
    available: { status: 'available', reason: 'both_available' },
    required: { status: 'required', reason: 'service_required' },
  });
  expect(of('boris')?.required).toEqual({ status: 'not_available', reason: 'staff_not_available' });
  expect(card.warnings).toEqual([]);
  const none = { priceMinMinor: null, priceMaxMinor: null, durationMinutes: null };
  const was = card.team.find(({ staffId }) => staffId === 'anna')?.own ?? null;
  const alone = await saveService(card, {}, [{ staffId: 'anna', was, becomes: null }]);
  expect(alone.body.warnings).toEqual([{ code: 'other_side_not_available', names: ['boris'] }]);
  expect((await saveService(alone.body, {}, [{ staffId: 'anna', was: null, becomes: none }])).body.warnings).toEqual([]);
});

test('an amount below the smallest charge of the provider is told when the status is saved', async () => {
  const { status, body } = await saveService(await serviceCard('beard'), { onlinePayment: 'required' });
  expect(status).toBe(200);
  expect(body.warnings).toContainEqual({ code: 'below_provider_minimum', minimumMinor: 50, names: ['anna'] });
  const free = await saveService(body, { priceMinMinor: 0 });
  expect(free.body.warnings).toContainEqual({ code: 'price_is_zero', names: ['anna'] });
  expect((await saveService(free.body, { priceMinMinor: 50, priceMaxMinor: 50 })).body.warnings).toEqual([]);
});

test('where paying online is off, or nobody says who is paid, that is told when the status is saved', async () => {
  await sql`update payment_methods set enabled = false`.execute(app.database.read);
  expect((await serviceCard('cut')).warnings.map(({ code }) => code)).toEqual(['method_off']);
  expect((await lists()).paying).toEqual({ methodOn: false, companyDetails: true, minimumChargeMinor: null });
  await sql`update payment_methods set enabled = true`.execute(app.database.read);
  const { rows } = await sql<{ legal_name: string }>`delete from company_details returning *`.execute(app.database.read);
  expect((await serviceCard('cut')).warnings.map(({ code }) => code)).toEqual(['company_details_missing']);
  expect(rows.length).toBe(1);
  await sql`insert into company_details (chain_id, location_id, legal_name, registration_number, legal_address) values ('chn_test', 'loc_test', 'Salon Lda', '5', 'Lisbon')`.execute(
    app.database.read,
  );
});

test('who may edit the catalogue may not by that decide about online payment, and the other way round', async () => {
  const editor = await customRole('catalog.edit');
  const payer = await customRole('catalog.online_payment');
  const card = await serviceCard('colour');
  const refused = await saveService(card, { onlinePayment: 'required', name: 'x' }, [], editor);
  expect([refused.status, refused.body.code, refused.body.detail]).toEqual([403, 'right_missing', { right: 'catalog.online_payment' }]);
  expect((await editor.here('PUT', 'catalog/services/colour/online-payment', { version: card.version, onlinePayment: 'required' })).status).toBe(403);
  expect((await editor.here('POST', 'catalog/services', { ...newFields, onlinePayment: 'available' })).status).toBe(403);
  const renamed = await saveService(card, { description: 'by the editor' }, [], editor);
  expect(renamed.status).toBe(200);
  expect((await saveService(renamed.body, { name: 'x' }, [], payer)).status).toBe(403);
  const set = await payer.here<ServiceCard>('PUT', 'catalog/services/colour/online-payment', {
    version: renamed.body.version,
    onlinePayment: 'required',
  });
  expect([set.status, set.body.fields.onlinePayment]).toEqual([200, 'required']);
  expect((await payer.here('PUT', 'catalog/services/colour/online-payment', { version: card.version, onlinePayment: 'available' })).status).toBe(409);
  const anna = await staffCard('anna');
  expect((await saveStaff(anna, { onlinePayment: 'required' }, [], editor)).status).toBe(403);
  const staffSet = await payer.here<StaffCard>('PUT', 'catalog/staff/anna/online-payment', { version: anna.version, onlinePayment: 'required' });
  expect(staffSet.body.fields.onlinePayment).toBe('required');
  expect(await audited('staff.changed')).toContainEqual(
    expect.objectContaining({ before: { onlinePayment: 'available' }, after: { onlinePayment: 'required' } }),
  );
  await owner.here('PUT', 'catalog/staff/anna/online-payment', { version: staffSet.body.version, onlinePayment: 'available' });
});

test('who was booked is archived, not deleted; their appointments stay and are counted', async () => {
  const wish = await wishFor(app, { serviceIds: ['colour'], staffId: 'boris', startsAt: '2026-03-03T10:00:00.000Z' });
  expect((await clientOf(app).book(wish(1))).status).toBe(201);
  const [colour, boris] = [await serviceCard('colour'), await staffCard('boris')];
  expect([colour.appointmentsAhead, colour.everBooked, boris.appointmentsAhead, boris.everBooked]).toEqual([1, true, 1, true]);
  const refused = await owner.here<Refusal>('DELETE', 'catalog/staff/boris');
  expect([refused.status, refused.body.code]).toEqual([409, 'still_used']);
  expect((await owner.here<Refusal>('DELETE', 'catalog/services/colour')).body.code).toBe('still_used');
  const archived = await owner.here<StaffCard>('PUT', 'catalog/staff/boris/archived', { version: boris.version, archived: true });
  expect([archived.body.archived, archived.body.appointmentsAhead]).toEqual([true, 1]);
  expect((await lists()).staff.find(({ id }) => id === 'boris')?.archived).toBe(true);
  const { rows } = await sql<{ status: string }>`select status from appointments`.execute(app.database.read);
  expect(rows.length).toBe(1);
  const back = await owner.here<StaffCard>('PUT', 'catalog/staff/boris/archived', { version: archived.body.version, archived: false });
  expect(back.body.archived).toBe(false);
});

test('whoever was added by mistake is deleted, with their hours and prices', async () => {
  const fields: StaffFields = { name: 'Mistake', about: '', color: '#aabbcc', positionId: null, onlineBooking: true, onlinePayment: 'not_available' };
  const { body } = await owner.here<StaffCard>('POST', 'catalog/staff', fields);
  const does = { serviceId: 'cut', was: null, becomes: { priceMinMinor: null, priceMaxMinor: null, durationMinutes: null } };
  expect((await saveStaff(body, {}, [does])).status).toBe(200);
  await sql`insert into staff_week_hours (chain_id, location_id, staff_id, weekday, works) values ('chn_test', 'loc_test', ${body.id}, 1, '{[480,600)}')`.execute(
    app.database.read,
  );
  expect((await owner.here('DELETE', `catalog/staff/${body.id}`)).body).toEqual({ deleted: true });
  expect((await owner.here('GET', `catalog/staff/${body.id}`)).status).toBe(404);
  const service = await owner.here<ServiceCard>('POST', 'catalog/services', newFields);
  expect((await owner.here('DELETE', `catalog/services/${service.body.id}`)).status).toBe(200);
  expect((await audited('service.deleted')).map(({ before }) => before['name'])).toEqual(['Perm']);
});

test('who signs in here cannot be deleted', async () => {
  const fields: StaffFields = { name: 'Clara', about: '', color: '#aabbcc', positionId: null, onlineBooking: true, onlinePayment: 'not_available' };
  const { body } = await owner.here<StaffCard>('POST', 'catalog/staff', fields);
  await signInAs(app, 'team_member', { staffId: body.id });
  expect((await owner.here<Refusal>('DELETE', `catalog/staff/${body.id}`)).body.code).toBe('still_used');
});

test('a category goes only when it is empty, and comes back with the first service that does', async () => {
  const { body } = await owner.here<{ id: string }>('POST', 'catalog/categories', { name: 'Nails' });
  const service = (await owner.here<ServiceCard>('POST', 'catalog/services', { ...newFields, categoryId: body.id })).body;
  const category = async () => (await lists()).categories.find(({ id }) => id === body.id);
  const archive = async (archived: boolean) =>
    owner.here<Refusal>('PUT', `catalog/categories/${body.id}/archived`, { version: (await category())?.version, archived });
  expect((await archive(true)).body).toMatchObject({ code: 'still_used', detail: { services: 1 } });
  const put = await owner.here<ServiceCard>('PUT', `catalog/services/${service.id}/archived`, { version: service.version, archived: true });
  expect((await archive(true)).status).toBe(200);
  expect((await owner.here<Refusal>('DELETE', `catalog/categories/${body.id}`)).body.code).toBe('still_used');
  await owner.here('PUT', `catalog/services/${service.id}/archived`, { version: put.body.version, archived: false });
  expect((await category())?.archived).toBe(false);
  await owner.here('DELETE', `catalog/services/${service.id}`);
  expect((await owner.here('DELETE', `catalog/categories/${body.id}`)).status).toBe(200);
  expect(await category()).toBeUndefined();
});

test('a position is renamed with what it was based on, and goes only when nobody has it', async () => {
  const { body } = await owner.here<{ id: string }>('POST', 'catalog/positions', { name: 'Stylist' });
  expect((await owner.here('PUT', `catalog/positions/${body.id}`, { version: 1, name: 'Senior stylist' })).status).toBe(200);
  expect((await owner.here('PUT', `catalog/positions/${body.id}`, { version: 1, name: 'Late' })).status).toBe(409);
  const anna = await staffCard('anna');
  await saveStaff(anna, { positionId: body.id });
  expect((await lists()).positions).toEqual([{ id: body.id, version: 2, name: 'Senior stylist', staffCount: 1 }]);
  expect((await owner.here<Refusal>('DELETE', `catalog/positions/${body.id}`)).body).toMatchObject({ code: 'still_used', detail: { staff: 1 } });
  await saveStaff(await staffCard('anna'), { positionId: null });
  expect((await owner.here<SalonCatalog>('DELETE', `catalog/positions/${body.id}`)).body.positions).toEqual([]);
});

test('what a card cannot be is refused with the field that is wrong', async () => {
  const card = await serviceCard('cut');
  const wrong = async (changed: Partial<ServiceFields>) => {
    const { status, body } = await saveService(card, changed);
    return [status, (body.detail as { fields: { field: string }[] }).fields.map(({ field }) => field)];
  };
  expect(await wrong({ priceMaxMinor: 1 })).toEqual([400, ['fields.priceMaxMinor']]);
  expect(await wrong({ name: '   ' })).toEqual([400, ['fields.name']]);
  expect(await wrong({ name: 'x'.repeat(10_000) })).toEqual([400, ['fields.name']]);
  expect(await wrong({ durationMinutes: 4 })).toEqual([400, ['fields.durationMinutes']]);
  expect((await saveService(card, { categoryId: 'cat_other' })).status).toBe(404);
});

test('a place at an event has one price, the service’s and its leaders’', async () => {
  const card = await serviceCard('cut');
  const fields = { ...card.fields, name: 'Pottery for two', kind: 'event' as const, places: 4, priceMinMinor: 4000, priceMaxMinor: 4000 };
  const at = 'catalog/services';
  const range = await owner.here<{ code: string; detail: { fields: { field: string }[] } }>('POST', at, { ...fields, priceMaxMinor: 7000 });
  expect([range.status, range.body.code, range.body.detail.fields[0]?.field]).toEqual([422, 'invalid_request', 'fields.priceMaxMinor']);
  const made = (await owner.here<ServiceCard>('POST', at, fields)).body;
  const change = (more: object, becomes: object | null) =>
    owner.here<{ code: string }>('PUT', `${at}/${made.id}`, {
      version: made.version,
      fields: { ...fields, ...more },
      team: becomes ? [{ staffId: 'anna', was: null, becomes }] : [],
    });
  expect((await change({ priceMaxMinor: 5000 }, null)).status).toBe(422);
  expect((await change({}, { priceMinMinor: 3000, priceMaxMinor: 5000, durationMinutes: null })).status).toBe(422);
  expect((await change({}, { priceMinMinor: 5000, priceMaxMinor: 5000, durationMinutes: null })).status).toBe(200);
});

test('any text is only text', async () => {
  const name = '<script>alert(1)</script> =cmd() ‮שלום 💇‍♀️';
  const { body } = await saveService(await serviceCard('cut'), { name, description: '=HYPERLINK("http://x")' });
  expect(body.fields.name).toBe(name);
});

test('nothing of another chain or location can be seen or changed from here', async () => {
  await sql`insert into chains (chain_id, slug, name, created_at) values ('chn_other', 'other', 'Other', now())`.execute(app.database.read);
  await sql`insert into locations (chain_id, location_id, slug, name, country, currency, time_zone, default_language, languages, created_at)
    values ('chn_other', 'loc_other', 'there', 'There', 'PT', 'EUR', 'Europe/Lisbon', 'en', '{en}', now()), ('chn_test', 'loc_two', 'two', 'Two', 'PT', 'EUR', 'Europe/Lisbon', 'en', '{en}', now())`.execute(
    app.database.read,
  );
  for (const [chain, location, n] of [
    ['chn_other', 'loc_other', '1'],
    ['chn_test', 'loc_two', '2'],
  ] as const) {
    await sql`insert into service_categories (chain_id, location_id, category_id, name) values (${chain}, ${location}, ${`cat_${n}`}, 'C')`.execute(
      app.database.read,
    );
    await sql`insert into staff (chain_id, location_id, staff_id, name) values (${chain}, ${location}, ${`stf_${n}`}, 'S')`.execute(
      app.database.read,
    );
    expect((await owner.here('GET', `catalog/staff/stf_${n}`)).status).toBe(404);
    expect((await owner.here('DELETE', `catalog/staff/stf_${n}`)).status).toBe(404);
    expect((await owner.here('POST', 'catalog/services', { ...newFields, categoryId: `cat_${n}` })).status).toBe(404);
    expect((await owner.here('PUT', 'catalog/order', { of: 'staff', ids: [`stf_${n}`] })).status).toBe(404);
    expect((await owner.call('GET', `locations/${location}/catalog`)).status).toBe(404);
    const none = { priceMinMinor: null, priceMaxMinor: null, durationMinutes: null };
    expect((await saveService(await serviceCard('cut'), {}, [{ staffId: `stf_${n}`, was: null, becomes: none }])).status).toBe(404);
  }
});

test('everybody who works here sees the catalogue; only those with the right change it', async () => {
  const reception = await signInAs(app, 'reception');
  expect((await lists(reception)).services.length).toBeGreaterThan(2);
  expect((await reception.here('GET', 'catalog/services/cut')).status).toBe(200);
  expect((await saveService(await serviceCard('cut'), { name: 'x' }, [], reception)).status).toBe(403);
  expect((await reception.here('POST', 'catalog/positions', { name: 'x' })).status).toBe(403);
});

test('a service says on its card what tax its price has, and only who keeps the tax rates changes that', async () => {
  const rate = await owner.here<{ rates: { rateId: string; name: string }[] }>('POST', 'taxes', { name: 'VAT', basisPoints: 2300, inclusive: true });
  const rateId = rate.body.rates.find(({ name }) => name === 'VAT')?.rateId ?? '';
  expect((await lists()).taxes).toEqual({ defaultRateId: null, rates: [{ rateId, name: 'VAT', basisPoints: 2300, inclusive: true }] });
  const before = await serviceCard('cut');
  expect(before.fields.tax).toBe('default');
  const { body } = await saveService(before, { tax: rateId });
  expect(body.fields.tax).toBe(rateId);
  expect(await audited('service.changed')).toContainEqual(expect.objectContaining({ before: { tax: 'default' }, after: { tax: rateId } }));
  // whoever leaves it out leaves it as it is
  const { tax: _, ...others } = body.fields;
  const saved = await owner.here<ServiceCard>('PUT', 'catalog/services/cut', { version: body.version, fields: others, team: [] });
  expect([saved.status, saved.body.fields.tax]).toEqual([200, rateId]);
  expect((await saveService(saved.body, { tax: 'txr_of_nobody' })).status).toBe(404);
  const editor = await customRole('catalog.edit');
  const wish = (tax: string) => ({ version: saved.body.version, fields: { ...saved.body.fields, tax }, team: [] });
  expect((await editor.here('PUT', 'catalog/services/cut', wish('none'))).status).toBe(403);
  expect((await editor.here('PUT', 'catalog/services/cut', wish(rateId))).status).toBe(200);
});
