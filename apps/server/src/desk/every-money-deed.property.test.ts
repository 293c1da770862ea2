import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { balanceOf } from '../ledger/read-books.ts';
import { exportFrom } from '../ops/export-ledger.ts';
import { verifyLedger } from '../ops/verify-ledger.ts';
import { deaths, moneyHistory } from '../testing/money-history.ts';
import { type MoneyWorld, moneyWorld } from '../testing/money-world.ts';
import { auditEverything } from './audit.ts';

let world: MoneyWorld;
const folder = mkdtempSync(join(tmpdir(), 'every-money-deed-'));
beforeAll(async () => {
  world = await moneyWorld();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await world.close();
});
const everyWay = [
  'payment',
  'refund',
  'top_up',
  'credit',
  'spend',
  'unplaced',
  'transfer',
  'manual',
  'opening',
  'payout',
  'fee',
  'settlement',
  'income',
  'tax',
  'dispute',
  'payout undone',
  'spend undone',
  'top_up undone',
  'part paid',
  'part expired',
  'part run_out',
  'part cancelled',
  'part taken again',
];
/** To play the histories of another run again. */
const seed = process.env['PROPERTY_SEED'];
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 5);

let files = 0;
/** The books, written into a file as whoever wants to check them does. */
async function exported(): Promise<string> {
  const file = join(folder, `${files++}.jsonl`);
  expect(await exportFrom(world.app.database, { file, chain: undefined, locations: [] }, world.app.clock.now(), () => {})).toBe(0);
  return file;
}

/** The lines of the export about the entries that somebody complains of. */
function linesOf(file: string, complaints: readonly string[]): readonly string[] {
  const named = complaints.join(' ').match(/ent_\w+/g) ?? [];
  return named.length === 0
    ? []
    : readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => named.some((entry) => line.includes(`"${entry}"`)));
}

async function everythingAgrees(): Promise<void> {
  const { app } = world;
  const listed = app.sandbox
    .payments()
    .map((one) => ({ reference: one.client_reference_id ?? undefined, providerPaymentId: one.id, capturedMinor: BigInt(one.captured) }));
  expect((await auditEverything(app.payments, listed)).disagreements).toEqual([]);
  for (const currency of ['EUR', 'USD', 'JPY', 'KWD']) {
    const clearing = await balanceOf(app.database.read, app.scope, { kind: 'clearing', ownerId: app.connectionId, currency });
    expect(clearing, `what the provider owes in ${currency} is what the books say of it`).toBe(await world.owed(currency));
  }
}

test('whatever people, clients, provider and clock do, and wherever the program dies: the books are whole, and one changed byte is seen', async () => {
  await fc.assert(
    fc.asyncProperty(moneyHistory, deaths, fc.nat(), async (steps, dies, somewhere) => {
      expect(await world.play(steps, dies)).toEqual([]);
      await everythingAgrees();
      const file = await exported();
      const found: string[] = [];
      const verdict = verifyLedger({ file, heads: [] }, (line) => found.push(line));
      expect(verdict, [...found, ...linesOf(file, found)].join('\n')).toBe(0);
      const bytes = readFileSync(file);
      const at = somewhere % bytes.length;
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 + (somewhere % 255)), at);
      writeFileSync(file, bytes);
      expect(
        verifyLedger({ file, heads: [] }, () => {}),
        `byte ${at} is another one`,
      ).not.toBe(0);
    }),
    // what comes before is in the same books, so a shorter history shows less than the one that failed
    { numRuns, endOnFailure: true, ...(seed === undefined ? {} : { seed: Number(seed) }) },
  );
  expect(world.neverPlayed(), 'deeds that no history has played').toEqual([]);
  const ways = await world.ways();
  // a long run has to have gone every way
  if (numRuns >= 100) expect(ways).toMatchObject(Object.fromEntries(everyWay.map((way) => [way, expect.any(Number)])));
  process.stdout.write(`crash points hit: ${JSON.stringify(world.died)}\nways money went: ${JSON.stringify(ways)}\n`);
}, 4_000_000);
