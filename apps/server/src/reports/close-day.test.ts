import type { DayFigures } from '@holdfast/contract/reports';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { card, item, main, owed, postMoney } from '../testing/post-money.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { checkClosings } from './check-closings.ts';
import { readMoney } from './read-money.ts';

// Lisbon, Monday 2 March 2026, 09:00.
let app: TestApp;
let accountant: StaffUser;
let owner: StaffUser;
beforeAll(async () => {
  app = await testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'available' } }, staff: { anna: { status: 'available' } } },
    listen: false,
  });
  accountant = await signInAs(app, 'accountant');
  owner = await signInAs(app, 'owner');
});
afterAll(() => app.close());

const cash = (amountMinor: number, at: string | Date = app.clock.now()) =>
  postMoney(app, { from: owed, to: main, amountMinor, operation: 'payment', itemId: 'services', at });
const see = async (day: string, who = accountant) => (await who.here<DayFigures>('GET', `days/${day}`)).body;
const close = (day: string, { who = accountant, counts = [] as unknown[], note = '' } = {}) =>
  who.here<DayFigures & { code: string; detail: Record<string, unknown> }>('POST', `days/${day}/closing`, { counts, note });
const till = (day: DayFigures) => day.money[0]?.places.find(({ name }) => name === 'main');

describe('closing days', () => {
  test('a day in which nothing happened is all zeros, and can be closed', async () => {
    const day = await see('2026-02-27');
    expect(day.money).toHaveLength(1);
    expect(day.money[0]).toMatchObject({ currency: 'EUR', receipts: { totalMinor: 0 }, items: [], prepayments: { endMinor: 0 } });
    expect(day.visits).toMatchObject({ bookedMinor: 0, averageMinor: null });
    expect(day).toMatchObject({ closedThrough: null, closing: null, differs: false, mayClose: 'yes', mayReopen: false });
    expect((await close('2026-02-27')).body).toMatchObject({ closedThrough: '2026-02-27', mayClose: 'closed', closing: { by: 'accountant' } });
  });

  test('what is posted for a closed day is dated to the first moment that is open', async () => {
    await cash(1500, '2026-02-27T12:00:00Z');
    await cash(500, '2026-02-28T00:00:00Z');
    expect((await see('2026-02-27')).money[0]?.receipts.totalMinor).toBe(0);
    expect((await see('2026-02-28')).money[0]?.receipts).toMatchObject({ totalMinor: 2000, cashMinor: 2000, cardMinor: 0 });
    const { rows } = await sql<{ at: Date; n: number }>`select happened_at at, count(*)::int n from ledger_entries group by 1`.execute(
      app.database.read,
    );
    expect(rows).toEqual([{ at: new Date('2026-02-28T00:00:00Z'), n: 2 }]);
  });

  test('a day closes all days before it; none is closed twice, and none that is to come', async () => {
    expect(await close('2026-02-27')).toMatchObject({ status: 409, body: { code: 'day_is_closed', detail: { closedThrough: '2026-02-27' } } });
    expect(await close('2026-02-20')).toMatchObject({ status: 409, body: { code: 'day_is_closed' } });
    expect(await close('2026-03-03')).toMatchObject({ status: 409, body: { code: 'step_not_allowed' } });
    expect((await see('2026-03-03')).mayClose).toBe('not_yet');
    expect((await see('2026-02-20')).mayClose).toBe('closed');
  });

  test('who may not close days is told so, and who may not see reports sees none', async () => {
    const reception = await signInAs(app, 'reception');
    expect(await reception.here('GET', 'days/2026-03-02')).toMatchObject({
      status: 403,
      body: { code: 'right_missing', detail: { right: 'reports.see' } },
    });
    expect(await close('2026-03-01', { who: reception })).toMatchObject({ status: 403 });
  });

  test('counting the till: what is missing is posted as an expense of that day, what is too much as income', async () => {
    await cash(4000);
    await postMoney(app, { from: owed, to: card, amountMinor: 3000, operation: 'payment', itemId: 'services', at: app.clock.now() });
    const before = await see('2026-03-02');
    const [mainRegister, cardRegister] = ['main', 'card'].map((name) => before.money[0]?.places.find((one) => one.name === name));
    expect([mainRegister?.endMinor, cardRegister?.endMinor]).toEqual([6000, 3000]);
    const counts = [
      { registerId: mainRegister?.id, booksMinor: 6000, countedMinor: 5990, post: true },
      { registerId: cardRegister?.id, booksMinor: 3000, countedMinor: 3025, post: false },
    ];
    const stale = await close('2026-03-02', { counts: [{ ...counts[0], booksMinor: 5999 }] });
    expect(stale).toMatchObject({ status: 409, body: { code: 'changed_meanwhile', detail: { registers: [{ booksMinor: 6000 }] } } });
    expect(await close('2026-03-02', { counts: [{ ...counts[0], registerId: 'acc_of_nobody' }] })).toMatchObject({ status: 404 });
    expect(await close('2026-03-02', { counts: [counts[0], counts[0]] })).toMatchObject({ status: 400 });
    const closed = await close('2026-03-02', { counts, note: 'ten cents are missing' });
    expect(closed.body.closing).toMatchObject({
      note: 'ten cents are missing',
      counts: [
        { name: 'main', countedMinor: 5990, booksMinor: 6000, posted: true },
        { name: 'card', posted: false },
      ],
    });
    expect(till(closed.body)).toMatchObject({ endMinor: 5990, outMinor: 10 });
    expect(closed.body.money[0]).toMatchObject({
      correctionsMinor: -10,
      expenses: { totalMinor: 0 },
      items: [
        { itemId: 'services', inMinor: 7000 },
        { itemId: 'other_expense', outMinor: 10 },
      ],
    });
  });

  test('today is closed: what comes later today is of tomorrow, at midnight of the place', async () => {
    app.clock.advance({ minutes: 30 });
    await cash(700);
    expect((await see('2026-03-02')).money[0]?.receipts.totalMinor).toBe(7000);
    expect((await see('2026-03-03')).money[0]?.receipts.totalMinor).toBe(700);
    expect((await see('2026-03-02')).differs).toBe(false);
    expect(till(await see('2026-03-03'))).toMatchObject({ startMinor: 5990, endMinor: 6690 });
  });

  test('only the owner opens the last closed day again, with a reason; what was dated later stays there', async () => {
    expect((await see('2026-03-02')).mayReopen).toBe(false);
    expect(await accountant.here('POST', 'days/2026-03-02/reopening', { because: 'a mistake' })).toMatchObject({ status: 403 });
    expect((await see('2026-03-02', owner)).mayReopen).toBe(true);
    expect(await owner.here('POST', 'days/2026-02-27/reopening', { because: 'a mistake' })).toMatchObject({
      status: 409,
      body: { code: 'step_not_allowed' },
    });
    expect(await owner.here('POST', 'days/2026-03-02/reopening', { because: ' ' })).toMatchObject({ status: 400 });
    const again = await owner.here<DayFigures>('POST', 'days/2026-03-02/reopening', { because: 'a mistake' });
    expect(again.body).toMatchObject({ closedThrough: '2026-02-27', closing: { reopened: { by: 'owner', because: 'a mistake' } } });
    await cash(100);
    expect((await see('2026-03-02')).money[0]?.receipts.totalMinor).toBe(7100);
    expect((await see('2026-03-03')).money[0]?.receipts.totalMinor).toBe(700);
    const { rows } = await sql<{ action: string; after: Record<string, unknown> }>`
      select action, after from audit_log where subject_kind = 'day' order by at, audit_id`.execute(app.database.read);
    expect(rows.map(({ action }) => action)).toEqual(['day.closed', 'day.closed', 'day.reopened']);
    expect((await close('2026-03-02')).status).toBe(200);
  });

  test('a closing can be neither changed nor taken away, and the audit agrees with all of it', async () => {
    const q = app.database.read;
    await expect(sql`update day_closings set closed_until = closed_until - interval '1 day'`.execute(q)).rejects.toThrow('kept');
    await expect(sql`delete from day_closings`.execute(q)).rejects.toThrow('kept');
    expect((await auditEverything(app.payments)).disagreements.filter(({ between }) => between === 'closed days' || between === 'ledger')).toEqual(
      [],
    );
  });

  test('a day that was closed when figures meant something else is compared by what they meant then', async () => {
    const day = '2026-03-02';
    const { from, until, money } = await see(day);
    const q = app.database.read;
    const at = (by: 1 | 2) => readMoney(q, app.scope, new Date(from), new Date(until), by);
    // here nothing says which visit it was paid for
    expect((await at(1))[0]?.servicesPaidMinor).not.toBe(money[0]?.servicesPaidMinor);
    const closedAs = async (figures: unknown, by: number | null) => {
      await sql`alter table day_closings disable trigger user`.execute(q);
      await sql`update day_closings set figures = ${JSON.stringify(figures)}::jsonb, figures_by = ${by} where day = ${day}::date and reopened_at is null`.execute(
        q,
      );
      await sql`alter table day_closings enable trigger user`.execute(q);
      const { differs, countedOtherwise } = await see(day);
      return { differs, countedOtherwise, faults: (await checkClosings(app.database)).length };
    };
    const older = (await at(1)).map(({ disputesMinor: _since, ...figures }) => figures);
    expect(await closedAs(older, null)).toEqual({ differs: false, countedOtherwise: true, faults: 0 });
    expect(await closedAs(older, 1)).toEqual({ differs: false, countedOtherwise: true, faults: 0 });
    // negative control: by what they mean now it would be another day
    expect(await closedAs(older, 2)).toEqual({ differs: true, countedOtherwise: false, faults: 1 });
    expect(await closedAs(await at(2), null)).toEqual({ differs: false, countedOtherwise: false, faults: 0 });
    expect(await closedAs(await at(2), 2)).toEqual({ differs: false, countedOtherwise: false, faults: 0 });
  });

  test('the audit finds a closed day that is not what it was', async () => {
    const q = app.database.read;
    await sql`alter table ledger_entries disable trigger ledger_entries_after_closed_days`.execute(q);
    await postMoney(app, { from: main, to: item('rent'), amountMinor: 1, operation: 'manual', itemId: 'rent', at: '2026-03-02T10:00:00Z' });
    await sql`alter table ledger_entries enable trigger ledger_entries_after_closed_days`.execute(q);
    expect((await see('2026-03-02')).differs).toBe(true);
    const found = (await auditEverything(app.payments)).disagreements.filter(({ between }) => between === 'closed days');
    expect(found.map(({ says }) => says)).toEqual([
      expect.stringContaining('postings until 2026-03-02'),
      'the figures of 2026-03-02 are not what they were when it was closed',
    ]);
  });
});
