import type { Reconciliation, SettlementDifferences } from '@holdfast/contract/reconciliation';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { balanceOf } from '../ledger/read-books.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { checkSettlements } from './check-settlements.ts';
import { findMissing } from './find-missing.ts';
import { judgeAgain } from './judge-again.ts';
import { type CameLine, takeLines } from './take-lines.ts';
import { capturedPayment, lineOf } from './testing/captured-payment.ts';
import { importFile } from './testing/import-file.ts';

let app: TestApp;
let owner: StaffUser;
beforeEach(async () => {
  app = await testApp({ salon: { services: {}, staff: {} }, listen: false });
  owner = await signInAs(app, 'owner');
});
afterEach(async () => {
  expect(await checkSettlements(app.database.read)).toEqual([]);
  await app.close();
});

const DAY = 24 * 60;
const bound = () => ({ ...app.scope, connectionId: app.connectionId });
const come = (...lines: CameLine[]) => app.database.transaction((tx) => takeLines(tx, app.payments, bound(), lines, { source: 'api' }));
const differences = async () => (await owner.here<SettlementDifferences>('GET', 'reconciliation/differences')).body.differences;
const payouts = async () => (await owner.here<Reconciliation>('GET', 'reconciliation')).body.payouts;
const accept = async (item: { id: string; revision: number }) =>
  (await owner.here<{ outcomes: { outcome: string }[] }>('POST', 'reconciliation/acceptances', { items: [item] })).body.outcomes;
const clearing = (currency = 'EUR') => balanceOf(app.database.read, app.scope, { kind: 'clearing', ownerId: app.connectionId, currency });
const card = () => balanceOf(app.database.read, app.scope, { kind: 'register', ownerId: 'card', currency: 'EUR' });
const attention = async () =>
  (await sql<{ kind: string; open: boolean }>`select kind, resolved_at is null open from attention order by opened_at`.execute(app.database.read))
    .rows;

test('a payment the provider counts in another currency goes out in the one and comes in in the other', async () => {
  const reference = await capturedPayment(app, 4000);
  await come(lineOf(app, 'txn_1', 'payment', 4300, { reference, currency: 'USD' }));
  const [difference] = await differences();
  expect(difference?.item.status).toBe('currency_differs');
  expect(difference?.postings.map(({ currency, amountMinor, from, to }) => [currency, amountMinor, from.kind, to.kind])).toEqual([
    ['EUR', 4000, 'clearing', 'item'],
    ['USD', 4300, 'item', 'clearing'],
  ]);
  if (difference) expect(await accept(difference.item)).toMatchObject([{ outcome: 'accepted' }]);
  expect([await clearing(), await clearing('USD')]).toEqual([0n, 4300n]);
  expect(await differences()).toEqual([]);
});

test('what was accepted is taken back when both sides agree without it by then: the money stands there once', async () => {
  const reference = await capturedPayment(app, 4000);
  await come(lineOf(app, 'txn_1', 'payment', 4300, { reference }));
  const [difference] = await differences();
  expect(difference?.item).toMatchObject({ status: 'amount_differs', differenceMinor: 300 });
  if (difference) await accept(difference.item);
  expect(await clearing()).toBe(4300n);
  await come(lineOf(app, 'txn_1', 'payment', 4000, { reference }));
  expect(await differences()).toMatchObject([{ item: { differenceMinor: -300 } }]);
  await judgeAgain(app.payments, bound());
  expect(await differences()).toEqual([]);
  expect(await clearing()).toBe(4000n);
});

test('a payment that is missing at the provider needs attention once, and no more when its line comes', async () => {
  const reference = await capturedPayment(app, 4000);
  app.clock.advance({ minutes: 8 * DAY });
  await findMissing(app.payments, bound());
  await findMissing(app.payments, bound());
  expect(await differences()).toMatchObject([{ item: { status: 'missing', differenceMinor: -4000 } }]);
  expect(await attention()).toEqual([{ kind: 'payment_missing_at_provider', open: true }]);
  await come(lineOf(app, 'txn_1', 'payment', 4000, { reference }));
  expect(await differences()).toEqual([]);
  expect(await attention()).toEqual([{ kind: 'payment_missing_at_provider', open: false }]);
  expect(await clearing()).toBe(4000n);
});

test('a refund of which the provider says nothing is shown, and accepting takes it back', async () => {
  const reference = await capturedPayment(app, 4000, { back: 1500 });
  await come(lineOf(app, 'txn_1', 'payment', 4000, { reference }));
  app.clock.advance({ minutes: 8 * DAY });
  await findMissing(app.payments, bound());
  const [difference] = await differences();
  expect(difference).toMatchObject({ item: { status: 'refund_missing', differenceMinor: 1500 }, postings: [{ amountMinor: 1500 }] });
  if (difference) await accept(difference.item);
  expect(await clearing()).toBe(4000n);
  expect(await differences()).toEqual([]);
});

test('a chargeback is shown with what it would post: the amount to Other expense, its fee to the fees', async () => {
  await capturedPayment(app, 4000);
  await come(lineOf(app, 'txn_dispute', 'adjustment', -4000, { feeMinor: 1500n }));
  const [difference] = await differences();
  expect(difference?.item).toMatchObject({ status: 'adjustment', differenceMinor: -4000 });
  expect(difference?.postings.map(({ operation, amountMinor, to }) => [operation, amountMinor, to.kind])).toEqual([
    ['correction', 4000, 'item'],
    ['fee', 1500, 'fees'],
  ]);
  if (difference) await accept(difference.item);
  expect(await clearing()).toBe(-1500n);
});

test('a payout that is noted takes the oldest payments that make it, and is a difference where none do', async () => {
  for (const n of [1, 2, 3]) {
    const reference = await capturedPayment(app, 1000 * n);
    await come(lineOf(app, `txn_${n}`, 'payment', 1000 * n, { reference }));
    app.clock.advance({ minutes: 1 });
  }
  const note = (id: string, amountMinor: number) =>
    owner.here('POST', `reconciliation/connections/${app.connectionId}/payouts`, {
      id,
      amountMinor,
      currency: 'EUR',
      at: app.clock.now().toISOString(),
      note: 'statement',
    });
  expect((await note(`hpo_${'1'.repeat(32)}`, 3000)).status).toBe(200);
  expect((await note(`hpo_${'1'.repeat(32)}`, 3000)).status).toBe(200);
  expect([await card(), await clearing()]).toEqual([3000n, 3000n]);
  expect(await payouts()).toMatchObject([{ amountMinor: 3000, status: 'accepted', lines: 2 }]);
  await note(`hpo_${'2'.repeat(32)}`, 2900);
  expect(await card()).toBe(3000n);
  expect(await differences()).toMatchObject([{ item: { status: 'payout_open', differenceMinor: 2900 } }]);
  expect(await attention()).toEqual([{ kind: 'payout_differs', open: true }]);
});

test('a line nobody knew is matched with its payment by hand, and agrees from then on', async () => {
  const attemptId = await capturedPayment(app, 4000);
  await come(lineOf(app, 'txn_1', 'payment', 4000, { feeMinor: 85n }));
  const [unknown] = await differences();
  expect(unknown).toMatchObject({ item: { status: 'unknown' }, suggestions: [{ attemptId }] });
  const match = { revision: unknown?.item.revision, attemptId };
  expect((await owner.here('POST', `reconciliation/differences/${unknown?.item.id}/match`, match)).status).toBe(200);
  expect(await differences()).toEqual([]);
  expect(await clearing()).toBe(3915n);
});

test('a bank’s file brings payouts, and only the rows with the provider’s name in them', async () => {
  const reference = await capturedPayment(app, 4000);
  await come(lineOf(app, 'txn_1', 'payment', 4000, { reference, feeMinor: 85n }));
  app.clock.advance({ minutes: 2 * DAY });
  const file = 'Data;Descrição;Montante\n04/03/2026;STRIPE PAYMENTS;39,15\n04/03/2026;RENDA LOJA;-800,00\n';
  const { import: read } = await importFile(app, owner, file, { rowsAre: 'payouts', onlyWith: 'stripe', dates: 'dmy' });
  expect(read).toMatchObject({ status: 'done', counts: { fresh: 1, skipped: 1, unreadable: 0 } });
  expect(await payouts()).toMatchObject([{ amountMinor: 3915, status: 'accepted', lines: 1 }]);
  expect([await card(), await clearing()]).toEqual([3915n, 0n]);
});

test('five thousand lines of one payout are read, and what they make is known at the end', async () => {
  const rows = Array.from({ length: 5_000 }, (_, n) => `m${n},2026-03-01,40.00,0.85,EUR,po_large`);
  const file = `id,date,amount,fee,currency,payout\n${rows.join('\n')}\n`;
  await come(lineOf(app, 'po_large', 'payout', -5_000 * 3915, { payoutId: 'po_large' }));
  const { import: read } = await importFile(app, owner, file);
  expect(read).toMatchObject({ status: 'done', readRows: 5_001, counts: { fresh: 5_000, known: 0 } });
  // all of it adds up, but nobody here knows these payments: so it waits for somebody
  expect(await payouts()).toMatchObject([{ status: 'payout_open', differenceMinor: 0, lines: 5_000 }]);
});
