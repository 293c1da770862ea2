import type { AttentionList } from '@holdfast/contract/attention';
import type { Reconciliation, SettlementDifferences } from '@holdfast/contract/reconciliation';
import type { RefundList } from '@holdfast/contract/refunds';
import type { DayFigures } from '@holdfast/contract/reports';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { balanceOf } from '../ledger/read-books.ts';
import { takeLines } from '../reconciliation/take-lines.ts';
import { DAY, paidSalon, payVisit } from '../reconciliation/testing/paid-visits.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import type { TestApp } from '../testing/test-app.ts';

let app: TestApp;
let owner: StaffUser;
beforeEach(async () => {
  app = await paidSalon();
  owner = await signInAs(app, 'owner');
});
afterEach(async () => {
  expect((await auditEverything(app.payments)).disagreements).toEqual([]);
  await app.close();
});

const settled = () => app.pass({ seconds: 1 });
const waiting = async (state = 'open') => (await owner.here<AttentionList>('GET', `attention?state=${state}`)).body.items;
const balance = (kind: 'clearing' | 'disputed' | 'item', ownerId = app.connectionId) =>
  balanceOf(app.database.read, app.scope, { kind, ownerId, currency: 'EUR' });
const money = async () => ({
  clearing: await balance('clearing'),
  disputed: await balance('disputed'),
  lost: await balance('item', 'other_expense'),
});
const decide = (id: string | undefined, action: string, because = '') =>
  owner.here<AttentionList & { code: string }>('POST', `attention/${id}/resolution`, { action, because });
const today = async () => {
  const { body } = await owner.here<DayFigures>('GET', `days/${app.clock.now().toISOString().slice(0, 10)}`);
  return body.money[0];
};
/** Reads the provider's books, as every hour. */
const readBooks = async () => {
  await app.pass({ minutes: 61 });
  return (await owner.here<SettlementDifferences>('GET', 'reconciliation/differences')).body.differences;
};

test('what a client’s bank withdraws waits in an account of its own, with the amount, the reason and the deadline; won, it is back', async () => {
  const paid = await payVisit(app);
  await settled();
  const before = await money();
  const id = app.sandbox.dispute(paid, { reason: 'product_not_received' });
  await settled();
  expect(await money()).toEqual({ clearing: before.clearing - 4000n - 1500n, disputed: 4000n, lost: 0n });
  const [one] = await waiting();
  expect(one).toMatchObject({
    kind: 'dispute',
    amountMinor: 4000,
    currency: 'EUR',
    detail: { reason: 'product_not_received', stage: 'chargeback', state: 'needs_response', respondBy: '2026-03-11T09:00:01.000Z' },
    payment: { provider: 'stripe' },
    appointment: { serviceNames: ['cut'] },
    client: { name: expect.any(String) },
    actions: [{ action: 'evidence_sent' }, { action: 'accept_loss' }, { action: 'look_again' }],
  });
  expect(await today()).toMatchObject({ disputesMinor: 0, feesMinor: expect.any(Number) });
  app.sandbox.answerDispute(id);
  await settled();
  expect((await waiting())[0]?.detail).toMatchObject({ state: 'under_review' });
  app.sandbox.decideDispute(id, true);
  await settled();
  expect(await money()).toEqual({ clearing: before.clearing - 1500n, disputed: 0n, lost: 0n });
  expect(await waiting()).toEqual([]);
  expect((await waiting('done'))[0]?.resolved).toMatchObject({ resolution: 'dispute_won', by: null });
});

test('lost, it is a loss of that day, the visit stays paid, and nothing of it can be given back once more', async () => {
  const paid = await payVisit(app);
  await settled();
  const id = app.sandbox.dispute(paid);
  await settled();
  app.sandbox.decideDispute(id, false);
  await settled();
  expect(await money()).toMatchObject({ disputed: 0n, lost: 4000n });
  expect((await waiting('done'))[0]?.resolved).toMatchObject({ resolution: 'dispute_lost' });
  expect(await today()).toMatchObject({ disputesMinor: -4000, correctionsMinor: 0 });
  const { rows } = await sql<{
    id: string;
    paid: bigint;
    line: bigint;
  }>`select appointment_id id, paid_minor paid, charged_back_minor line from appointments, payment_lines`.execute(app.database.read);
  expect(rows[0]).toMatchObject({ paid: 4000n, line: 4000n });
  const { version } = (await owner.here<{ version: number }>('GET', `appointments/${rows[0]?.id}`)).body;
  expect((await owner.here('POST', `appointments/${rows[0]?.id}/cancellation`, { version, because: 'gone', refund: 'all' })).status).toBe(200);
  expect((await owner.here<RefundList>('GET', 'refunds')).body.items).toEqual([]);
});

test('while the bank decides, a refund is proposed but cannot be sent any way; then it can, or nothing is left', async () => {
  const paid = await payVisit(app);
  await settled();
  const id = app.sandbox.dispute(paid, { amountMinor: 2500n });
  await settled();
  const { rows } = await sql<{ id: string }>`select appointment_id id from appointments`.execute(app.database.read);
  const { version } = (await owner.here<{ version: number }>('GET', `appointments/${rows[0]?.id}`)).body;
  await owner.here('POST', `appointments/${rows[0]?.id}/cancellation`, { version, because: 'ill', refund: 'all' });
  const [refund] = (await owner.here<RefundList>('GET', 'refunds')).body.items;
  expect(refund).toMatchObject({ amountMinor: 4000 });
  const approved = await owner.here<{ version: number }>('POST', `refunds/${refund?.id}/approval`, { version: refund?.version });
  expect(approved.status).toBe(200);
  const now = (await owner.here<RefundList>('GET', 'refunds')).body.items[0];
  for (const way of ['provider', 'account']) {
    const sent = await owner.here<{ code: string; detail: { because: string } }>('POST', `refunds/${refund?.id}/sending`, {
      version: now?.version,
      way,
      registerId: null,
      key: `sending_${way}_of_disputed`,
    });
    expect(sent.body).toMatchObject({ code: 'step_not_allowed', detail: { because: 'disputed' } });
  }
  app.sandbox.decideDispute(id, false);
  await settled();
  expect((await owner.here<RefundList>('GET', 'refunds')).body.items[0]).toMatchObject({ amountMinor: 1500, money: { leftMinor: 1500 } });
});

test('events out of order, three times, or lost: each movement stands in the books once', async () => {
  const paid = await payVisit(app);
  await settled();
  app.sandbox.events.hold();
  const id = app.sandbox.dispute(paid);
  app.sandbox.answerDispute(id);
  app.sandbox.decideDispute(id, true);
  await app.sandbox.events.release({ times: 3, shuffle: true });
  await app.afterwards();
  const once = await money();
  expect(once).toMatchObject({ disputed: 0n, lost: 0n });
  app.sandbox.events.setMode('drop');
  const other = await payVisit(app, { staff: 'bea' });
  app.sandbox.decideDispute(app.sandbox.dispute(other), false);
  // nobody was told: the provider's books say so
  expect(await readBooks()).toEqual([]);
  expect(await money()).toMatchObject({ disputed: 0n, lost: 4000n });
  expect(await waiting()).toEqual([]);
});

test('a payout with disputes in it is right to the cent, and nothing of them is a difference', async () => {
  const [one] = [await payVisit(app), await payVisit(app, { staff: 'bea' }), await payVisit(app, { service: 'color', staff: 'cleo' })];
  await settled();
  const id = app.sandbox.dispute(one ?? '');
  await settled();
  expect(await readBooks()).toEqual([]);
  app.sandbox.decideDispute(id, false);
  await app.pass({ minutes: 3 * DAY });
  expect(await readBooks()).toEqual([]);
  const { payouts } = (await owner.here<Reconciliation>('GET', 'reconciliation')).body;
  expect(payouts).toMatchObject([{ status: 'accepted' }]);
  expect(await balance('clearing')).toBe(0n);
});

test('who had accepted the chargeback as a difference before it was heard of does not lose it twice', async () => {
  const paid = await payVisit(app);
  app.sandbox.events.setMode('drop');
  app.sandbox.dispute(paid);
  // the line comes before anybody asks about the payment itself
  const [dispute] = app.sandbox.disputes();
  const line = app.sandbox.movementsOf(dispute?.id ?? '')[0] ?? '';
  await app.database.transaction((tx) =>
    takeLines(
      tx,
      app.payments,
      { ...app.scope, connectionId: app.connectionId },
      [
        {
          lineId: line,
          kind: 'adjustment',
          reference: undefined,
          providerPaymentId: paid,
          amountMinor: -4000n,
          feeMinor: 1500n,
          currency: 'EUR',
          at: app.clock.now(),
          payoutId: undefined,
          note: '',
        },
      ],
      { source: 'api' },
    ),
  );
  const [difference] = (await owner.here<SettlementDifferences>('GET', 'reconciliation/differences')).body.differences;
  expect(difference?.item).toMatchObject({ status: 'adjustment', differenceMinor: -4000 });
  const { id = '', revision = 0 } = difference?.item ?? {};
  await owner.here('POST', 'reconciliation/acceptances', { items: [{ id, revision }] });
  expect(await money()).toMatchObject({ disputed: 0n, lost: 4000n });
  app.sandbox.events.setMode('send');
  app.sandbox.answerDispute(dispute?.id ?? '');
  await settled();
  expect(await readBooks()).toEqual([]);
  expect(await money()).toMatchObject({ disputed: 4000n, lost: 0n });
});

test('a dispute after a refund, of all of it or of what is left, costs what the bank takes', async () => {
  const paid = await payVisit(app);
  await settled();
  app.sandbox.giveBack(paid, 1000n);
  await settled();
  const id = app.sandbox.dispute(paid);
  await settled();
  expect(await money()).toMatchObject({ disputed: 4000n });
  app.sandbox.decideDispute(id, false);
  await settled();
  expect(await money()).toMatchObject({ disputed: 0n, lost: 4000n });
});

test('a loss is accepted at the provider by who may, once; evidence is noted and it waits', async () => {
  const paid = await payVisit(app);
  await settled();
  app.sandbox.dispute(paid);
  await settled();
  const [one] = await waiting();
  expect((await decide(one?.id, 'keep')).body.code).toBe('step_not_allowed');
  expect((await decide(one?.id, 'evidence_sent', 'signed form')).status).toBe(200);
  expect((await waiting())[0]?.detail).toMatchObject({ answeredBy: 'owner' });
  expect((await decide(one?.id, 'look_again')).status).toBe(200);
  expect(await waiting()).toHaveLength(1);
  const answers = await Promise.all([1, 2, 3].map(() => decide(one?.id, 'accept_loss', 'she was right')));
  expect(answers.some(({ status }) => status === 200)).toBe(true);
  expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
  expect((await waiting('done')).find(({ id }) => id === one?.id)?.resolved).toMatchObject({ resolution: 'dispute_lost', by: 'owner' });
  expect(await money()).toMatchObject({ disputed: 0n, lost: 4000n });
  expect((await decide(one?.id, 'accept_loss')).body.code).toBe('choice_already_made');
});

test('a bank that only asks takes nothing; it is refunded, or becomes a dispute', async () => {
  const paid = await payVisit(app);
  const other = await payVisit(app, { staff: 'bea' });
  await settled();
  const before = await money();
  app.sandbox.dispute(paid, { inquiry: true });
  const second = app.sandbox.dispute(other, { inquiry: true });
  await settled();
  expect(await money()).toEqual(before);
  expect((await waiting()).map(({ detail }) => detail['stage'])).toEqual(['inquiry', 'inquiry']);
  const asked = (await waiting())[0];
  expect((await decide(asked?.id, 'accept_loss')).body.code).toBe('step_not_allowed');
  app.sandbox.giveBack(paid);
  app.sandbox.escalateDispute(second);
  await settled();
  expect((await waiting()).filter(({ kind }) => kind === 'dispute').map(({ detail }) => detail['stage'])).toEqual(['chargeback']);
  expect(await money()).toMatchObject({ disputed: 4000n });
});

test('a provider that tells nothing any more is asked by itself, and past the deadline at once', async () => {
  const paid = await payVisit(app);
  await settled();
  const id = app.sandbox.dispute(paid);
  await settled();
  app.sandbox.events.setMode('drop');
  app.sandbox.decideDispute(id, false);
  await app.pass({ minutes: 6 * 60 + 1 });
  expect(await money()).toMatchObject({ disputed: 0n, lost: 4000n });
});
