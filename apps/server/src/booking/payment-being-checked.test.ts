import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../testing/call.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

let app: TestApp;
let client: ReturnType<typeof clientOf>;
/** A card payment that the provider's risk checks hold up: open pages look as if the client had done their part. */
let checking = false;

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
