import type { AttentionList } from '@holdfast/contract/attention';
import type { ReceiptContent } from '@holdfast/contract/receipts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { createDatabase } from '../kit/database.ts';
import { postgresSource } from '../kit/postgres.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import { carryOutRefund, intendRefund } from '../payments/give-back.ts';
import { attemptById } from '../payments/store.ts';
import { clientOf } from '../testing/call.ts';
import { CrashPlan } from '../testing/crashing.ts';
import { deskOf } from '../testing/desk-of.ts';
import { membershipDesk } from '../testing/memberships-of.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';
import { issueReceipts } from './issue-receipts.ts';

let app: TestApp;
let owner: StaffUser;
let desk: ReturnType<typeof deskOf>;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_cut: { price: 5000, minutes: 60, status: 'available' }, srv_color: { price: 10_000, minutes: 60, status: 'required' } },
      staff: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
  });
  owner = await signInAs(app, 'owner');
  desk = deskOf(app, owner.cookie);
});
beforeEach(() => app.sandbox.events.hold());
afterAll(async () => {
  const { disagreements } = await auditEverything(app.payments);
  await app.close();
  expect(disagreements).toEqual([]);
});

let number = 0;
async function booked(services: readonly string[], { pay = false, name = '' }: { pay?: boolean; name?: string } = {}) {
  const n = number++;
  const startsAt = new Date(Math.floor(app.clock.now().getTime() / 86_400_000) * 86_400_000 + 86_400_000 + 10 * 3_600_000).toISOString();
  const wish = (await wishFor(app, { serviceIds: [...services], staffId: `stf_${n % 40}`, startsAt }))(n);
  const client = clientOf(app);
  const { body } = await client.book({ ...wish, client: { ...wish.client, ...(name ? { name } : {}) } });
  const id = body.appointments[0]?.id ?? '';
  if (pay) {
    app.sandbox.pay(client.sessionOf((await client.startPayment(body.token)).body));
    await client.comeBack(body.token);
    await app.afterwards();
  }
  return { id, token: body.token, take: () => desk.take(id, `key_of_screen_${n}_${number++}`), reverse: () => desk.reverse(id) };
}

interface Document {
  readonly kind: string;
  readonly name: string;
  readonly of: string | null;
  readonly amount: bigint;
  readonly client: string | null;
  readonly content: ReceiptContent;
}
async function documents(appointmentId?: string): Promise<readonly Document[]> {
  await issueReceipts(app.payments, { limit: 100 });
  const { rows } = await sql<Document>`
    select r.kind, r.name, o.name "of", r.amount_minor amount, r.client_name client, r.content from receipts r
      left join receipts o on o.chain_id = r.chain_id and o.receipt_id = r.of_receipt
     where ${appointmentId === undefined ? sql`true` : sql`r.purpose_id = ${appointmentId}`} order by r.issued_at, r.series desc, r.number`.execute(
    app.database.read,
  );
  return rows;
}

test('money at the desk has a receipt, its reversal a credit note that names it, and nothing has two', async () => {
  const visit = await booked(['srv_cut']);
  await visit.take();
  const [receipt] = await documents(visit.id);
  expect(receipt).toMatchObject({
    kind: 'receipt',
    amount: 5000n,
    of: null,
    content: {
      company: { legalName: 'Salon Lda', registrationNumber: '500000000' },
      for: 'prepayment',
      paidBy: 'cash',
      lines: [{ name: 'srv_cut', amountMinor: 5000, tax: null }],
      taxes: [],
    },
  });
  expect(receipt?.name).toMatch(/^R-2026-\d{6}$/);
  await visit.reverse();
  const both = await documents(visit.id);
  expect(both).toHaveLength(2);
  expect(both[1]).toMatchObject({ kind: 'credit_note', amount: 5000n, of: receipt?.name, content: { of: { name: receipt?.name }, paidBy: 'cash' } });
  await Promise.all(Array.from({ length: 6 }, () => issueReceipts(app.payments, { limit: 100 })));
  expect(await documents(visit.id)).toHaveLength(2);
});

test('a payment online has a receipt by its provider, and a refund of a part a credit note for that part, with the tax in it', async () => {
  const { body } = await owner.here<{ rates: { rateId: string }[] }>('POST', 'taxes', { name: 'VAT', basisPoints: 2300, inclusive: true });
  const rateId = body.rates[0]?.rateId ?? '';
  await owner.here('PUT', 'taxes/use', { services: [{ serviceId: 'srv_color', was: 'default', becomes: rateId }] });
  const visit = await booked(['srv_color'], { pay: true });
  const { rows } = await sql<{ attempt_id: string }>`select attempt_id from payment_lines where purpose_id = ${visit.id}`.execute(app.database.read);
  const refundId = await app.database.transaction(async (tx) => {
    const attempt = await attemptById(tx, app.scope.chainId, rows[0]?.attempt_id ?? '');
    return attempt ? intendRefund(tx, app.payments, attempt, { amountMinor: 1000n, by: 'Ana' }) : '';
  });
  await carryOutRefund(app.payments, { chainId: app.scope.chainId, refundId });
  const [receipt, note] = await documents(visit.id);
  expect(receipt?.content).toMatchObject({
    paidBy: 'stripe',
    taxes: [{ name: 'VAT', basisPoints: 2300, netMinor: 8130, taxMinor: 1870, grossMinor: 10_000 }],
  });
  expect(note).toMatchObject({ kind: 'credit_note', amount: 1000n, of: receipt?.name });
  expect(note?.content.taxes).toEqual([{ name: 'VAT', basisPoints: 2300, netMinor: 813, taxMinor: 187, grossMinor: 1000 }]);
});

test('a document stays as it was issued: another legal name, an erased row, a hand in the database', async () => {
  const visit = await booked(['srv_cut']);
  await visit.take();
  await documents();
  await sql`update company_details set legal_name = 'Another Lda'`.execute(app.database.read);
  const later = await booked(['srv_cut']);
  await later.take();
  expect((await documents(visit.id))[0]?.content.company?.legalName).toBe('Salon Lda');
  expect((await documents(later.id))[0]?.content.company?.legalName).toBe('Another Lda');
  for (const hand of [sql`update receipts set amount_minor = 1`, sql`delete from receipts`, sql`truncate receipts`]) {
    await expect(hand.execute(app.database.read)).rejects.toMatchObject({ code: 'HF913' });
  }
  await sql`delete from company_details`.execute(app.database.read);
  const without = await booked(['srv_cut']);
  await without.take();
  expect((await documents(without.id))[0], 'issued with what there is, and numbered').toMatchObject({ kind: 'receipt', content: { company: null } });
});

test('the year of a number is the year at the salon: it turns at midnight there, and numbers begin anew', async () => {
  await sql`update locations set time_zone = 'Europe/Kyiv'`.execute(app.database.read);
  for (const [id, at, name] of [
    ['before', '2026-12-31T21:59:59Z', /^R-2026-/],
    ['after', '2026-12-31T22:00:00Z', /^R-2027-000001$/],
  ] as const) {
    await app.database.transaction(async (tx) => {
      const client = await openAccount(tx, app.payments, app.scope, { kind: 'client', ownerId: 'cli_nobody', currency: 'EUR' });
      const main = await openAccount(tx, app.payments, app.scope, { kind: 'register', ownerId: 'main', currency: 'EUR' });
      const posting = { from: client, to: main, amountMinor: 100n, currency: 'EUR', operation: 'top_up' } as const;
      await postEntry(tx, app.payments, { scope: app.scope, cause: { kind: 'test', id }, happenedAt: new Date(at), memo: '', postings: [posting] });
    });
    const all = await documents();
    expect(all.filter((one) => name.test(one.name)).length).toBeGreaterThan(0);
  }
  await sql`update locations set time_zone = 'Europe/Lisbon'`.execute(app.database.read);
});

test('a name of 10,000 characters is on the document, and no series prefix has two numbers', async () => {
  const visit = await booked(['srv_cut'], { name: 'Ж'.repeat(90) });
  await sql`update clients set name = ${'<script>'.repeat(1250)} where client_id = (select client_id from appointments where appointment_id = ${visit.id})`.execute(
    app.database.read,
  );
  await visit.take();
  expect((await documents(visit.id))[0]?.client).toHaveLength(10_000);
  const { rows } = await sql`
    select series, year from receipts group by series, year, location_id having count(*) <> max(number) or min(number) <> 1`.execute(
    app.database.read,
  );
  expect(rows).toEqual([]);
});

test('a process that dies at any step loses no document and no number', async () => {
  for (let step = 1, reached = true; reached; step++) {
    const visit = await booked(['srv_cut']);
    await visit.take();
    const plan = new CrashPlan({ step, side: 'after' });
    const db = createDatabase(plan.source(postgresSource(app.database.url, { connections: 2 })));
    await issueReceipts({ ...app.payments, db }, { limit: 100 }).catch(() => undefined);
    reached = plan.diedAt !== undefined;
    await db.close();
    expect(await documents(visit.id), `died ${JSON.stringify(plan.diedAt)}`).toHaveLength(1);
    expect(step).toBeLessThan(40);
  }
  const { rows } = await sql`select series from receipts group by series, year having count(*) <> max(number)`.execute(app.database.read);
  expect(rows).toEqual([]);
});

test('a document that cannot be written waits by itself: the others are numbered without a gap, a person is told, and it follows when it can be', async () => {
  const visits = [];
  for (let n = 0; n < 3; n++) visits.push(await booked(['srv_cut']));
  const [first, sick, last] = visits;
  await documents();
  for (const visit of visits) await visit.take();
  await sql
    .raw(`
      create function refuse_one() returns trigger language plpgsql as $$ begin
        if new.purpose_id = '${sick?.id}' then raise exception 'this one cannot be written'; end if; return new; end $$;
      create trigger refuse_one before insert on receipts for each row execute function refuse_one()`)
    .execute(app.database.read);
  const told = async () =>
    (await owner.here<AttentionList>('GET', 'attention')).body.items.filter(({ kind }) => kind === 'receipt_not_issued').map(({ detail }) => detail);
  expect(await documents(sick?.id)).toEqual([]);
  const [one, three] = [(await documents(first?.id))[0], (await documents(last?.id))[0]];
  expect(Number(three?.name.slice(-6))).toBe(Number(one?.name.slice(-6)) + 1);
  expect(await told(), 'once may be a passing trouble').toEqual([]);
  for (let minutes = 0; minutes < 8; minutes++) {
    app.clock.advance({ minutes: 1 });
    await documents();
  }
  expect(await told()).toEqual([{ message: 'this one cannot be written' }]);
  await sql.raw('drop trigger refuse_one on receipts; drop function refuse_one()').execute(app.database.read);
  app.clock.advance({ minutes: 60 });
  expect(await documents(sick?.id)).toMatchObject([{ kind: 'receipt', amount: 5000n }]);
  expect(await told()).toEqual([]);
});

test('who buys a membership has a receipt that names it', async () => {
  const desk = membershipDesk(app, owner);
  const { clientId } = await desk.sold(91, { priceMinor: 12_000 });
  await app.background.settleDown();
  const { rows } = await sql<{ content: ReceiptContent; client: string; amount: bigint }>`
    select content, client_id client, amount_minor amount from receipts where chain_id = ${app.scope.chainId} and content->>'for' = 'membership'`.execute(
    app.database.read,
  );
  expect(rows).toMatchObject([{ client: clientId, amount: 12_000n, content: { lines: [{ amountMinor: 12_000 }] } }]);
  expect(rows[0]?.content.lines[0]?.name).toMatch(/^Membership \d+$/);
});
