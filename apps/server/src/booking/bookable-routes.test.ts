import type { Bookables } from '@holdfast/contract/bookables';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: {
        cut: { price: 4000, minutes: 60, status: 'required' },
        beard: { price: 2000, minutes: 30, status: 'not_available' },
        old: { price: 100, minutes: 15, status: 'not_available' },
      },
      staff: { anna: { status: 'available', prices: { cut: 5000 } }, boris: { status: 'not_available' }, gone: { status: 'not_available' } },
    },
    listen: false,
  });
  await app.database.transaction(async (tx) => {
    await sql`update services set archived = true where service_id = 'old'`.execute(tx);
    await sql`update services set online_booking = false where service_id = 'beard'`.execute(tx);
    await sql`update staff set archived = true where staff_id = 'gone'`.execute(tx);
    await sql`update staff_services set duration_minutes = 75 where staff_id = 'anna' and service_id = 'cut'`.execute(tx);
    await sql`delete from staff_services where staff_id = 'boris' and service_id = 'cut'`.execute(tx);
    await sql`insert into service_categories (chain_id, location_id, category_id, name) values ('chn_test', 'loc_test', 'cat_empty', 'Empty')`.execute(
      tx,
    );
  });
});
afterAll(() => app.close());

test('staff choose from what is sold here, with what each person takes for it', async () => {
  const { status, body } = await (await signInAs(app, 'reception')).here<Bookables>('GET', 'bookables');
  expect(status).toBe(200);
  expect(body.categories).toEqual([{ id: 'cat_all', name: 'All' }]);
  expect(body.services.map(({ id }) => id).sort()).toEqual(['beard', 'cut']);
  const anna = body.staff.find(({ id }) => id === 'anna');
  expect(anna?.services.find(({ serviceId }) => serviceId === 'cut')).toEqual({
    serviceId: 'cut',
    priceMinMinor: 5000,
    priceMaxMinor: 10_000,
    durationMinutes: 75,
  });
});

test('what is not booked online can still be booked at the desk', async () => {
  const { body } = await (await signInAs(app, 'reception')).here<Bookables>('GET', 'bookables');
  expect(body.staff.find(({ id }) => id === 'boris')?.services).toEqual([
    { serviceId: 'beard', priceMinMinor: 2000, priceMaxMinor: 4000, durationMinutes: 30 },
  ]);
});

test('what was archived and who has left are not offered', async () => {
  const { body } = await (await signInAs(app, 'owner')).here<Bookables>('GET', 'bookables');
  expect(body.staff.map(({ id }) => id)).toEqual(['anna', 'boris']);
  expect(JSON.stringify(body)).not.toContain('old');
});
