import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Booking } from '@holdfast/contract/booking';
import { sql } from 'kysely';
import { expect, type TestContext, test } from 'vitest';
import { blows, brokenWord, type Survived, surviveBlows } from '../testing/kill-rounds.ts';
import { runMain, type ServerProcess } from '../testing/kill-server.ts';
import { testDatabase } from '../testing/test-database.ts';

function newFolder({ onTestFinished }: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-kill-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function leaveNoneBehind({ onTestFinished }: TestContext): (running: ServerProcess) => void {
  return (running) => onTestFinished(() => running.signal('SIGKILL'));
}

async function audit(test: TestContext, settings: Readonly<Record<string, string>>) {
  const run = runMain('audit', settings);
  leaveNoneBehind(test)(run);
  return run.ended;
}

function hadWork(survived: Survived): void {
  process.stdout.write(`kill -9: ${JSON.stringify({ ...survived, lastExit: survived.lastExit.code })}\n`);
  expect(survived.kills).toBeGreaterThanOrEqual(8);
  // a test in which nobody had booked or paid anything would prove nothing
  expect(survived.acknowledged).toBeGreaterThan(2 * survived.kills);
  expect(survived.paidAtProvider).toBeGreaterThan(survived.kills);
}

// at once: one process is mostly waiting for its disk or its start
test.concurrent('killed with -9 at every step of a payment on the embedded database, the demo keeps every word it gave to a client', {
  timeout: 600_000,
}, async (context) => {
  const settings = { DATA_DIR: newFolder(context) };
  const survived = await surviveBlows(settings, blows, leaveNoneBehind(context));
  hadWork(survived);
  expect(survived.broken).toEqual([]);
  expect(survived.lastExit).toMatchObject({ code: 0 });
  const audited = await audit(context, settings);
  expect(audited.said).toContain(' 0 disagreements');
  expect(audited.code).toBe(0);
});

test.concurrent('the same on PostgreSQL; and the audit that finds nothing finds whatever is tampered with', { timeout: 600_000 }, async (context) => {
  const database = await testDatabase({ connections: 2 });
  context.onTestFinished(() => database.close());
  const settings = { DATA_DIR: newFolder(context), DATABASE_URL: database.url };
  const survived = await surviveBlows(settings, blows, leaveNoneBehind(context));
  hadWork(survived);
  expect(survived.broken).toEqual([]);
  expect(survived.lastExit).toMatchObject({ code: 0 });
  const audited = await audit(context, settings);
  expect(audited.said).toContain(' 0 disagreements');
  expect(audited.code).toBe(0);

  const { rows } = await sql<{ paid: string; unseen: string; taken: string; refunded: string }>`
    with paid as (select appointment_id, row_number() over (order by appointment_id) n from appointments where paid_minor > 0),
         attempts as (select attempt_id, row_number() over (order by attempt_id) n from payment_attempts where status = 'captured')
    select (select appointment_id from paid where n = 1) paid, (select appointment_id from paid where n = 2) taken,
           (select attempt_id from attempts where n = 1) unseen, (select attempt_id from attempts where n = 2) refunded`.execute(database.read);
  const { paid = '', taken = '', unseen = '', refunded = '' } = rows[0] ?? {};
  // by hand, past the triggers: whoever can do that can do anything, and is found out
  await sql`alter table payment_attempts disable trigger user`.execute(database.read);
  await sql`update appointments set paid_minor = paid_minor + 1 where appointment_id = ${paid}`.execute(database.read);
  await sql`delete from occupancy where source_id = ${taken}`.execute(database.read);
  await sql`update payment_attempts set reference = reference || 'x' where attempt_id = ${unseen}`.execute(database.read);
  await sql`update payment_attempts set refunded_minor = 1 where attempt_id = ${refunded}`.execute(database.read);
  const tampered = await audit(context, settings);
  expect(tampered.code).toBe(1);
  expect(tampered.said).toMatch(new RegExp(`appointments: ${paid}: paid \\d+ on the appointment, \\d+ in the ledger`));
  expect(tampered.said).toContain(`appointments: ${taken}: confirmed but takes no time`);
  expect(tampered.said).toMatch(/provider and us: hf_\w+: captured \d+ there, 0 here/);
  expect(tampered.said).toMatch(new RegExp(`payments and provider: ${refunded}: refunded 1 here, 0 at the provider`));
});

test('a word that was not kept is noticed', () => {
  const one = { id: 'apt_1', startsAt: '2026-03-03T10:00:00.000Z', status: 'held' };
  const told = {
    token: 't',
    status: 'held',
    holdExpiresAt: '2026-03-02T09:15:00.000Z',
    appointments: [one],
    paidMinor: 0,
    paidAtProvider: false,
  } as const;
  const is = (change: object) =>
    ({ status: 'held', paidMinor: 0, appointments: [one], now: '2026-03-02T09:10:00.000Z', ...change }) as unknown as Booking;
  for (const kept of [is({}), is({ status: 'confirmed', paidMinor: 5000 }), is({ status: 'expired', now: '2026-03-02T09:16:00.000Z' })]) {
    expect(brokenWord(told, kept)).toBeUndefined();
  }
  const early = is({ status: 'expired' });
  const moved = is({ appointments: [{ ...one, startsAt: '2026-03-03T11:00:00.000Z' }] });
  for (const broken of [early, moved, is({ status: 'cancelled' }), is({ appointments: [] })]) expect(brokenWord(told, broken)).toBeDefined();
  const paid = { ...told, paidAtProvider: true };
  expect(brokenWord(paid, is({}))).toBeDefined();
  expect(brokenWord({ ...told, status: 'waiting' }, is({ status: 'expired' }))).toBeDefined();
  expect(brokenWord({ ...told, status: 'confirmed', paidMinor: 5000 }, is({ status: 'confirmed', paidMinor: 0 }))).toBeDefined();
  expect(brokenWord(paid, is({ status: 'confirmed', paidMinor: 5000 }))).toBeUndefined();
});
