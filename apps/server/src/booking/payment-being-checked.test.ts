import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../testing/call.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

let app: TestApp;
let client: ReturnType<typeof clientOf>;
/** A card payment that the provider's risk checks hold up: open pages look as if the client had done their part. */
let checking = false;
/** What the provider says was captured, less than was asked. */
let capturedLess = 0n;

beforeAll(async () => {
  app = await testApp({
    salon: { services: { srv_color: { price: 5000, minutes: 60, status: 'required' } }, staff: { stf_ana: { status: 'available' } } },
    listen: false,
    parts: {
      providerOf: (ordinary) => (connection) => {
        const provider = ordinary(connection);
        return {
          ...provider,
          async readPayment(...asked) {
            const read = await provider.readPayment(...asked);
            if (capturedLess > 0n && read.kind === 'done' && read.value?.state === 'captured') {
              return { kind: 'done', value: { ...read.value, capturedMinor: read.value.capturedMinor - capturedLess } };
            }
            return checking && read.kind === 'done' && read.value?.state === 'open'
              ? { kind: 'done', value: { ...read.value, state: 'processing' } }
              : read;
          },
        };
      },
    },
  });
  client = clientOf(app);
});
afterAll(() => app.close());

test('while a payment is being checked the time is kept longer, once and at most 30 minutes; then it is let go, and the money has its place', async () => {
  const wish = await wishFor(app, { serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt: '2026-03-03T10:00:00.000Z' });
  const held = (await client.book(wish(1))).body;
  const page = await client.startPayment(held.token);
  checking = true;
  await app.pass({ minutes: 10 });
  const seen = (await client.comeBack(held.token)).body;
  expect(seen).toMatchObject({
    status: 'checking',
    canPay: false,
    canCancel: false,
    holdExpiresAt: '2026-03-02T09:40:00.000Z',
    appointments: [{ prepayment: 'checking' }],
  });
  expect((await client.startPayment(held.token)).body).toMatchObject({ code: 'payment_in_progress' });
  expect((await client.cancel(held.token)).body).toMatchObject({ code: 'payment_in_progress' });
  await app.pass({ minutes: 25 });
  expect((await client.comeBack(held.token)).body).toMatchObject({ status: 'checking', holdExpiresAt: '2026-03-02T09:40:00.000Z' });
  await app.pass({ minutes: 7 });
  expect((await client.see(held.token)).body.appointments[0]?.status).toBe('expired');
  checking = false;
  app.sandbox.pay(client.sessionOf(page.body));
  await app.pass({ minutes: 60 });
  expect((await client.see(held.token)).body).toMatchObject({ status: 'confirmed', paidMinor: 5000 });
});

test('money in another amount than was asked confirms nothing, and the client is not asked for more on top of it', async () => {
  const wish = await wishFor(app, { serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt: '2026-03-04T10:00:00.000Z' });
  const held = (await client.book({ ...wish(2), draftId: 'draft_of_the_wrong_amount' })).body;
  const page = await client.startPayment(held.token);
  app.sandbox.pay(client.sessionOf(page.body));
  capturedLess = 100n;
  const seen = (await client.comeBack(held.token)).body;
  capturedLess = 0n;
  expect(seen).toMatchObject({ status: 'checking', paidMinor: 0, canPay: false });
  expect((await client.startPayment(held.token)).body).toMatchObject({ code: 'payment_in_progress' });
  await app.pass({ minutes: 20 });
  expect((await client.see(held.token)).body).toMatchObject({ status: 'checking', canPay: false, appointments: [{ status: 'expired' }] });
});
