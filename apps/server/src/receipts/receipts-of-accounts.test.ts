import type { ReceiptContent } from '@holdfast/contract/receipts';
import type { Refundable, RefundItem, RefundList } from '@holdfast/contract/refunds';
import type { TaxReport } from '@holdfast/contract/taxes';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { accountDesk, visitOf } from '../testing/accounts-of.ts';
import { membershipDesk } from '../testing/memberships-of.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { checkReceipts } from './check-receipts.ts';

let app: TestApp;
let owner: StaffUser;
let desk: ReturnType<typeof accountDesk>;
let memberships: ReturnType<typeof membershipDesk>;
let rates: readonly string[] = [];
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_cut: { price: 3333, minutes: 60, status: 'available' }, srv_wax: { price: 1999, minutes: 30, status: 'available' } },
      staff: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
  });
  owner = await signInAs(app, 'owner');
  const whoeverIsIn: StaffUser = {
    ...owner,
    get call() {
      return owner.call;
    },
    get here() {
      return owner.here;
    },
  };
  desk = accountDesk(app, whoeverIsIn);
  memberships = membershipDesk(app, whoeverIsIn);
  for (const [name, basisPoints] of [
    ['VAT', 2300],
    ['Reduced', 600],
  ] as const) {
    const { body } = await owner.here<{ rates: { rateId: string; name: string }[] }>('POST', 'taxes', { name, basisPoints, inclusive: true });
    rates = [...rates, body.rates.find((one) => one.name === name)?.rateId ?? ''];
  }
  const use = { defaultRate: { was: null, becomes: rates[0] }, services: [{ serviceId: 'srv_wax', was: 'default', becomes: rates[1] }] };
  expect((await owner.here('PUT', 'taxes/use', use)).status).toBe(200);
});
afterAll(() => app.close());

interface Document {
  readonly kind: 'receipt' | 'credit_note';
  readonly name: string;
  readonly of: string | null;
  readonly amount: bigint;
  readonly content: ReceiptContent;
}
/** Of everybody, or of one client, in the order in which they were issued. */
async function documents(clientId?: string): Promise<readonly Document[]> {
  await app.background.settleDown();
  const { rows } = await sql<Document>`
    select r.kind, r.name, o.name "of", r.amount_minor amount, r.content from receipts r
      left join receipts o on o.chain_id = r.chain_id and o.receipt_id = r.of_receipt
     where ${clientId === undefined ? sql`true` : sql`r.client_id = ${clientId}`} order by r.receipt_id`.execute(app.database.read);
  return [...rows].sort((a, b) => (a.kind === b.kind ? (a.name < b.name ? -1 : 1) : a.kind === 'receipt' ? -1 : 1));
}
const vat = ({ content }: Document, name = 'VAT') => content.taxes.find((one) => one.name === name)?.taxMinor ?? 0;

let keys = 0;
const newKey = () => `key_of_a_receipt_${keys++}`;
/** Proposed, approved and sent. Answers whether it went. */
async function giveBack(visit: string, which: number, part: number, way: 'account' | 'register'): Promise<boolean> {
  const money = (await owner.here<Refundable>('GET', `appointments/${visit}/refundable`)).body.money.filter(({ leftMinor }) => leftMinor > 0);
  const from = money[which % Math.max(1, money.length)];
  if (!from) return false;
  const amountMinor = Math.max(1, Math.round((from.leftMinor * part) / 100));
  const { status } = await owner.here('POST', 'refunds', {
    key: newKey(),
    appointmentId: visit,
    source: from.source,
    amountMinor,
    because: 'agreed',
  });
  if (status !== 200) return false;
  const open = async () =>
    (await owner.here<RefundList>('GET', `refunds?state=todo&appointment=${visit}`)).body.items.find((one: RefundItem) => one.money.leftMinor > 0);
  const proposed = await open();
  if (!proposed) throw new Error('nothing was proposed');
  expect((await owner.here('POST', `refunds/${proposed.id}/approval`, { version: proposed.version })).status).toBe(200);
  const version = (await open())?.version ?? 0;
  const registerId = way === 'register' ? await desk.register() : null;
  const sent = await owner.here('POST', `refunds/${proposed.id}/sending`, { version, key: newKey(), way, registerId });
  if (sent.status === 200) return true;
  // what was paid from an account goes back onto it, and nowhere else
  expect((await owner.here('POST', `refunds/${proposed.id}/sending`, { version, key: newKey(), way: 'account', registerId: null })).status).toBe(200);
  return true;
}

async function membershipFromAccount(clientId: string, priceMinor: number) {
  const type = await memberships.type({ priceMinor, visits: null, period: { count: 1, unit: 'days' } });
  const { body } = await memberships.sell(clientId, type, { pay: { way: 'account', accountId: `${clientId}~EUR` } });
  return body.memberships?.find(({ typeId }) => typeId === type.id)?.id;
}

test('a membership from an account has its own receipt with its tax; refunded and the top-up undone, every credit note names the receipt it takes back', async () => {
  const clientId = await desk.client('Camila');
  const account = `${clientId}~EUR`;
  await desk.topUp(account, 20_000);
  const id = (await membershipFromAccount(clientId, 14_500)) ?? '';
  const { version } = await memberships.see(clientId, id);
  expect((await memberships.deed(id, 'refund', { version, because: 'moves away' })).status).toBe(200);
  const [topUp] = (await desk.page(account)).topUps;
  expect((await desk.reverseTopUp(topUp?.id ?? '')).status).toBe(200);
  const [onto, sold, ...back] = await documents(clientId);
  expect(onto).toMatchObject({ kind: 'receipt', amount: 20_000n, content: { for: 'account', paidBy: 'cash', taxes: [] } });
  expect(sold).toMatchObject({ kind: 'receipt', amount: 14_500n, content: { for: 'membership', paidBy: 'account', taxes: [{ taxMinor: 2711 }] } });
  expect(back).toMatchObject([
    { kind: 'credit_note', amount: 14_500n, of: sold?.name, content: { for: 'membership', paidBy: 'account', taxes: [{ taxMinor: 2711 }] } },
    { kind: 'credit_note', amount: 20_000n, of: onto?.name, content: { for: 'account', paidBy: 'cash', taxes: [] } },
  ]);
});

test('a visit paid from a deposit has a receipt with its tax, by the client’s account; what goes back of it takes that one back with the same tax', async () => {
  const visit = await visitOf(app, { serviceIds: ['srv_cut', 'srv_wax'] });
  const account = `${visit.clientId}~EUR`;
  await desk.topUp(account, 6000);
  await desk.pay(visit.id, account, 2000);
  await desk.pay(visit.id, account, 3332);
  const receipts = (await documents(visit.clientId)).filter(({ content }) => content.for === 'prepayment');
  expect(receipts).toMatchObject([
    { kind: 'receipt', amount: 2000n, content: { paidBy: 'account', lines: [{ name: 'srv_cut' }, { name: 'srv_wax' }] } },
    { kind: 'receipt', amount: 3332n, content: { paidBy: 'account' } },
  ]);
  // one refund of both: each has a credit note of its own
  expect(await giveBack(visit.id, 0, 100, 'account')).toBe(true);
  const notes = (await documents(visit.clientId)).filter(({ kind }) => kind === 'credit_note');
  expect(notes.map(({ of, amount }) => [of, amount])).toEqual([
    [receipts[1]?.name, 3332n],
    [receipts[0]?.name, 2000n],
  ]);
  for (const name of ['VAT', 'Reduced'])
    expect(notes.map((note) => vat(note, name))).toEqual([...receipts].reverse().map((receipt) => vat(receipt, name)));
  // and what is put back as a mistake
  await desk.pay(visit.id, account, 5332);
  const paid = (await desk.checkout(visit.id)).payments.find(({ kind, mayReverse }) => kind === 'account' && mayReverse);
  expect((await desk.reversePayment(paid?.id ?? '')).status).toBe(200);
  const last = (await documents(visit.clientId)).filter(({ amount }) => amount === 5332n);
  expect(last).toMatchObject([{ kind: 'receipt' }, { kind: 'credit_note', of: last[0]?.name, content: { taxes: last[0]?.content.taxes } }]);
});

/** Other services, also where something was paid already and its receipt is issued. */
async function changeServices(visit: string, serviceIds: readonly string[]): Promise<number> {
  await app.background.settleDown();
  const { version } = await desk.checkout(visit);
  const wish = { version, services: serviceIds.map((serviceId) => ({ serviceId, costMinor: null })), durationMinutes: null, outsideHours: true };
  return (await owner.here('PUT', `appointments/${visit}/services`, wish)).status;
}

test('a visit that has other services than when it was paid has its receipts anew, with the tax that was earned; and goes back with that', async () => {
  const visit = await visitOf(app, { serviceIds: ['srv_cut'] });
  const account = `${visit.clientId}~EUR`;
  await desk.topUp(account, 1000);
  await desk.pay(visit.id, account, 1000);
  await desk.cash(visit.id, 999);
  expect(await changeServices(visit.id, ['srv_wax'])).toBe(200);
  const paid = () => documents(visit.clientId).then((all) => all.filter(({ content }) => content.for !== 'account'));
  expect((await paid()).map((one) => [one.kind, vat(one), vat(one, 'Reduced')])).toEqual([
    ['receipt', 187, 0],
    ['receipt', 187, 0],
  ]);
  await app.pass({ minutes: 2 * 24 * 60 });
  const [deposit, cash, ...after] = await paid();
  expect(after).toMatchObject([
    { kind: 'receipt', amount: 1000n, content: { for: 'visit', paidBy: 'account', of: { name: deposit?.name }, lines: [{ name: 'srv_wax' }] } },
    { kind: 'receipt', amount: 999n, content: { paidBy: 'cash', of: { name: cash?.name } } },
    { kind: 'credit_note', of: deposit?.name, amount: 1000n },
    { kind: 'credit_note', of: cash?.name, amount: 999n },
  ]);
  expect(after.map((one) => [vat(one), vat(one, 'Reduced')])).toEqual([
    [0, 57],
    [0, 57],
    [187, 0],
    [187, 0],
  ]);
  owner = await signInAs(app, 'owner');
  expect(await giveBack(visit.id, 0, 100, 'register')).toBe(true);
  const back = (await paid()).filter(({ kind }) => kind === 'credit_note').slice(2);
  for (const { of } of back) expect([after[0]?.name, after[1]?.name]).toContain(of);
  expect(back.reduce((sum, { amount }) => sum + amount, 0n)).toBe(1000n);
  expect(back.reduce((sum, note) => sum + vat(note, 'Reduced'), 0)).toBe(57);
  expect((await auditEverything(app.payments)).disagreements).toEqual([]);
});

const step = fc.record({
  deed: fc.constantFrom(
    'top_up',
    'pay',
    'pay',
    'cash',
    'refund',
    'refund',
    'put_back',
    'reverse_cash',
    'membership',
    'refund_membership',
    'undo_top_up',
    'services',
    'services',
  ),
  visit: fc.nat(1),
  amount: fc.integer({ min: 1, max: 6000 }),
  way: fc.constantFrom('account' as const, 'register' as const),
});

/** Two visits of two clients, and whatever they pay and get back. */
async function play(steps: readonly { deed: string; visit: number; amount: number; way: 'account' | 'register' }[]): Promise<void> {
  const visits = [await visitOf(app, { serviceIds: ['srv_cut', 'srv_wax'] }), await visitOf(app)] as const;
  const sold: { clientId: string; id: string }[] = [];
  for (const { deed, visit: n, amount, way } of steps) {
    const { id, clientId } = visits[n === 0 ? 0 : 1];
    const account = `${clientId}~EUR`;
    const payments = async () => (await desk.checkout(id)).payments.filter(({ mayReverse }) => mayReverse);
    if (deed === 'top_up') await desk.topUp(account, amount);
    else if (deed === 'pay') await desk.pay(id, account, amount);
    else if (deed === 'cash') await desk.cash(id, amount);
    else if (deed === 'refund') await giveBack(id, amount, amount % 2 === 0 ? 100 : amount % 100, way);
    else if (deed === 'put_back') await desk.reversePayment((await payments()).find(({ kind }) => kind === 'account')?.id ?? 'none');
    else if (deed === 'reverse_cash') {
      const cash = (await payments()).find(({ kind }) => kind === 'cash');
      if (cash) await owner.here('POST', `desk-payments/${cash.id}/reversal`, { because: 'a mistake' });
    } else if (deed === 'services') await changeServices(id, [['srv_cut'], ['srv_wax'], ['srv_wax', 'srv_cut']][amount % 3] ?? []);
    else if (deed === 'membership') {
      const made = await membershipFromAccount(clientId, amount);
      if (made) sold.push({ clientId, id: made });
    } else if (deed === 'refund_membership') {
      const one = sold.pop();
      if (one) await memberships.deed(one.id, 'refund', { version: (await memberships.see(one.clientId, one.id)).version, because: 'moves away' });
    } else {
      const topUp = (await desk.page(account)).topUps.find(({ mayReverse }) => mayReverse);
      if (topUp) await desk.reverseTopUp(topUp.id);
    }
  }
}

test('whatever is topped up, spent, given back and undone: no credit note goes beyond its receipt, and the tax on all of them is the tax that was earned', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 16 }), async (steps) => {
      // nobody stays signed in for months
      owner = await signInAs(app, 'owner');
      await play([{ deed: 'top_up', visit: 0, amount: 9000, way: 'account' }, ...steps]);
      // all visits and memberships are over, and everything that was paid for them is earned
      await app.pass({ minutes: 4 * 24 * 60 });
      const all = await documents();
      const taken = new Map<string, bigint>();
      for (const { kind, of, amount, name } of all) {
        if (kind === 'credit_note') expect(of, `${name} takes back a receipt`).not.toBeNull();
        if (of) taken.set(of, (taken.get(of) ?? 0n) + amount);
      }
      for (const { kind, name, amount } of all) if (kind === 'receipt') expect(taken.get(name) ?? 0n).toBeLessThanOrEqual(amount);
      const report = (await owner.here<TaxReport>('GET', 'tax-report?from=2026-01-01&to=2026-12-31')).body;
      for (const name of ['VAT', 'Reduced']) {
        const earned = report.lines.find((line) => line.name === name)?.taxMinor ?? 0;
        const onPaper = all.reduce((sum, one) => sum + (one.kind === 'receipt' ? vat(one, name) : -vat(one, name)), 0);
        // each document is rounded for itself
        expect(Math.abs(onPaper - earned), `${name} on ${all.length} documents: ${onPaper}, earned: ${earned}`).toBeLessThanOrEqual(all.length);
      }
      expect((await auditEverything(app.payments)).disagreements).toEqual([]);
    }),
    { numRuns: Number(process.env['RECEIPT_RUNS'] ?? 4), endOnFailure: true },
  );
});

test('the audit sees a receipt that is missing, and one that was taken back further than it goes', async () => {
  expect(await checkReceipts(app.database.read)).toEqual([]);
  const rollback = new Error('nothing of it stays');
  await expect(
    app.database.transaction(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      const { rows } = await sql<{ id: string }>`
        update receipts set amount_minor = amount_minor - 1, content = jsonb_set(content, '{lines,0,amountMinor}', to_jsonb((content #>> '{lines,0,amountMinor}')::bigint - 1))
         where receipt_id = (select of_receipt from receipts where of_receipt is not null group by of_receipt order by of_receipt limit 1) returning receipt_id id`.execute(
        tx,
      );
      const says = (await checkReceipts(tx)).map((fault) => fault.says).join('\n');
      expect(rows).toHaveLength(1);
      expect(says).toMatch(/of it was taken back/);
      expect(says).toMatch(/its documents are over/);
      // one that was taken back when its visit was earned, and not issued anew
      await sql`delete from receipts where kind = 'receipt' and entry_id in (select entry_id from ledger_entries where cause_kind = 'income')`.execute(
        tx,
      );
      expect((await checkReceipts(tx)).map((fault) => fault.says).join('\n')).toMatch(/more on its documents since it was earned/);
      throw rollback;
    }),
  ).rejects.toBe(rollback);
});
