import type { PaymentStarted } from '@holdfast/contract/booking';
import type { Checkout } from '@holdfast/contract/checkout';
import type { NotedPayments } from '@holdfast/contract/noted-payments';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { clientOf } from '../testing/call.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';
import { connectProvider, switchOnlinePayment } from './connect-provider.ts';

let app: TestApp;
let owner: StaffUser;
let connectionId: string;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_cut: { price: 5000, minutes: 60, status: 'available' } },
      staff: Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
    listen: false,
  });
  owner = await signInAs(app, 'owner');
  connectionId = await app.database.transaction(async (tx) => {
    const credentials = { way: 'transfer', payee: 'Salon Lda', iban: 'PT50 0002 0123 1234 5678 9015 4' };
    const made = await connectProvider(tx, app.payments, app.scope, {
      provider: 'invoice',
      label: 'Invoice',
      sandbox: false,
      credentials,
      currency: 'EUR',
    });
    await switchOnlinePayment(tx, app.scope, { method: 'visit_link', enabled: true, connectionId: made });
    return made;
  });
});
afterAll(() => app.close());

let number = 0;
async function invoiced() {
  const n = number++;
  app.clock.advance({ seconds: 1 });
  const wish = await wishFor(app, { serviceIds: ['srv_cut'], staffId: `stf_${n}`, startsAt: '2026-03-04T12:00:00.000Z', pay: [] });
  const client = clientOf(app);
  const id = (await client.book(wish(n))).body.appointments[0]?.id ?? '';
  const { pageUrl } = (await client.followLink(id)).body as PaymentStarted;
  const page = await app.http.inject({ method: 'GET', url: new URL(pageUrl).pathname });
  const [payment] = (await noted()).payments;
  if (!payment) throw new Error('the payment is not in the list');
  return { id, page, pageUrl, payment, see: async () => (await owner.here<Checkout>('GET', `appointments/${id}/checkout`)).body };
}

const list = () => `cashless-payment/connections/${connectionId}/noted-payments`;
const noted = async () => (await owner.here<NotedPayments>('GET', list())).body;
const note = (payment: { id: string; capturedMinor: number; refundedMinor: number }, capturedMinor: number, refundedMinor = 0) =>
  owner.here<NotedPayments & { code: string }>('POST', `${list()}/${payment.id}/notes`, {
    capturedMinor,
    refundedMinor,
    basedOn: { capturedMinor: payment.capturedMinor, refundedMinor: payment.refundedMinor },
  });

async function nobodyDisagrees() {
  expect((await auditEverything(app.payments)).disagreements).toEqual([]);
}

test('a client who follows the link is told where to transfer what, and nothing has been paid by that', async () => {
  const { page, payment, see } = await invoiced();
  expect(page.statusCode).toBe(200);
  for (const told of ['PT50 0002 0123 1234 5678 9015 4', 'Salon Lda', payment.reference, '€50']) expect(page.body).toContain(told);
  expect(await see()).toMatchObject({ paidMinor: 0, dueMinor: 5000 });
  await nobodyDisagrees();
});

test('when the salon notes that the money has come, the visit is paid, once', async () => {
  const { payment, pageUrl, see } = await invoiced();
  expect((await note(payment, 5000)).status).toBe(200);
  expect(await see()).toMatchObject({ paidMinor: 5000, dueMinor: 0 });
  expect(await note(payment, 5000)).toMatchObject({ status: 409, body: { code: 'changed_meanwhile' } });
  expect((await note({ ...payment, capturedMinor: 5000 }, 5000)).status).toBe(200);
  expect(await see()).toMatchObject({ paidMinor: 5000 });
  expect((await app.http.inject({ method: 'GET', url: new URL(pageUrl).pathname })).statusCode).toBe(303);
  await nobodyDisagrees();
});

test('a transfer that comes two days later still has its place', async () => {
  const { payment, see } = await invoiced();
  await app.pass({ minutes: 70 });
  expect((await noted()).payments.find(({ id }) => id === payment.id)?.status).toBe('closed');
  await app.pass({ minutes: 60 * 20 });
  expect((await note(payment, 5000)).status).toBe(200);
  expect(await see()).toMatchObject({ paidMinor: 5000, dueMinor: 0 });
  await nobodyDisagrees();
});

test('less than was asked is kept safe and confirms nothing', async () => {
  const { payment, see } = await invoiced();
  await note(payment, 4900);
  expect(await see()).toMatchObject({ paidMinor: 0 });
  await nobodyDisagrees();
});

test('what went back by hand is noted too, and no more than came', async () => {
  const { payment, see } = await invoiced();
  await note(payment, 5000);
  const paid = { ...payment, capturedMinor: 5000 };
  expect((await note(paid, 5000, 5001)).status).toBe(400);
  expect((await note(paid, 4000, 0)).status).toBe(400);
  expect((await note(paid, 5000, 2000)).status).toBe(200);
  expect(await see()).toMatchObject({ paidMinor: 3000 });
  await nobodyDisagrees();
});

test('nothing is noted for a payment whose page was never made: nobody would look at it', async () => {
  const { payment } = await invoiced();
  await sql`
    update payment_attempts set status = 'intended', asked_at = null, page_url = null, page = null, provider_payment_id = null where attempt_id = ${payment.id}`.execute(
    app.database.read,
  );
  expect(await note(payment, 5000)).toMatchObject({ status: 404, body: { code: 'not_found' } });
  await app.pass({ minutes: 70 });
  await nobodyDisagrees();
});

test('a payment at a provider that can be asked cannot be noted', async () => {
  const wish = await wishFor(app, { serviceIds: ['srv_cut'], staffId: 'stf_9', startsAt: '2026-03-04T12:00:00.000Z', pay: ['srv_cut'] });
  const client = clientOf(app);
  const { body } = await client.book(wish(99));
  await client.startPayment(body.token);
  const other = app.connectionId;
  const { payments } = (await owner.here<NotedPayments>('GET', `cashless-payment/connections/${other}/noted-payments`)).body;
  const answer = await owner.here('POST', `cashless-payment/connections/${other}/noted-payments/${payments[0]?.id}/notes`, {
    capturedMinor: 5000,
    refundedMinor: 0,
    basedOn: { capturedMinor: 0, refundedMinor: 0 },
  });
  expect(answer).toMatchObject({ status: 409, body: { code: 'step_not_allowed' } });
});
