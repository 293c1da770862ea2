import type { ExplainedPayout, OnItsWay, Reconciliation, SettlementDifferences } from '@holdfast/contract/reconciliation';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { balanceOf } from '../ledger/read-books.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import type { TestApp } from '../testing/test-app.ts';
import { DAY, paidSalon, payVisit } from './testing/paid-visits.ts';

let app: TestApp;
beforeEach(async () => {
  app = await paidSalon();
});
afterEach(() => app.close());

const nobodyDisagrees = async () => expect((await auditEverything(app.payments)).disagreements).toEqual([]);
const clearing = () => balanceOf(app.database.read, app.scope, { kind: 'clearing', ownerId: app.connectionId, currency: 'EUR' });
const card = () => balanceOf(app.database.read, app.scope, { kind: 'register', ownerId: 'card', currency: 'EUR' });

test('a payout is explained to the cent, and what it brought stands in the register', async () => {
  const owner = await signInAs(app, 'owner');
  await payVisit(app);
  await payVisit(app, { service: 'color', staff: 'bea' });
  const back = await payVisit(app, { staff: 'cleo' });
  app.sandbox.giveBack(back, 1500n);
  await app.pass({ minutes: 90 });
  const way = (await owner.here<{ currencies: OnItsWay[] }>('GET', `reconciliation/connections/${app.connectionId}/on-its-way`)).body.currencies[0];
  expect(way).toMatchObject({ clearingMinor: way?.listedMinor, rows: [{ kind: 'payment' }, { kind: 'payment' }, { kind: 'payment' }] });
  expect(way?.rows.every(({ feeMinor }) => feeMinor > 0)).toBe(true);
  await app.pass({ minutes: 3 * DAY });
  await app.pass({ minutes: 90 });
  const seen = (await owner.here<Reconciliation>('GET', 'reconciliation')).body;
  expect(seen.payouts).toMatchObject([{ status: 'accepted', differenceMinor: 0 }]);
  const payout = seen.payouts[0];
  const explained = (await owner.here<ExplainedPayout>('GET', `reconciliation/payouts/${payout?.id}`)).body;
  expect(explained).toMatchObject({
    paymentsMinor: 16000,
    refundsMinor: -1500,
    adjustmentsMinor: 0,
    differenceMinor: 0,
    postedMinor: payout?.amountMinor,
  });
  expect(explained.paymentsMinor + explained.refundsMinor - explained.feesMinor).toBe(payout?.amountMinor);
  expect(
    explained.lines.filter(({ kind }) => kind === 'payment').every(({ appointments }) => appointments[0]?.clientName?.startsWith('Client')),
  ).toBe(true);
  expect(await card()).toBe(BigInt(payout?.amountMinor ?? 0));
  expect(await clearing()).toBe(0n);
  expect((await owner.here<SettlementDifferences>('GET', 'reconciliation/differences')).body.differences).toEqual([]);
  await nobodyDisagrees();
});
