import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { createDatabase } from '../kit/database.ts';
import { postgresSource } from '../kit/postgres.ts';
import { carryOutRefund, intendRefund } from '../payments/give-back.ts';
import { attemptById } from '../payments/store.ts';
import { clientOf } from '../testing/call.ts';
import { CrashPlan } from '../testing/crashing.ts';
import { deskOf } from '../testing/desk-of.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';
import { earnIncome } from './earn-income.ts';

let app: TestApp;
let owner: StaffUser;
let desk: ReturnType<typeof deskOf>;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_cut: { price: 5000, minutes: 60, status: 'available' }, srv_color: { price: 8000, minutes: 60, status: 'required' } },
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
/** A visit of one hour, tomorrow or later. Paid online when `prepaid`. */
async function booked({ prepaid = false, inDays = 1 }: { prepaid?: boolean; inDays?: number } = {}) {
  const n = number++;
  const startsAt = new Date(Math.floor(app.clock.now().getTime() / 86_400_000) * 86_400_000 + inDays * 86_400_000 + 10 * 3_600_000).toISOString();
  const wish = await wishFor(app, { serviceIds: [prepaid ? 'srv_color' : 'srv_cut'], staffId: `stf_${n % 40}`, startsAt });
  const client = clientOf(app);
  const { body } = await client.book(wish(n));
  const id = body.appointments[0]?.id ?? '';
  const session = prepaid ? client.sessionOf((await client.startPayment(body.token)).body) : '';
  if (prepaid) {
    app.sandbox.pay(session);
    await client.comeBack(body.token);
    await app.afterwards();
  }
  const over = async () => {
    const left = new Date(startsAt).getTime() + 3_600_000 - app.clock.now().getTime();
    await app.pass({ seconds: Math.max(0, left / 1000) });
  };
  return { id, token: body.token, session, over, take: () => desk.take(id, `key_of_screen_${n}_${number++}`) };
}

/** What the books say: earned, still owed, and by how many entries. */
async function books(id: string) {
  const { rows } = await sql<{ earned: bigint; owed: bigint; entries: bigint }>`
    select coalesce(sum(case when f.kind = 'income' then p.amount_minor when t.kind = 'income' then -p.amount_minor end), 0)::bigint earned,
           coalesce(sum(case when f.kind = 'prepayments' then p.amount_minor when t.kind = 'prepayments' then -p.amount_minor end), 0)::bigint owed,
           count(distinct p.entry_id) filter (where p.operation = 'income') entries
      from ledger_postings p join ledger_accounts f on f.account_id = p.from_account_id join ledger_accounts t on t.account_id = p.to_account_id
     where p.purpose_id = ${id}`.execute(app.database.read);
  return rows[0];
}

/** Part of what came online for it goes back at the provider. */
async function giveBack({ database, payments }: TestApp, appointmentId: string, amountMinor: bigint): Promise<void> {
  const { rows } = await sql<{ attempt_id: string }>`select attempt_id from payment_lines where purpose_id = ${appointmentId}`.execute(database.read);
  const refundId = await database.transaction(async (tx) => {
    const attempt = await attemptById(tx, app.scope.chainId, rows[0]?.attempt_id ?? '');
    return attempt ? intendRefund(tx, payments, attempt, { amountMinor, by: 'Ana' }) : '';
  });
  await carryOutRefund(payments, { chainId: app.scope.chainId, refundId });
}

const change = (id: string, path: string, body: object) => owner.here<{ version: number }>('POST', `appointments/${id}/${path}`, body);
const versionOf = async (id: string) => (await owner.here<{ version: number }>('GET', `appointments/${id}/checkout`)).body.version;

test('what was prepaid is owed until the visit is over, and then it is income, dated the moment it was over', async () => {
  const visit = await booked({ prepaid: true });
  expect(await books(visit.id)).toEqual({ earned: 0n, owed: 8000n, entries: 0n });
  await visit.over();
  expect(await books(visit.id)).toEqual({ earned: 8000n, owed: 0n, entries: 1n });
  const { rows } = await sql<{ at: Date; ends: Date }>`
    select e.happened_at at, a.ends_at ends from ledger_entries e join appointments a on e.cause_id = a.appointment_id || '/1'
     where e.cause_kind = 'income' and a.appointment_id = ${visit.id}`.execute(app.database.read);
  expect(rows[0]?.at).toEqual(rows[0]?.ends);
  await app.pass({ minutes: 60 });
  expect((await books(visit.id))?.entries).toBe(1n);
});

test('what is paid after the visit is earned at once; a reversal at the desk takes it back', async () => {
  const visit = await booked();
  await visit.over();
  expect(await books(visit.id)).toEqual({ earned: 0n, owed: 0n, entries: 0n });
  expect((await visit.take()).status).toBe(200);
  await app.pass({ seconds: 1 });
  expect(await books(visit.id)).toEqual({ earned: 5000n, owed: 0n, entries: 1n });
  expect((await desk.reverse(visit.id)).status).toBe(200);
  await app.pass({ seconds: 1 });
  expect(await books(visit.id)).toEqual({ earned: 0n, owed: 0n, entries: 2n });
  await visit.take();
  await app.pass({ seconds: 1 });
  expect(await books(visit.id)).toEqual({ earned: 5000n, owed: 0n, entries: 3n });
});

test('a refund after the visit lowers its income', async () => {
  const visit = await booked({ prepaid: true });
  await visit.over();
  await giveBack(app, visit.id, 3000n);
  await app.pass({ seconds: 1 });
  expect(await books(visit.id)).toEqual({ earned: 5000n, owed: 0n, entries: 2n });
});

test('a visit that becomes cheaper earns what it costs, and the rest stays owed', async () => {
  const visit = await booked();
  await visit.take();
  await visit.over();
  expect((await books(visit.id))?.earned).toBe(5000n);
  await sql`update appointment_services set cost_minor = 4000 where appointment_id = ${visit.id}`.execute(app.database.read);
  await sql`update appointments set set_cost_minor = 4000, changed_at = ${app.clock.now()} where appointment_id = ${visit.id}`.execute(
    app.database.read,
  );
  await app.pass({ seconds: 1 });
  expect(await books(visit.id)).toEqual({ earned: 4000n, owed: 1000n, entries: 2n });
});

test('what a cancelled visit leaves behind is income only when somebody has decided about it', async () => {
  const visit = await booked({ prepaid: true, inDays: 3 });
  expect((await change(visit.id, 'cancellation', { version: await versionOf(visit.id), because: '' })).status).toBe(200);
  await app.pass({ seconds: 1 });
  expect(await books(visit.id)).toEqual({ earned: 0n, owed: 8000n, entries: 0n });
  await sql`update refunds set status = 'declined', closed_at = ${app.clock.now()} where appointment_id = ${visit.id}`.execute(app.database.read);
  await app.pass({ seconds: 1 });
  expect(await books(visit.id)).toEqual({ earned: 8000n, owed: 0n, entries: 1n });
});

test('a visit that is over and is then moved to another day is owed again', async () => {
  const visit = await booked({ prepaid: true });
  await visit.over();
  await sql`update appointments set starts_at = starts_at + interval '3 days', ends_at = ends_at + interval '3 days', changed_at = ${app.clock.now()},
                   busy = tstzrange(lower(busy) + interval '3 days', upper(busy) + interval '3 days')
             where appointment_id = ${visit.id}`.execute(app.database.read);
  await sql`update occupancy set span = tstzrange(lower(span) + interval '3 days', upper(span) + interval '3 days') where source_id = ${visit.id}`.execute(
    app.database.read,
  );
  await app.pass({ seconds: 1 });
  expect(await books(visit.id)).toEqual({ earned: 0n, owed: 8000n, entries: 2n });
  await app.pass({ minutes: 3 * 24 * 60 });
  expect(await books(visit.id)).toEqual({ earned: 8000n, owed: 0n, entries: 3n });
});

test('many processes earn a visit once, and one that dies at any step leaves nothing half done', async () => {
  const visits = await Promise.all(Array.from({ length: 8 }, () => booked()));
  for (const visit of visits) await visit.take();
  app.clock.advance({ minutes: 2 * 24 * 60 });
  await Promise.all(Array.from({ length: 8 }, () => earnIncome(app.payments, { limit: 100 })));
  for (const { id } of visits) expect(await books(id)).toEqual({ earned: 5000n, owed: 0n, entries: 1n });

  for (let step = 1, reached = true; reached; step++) {
    const visit = await booked();
    await visit.take();
    app.clock.advance({ minutes: 2 * 24 * 60 });
    const plan = new CrashPlan({ step, side: 'after' });
    const db = createDatabase(plan.source(postgresSource(app.database.url, { connections: 2 })));
    await earnIncome({ ...app.payments, db }, { limit: 100 }).catch(() => undefined);
    reached = plan.diedAt !== undefined;
    await db.close();
    await earnIncome(app.payments, { limit: 100 });
    expect(await books(visit.id), `died ${JSON.stringify(plan.diedAt)}`).toEqual({ earned: 5000n, owed: 0n, entries: 1n });
    expect(step).toBeLessThan(40);
  }
});

test('a visit whose income cannot be posted holds up no other, and somebody is told', async () => {
  const [sick, well] = [await booked(), await booked()];
  for (const visit of [sick, well]) await visit.take();
  app.clock.advance({ minutes: 2 * 24 * 60 });
  await sql
    .raw(`
      create function refuse_one() returns trigger language plpgsql as $$ begin
        if new.cause_id = '${sick.id}/1' then raise exception 'this one cannot be posted'; end if; return new; end $$;
      create trigger refuse_one before insert on ledger_entries for each row execute function refuse_one()`)
    .execute(app.database.read);
  const told = async () =>
    (
      await sql<{
        message: string;
      }>`select detail ->> 'message' message from attention where kind = 'income_not_posted' and resolved_at is null`.execute(app.database.read)
    ).rows;
  // the sick one is the first of all that are due, and one is all that is looked at
  await sql`update appointment_income set due_at = due_at - interval '1 day' where appointment_id = ${sick.id}`.execute(app.database.read);
  for (let look = 0; look < 2; look++) await earnIncome(app.payments, { limit: 1 });
  expect(await books(well.id)).toEqual({ earned: 5000n, owed: 0n, entries: 1n });
  expect(await told()).toEqual([]);
  app.clock.advance({ minutes: 1 });
  await earnIncome(app.payments, { limit: 1 });
  expect(await told()).toEqual([{ message: 'this one cannot be posted' }]);
  await sql.raw('drop trigger refuse_one on ledger_entries; drop function refuse_one()').execute(app.database.read);
  app.clock.advance({ minutes: 60 });
  await earnIncome(app.payments, { limit: 1 });
  expect(await books(sick.id)).toEqual({ earned: 5000n, owed: 0n, entries: 1n });
  expect(await told()).toEqual([]);
});
