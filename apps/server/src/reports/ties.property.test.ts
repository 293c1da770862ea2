import type { DayFigures, MoneyFigures, Report } from '@holdfast/contract/reports';
import fc from 'fast-check';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkBooks } from '../ledger/check-books.ts';
import { checkDayTotals } from '../ledger/check-day-totals.ts';
import { checkPrepaymentsOwed } from '../ledger/check-prepayments-owed.ts';
import { account, card, item, type MoneyWish, main, owed, postMoney } from '../testing/post-money.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { checkClosings } from './check-closings.ts';

// Kyiv, and the week in which a night is an hour shorter. All days are past: the clock stands at 10 April.
const FIRST = Temporal.PlainDate.from('2026-03-26');
const DAYS = 7;
const dayNo = (n: number) => FIRST.add({ days: n }).toString();

let app: TestApp;
let owner: StaffUser;
beforeAll(async () => {
  app = await testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'available' } }, staff: {}, timeZone: 'Europe/Kyiv' },
    listen: false,
  });
  app.clock.advance({ minutes: 39 * 24 * 60 });
  owner = await signInAs(app, 'owner');
});
afterAll(() => app.close());

const clearing = { kind: 'clearing', ownerId: 'con_a' } as const;
const disputed = { kind: 'disputed', ownerId: 'con_a' } as const;
const anna = account('cli_anna');
/** What the deeds of the program write, each with where it goes. */
const deeds: readonly Pick<MoneyWish, 'from' | 'to' | 'operation' | 'itemId'>[] = [
  { from: owed, to: main, operation: 'payment', itemId: 'services' },
  { from: owed, to: card, operation: 'payment', itemId: 'services' },
  { from: owed, to: clearing, operation: 'payment', itemId: 'services' },
  { from: anna, to: main, operation: 'top_up', itemId: 'top_ups' },
  { from: anna, to: clearing, operation: 'credit', itemId: 'top_ups' },
  { from: { kind: 'unplaced' }, to: clearing, operation: 'unplaced' },
  { from: owed, to: anna, operation: 'spend', itemId: 'services' },
  { from: clearing, to: owed, operation: 'refund', itemId: 'services' },
  { from: main, to: anna, operation: 'refund' },
  { from: anna, to: owed, operation: 'refund', itemId: 'services' },
  { from: main, to: card, operation: 'transfer' },
  { from: main, to: item('rent'), operation: 'manual', itemId: 'rent' },
  { from: item('other_income'), to: main, operation: 'manual', itemId: 'other_income' },
  { from: { kind: 'opening' }, to: main, operation: 'opening' },
  { from: clearing, to: card, operation: 'payout' },
  { from: clearing, to: { kind: 'fees', ownerId: 'con_a' }, operation: 'fee', itemId: 'acquiring' },
  { from: main, to: item('other_expense'), operation: 'correction', itemId: 'other_expense' },
  { from: { kind: 'income' }, to: owed, operation: 'income' },
  { from: { kind: 'tax', ownerId: '20' }, to: owed, operation: 'tax' },
  { from: clearing, to: disputed, operation: 'dispute' },
  { from: disputed, to: clearing, operation: 'dispute' },
  { from: disputed, to: item('other_expense'), operation: 'dispute', itemId: 'other_expense' },
  { from: disputed, to: anna, operation: 'dispute', itemId: 'top_ups' },
  { from: { kind: 'between', ownerId: 'loc_other' }, to: anna, operation: 'settlement' },
];

const post = fc.record({
  deed: fc.constantFrom(...deeds),
  amountMinor: fc.integer({ min: 1, max: 1_000_000_000 }),
  currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'JPY', 'KWD'),
  // of nobody's, or of one of two appointments
  appointmentId: fc.constantFrom(undefined, 'apt_one', 'apt_two'),
  day: fc.nat({ max: DAYS - 1 }),
  // the night of the change, midnight and the moments beside it, noon
  at: fc.constantFrom('T00:00:00', 'T23:59:59.999', 'T02:59:59', 'T04:00:00', 'T12:00:00', 'T01:30:00'),
});
const step = fc.oneof({ weight: 12, arbitrary: post }, { weight: 1, arbitrary: fc.record({ close: fc.nat({ max: DAYS - 1 }) }) });

const sum = <T>(all: readonly T[], of: (one: T) => number) => all.reduce((total, one) => total + of(one), 0);

test('whatever happens, on days of 23 hours, in three currencies, closed or open: days, periods, reports and the ledger say the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      for (const one of steps) {
        if ('close' in one) await owner.here('POST', `days/${dayNo(one.close)}/closing`, { counts: [], note: '' });
        else {
          const at = Temporal.PlainDateTime.from(`${dayNo(one.day)}${one.at}`).toZonedDateTime('Europe/Kyiv').epochMilliseconds;
          await postMoney(app, {
            ...one.deed,
            amountMinor: one.amountMinor,
            currency: one.currency,
            at: new Date(at),
            ...(one.appointmentId ? { appointmentId: one.appointmentId } : {}),
          }).catch(refusedByLimit);
        }
      }
      await everythingTies();
    }),
    { numRuns: 6, endOnFailure: true },
  );
  // the other location of the settlements is not there
  expect((await checkBooks(app.database.read)).filter(({ kind }) => kind !== 'between')).toEqual([]);
  expect(await checkDayTotals(app.database.read)).toEqual([]);
  expect(await checkPrepaymentsOwed(app.database.read)).toEqual([]);
  expect(await checkClosings(app.database)).toEqual([]);
});

/** Nobody spends what is not there: the database does not write that down, and so it has not happened. */
function refusedByLimit(error: unknown): void {
  if ((error as { constraint?: string }).constraint !== 'client_accounts_within_limit') throw error;
}

async function everythingTies(): Promise<void> {
  const days: DayFigures[] = [];
  for (let n = 0; n <= DAYS; n++) days.push((await owner.here<DayFigures>('GET', `days/${dayNo(n)}`)).body);
  const balances = await sql<{ id: string; kind: string; currency: string; balance: bigint }>`
    select account_id id, kind, currency, balance_minor balance from ledger_accounts where location_id = ${app.scope.locationId}`.execute(
    app.database.read,
  );
  const items = (await owner.here<Report>('GET', `reports/items?from=${dayNo(0)}&to=${dayNo(DAYS)}`)).body;
  const providers = (await owner.here<Report>('GET', `reports/providers?from=${dayNo(0)}&to=${dayNo(DAYS)}`)).body;
  // as it stood at the end of each day: what was posted since is taken off again
  const outstanding: Report[] = [];
  for (let n = 0; n <= DAYS; n++) outstanding.push((await owner.here<Report>('GET', `reports/outstanding?from=${dayNo(0)}&to=${dayNo(n)}`)).body);
  for (const { listedMinor, booksMinor } of outstanding.flatMap(({ groups }) => groups.flatMap(({ ties }) => ties)))
    expect(listedMinor).toBe(booksMinor);
  expect(days.every(({ differs }) => !differs)).toBe(true);
  for (const currency of ['EUR', 'JPY', 'KWD']) {
    const all = days.map(({ money }) => money.find((one) => one.currency === currency)).filter((one) => one !== undefined);
    const last = all.at(-1);
    if (!last) continue;
    // one day ends where the next one begins, and the last one where the ledger stands
    all.slice(1).forEach((day, n) => {
      expect(all[n]?.places.filter(({ endMinor }) => endMinor !== 0).map(({ id, endMinor }) => [id, endMinor])).toEqual(
        day.places.filter(({ startMinor }) => startMinor !== 0).map(({ id, startMinor }) => [id, startMinor]),
      );
      expect(day.deposits.startMinor).toBe(all[n]?.deposits.endMinor);
      expect(day.prepayments.startMinor).toBe(all[n]?.prepayments.endMinor);
    });
    for (const place of last.places) expect(place.endMinor).toBe(Number(balances.rows.find(({ id }) => id === place.id)?.balance));
    const owes = (kind: string) =>
      0 - Number(balances.rows.filter((one) => one.kind === kind && one.currency === currency).reduce((a, b) => a + b.balance, 0n));
    expect(last.prepayments.endMinor).toBe(owes('prepayments'));
    expect(last.deposits.endMinor).toBe(owes('client'));
    expect(last.unplacedMinor).toBe(owes('unplaced'));
    for (const day of all) {
      for (const place of day.places) expect(place.startMinor + place.inMinor - place.outMinor).toBe(place.endMinor);
      expect(grown(day)).toBe(explained(day));
      // nothing is undone here: no part is below nothing
      for (const { receivedMinor, usedMinor, returnedMinor } of [day.prepayments, day.deposits])
        expect(Math.min(receivedMinor, usedMinor, returnedMinor)).toBeGreaterThanOrEqual(0);
    }
    // settlements and nothing else are what deposits have no name for
    const settled = await sql<{
      n: bigint;
    }>`select coalesce(sum(amount_minor), 0)::bigint n from ledger_postings where operation = 'settlement' and currency = ${currency}`.execute(
      app.database.read,
    );
    expect(sum(all, ({ deposits }) => deposits.otherMinor)).toBe(0 - Number(settled.rows[0]?.n));
    expect(all.every(({ prepayments }) => prepayments.otherMinor === 0)).toBe(true);
    const listed = items.groups.find((one) => one.currency === currency);
    expect(listed?.totals[0] ?? 0).toBe(sum(all, grown));
    expect(
      sum(
        items.course.filter((one) => one.currency === currency),
        ({ valueMinor }) => valueMinor,
      ),
    ).toBe(listed?.totals[0] ?? 0);
    const taken = providers.groups.find((one) => one.currency === currency);
    expect(taken?.totals[0] ?? 0).toBe(sum(all, ({ receipts }) => receipts.totalMinor));
    expect(taken?.totals[2] ?? 0).toBe(sum(all, ({ refunds }) => refunds.totalMinor));
    expect(taken?.totals[3] ?? 0).toBe(sum(all, ({ feesMinor }) => feesMinor));
  }
}

/** By how much registers and providers grew. */
function grown({ places }: MoneyFigures): number {
  return sum(places, ({ endMinor }) => endMinor) - sum(places, ({ startMinor }) => startMinor);
}

/** The same from the figures that have names; what a register held before the books began has none. */
function explained(day: MoneyFigures): number {
  const { receipts, refunds, expenses, feesMinor, correctionsMinor, disputesMinor, openingsMinor } = day;
  return receipts.totalMinor - refunds.totalMinor - expenses.totalMinor - feesMinor + correctionsMinor + disputesMinor + openingsMinor;
}
