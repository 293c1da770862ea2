import type { AttentionCount, AttentionList } from '@holdfast/contract/attention';
import type { Client } from '@holdfast/contract/clients';
import type { RefundList } from '@holdfast/contract/refunds';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { switchOnlinePayment } from '../payments/connect-provider.ts';
import { settlePayment } from '../payments/settle-payment.ts';
import { attemptById } from '../payments/store.ts';
import { clientOf } from '../testing/call.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

let app: TestApp;
let owner: StaffUser;
let accountant: StaffUser;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_cut: { price: 5000, minutes: 60, status: 'required' } },
      staff: Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
  });
  owner = await signInAs(app, 'owner');
  accountant = await signInAs(app, 'accountant');
  await app.database.transaction((tx) => switchOnlinePayment(tx, app.scope, { method: 'visit_link', enabled: true, connectionId: app.connectionId }));
});
beforeEach(() => app.sandbox.events.hold());
afterAll(() => app.close());

let number = 0;
/** A client who has booked and stands at the page to pay. */
async function atThePage() {
  const n = number++;
  const startsAt = new Date(Math.floor(app.clock.now().getTime() / 86_400_000) * 86_400_000 + 86_400_000 + 12 * 3_600_000).toISOString();
  const client = clientOf(app);
  const { body } = await client.book((await wishFor(app, { serviceIds: ['srv_cut'], staffId: `stf_${n % 30}`, startsAt, pay: [] }))(n));
  await client.startPayment(body.token);
  const { rows } = await sql<{
    id: string;
  }>`select attempt_id id from payment_attempts where order_id = (select booking_id from appointments where appointment_id = ${body.appointments[0]?.id ?? ''})`.execute(
    app.database.read,
  );
  return { appointmentId: body.appointments[0]?.id ?? '', attemptId: rows[0]?.id ?? '' };
}

/** What the provider is made to say of a payment, settled as from any look at it. */
async function paid(attemptId: string, capturedMinor: bigint, currency: string, refundedMinor = 0n) {
  const attempt = await attemptById(app.database.read, app.scope.chainId, attemptId);
  if (!attempt) throw new Error('no such attempt');
  const { reference, providerPaymentId = '' } = attempt;
  await settlePayment(app.payments, attempt, { reference, providerPaymentId, state: 'captured', capturedMinor, currency, refundedMinor }, 'poll');
}

async function waiting(appointmentId: string) {
  const { items } = (await owner.here<AttentionList>('GET', 'attention')).body;
  return items.filter(({ appointment }) => appointment?.id === appointmentId);
}

type Refused = { code: string; detail: Record<string, unknown> };
const decide = (user: StaffUser, id: string | undefined, action: string, because = '') =>
  user.here<AttentionList & Refused>('POST', `attention/${id}/resolution`, { action, because });

async function booksAgree() {
  // the payments here are settled by hand, so only the provider's own account of them differs
  const { disagreements } = await auditEverything(app.payments);
  expect(disagreements.filter(({ between }) => between !== 'payments and provider')).toEqual([]);
}

test('money in another currency is nobody’s until somebody gives it to the client, and then it is theirs in that currency', async () => {
  const { appointmentId, attemptId } = await atThePage();
  await paid(attemptId, 5000n, 'USD');
  const [one] = await waiting(appointmentId);
  expect(one).toMatchObject({
    kind: 'currency_mismatch',
    amountMinor: 5000,
    currency: 'USD',
    detail: { askedCurrency: 'EUR', askedMinor: '5000' },
    payment: { id: attemptId, provider: 'stripe', connection: 'Stripe' },
    actions: [
      { action: 'to_account', whyNot: null },
      { action: 'refund', whyNot: null },
      { action: 'note', whyNot: null },
    ],
  });
  const answer = await decide(accountant, one?.id, 'to_account', 'she paid by mistake in dollars');
  expect(answer.status).toBe(200);
  expect(answer.body.items.map(({ id }) => id)).not.toContain(one?.id);
  const client = await owner.call<Client>('GET', `clients/${one?.client?.id}`);
  expect(client.body.money).toContainEqual({ currency: 'USD', paidMinor: 0, creditMinor: 5000 });
  const done = (await owner.here<AttentionList>('GET', 'attention?state=done')).body.items;
  expect(done.find(({ id }) => id === one?.id)?.resolved).toMatchObject({
    by: 'accountant',
    resolution: 'put_on_account',
    because: 'she paid by mistake in dollars',
  });
  await booksAgree();
});

test('another amount than was asked goes into Refunds when somebody says so, once', async () => {
  const { appointmentId, attemptId } = await atThePage();
  await paid(attemptId, 700n, 'EUR');
  const [one] = await waiting(appointmentId);
  expect(one?.kind).toBe('amount_mismatch');
  const answers = await Promise.all([1, 2, 3, 4].map(() => decide(owner, one?.id, 'refund', 'wrong sum')));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code))).toEqual(new Set(['choice_already_made']));
  const refunds = (await owner.here<RefundList>('GET', `refunds?appointment=${appointmentId}`)).body.items;
  expect(refunds).toMatchObject([{ status: 'open', amountMinor: 700, money: { placed: 'credited', leftMinor: 700 } }]);
  await booksAgree();
});

test('of two who decide differently at once, one does, and the money is in one place', async () => {
  const { appointmentId, attemptId } = await atThePage();
  await paid(attemptId, 5000n, 'GBP');
  const [one] = await waiting(appointmentId);
  const answers = await Promise.all([
    decide(owner, one?.id, 'to_account'),
    decide(accountant, one?.id, 'note', 'seen'),
    decide(owner, one?.id, 'to_account'),
  ]);
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409]);
  await booksAgree();
});

const refundsOf = (appointmentId: string) =>
  owner.here<RefundList>('GET', `refunds?appointment=${appointmentId}`).then(({ body }) => body.items.length);

test('refund and keep at once: one wins, and if keep won there is no refund', async () => {
  const won: string[] = [];
  for (let round = 0; round < 6; round++) {
    const { appointmentId, attemptId } = await atThePage();
    await paid(attemptId, 700n, 'EUR');
    const [one] = await waiting(appointmentId);
    const deeds = [() => decide(owner, one?.id, 'refund', 'wrong sum'), () => decide(accountant, one?.id, 'keep')];
    const answers = await Promise.all((round % 2 ? deeds.toReversed() : deeds).map((deed) => deed()));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    const done = (await owner.here<AttentionList>('GET', 'attention?state=done')).body.items.find(({ id }) => id === one?.id);
    won.push(done?.resolved?.resolution ?? '');
    expect(await refundsOf(appointmentId)).toBe(done?.resolved?.resolution === 'refund_proposed' ? 1 : 0);
  }
  expect(won.every((resolution) => ['refund_proposed', 'kept_as_credit'].includes(resolution))).toBe(true);
  await booksAgree();
});

test('negative control: proposed apart from the decision, the refund would stand although the money is kept', async () => {
  const { appointmentId, attemptId } = await atThePage();
  await paid(attemptId, 700n, 'EUR');
  const [one] = await waiting(appointmentId);
  const source = { kind: 'payment', id: attemptId, lineNo: 0 };
  expect(
    (await owner.here('POST', 'refunds', { key: 'apart_from_it_all', appointmentId, source, amountMinor: 700, because: 'wrong sum' })).status,
  ).toBe(200);
  expect((await decide(accountant, one?.id, 'keep')).status).toBe(200);
  expect((await decide(owner, one?.id, 'refund')).body.code).toBe('choice_already_made');
  expect(await refundsOf(appointmentId)).toBe(1);
});

test('a note says what was found; without a word it is refused, and what a kind does not know cannot be done', async () => {
  const { appointmentId, attemptId } = await atThePage();
  await paid(attemptId, 5000n, 'CHF');
  const [one] = await waiting(appointmentId);
  expect((await decide(owner, one?.id, 'note')).body.code).toBe('step_not_allowed');
  expect((await decide(owner, one?.id, 'keep')).body.code).toBe('step_not_allowed');
  expect((await decide(owner, one?.id, 'vanish')).status).toBe(400);
  expect((await decide(owner, 'att_of_nobody', 'note', 'x')).status).toBe(404);
  expect(await waiting(appointmentId)).toHaveLength(1);
  expect((await decide(owner, one?.id, 'note', '<script>=cmd()')).status).toBe(200);
});

test('who may not touch money sees nothing of it, and who may not give back is told so', async () => {
  const reception = await signInAs(app, 'reception');
  expect((await reception.here('GET', 'attention')).status).toBe(403);
  expect((await reception.here('GET', 'attention/count')).status).toBe(403);
  const wish = { name: 'Looks only', rights: ['transactions.see'], registers: null, lastDays: {}, refundLimitMinor: null };
  const role = await owner.call<{ id: string }>('POST', 'roles', wish);
  const looker = await signInAs(app, role.body.id);
  const { appointmentId, attemptId } = await atThePage();
  await paid(attemptId, 700n, 'EUR');
  const { items } = (await looker.here<AttentionList>('GET', 'attention')).body;
  const one = items.find(({ payment }) => payment?.id === attemptId);
  expect(one).toMatchObject({
    client: null,
    actions: [
      { action: 'keep', whyNot: 'right_missing' },
      { action: 'refund', whyNot: 'right_missing' },
    ],
  });
  for (const [action, right] of [
    ['refund', 'refunds.make'],
    ['keep', 'transactions.edit'],
  ] as const) {
    const { status, body } = await decide(looker, one?.id, action);
    expect([status, body.code, body.detail['right']]).toEqual([403, 'right_missing', right]);
  }
  expect(await waiting(appointmentId)).toHaveLength(1);
  expect(await refundsOf(appointmentId)).toBe(0);
});

test('a payment that nobody could ask about is asked about at a person’s word, and then it is clear', async () => {
  const { appointmentId, attemptId } = await atThePage();
  const strike = app.sandbox.faults.add({ match: 'read', kind: 'status500', times: 1_000 });
  await app.database.transaction(async (tx) => {
    await sql`
      insert into attention (chain_id, attention_id, location_id, kind, subject_kind, subject_id, attempt_id, opened_at)
      values (${app.scope.chainId}, 'att_unclear', ${app.scope.locationId}, 'payment_unclear', 'payment', ${attemptId}, ${attemptId}, ${app.clock.now()})`.execute(
      tx,
    );
  });
  expect((await waiting(appointmentId))[0]).toMatchObject({ kind: 'payment_unclear', actions: [{ action: 'look_again' }, { action: 'note' }] });
  expect((await decide(owner, 'att_unclear', 'look_again')).body.code).toBe('provider_unreachable');
  await strike.struck;
  app.sandbox.faults.clear();
  expect((await decide(owner, 'att_unclear', 'look_again')).status).toBe(200);
  expect(await waiting(appointmentId)).toEqual([]);
});

test('a message about a payment that nobody knows stays until it is known or noted', async () => {
  const reference = `hf_${app.payments.mark}_pay_lost`;
  await sql`
    insert into webhook_inbox (chain_id, connection_id, event_id, event_type, reference, raw, received_at, status, try_at)
    values (${app.scope.chainId}, ${app.connectionId}, 'evt_lost', 'charge.refunded', ${reference}, ''::bytea, ${app.clock.now()}, 'parked', ${app.clock.now()})`.execute(
    app.database.read,
  );
  await sql`
    insert into attention (chain_id, attention_id, location_id, kind, subject_kind, subject_id, opened_at)
    values (${app.scope.chainId}, 'att_lost', ${app.scope.locationId}, 'unknown_payment', 'payment_reference', ${reference}, ${app.clock.now()})`.execute(
    app.database.read,
  );
  const before = (await owner.here<AttentionCount>('GET', 'attention/count')).body.open;
  expect((await decide(owner, 'att_lost', 'look_again')).body.code).toBe('step_not_allowed');
  expect((await decide(owner, 'att_lost', 'note', 'from before the backup')).status).toBe(200);
  expect((await owner.here<AttentionCount>('GET', 'attention/count')).body.open).toBe(before - 1);
});

/** Staff say what the visit costs. */
async function costs(appointmentId: string, costMinor: number) {
  const { version } = (await owner.here<{ version: number }>('GET', `appointments/${appointmentId}`)).body;
  const services = [{ serviceId: 'srv_cut', costMinor }];
  const answer = await owner.here('PUT', `appointments/${appointmentId}/services`, { version, services, durationMinutes: null, outsideHours: false });
  expect(answer.status).toBe(200);
}

test('a visit that costs less than was paid waits with what is too much, and no longer when it costs as much again', async () => {
  const { appointmentId, attemptId } = await atThePage();
  await paid(attemptId, 5000n, 'EUR');
  await costs(appointmentId, 5500);
  expect(await waiting(appointmentId)).toEqual([]);
  await costs(appointmentId, 3000);
  await costs(appointmentId, 3500);
  expect(await waiting(appointmentId)).toMatchObject([
    {
      kind: 'paid_above_cost',
      amountMinor: 1500,
      currency: 'EUR',
      actions: [
        { action: 'refund', whyNot: null },
        { action: 'note', whyNot: null },
      ],
    },
  ]);
  await costs(appointmentId, 5000);
  expect(await waiting(appointmentId)).toEqual([]);
  await booksAgree();
});

test('what is above the cost goes back from its payment, once, and is asked for no second time', async () => {
  const { appointmentId, attemptId } = await atThePage();
  await paid(attemptId, 5000n, 'EUR');
  await costs(appointmentId, 3000);
  const [one] = await waiting(appointmentId);
  expect((await decide(owner, one?.id, 'keep')).body.code).toBe('step_not_allowed');
  const answers = await Promise.all([1, 2].map(() => decide(owner, one?.id, 'refund', 'a shorter cut')));
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
  const refunds = (await owner.here<RefundList>('GET', `refunds?appointment=${appointmentId}`)).body.items;
  expect(refunds).toMatchObject([{ status: 'open', amountMinor: 2000, money: { placed: 'applied', leftMinor: 5000 } }]);
  // Refunds has it: only what comes on top of that waits again
  await costs(appointmentId, 3100);
  expect(await waiting(appointmentId)).toEqual([]);
  await costs(appointmentId, 2900);
  expect(await waiting(appointmentId)).toMatchObject([{ kind: 'paid_above_cost', amountMinor: 100 }]);
  // what goes back of the first leaves that, and what goes back of it ends it
  await paid(attemptId, 5000n, 'EUR', 2000n);
  const tooMuch = async () => (await waiting(appointmentId)).filter(({ kind }) => kind === 'paid_above_cost').map(({ amountMinor }) => amountMinor);
  expect(await tooMuch()).toEqual([100]);
  await paid(attemptId, 5000n, 'EUR', 2100n);
  expect(await tooMuch()).toEqual([]);
  await booksAgree();
});

test('a visit that is cancelled is decided in Refunds alone', async () => {
  const { appointmentId, attemptId } = await atThePage();
  await paid(attemptId, 5000n, 'EUR');
  await costs(appointmentId, 3000);
  const { version } = (await owner.here<{ version: number }>('GET', `appointments/${appointmentId}`)).body;
  expect((await owner.here('POST', `appointments/${appointmentId}/cancellation`, { version, because: 'ill', refund: 'policy' })).status).toBe(200);
  expect(await waiting(appointmentId)).toEqual([]);
});
