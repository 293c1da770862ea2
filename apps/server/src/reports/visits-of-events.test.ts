import type { DayFigures, Report } from '@holdfast/contract/reports';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../testing/call.ts';
import { openEvent } from '../testing/open-event.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { cut: { price: 4000, minutes: 60, status: 'not_available' }, class: { price: 1500, minutes: 60, status: 'not_available' } },
      staff: { anna: { status: 'available' }, eva: { status: 'available' } },
    },
    listen: false,
  });
});
afterAll(() => app.close());

test('three people who came to a class on one booking are three visits, and one bill', async () => {
  await openEvent(app, { eventId: 'evt_class', serviceId: 'class', staffId: 'eva', startsAt: '2026-03-03T10:00:00.000Z', capacity: 9 });
  const client = clientOf(app);
  const plain = await wishFor(app, { serviceIds: ['cut'], staffId: 'anna', startsAt: '2026-03-03T10:00:00.000Z' });
  const event = { eventId: 'evt_class', places: 3 };
  const payload = { appointments: [], event };
  const { quoteId } = (await app.http.inject({ method: 'POST', url: '/api/v1/locations/test/salon/quotes', payload })).json<{ quoteId: string }>();
  expect((await client.book({ ...plain(1), appointments: [], event: { ...event, pay: false }, quoteId })).status).toBe(201);
  expect((await client.book(plain(2))).status).toBe(201);
  await app.pass({ minutes: 30 * 60 });
  const accountant = await signInAs(app, 'accountant');
  const visits = async (name: string) => {
    const { columns, groups } = (await accountant.here<Report>('GET', `reports/${name}?from=2026-03-01&to=2026-03-07`)).body;
    const at = columns.findIndex(({ key }) => key === 'visits');
    return Object.fromEntries(groups.flatMap(({ rows }) => rows.map(({ key, values }) => [key, values[at]])));
  };
  expect(await visits('services')).toEqual({ class: 3, cut: 1 });
  expect(await visits('team')).toEqual({ eva: 3, anna: 1 });
  const { visits: ofDay } = (await accountant.here<DayFigures>('GET', 'days/2026-03-03')).body;
  expect(ofDay.bookedMinor).toBe(3 * 1500 + 4000);
});
