import { expect } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
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
  /** How often a process really died on each surface; printed, so that a run which hit none cannot pass unseen. */
  deaths(): Readonly<Record<Surface, number>>;
  close(): Promise<void>;
}

/** One salon, one provider and many processes that die. */
export async function crashBench(): Promise<Bench> {
  const app: TestApp = await testApp({
    salon: { services: { srv_color: { price: 5000, minutes: 60, status: 'required' } }, staff: crashStaff },
    listen: false,
  });
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
    },
    deaths() {
      process.stdout.write(`crash points hit: ${JSON.stringify(died)}\n`);
      return died;
    },
    close: () => app.close(),
  };
}
