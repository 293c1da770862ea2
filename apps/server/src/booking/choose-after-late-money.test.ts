import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { call, clientOf } from '../testing/call.ts';
import { KEYS, type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

const TIME = '2026-03-03T10:00:00.000Z';
const OTHER_TIME = '2026-03-03T13:00:00.000Z';

let app: TestApp;
let client: ReturnType<typeof clientOf>;

beforeEach(async () => {
  app = await testApp({
    salon: { services: { srv_color: { price: 5000, minutes: 60, status: 'required' } }, staff: { stf_ana: { status: 'available' } } },
  });
  client = clientOf(app);
});

afterEach(async () => {
  const { disagreements } = await auditEverything(
    app.payments,
    app.sandbox
      .payments()
      .map((one) => ({ reference: one.client_reference_id ?? undefined, providerPaymentId: one.id, capturedMinor: BigInt(one.captured) })),
  );
  await app.close();
  if (disagreements.length > 0) throw new Error(`the audit found: ${JSON.stringify(disagreements)}`);
});

/** Pays when the hold is over and somebody else has the time: the money is credit that waits for a choice. */
async function payTooLate() {
  const wish = await wishFor(app, { serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt: TIME });
  const { token } = (await client.book(wish(1))).body;
  const session = client.sessionOf((await client.startPayment(token)).body);
  app.sandbox.faults.add({ match: 'any', kind: 'status500', times: 1000 });
  await app.pass({ minutes: 16 });
  app.sandbox.faults.clear();
  expect((await client.book(wish(2))).status).toBe(201);
  app.sandbox.pay(session);
  await app.pass({ seconds: 1 });
  const booking = (await client.see(token)).body;
  expect(booking.status).toBe('needs_choice');
  return { token, session, id: booking.appointments[0]?.id ?? '' };
}

/** As the owner would at the provider's own dashboard. */
async function refundAtProvider(session: string, amountMinor: bigint) {
  const provider = app.payments.providerOf({ chainId: '', connectionId: '', provider: 'stripe', sandbox: true });
  const about = { reference: 'by_hand', createdAt: app.clock.now(), refundedBeforeMinor: 0n };
  const wish = { ...about, providerPaymentId: session, amountMinor, currency: 'EUR', idempotencyKey: `refund_${amountMinor}` };
  expect((await provider.refundPayment(KEYS, wish)).kind).toBe('done');
  await app.pass({ seconds: 1 });
}

const anotherTime = { choice: 'another_time', startsAt: OTHER_TIME, staffId: null };

test('a server that has just started moves the appointment as well as one that knows the rules already', async () => {
  const { token, id } = await payTooLate();
  const justStarted = await app.again();
  const moved = await call(justStarted, 'POST', `/api/v1/bookings/${token}/appointments/${id}/choice`, anotherTime);
  expect(moved).toMatchObject({ status: 200, body: { status: 'confirmed', paidMinor: 5000, appointments: [{ startsAt: OTHER_TIME }] } });
});

test('late money that the owner has given back at the provider buys no other time', async () => {
  const { token, id, session } = await payTooLate();
  await refundAtProvider(session, 5000n);
  expect((await client.see(token)).body).toMatchObject({ status: 'expired', appointments: [{ creditMinor: 0, choices: [] }] });
  expect(await client.choose(token, id, anotherTime)).toMatchObject({ status: 409, body: { code: 'choice_already_made' } });
});

test('of late money that went back in part the rest can be kept or asked for, and is too little for another time', async () => {
  const { token, id, session } = await payTooLate();
  await refundAtProvider(session, 2000n);
  expect((await client.see(token)).body.appointments[0]).toMatchObject({ creditMinor: 3000, choices: ['keep_credit', 'ask_refund'] });
  expect(await client.choose(token, id, anotherTime)).toMatchObject({ status: 409, body: { code: 'step_not_allowed' } });
  expect((await client.choose(token, id, { choice: 'ask_refund' })).status).toBe(200);
});

test('what was moved to another time and then given back at the provider is no longer paid', async () => {
  const { token, id, session } = await payTooLate();
  expect((await client.choose(token, id, anotherTime)).body).toMatchObject({ status: 'confirmed', paidMinor: 5000 });
  await refundAtProvider(session, 5000n);
  expect((await client.see(token)).body).toMatchObject({ paidMinor: 0 });
});

test('a second click on another time finds it decided, and spends nothing twice', async () => {
  const { token, id } = await payTooLate();
  const answers = await Promise.all([client.choose(token, id, anotherTime), client.choose(token, id, anotherTime)]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  expect((await client.see(token)).body).toMatchObject({ status: 'confirmed', paidMinor: 5000 });
});
