import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { financeOf, newKey, type Refusal } from './testing/finance-of.ts';

let app: TestApp;
let accountant: StaffUser;
let finance: ReturnType<typeof financeOf>;
let main: string;
let card: string;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { cut: { price: 4000, minutes: 60, status: 'available' } },
      staff: { anna: { status: 'available' }, bella: { status: 'available' } },
    },
    listen: false,
  });
  accountant = await signInAs(app, 'accountant');
  finance = financeOf(accountant);
  main = (await finance.register('main')).id;
  card = (await finance.register('card')).id;
});
afterAll(async () => {
  expect((await auditEverything(app.payments)).disagreements).toEqual([]);
  await app.close();
});

const balance = async (name = 'main') => (await finance.register(name)).balanceMinor;

async function roleWith(facts: { rights?: readonly string[]; registers?: readonly string[]; lastDays?: Record<string, number> }): Promise<StaffUser> {
  const owner = await signInAs(app, 'owner');
  const { body } = await owner.call<{ id: string }>('POST', 'roles', {
    name: `role ${newKey()}`,
    rights: facts.rights ?? ['transactions.see', 'transactions.create', 'transactions.edit', 'transactions.delete'],
    registers: facts.registers ?? null,
    lastDays: facts.lastDays ?? {},
    refundLimitMinor: null,
  });
  return signInAs(app, body.id);
}

test('rent that is written down leaves its register, and stands in the list with who wrote it', async () => {
  const before = await balance();
  const written = await finance.write({ registerId: main, amountMinor: 80_000, counterparty: 'Landlord', comment: 'March' });
  expect(written.status).toBe(200);
  expect(await balance()).toBe(before - 80_000);
  const { transactions } = (await finance.page({ search: 'landl' })).body;
  expect(transactions).toMatchObject([
    {
      entryId: written.body.entryId,
      operation: 'manual',
      itemId: 'rent',
      direction: 'out',
      amountMinor: 80_000,
      from: { kind: 'register', id: main, name: 'main' },
      to: { kind: 'item' },
      by: 'accountant',
      comment: 'March',
      happenedAt: '2026-03-02T08:30:00.000Z',
      recordedAt: '2026-03-02T09:00:00.000Z',
      written: 'manual',
    },
  ]);
});

test('a register that would hold less than nothing is allowed, and said', async () => {
  const { body } = await finance.write({ registerId: card, amountMinor: 100 });
  expect(body.belowZero).toEqual([{ registerId: card, balanceMinor: -100 }]);
  const back = await finance.write({ registerId: card, amountMinor: 100, itemId: 'other_income' });
  expect(back.body.belowZero).toEqual([]);
});

test('the same key has one effect, also at once; for something else it is refused', async () => {
  const before = await balance();
  const wish = { key: newKey(), registerId: main, amountMinor: 700 };
  const answers = await Promise.all(Array.from({ length: 8 }, () => finance.write(wish)));
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.entryId}`)).size).toBe(1);
  expect(await balance()).toBe(before - 700);
  expect((await finance.write({ ...wish, amountMinor: 701 })).body.code).toBe('already_there');
});

test.each([
  ['tomorrow', { happenedAt: '2026-03-03T09:00:00.000Z' }, 422, 'invalid_request'],
  ['before there were books', { happenedAt: '1999-12-31T23:59:59.000Z' }, 422, 'invalid_request'],
  ['an amount of nothing', { amountMinor: 0 }, 400, 'invalid_request'],
  ['a part of a cent', { amountMinor: 1.5 }, 400, 'invalid_request'],
  ['an item that is not there', { itemId: 'itm_none' }, 404, 'not_found'],
  ['money for a client’s account, which goes through that account', { itemId: 'top_ups' }, 404, 'not_found'],
  ['a register that is not there', { registerId: 'acc_none' }, 404, 'not_found'],
  ['a client who is not there', { clientId: 'cli_none' }, 404, 'not_found'],
  ['a team member who is not there', { staffId: 'stf_none' }, 404, 'not_found'],
] as const)('%s cannot be written down', async (_, wrong, status, code) => {
  const before = await balance();
  const refused = await finance.write({ registerId: main, amountMinor: 100, ...wrong });
  expect([refused.status, refused.body.code]).toEqual([status, code]);
  expect(await balance()).toBe(before);
});

test('a screen’s clock that goes fast by seconds does not keep anybody from writing down what happens now', async () => {
  const { body } = await finance.write({ registerId: main, amountMinor: 100, happenedAt: '2026-03-02T09:00:59.000Z' });
  expect(body.happenedAt).toBe('2026-03-02T09:00:00.000Z');
});

test('deleting keeps both and links them; they are hidden until somebody asks', async () => {
  const before = await balance();
  const { entryId } = (await finance.write({ registerId: main, amountMinor: 4_321, comment: 'twice' })).body;
  const deleted = await finance.remove(entryId, 'it was twice');
  expect(deleted.status).toBe(200);
  expect(await balance()).toBe(before);
  const reversalId = deleted.body.reversal?.entryId ?? '';
  expect(deleted.body).toMatchObject({
    undeletable: 'deleted_before',
    uneditable: 'deleted_before',
    reversal: { because: 'it was twice', by: 'accountant' },
  });
  expect((await finance.see(reversalId)).body).toMatchObject({ original: { entryId }, undeletable: 'is_reversal' });
  const ids = async (deletedOnes: string) =>
    (await finance.page({ search: 'twice', deleted: deletedOnes })).body.transactions
      .map((one) => `${one.entryId} ${one.reversedBy} ${one.reverses}`)
      .sort();
  expect(await ids('hidden')).toEqual([]);
  const both = [`${reversalId} null ${entryId}`, `${entryId} ${reversalId} null`].sort();
  expect(await ids('shown')).toEqual(both);
  expect(await ids('only')).toEqual(both);
  expect((await finance.remove(entryId)).body).toMatchObject({ code: 'step_not_allowed', detail: { because: 'deleted_before' } });
  expect((await finance.remove(reversalId)).body).toMatchObject({ code: 'step_not_allowed', detail: { because: 'is_reversal' } });
});

test('a change stands in the place of what it changes, on the day of the mistake; each names the other', async () => {
  const before = await balance();
  const { entryId } = (await finance.write({ registerId: main, amountMinor: 500, happenedAt: '2026-02-20T10:00:00.000Z' })).body;
  const changed = await finance.change(entryId, { registerId: card, amountMinor: 600, happenedAt: '2026-02-21T10:00:00.000Z', itemId: 'materials' });
  expect(changed.status).toBe(200);
  expect(await balance()).toBe(before);
  const old = (await finance.see(entryId)).body;
  expect(old).toMatchObject({
    replacedBy: changed.body.entryId,
    reversal: { by: 'accountant' },
    lines: [{ happenedAt: '2026-02-20T10:00:00.000Z' }],
  });
  expect((await finance.see(old.reversal?.entryId ?? '')).body.lines).toMatchObject([{ happenedAt: '2026-02-20T10:00:00.000Z', direction: 'in' }]);
  expect((await finance.see(changed.body.entryId)).body).toMatchObject({ replaces: entryId, lines: [{ itemId: 'materials', amountMinor: 600 }] });
  expect((await finance.change(entryId, { registerId: main, amountMinor: 1 })).body.code).toBe('step_not_allowed');
});

test('of two deletions and two changes at once, one wins', async () => {
  for (let round = 0; round < 6; round++) {
    const before = await balance();
    const { entryId } = (await finance.write({ registerId: main, amountMinor: 1_000 })).body;
    const answers = await Promise.all([
      finance.remove(entryId),
      finance.change(entryId, { registerId: main, amountMinor: 2_000 }),
      finance.remove(entryId),
      finance.change(entryId, { registerId: main, amountMinor: 2_000 }),
    ]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409, 409]);
    const changed = answers[1]?.status === 200 || answers[3]?.status === 200;
    expect(await balance()).toBe(before - (changed ? 2_000 : 0));
  }
});

test('a role that names one register writes, changes and deletes there only', async () => {
  const bound = financeOf(await roleWith({ registers: [card] }));
  const { entryId } = (await finance.write({ registerId: main, amountMinor: 900 })).body;
  const own = (await bound.write({ registerId: card, amountMinor: 900 })).body.entryId;
  expect((await bound.write({ registerId: main, amountMinor: 900 })).body.code).toBe('right_missing');
  expect((await bound.change(own, { registerId: main, amountMinor: 900 })).body.code).toBe('right_missing');
  expect((await bound.change(entryId, { registerId: card, amountMinor: 900 })).body.code).toBe('right_missing');
  expect((await bound.see(entryId)).body).toMatchObject({ undeletable: 'register_not_allowed', uneditable: 'register_not_allowed' });
  expect((await bound.remove(entryId)).body.code).toBe('right_missing');
  expect((await bound.remove(own)).status).toBe(200);
});

test('a role for the last two days reaches yesterday, and not the day before', async () => {
  const lastDays = { 'transactions.create': 2, 'transactions.edit': 2, 'transactions.delete': 2 };
  const recent = financeOf(await roleWith({ lastDays }));
  const [yesterday, before] = ['2026-03-01T00:00:00.000Z', '2026-02-28T23:59:59.000Z'];
  expect((await recent.write({ registerId: main, amountMinor: 5, happenedAt: yesterday })).status).toBe(200);
  expect((await recent.write({ registerId: main, amountMinor: 5, happenedAt: before })).body.code).toBe('right_missing');
  const old = (await finance.write({ registerId: main, amountMinor: 5, happenedAt: before })).body.entryId;
  expect((await recent.remove(old)).body.code).toBe('right_missing');
  expect((await recent.change(old, { registerId: main, amountMinor: 5 })).body.code).toBe('right_missing');
  const fresh = (await finance.write({ registerId: main, amountMinor: 5, happenedAt: yesterday })).body.entryId;
  expect((await recent.change(fresh, { registerId: main, amountMinor: 5, happenedAt: before })).body.code).toBe('right_missing');
  expect((await recent.remove(fresh)).status).toBe(200);
});

test('whoever may only look is shown why nothing can be deleted', async () => {
  const looks = financeOf(await roleWith({ rights: ['transactions.see'] }));
  const { entryId } = (await finance.write({ registerId: main, amountMinor: 5 })).body;
  expect((await looks.see(entryId)).body).toMatchObject({ undeletable: 'right_missing', uneditable: 'right_missing' });
  expect((await looks.remove(entryId)).body.code).toBe('right_missing');
  const reception = await signInAs(app, 'team_member');
  expect((await reception.here<Refusal>('GET', 'transactions')).body).toMatchObject({ code: 'right_missing', detail: { right: 'transactions.see' } });
});

test('page after page shows every transaction once, while new ones arrive and others have the same moment', async () => {
  const wished = new Set<string>();
  await Promise.all(
    Array.from({ length: 23 }, async (_, n) => {
      const { body } = await finance.write({
        registerId: main,
        amountMinor: 10 + n,
        itemId: 'materials',
        staffId: 'anna',
        happenedAt: '2026-02-10T12:00:00.000Z',
      });
      wished.add(body.entryId);
    }),
  );
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const { body } = await finance.page({
      from: '2026-02-10',
      to: '2026-02-10',
      item: 'materials',
      staff: 'anna',
      limit: 5,
      ...(after ? { after } : {}),
    });
    seen.push(...body.transactions.map(({ entryId }) => entryId));
    after = body.next ?? undefined;
    await finance.write({ registerId: main, amountMinor: 1, itemId: 'materials', staffId: 'anna', happenedAt: '2026-02-10T12:00:01.000Z' });
  } while (after);
  expect(seen.filter((id) => wished.has(id)).sort()).toEqual([...wished].sort());
  expect(new Set(seen).size).toBe(seen.length);
  expect((await finance.page({ after: 'ent_none.0' })).body).toEqual({ transactions: [], next: null });
});

test('the day of a filter is the location’s, also where clocks are changed', async () => {
  // Lisbon goes to summer time on 29 March 2026, a day of 23 hours
  app.clock.advance({ minutes: 60 * 24 * 40 });
  accountant = await signInAs(app, 'accountant');
  finance = financeOf(accountant);
  for (const happenedAt of ['2026-03-28T23:59:59.000Z', '2026-03-29T00:00:00.000Z', '2026-03-29T22:59:59.000Z', '2026-03-29T23:00:00.000Z'])
    await finance.write({ registerId: main, amountMinor: 77, itemId: 'taxes', happenedAt });
  const { transactions } = (await finance.page({ from: '2026-03-29', to: '2026-03-29', item: 'taxes' })).body;
  expect(transactions.map(({ happenedAt }) => happenedAt)).toEqual(['2026-03-29T22:59:59.000Z', '2026-03-29T00:00:00.000Z']);
});

test('each filter leaves what it says, and the totals are those of what is left', async () => {
  const day = '2026-04-01';
  const on = { from: day, to: day };
  const happenedAt = `${day}T12:00:00.000Z`;
  await sql`insert into clients (chain_id, client_id, name, language, created_at) values (${app.scope.chainId}, 'cli_ann', 'Ann', 'en', ${app.clock.now()}),
    (${app.scope.chainId}, 'cli_twice', 'Ann again', 'en', ${app.clock.now()})`.execute(app.database.read);
  await finance.write({ registerId: main, amountMinor: 1_000, itemId: 'goods', clientId: 'cli_twice', staffId: 'anna', happenedAt });
  await finance.write({ registerId: card, amountMinor: 250, itemId: 'materials', staffId: 'bella', comment: '100% silk_', happenedAt });
  await accountant.here('POST', 'register-transfers', { key: newKey(), fromRegisterId: main, toRegisterId: card, amountMinor: 300, happenedAt });
  await sql`update clients set merged_into = 'cli_ann' where client_id = 'cli_twice'`.execute(app.database.read);
  const amounts = async (filter: Record<string, string | number>) =>
    (await finance.page({ ...on, ...filter })).body.transactions.map((one) => one.amountMinor).sort((a, b) => a - b);
  expect(await amounts({})).toEqual([250, 300, 1_000]);
  expect(await amounts({ direction: 'in' })).toEqual([1_000]);
  expect(await amounts({ direction: 'out' })).toEqual([250]);
  expect(await amounts({ direction: 'within' })).toEqual([300]);
  expect(await amounts({ operation: 'transfer' })).toEqual([300]);
  expect(await amounts({ operation: 'income' })).toEqual([]);
  expect(await amounts({ item: 'goods' })).toEqual([1_000]);
  expect(await amounts({ staff: 'bella' })).toEqual([250]);
  expect(await amounts({ client: 'cli_ann' })).toEqual([1_000]);
  expect((await finance.page({ ...on, client: 'cli_ann' })).body.transactions[0]?.client).toEqual({ id: 'cli_ann', name: 'Ann' });
  expect(await amounts({ register: card })).toEqual([250, 300]);
  expect(await amounts({ register: 'acc_none' })).toEqual([]);
  expect(await amounts({ amount: 250 })).toEqual([250]);
  expect(await amounts({ search: '100%' })).toEqual([250]);
  expect(await amounts({ search: 'k_' })).toEqual([250]);
  expect(await amounts({ search: 'k%' })).toEqual([]);
  expect(await amounts({ search: "'; --" })).toEqual([]);
  expect(await finance.totals(on)).toEqual({
    count: 3,
    sums: [{ currency: 'EUR', inMinor: 1_000, outMinor: 250 }],
    registers: [
      { registerId: main, name: 'main', currency: 'EUR', inMinor: 1_000, outMinor: 300, netMinor: 700 },
      { registerId: card, name: 'card', currency: 'EUR', inMinor: 300, outMinor: 250, netMinor: 50 },
    ],
  });
  expect((await finance.totals({ ...on, staff: 'bella' })).sums).toEqual([{ currency: 'EUR', inMinor: 0, outMinor: 250 }]);
});

test('without the right to see clients nobody is named', async () => {
  const looks = financeOf(await roleWith({ rights: ['transactions.see'] }));
  expect((await looks.page({ item: 'goods' })).body.transactions[0]?.client).toBeNull();
});

test('the file has every line of the filter, harmless in a table program, in the words of whoever asks', async () => {
  await finance.write({
    registerId: main,
    amountMinor: 123_456,
    itemId: 'wages',
    counterparty: '=HYPERLINK("http://x")',
    comment: 'a "quoted"; line',
  });
  const answer = await app.http.inject({
    method: 'GET',
    url: `/api/v1/admin/locations/${app.scope.locationId}/transactions.csv?item=wages`,
    headers: { cookie: accountant.cookie },
  });
  expect(answer.headers['content-type']).toContain('text/csv');
  const [heading, line, end] = answer.body.split('\r\n');
  expect(heading).toContain('"Day"');
  expect(line).toContain(`"'=HYPERLINK(""http://x"")"`);
  expect(line).toContain('"1234.56"');
  expect(line).toContain('"Wages"');
  expect(line).toContain('"a ""quoted""; line"');
  expect(end).toBe('');
});

test('what is written down for a closed day stands in the next open one, and says so', async () => {
  const closed = await accountant.here('POST', 'days/2026-04-02/closing', { counts: [], note: '' });
  expect(closed.status).toBe(200);
  const early = await finance.write({ registerId: main, amountMinor: 50, happenedAt: '2026-04-01T10:00:00.000Z' });
  expect(early.body.happenedAt).toBe('2026-04-02T23:00:00.000Z');
  const deleted = await finance.remove(early.body.entryId);
  expect((await finance.see(deleted.body.reversal?.entryId ?? '')).body.lines[0]?.happenedAt).toBe('2026-04-02T23:00:00.000Z');
});
