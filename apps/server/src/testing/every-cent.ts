import { sql } from 'kysely';
import { expect } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { switchOnlinePayment } from '../payments/connect-provider.ts';
import { type Command, CrashWorld, crashStaff } from './crash-world.ts';
import type { Side, Surface } from './crashing.ts';
import { type TestApp, testApp } from './test-app.ts';

export function say(kind: Command['kind'], who: 0 | 1 = 0, times: Command['times'] = 0): Command {
  return { kind, who, times };
}

export interface Bench {
  /** Plays it and checks that the provider, the attempts and the books agree about every cent of it. Answers how many steps it had. */
  everyCentHasOnePlace(script: readonly Command[], at?: { step: number; side: Side }): Promise<number>;
  /** Appointments, attempts, ledger and provider, all that was ever played. */
  nobodyDisagrees(): Promise<void>;
  /** How much money really went each way: a run in which some way was never gone has shown nothing about it. */
  ways(): Promise<{ readonly atDesk: number; readonly reversed: number; readonly byLink: number; readonly credited: number }>;
  /** How often a process really died on each surface; printed, so that a run which hit none cannot pass unseen. */
  deaths(): Readonly<Record<Surface, number>>;
  close(): Promise<void>;
}

/** One salon, one provider and many processes that die. */
export async function crashBench(): Promise<Bench> {
  const app: TestApp = await testApp({
    // what has to be prepaid is less than what the visit costs: its link and its booking ask for different amounts
    salon: {
      services: { srv_color: { price: 5000, minutes: 60, status: 'required' }, srv_wash: { price: 1000, minutes: 30, status: 'not_available' } },
      staff: crashStaff,
    },
    listen: false,
  });
  await app.database.transaction((tx) => switchOnlinePayment(tx, app.scope, { method: 'visit_link', enabled: true, connectionId: app.connectionId }));
  const world = new CrashWorld(app);
  const died: Record<Surface, number> = { database: 0, provider: 0, outbox: 0 };
  return {
    async everyCentHasOnePlace(script, at) {
      const { plan, staffId } = await world.play(script, at);
      const { captured, placed, posted, references } = await world.money(staffId);
      const atProvider = app.sandbox
        .payments()
        .filter((one) => references.includes(one.client_reference_id ?? ''))
        .reduce((sum, one) => sum + BigInt(one.captured), 0n);
      const story = `${script.map((one) => `${one.kind}${one.who}×${one.times}`).join(' ')}, died at ${JSON.stringify(at)} ${JSON.stringify(plan.diedAt)}`;
      expect({ captured, placed, posted }, story).toEqual({ captured: atProvider, placed: atProvider, posted: atProvider });
      if (plan.diedAt) died[plan.diedAt.surface]++;
      return plan.steps;
    },
    async nobodyDisagrees() {
      const listed = app.sandbox
        .payments()
        .map((one) => ({ reference: one.client_reference_id ?? undefined, providerPaymentId: one.id, capturedMinor: BigInt(one.captured) }));
      expect((await auditEverything(app.payments, listed)).disagreements).toEqual([]);
      const { rows } = await sql`select appointment_id, paid_minor, cost_minor from appointments where paid_minor > cost_minor`.execute(
        app.database.read,
      );
      expect(rows, 'whoever has paid twice finds it on their account, not in the visit').toEqual([]);
    },
    async ways() {
      const { rows } = await sql<{ atDesk: number; reversed: number; byLink: number; credited: number }>`
        select (select count(*)::int from desk_payments) "atDesk", (select count(*)::int from desk_reversals) reversed,
               (select count(*)::int from payment_attempts where order_kind = 'visit' and status = 'captured') "byLink",
               (select count(*)::int from payment_lines where outcome = 'credited') credited`.execute(app.database.read);
      process.stdout.write(`ways money went: ${JSON.stringify(rows[0])}\n`);
      return rows[0] ?? { atDesk: 0, reversed: 0, byLink: 0, credited: 0 };
    },
    deaths() {
      process.stdout.write(`crash points hit: ${JSON.stringify(died)}\n`);
      return died;
    },
    async close() {
      await world.close();
      await app.close();
    },
  };
}
