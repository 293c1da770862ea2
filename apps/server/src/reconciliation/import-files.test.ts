import type { SettlementDecisions, SettlementDifferences } from '@holdfast/contract/reconciliation';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { balanceOf } from '../ledger/read-books.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import type { TestApp } from '../testing/test-app.ts';
import { bringFile, importFile } from './testing/import-file.ts';
import { paidSalon, payVisit } from './testing/paid-visits.ts';

let app: TestApp;
let owner: StaffUser;
beforeAll(async () => {
  app = await paidSalon();
  owner = await signInAs(app, 'owner');
});
afterAll(() => app.close());

const fees = () => balanceOf(app.database.read, app.scope, { kind: 'fees', ownerId: app.connectionId, currency: 'EUR' });
const differences = async (query = '') => (await owner.here<SettlementDifferences>('GET', `reconciliation/differences${query}`)).body.differences;
const nobodyDisagrees = async () => expect((await auditEverything(app.payments)).disagreements).toEqual([]);
const accept = (items: readonly { id: string; revision: number }[], user = owner) =>
  user.here<{ outcomes: { outcome: string }[] }>('POST', 'reconciliation/acceptances', { items });

test('a wrong fee in a file is shown with what it would post, accepted once by whoever is first, and undone by a reversal', async () => {
  const payment = await payVisit(app);
  await app.pass({ minutes: 61 });
  expect(await fees()).toBe(85n);
  const file = `payment,date,amount,fee,currency\n${payment},2026-03-02,40.00,1.85,EUR\n`;
  const { import: read } = await importFile(app, owner, file);
  expect(read).toMatchObject({ status: 'done', counts: { fresh: 0, changed: 1, known: 0 } });
  const [difference] = await differences();
  expect(difference).toMatchObject({
    item: { status: 'fee_differs', differenceMinor: -100, feeMinor: 185 },
    postings: [
      {
        operation: 'fee',
        amountMinor: 100,
        from: { kind: 'clearing', balanceMinor: 3915, afterMinor: 3815 },
        to: { balanceMinor: 85, afterMinor: 185 },
      },
    ],
  });
  if (!difference) throw new Error('no difference');
  const other = await signInAs(app, 'accountant');
  const both = await Promise.all([accept([difference.item]), accept([difference.item], other)]);
  expect(both.flatMap(({ body }) => body.outcomes.map(({ outcome }) => outcome)).toSorted()).toEqual(['accepted', 'choice_already_made']);
  expect(await fees()).toBe(185n);
  // the provider's own books still say what they said: that changes nothing any more
  await app.pass({ minutes: 61 });
  expect(await fees()).toBe(185n);
  await nobodyDisagrees();
  const { decisions } = (await owner.here<SettlementDecisions>('GET', 'reconciliation/decisions')).body;
  expect(decisions).toMatchObject([{ what: 'accepted', about: 'fee_differs', mayBeUndone: true }]);
  expect((await owner.here('POST', `reconciliation/decisions/${decisions[0]?.id}/undoing`)).status).toBe(200);
  expect((await owner.here('POST', `reconciliation/decisions/${decisions[0]?.id}/undoing`)).status).toBe(409);
  expect(await fees()).toBe(85n);
  const [again] = await differences();
  expect(again?.item.status).toBe('fee_differs');
  expect((await accept([difference.item])).body.outcomes).toMatchObject([{ outcome: 'changed_meanwhile' }]);
  expect(
    (await owner.here('POST', `reconciliation/differences/${again?.item.id}/dismissal`, { revision: again?.item.revision, reason: 'an old file' }))
      .status,
  ).toBe(200);
  expect(await differences()).toEqual([]);
  await nobodyDisagrees();
});

test('a row twice, or the file twice, has one effect, and it is said how many were known', async () => {
  const file =
    'Report of March\n\nid;date;gross;fee;currency\nx1;04.03.2026;10,00;0,50;EUR\nx1;04.03.2026;10,00;0,50;EUR\nx2;05.03.2026;1 020,00;1,50;EUR\nTotal;;1 030,00;2,00;\n';
  expect((await importFile(app, owner, file)).import.counts).toMatchObject({ fresh: 2, known: 1, totals: 1, unreadable: 0 });
  expect((await importFile(app, owner, file)).import.counts).toMatchObject({ fresh: 0, changed: 0, known: 3, totals: 1 });
  expect((await differences('?status=unknown')).map(({ item }) => item.amountMinor).toSorted((a, b) => a - b)).toEqual([1000, 102000]);
  expect((await bringFile(app, owner, file)).preview.body.remembered).toBe(true);
});

test('a row that cannot be read, or is in another currency, is listed with its number and stops nothing', async () => {
  const file =
    'id,date,amount,currency\nk1,2026-03-04,12.345,EUR\nk2,2026-03-04,5.00,USD\nk3,someday,5.00,EUR\nk4,2026-03-04,5.00,EUR\n"=cmd()",2026-03-04,<script>,EUR\n';
  const { import: read, rows } = await importFile(app, owner, file);
  expect(read.counts).toMatchObject({ fresh: 1, otherCurrency: 1, unreadable: 3 });
  expect(rows.map(({ row, why }) => [row, why])).toEqual([
    [2, 'no_amount'],
    [3, 'other_currency'],
    [4, 'no_date'],
    [6, 'no_amount'],
  ]);
});

test('a file that is no table is refused with the line, and what a separator would have to be is never made up', async () => {
  const { preview } = await bringFile(app, owner, new Uint8Array(Buffer.from('PK\u0003\u0004 not a table\n')));
  expect(preview).toMatchObject({ status: 422, body: { code: 'unreadable_file', detail: { line: 1 } } });
  const broken = await importFile(app, owner, 'id,date,amount\nq1,2026-03-04,5.00\nq2,2026-03-04,"5.00\n');
  expect(broken.import).toMatchObject({ status: 'unreadable', trouble: { line: expect.any(Number) as number } });
});

test('a reader that dies between rows goes on where it was: thousands of rows are read once', async () => {
  const rows = Array.from({ length: 3_000 }, (_, n) => `many${n},2026-03-04,${n + 1}.00,0.10,EUR`);
  const { id, preview } = await bringFile(app, owner, `id,date,amount,fee,currency\n${rows.join('\n')}\n`);
  await owner.here('POST', `reconciliation/imports/${id}/reading`, { mapping: preview.body.mapping, registerId: null });
  let dead = 0;
  const dying = await app.again({
    db: {
      ...app.database,
      close: async () => {},
      transaction: async (deed) => {
        const done = await app.database.transaction(deed);
        if (++dead === 3) throw new Error('the process died here');
        return done;
      },
    },
  });
  await dying.background.settleDown();
  const half = (await owner.here<{ import: { status: string; readRows: number } }>('GET', `reconciliation/imports/${id}`)).body.import;
  expect(half).toMatchObject({ status: 'reading' });
  expect(half.readRows).toBeGreaterThan(0);
  await app.pass({ minutes: 3 });
  const { import: read } = (await owner.here<{ import: { status: string; counts: object } }>('GET', `reconciliation/imports/${id}`)).body;
  expect(read).toMatchObject({ status: 'done', counts: { fresh: 3_000, known: 0 } });
  await nobodyDisagrees();
});

test('a file that came and that nobody began to read is dropped after a day, with all of its pieces', async () => {
  const { id } = await bringFile(app, owner, 'id,date,amount\nz1,2026-03-04,5.00\n');
  const pieces = async () =>
    (await sql<{ n: bigint }>`select count(*) n from settlement_import_parts where import_id = ${id}`.execute(app.database.read)).rows[0]?.n;
  await app.pass({ minutes: 23 * 60 });
  expect(await pieces()).toBe(1n);
  await app.pass({ minutes: 2 * 60 });
  expect(await pieces()).toBe(0n);
  expect((await owner.here<{ import: object }>('GET', `reconciliation/imports/${id}`)).body.import).toMatchObject({ status: 'discarded' });
});
