import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientOf } from '../testing/call.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

const TIME = '2026-03-03T10:00:00.000Z';

let app: TestApp;

beforeEach(async () => {
  app = await testApp({
    salon: {
      services: {
        srv_color: { price: 5000, minutes: 60, status: 'required', bufferAfter: 15 },
        srv_cut: { price: 3000, minutes: 30, status: 'available' },
        srv_wash: { price: 1000, minutes: 15, status: 'not_available' },
      },
      staff: { stf_ana: { status: 'available' }, stf_rui: { status: 'available', prices: { srv_color: 6000 } } },
    },
  });
});

afterEach(() => app.close());

// what a booking is answered with is put together from what was written, not read back: the two must not drift apart
test.each([
  ['one that has to be paid', [{ serviceIds: ['srv_color'], staffId: 'stf_rui', startsAt: TIME }]],
  ['one with any team member', [{ serviceIds: ['srv_color'], staffId: null, startsAt: TIME }]],
  ['one that may be paid, and is ticked', [{ serviceIds: ['srv_cut'], staffId: 'stf_ana', startsAt: TIME, pay: ['srv_cut'] }]],
  ['one that may be paid, and is not ticked', [{ serviceIds: ['srv_cut', 'srv_wash'], staffId: 'stf_ana', startsAt: TIME }]],
  [
    'two with different people',
    [
      { serviceIds: ['srv_color', 'srv_cut'], staffId: 'stf_rui', startsAt: TIME, pay: ['srv_cut'] },
      { serviceIds: ['srv_wash'], staffId: null, startsAt: TIME },
    ],
  ],
])('a booking is answered as it is seen afterwards: %s', async (_, appointments) => {
  const client = clientOf(app);
  const wish = (await wishFor(app, ...appointments))(1);
  const booked = await client.book(wish);
  expect(booked.status).toBe(201);
  expect((await client.see(booked.body.token)).body).toEqual(booked.body);
  const again = await client.book(wish);
  expect(again).toEqual({ status: 200, body: booked.body });
});
