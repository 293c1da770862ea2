import type { DayFigures, Report } from '@holdfast/contract/reports';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mintScope } from '../access/scope.ts';
import { reverseEntry } from '../ledger/reverse-entry.ts';
import { clientOf } from '../testing/call.ts';
import { account, item, main, owed, postMoney } from '../testing/post-money.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

// Lisbon, Monday 2 March 2026, 09:00. The visit is on Tuesday.
let app: TestApp;
let accountant: StaffUser;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { cut: { price: 4001, minutes: 60, status: 'required' }, colour: { price: 2000, minutes: 30, status: 'required' } },
      staff: { anna: { status: 'available' } },
    },
  });
  accountant = await signInAs(app, 'accountant');
});
afterAll(() => app.close());

const period = 'from=2026-03-01&to=2026-03-07';
const report = async (name: string, days = period, who = accountant) => (await who.here<Report>('GET', `reports/${name}?${days}`)).body;
const day = async (one: string) => (await accountant.here<DayFigures>('GET', `days/${one}`)).body;

describe('a prepaid visit in the reports', () => {
  test('before it is over it is owed: to whom, for which visit, to the cent', async () => {
    expect((await report('services')).groups).toEqual([]);
    const client = clientOf(app);
    const wish = await wishFor(app, { serviceIds: ['cut', 'colour'], staffId: 'anna', startsAt: '2026-03-03T10:00:00.000Z' });
    const { token } = (await client.book(wish(1))).body;
    app.sandbox.pay(client.sessionOf((await client.startPayment(token)).body));
    await client.comeBack(token);
    await app.afterwards();
    const [group] = (await report('outstanding')).groups;
    expect(group?.rows).toMatchObject([
      { values: [6001, 'prepayments', '2026-03-02T09:00:00.000Z', '2026-03-03T10:00:00.000Z'], link: { page: 'visit', day: '2026-03-03' } },
    ]);
    expect(group?.ties).toEqual([{ account: 'prepayments', listedMinor: 6001, booksMinor: 6001 }]);
    const today = await day('2026-03-02');
    expect(today.money[0]).toMatchObject({
      receipts: { totalMinor: 6001, cashMinor: 0, onlineMinor: 6001 },
      servicesPaidMinor: 6001,
      prepayments: { startMinor: 0, receivedMinor: 6001, endMinor: 6001 },
    });
    expect((await day('2026-03-03')).visits).toMatchObject({ bookedMinor: 6001, averageMinor: null });
    const [providers] = (await report('providers')).groups;
    expect(providers?.rows).toMatchObject([{ name: 'Stripe', values: [6001, 1, 0, 0, 6001, 0] }]);
  });

  test('when it is over it is income, shared out among its services by what they cost, and nothing is owed any more', async () => {
    await app.pass({ minutes: 36 * 60 });
    const services = await report('services');
    expect(services.groups[0]?.rows.map(({ key, values }) => [key, ...values])).toEqual([
      ['cut', 4001, 4001, 4001, 0, 1],
      ['colour', 2000, 2000, 2000, 0, 1],
    ]);
    expect(services.groups[0]).toMatchObject({
      totals: [6001, 6001, 6001, 0, 2],
      totalsBefore: [0, 0, 0, 0, 0],
      ties: [{ account: 'income', listedMinor: 6001, booksMinor: 6001 }],
    });
    expect(services.course).toEqual([{ day: '2026-03-03', currency: 'EUR', valueMinor: 6001 }]);
    const team = await report('team');
    expect(team.groups[0]?.rows).toMatchObject([
      { name: 'anna', values: [6001, 6001, 6001, 0, 1], link: { page: 'transactions', staff: 'anna', operation: 'income' } },
    ]);
    expect((await report('outstanding')).groups).toEqual([]);
    // as it was on Monday evening
    expect((await report('outstanding', 'from=2026-03-02&to=2026-03-02')).groups[0]?.totals[0]).toBe(6001);
    // the week after is compared with this one
    expect((await report('team', 'from=2026-03-08&to=2026-03-14')).groups[0]).toMatchObject({
      rows: [{ name: 'anna', values: [0, 0, 0, 0, 0], before: 6001 }],
      totals: [0, 0, 0, 0, 0],
      totalsBefore: [6001, 6001, 6001, 0, 1],
    });
  });
});

describe('what is posted by hand and at the desk', () => {
  test('a payment that is deleted is taken off the receipts of the day of its deletion', async () => {
    await postMoney(app, {
      from: owed,
      to: main,
      amountMinor: 500,
      operation: 'payment',
      itemId: 'services',
      appointmentId: 'apt_one',
      at: '2026-03-04T10:00:00Z',
    });
    const { rows } = await sql<{
      id: string;
    }>`select cause_id id from ledger_entries where cause_kind = 'test' order by recorded_at desc, entry_id desc limit 1`.execute(app.database.read);
    const { chainId, locationId } = app.scope;
    await app.database.transaction((tx) =>
      reverseEntry(tx, app.salon, mintScope(chainId, locationId), {
        of: { kind: 'test', id: rows[0]?.id ?? '' },
        cause: { kind: 'test_reversal', id: rows[0]?.id ?? '' },
        memo: 'a mistake',
        at: new Date('2026-03-05T10:00:00Z'),
      }),
    );
    expect((await day('2026-03-04')).money[0]?.receipts).toMatchObject({ totalMinor: 500, cashMinor: 500 });
    expect((await day('2026-03-05')).money[0]).toMatchObject({
      receipts: { totalMinor: -500, cashMinor: -500 },
      refunds: { totalMinor: 0 },
      expenses: { totalMinor: 0 },
      servicesPaidMinor: -500,
      items: [{ itemId: 'services', inMinor: -500, outMinor: 0 }],
    });
    const [items] = (await report('items', 'from=2026-03-04&to=2026-03-05')).groups;
    expect(items?.rows).toContainEqual(expect.objectContaining({ key: 'services', values: [0, 0, 0, 2] }));
    // what there was only in the period before is listed too: each column adds up
    expect(items?.rows.reduce((sum, { before }) => sum + (before ?? 0), 0)).toBe(items?.totalsBefore[0]);
  });

  test('a deposit is no income of a visit: it is owed until it is spent', async () => {
    await postMoney(app, {
      from: account('cli_rui'),
      to: main,
      amountMinor: 10_000,
      operation: 'top_up',
      itemId: 'top_ups',
      at: '2026-03-06T10:00:00Z',
    });
    await postMoney(app, {
      from: owed,
      to: account('cli_rui'),
      amountMinor: 4000,
      operation: 'spend',
      itemId: 'services',
      appointmentId: 'apt_two',
      at: '2026-03-06T11:00:00Z',
    });
    await postMoney(app, {
      from: main,
      to: account('cli_rui'),
      amountMinor: 1000,
      operation: 'refund',
      itemId: 'top_ups',
      at: '2026-03-06T12:00:00Z',
    });
    // a part of what was spent goes back onto the account
    await postMoney(app, {
      from: account('cli_rui'),
      to: owed,
      amountMinor: 1500,
      operation: 'refund',
      itemId: 'services',
      appointmentId: 'apt_two',
      at: '2026-03-06T12:30:00Z',
    });
    await postMoney(app, { from: main, to: item('wages'), amountMinor: 2500, operation: 'manual', itemId: 'wages', at: '2026-03-06T13:00:00Z' });
    expect((await day('2026-03-06')).money[0]).toMatchObject({
      receipts: { totalMinor: 10_000 },
      refunds: { totalMinor: 1000, cashMinor: 1000 },
      expenses: { totalMinor: 2500 },
      servicesPaidMinor: 4000,
      deposits: { startMinor: 0, receivedMinor: 11_500, usedMinor: 4000, returnedMinor: 1000, otherMinor: 0, endMinor: 6500 },
    });
    const [group] = (await report('outstanding')).groups;
    expect(group?.ties).toContainEqual({ account: 'client', listedMinor: 6500, booksMinor: 6500 });
  });

  test('money of another currency has figures of its own, in its own digits', async () => {
    await postMoney(app, {
      from: { kind: 'unplaced' },
      to: { kind: 'clearing', ownerId: app.connectionId },
      amountMinor: 1500,
      operation: 'unplaced',
      currency: 'JPY',
      at: '2026-03-07T10:00:00Z',
    });
    const { money } = await day('2026-03-07');
    expect(money.map(({ currency, unplacedMinor, receipts }) => [currency, unplacedMinor, receipts.onlineMinor])).toEqual([
      ['EUR', 0, 0],
      ['JPY', 1500, 1500],
    ]);
    expect((await report('items')).groups.map(({ currency }) => currency)).toEqual(['EUR', 'JPY']);
  });
});

describe('asking for a report', () => {
  test('a period that ends before it begins, or a day that is none, is refused', async () => {
    expect(await accountant.here('GET', 'reports/items?from=2026-03-02&to=2026-03-01')).toMatchObject({ status: 400 });
    expect(await accountant.here('GET', 'reports/items?from=2026-02-30&to=2026-03-01')).toMatchObject({ status: 400 });
    expect(await accountant.here('GET', 'reports/items?from=0001-01-01&to=9999-12-31')).toMatchObject({ status: 400 });
    expect(await accountant.here('GET', 'reports/anything?from=2026-03-01&to=2026-03-01')).toMatchObject({ status: 400 });
    expect(await accountant.here('GET', 'days/2026-02-30')).toMatchObject({ status: 400 });
  });

  test('without the right to see clients their names are left out', async () => {
    await sql`insert into clients (chain_id, client_id, name, phone, language, created_at) values (${app.scope.chainId}, 'cli_rui', '=cmd()', '+351912000111', 'en', now())`.execute(
      app.database.read,
    );
    await sql`
      insert into roles (chain_id, role_id, name, rights, created_at) values (${app.scope.chainId}, 'rol_figures', 'Figures', '{reports.see}', now())`.execute(
      app.database.read,
    );
    const figures = await signInAs(app, 'rol_figures');
    const names = async (who: StaffUser) => (await report('outstanding', period, who)).groups[0]?.rows.map(({ name }) => name);
    expect(await names(accountant)).toContain('=cmd()');
    expect(await names(figures)).not.toContain('=cmd()');
  });

  test('the file holds every row, amounts as plain numbers, and no formula', async () => {
    const file = await app.http.inject({
      method: 'GET',
      url: `/api/v1/admin/locations/${app.scope.locationId}/reports/outstanding/file?${period}`,
      headers: { cookie: accountant.cookie },
    });
    expect(file.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="outstanding-2026-03-01-2026-03-07.csv"',
    });
    const [heading, ...lines] = file.rawPayload.toString('utf8').trimEnd().split('\r\n');
    expect(heading).toBe('\uFEFF"currency","id","name","owed","kind","since","visit_at"');
    expect(lines.filter((line) => line.includes('client/'))).toEqual([
      '"EUR","client/cli_rui","\'=cmd()","65","client","2026-03-06T10:00:00.000Z",""',
    ]);
  });
});
