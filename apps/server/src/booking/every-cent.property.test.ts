import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { type Command, CrashWorld, commands, crashStaff } from '../testing/crash-world.ts';
import type { Surface } from '../testing/crashing.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

let app: TestApp;
let world: CrashWorld;
const hit = new Map<Surface, number>();

beforeAll(async () => {
  app = await testApp({ salon: { services: { srv_color: { price: 5000, minutes: 60, status: 'required' } }, staff: crashStaff }, listen: false });
  world = new CrashWorld(app);
});
afterAll(() => app.close());

function say(kind: Command['kind'], who: 0 | 1 = 0, times: Command['times'] = 0): Command {
  return { kind, who, times };
}

/** Plays it and checks that the provider, the attempts and the books agree about every cent of it. */
async function everyCentHasOnePlace(
  script: readonly Command[],
  at?: { step: number; side: 'before' | 'after' },
): Promise<{ steps: number; crashed: boolean }> {
  const { plan, staffId } = await world.play(script, at);
  const { captured, placed, posted, references } = await world.money(staffId);
  const atProvider = app.sandbox
    .payments()
    .filter((one) => references.includes(one.client_reference_id ?? ''))
    .reduce((sum, one) => sum + BigInt(one.captured), 0n);
  const story = `${script.map((one) => `${one.kind}${one.who}×${one.times}`).join(' ')} died ${JSON.stringify(at)} ${JSON.stringify(plan.diedAt)}`;
  expect({ captured, placed, posted }, story).toEqual({ captured: atProvider, placed: atProvider, posted: atProvider });
  if (plan.diedAt) hit.set(plan.diedAt.surface, (hit.get(plan.diedAt.surface) ?? 0) + 1);
  return { steps: plan.steps, crashed: plan.diedAt !== undefined };
}

async function nobodyDisagrees(): Promise<void> {
  const listed = app.sandbox
    .payments()
    .map((one) => ({ reference: one.client_reference_id ?? undefined, providerPaymentId: one.id, capturedMinor: BigInt(one.captured) }));
  expect((await auditEverything(app.payments, listed)).disagreements).toEqual([]);
}

const script = fc.array(
  fc.record({
    kind: fc.constantFrom(...commands),
    who: fc.constantFrom(0 as const, 1 as const),
    times: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
  }),
  {
    minLength: 2,
    maxLength: 10,
  },
);

test('in whatever order people, provider and clock act, every cent ends in exactly one place', async () => {
  await fc.assert(
    fc.asyncProperty(script, async (wild) => {
      await everyCentHasOnePlace([say('create'), ...wild]);
    }),
    { numRuns: 40 },
  );
  await nobodyDisagrees();
}, 400_000);

test('and so it is when the process dies at a step, wherever that is', async () => {
  await fc.assert(
    fc.asyncProperty(script, fc.nat({ max: 120 }), fc.constantFrom('before' as const, 'after' as const), async (wild, step, side) => {
      await everyCentHasOnePlace([say('create'), say('pay'), ...wild], { step: step + 1, side });
    }),
    { numRuns: 40 },
  );
  await nobodyDisagrees();
}, 400_000);

test.each([
  ['paid in time, told three times', [say('create'), say('pay'), say('webhook', 0, 3), say('return')]],
  ['paid late, the time still free', [say('create'), say('payLate'), say('webhook', 0, 2)]],
  [
    'paid late, the time taken by another who pays',
    [say('create'), say('pay', 1), say('payLate'), say('create', 1), say('pay', 1), say('webhook', 0, 1)],
  ],
  ['paid, then cancelled', [say('create'), say('pay'), say('return'), say('cancel')]],
])(
  'at every single step of: %s',
  async (_name, story) => {
    const { steps } = await everyCentHasOnePlace(story);
    expect(steps).toBeGreaterThan(20);
    // dying after a step is dying before the next one
    for (let step = 1; step <= steps; step++) await everyCentHasOnePlace(story, { step, side: 'before' });
    await everyCentHasOnePlace(story, { step: steps, side: 'after' });
    await nobodyDisagrees();
  },
  400_000,
);

test('the process has really died, on every surface', () => {
  const counts = Object.fromEntries(hit);
  process.stdout.write(`crash points hit: ${JSON.stringify(counts)}, ${[...hit.values()].reduce((sum, n) => sum + n, 0)} in all\n`);
  expect(counts['database'] ?? 0).toBeGreaterThan(100);
  expect(counts['provider'] ?? 0).toBeGreaterThan(3);
  expect(counts['outbox'] ?? 0).toBeGreaterThan(3);
});
