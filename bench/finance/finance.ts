import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rights } from '@holdfast/contract/rights';
import { sql } from 'kysely';
import { mintScope } from '../../apps/server/src/access/scope.ts';
import type { Place } from '../../apps/server/src/access/who.ts';
import { readTotals } from '../../apps/server/src/finance/read-totals.ts';
import { readTransactions } from '../../apps/server/src/finance/read-transactions.ts';
import { createDatabase, type Database } from '../../apps/server/src/kit/database.ts';
import { newIdAt } from '../../apps/server/src/kit/new-id.ts';
import { postgresSource } from '../../apps/server/src/kit/postgres.ts';
import { openAccount } from '../../apps/server/src/ledger/open-account.ts';
import { postEntry } from '../../apps/server/src/ledger/post-entry.ts';
import { sealEntries } from '../../apps/server/src/ledger/seal-entries.ts';
import { verifyExport } from '../../apps/server/src/ledger/verify-export.ts';
import { exportFrom } from '../../apps/server/src/ops/export-ledger.ts';
import { readBooks } from '../../apps/server/src/reports/read-books.ts';
import { readDay } from '../../apps/server/src/reports/read-day.ts';
import { benchServer } from '../kit/bench-database.ts';
import { type Spread, spread, spreadOf, table } from '../kit/compare.ts';
import { CHAIN, FRESH, LOCATION, seedBooks } from './seed-books.ts';

const ROUNDS = 7;
const DAY_MS = 86_400_000;

/** A million postings: what is asked of them all day, an entry more, sealing, exporting and verifying them. Answers markdown. */
export async function benchFinance(): Promise<string> {
  const server = await benchServer();
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    const visits = process.env['VISITS'] ? { visits: Number(process.env['VISITS']) } : {};
    const url = await server.database('finance', (client) => seedBooks(client, visits));
    const db = createDatabase(postgresSource(url, { connections: 4 }));
    const { rows } = await sql<{ entries: bigint; postings: bigint }>`
      select (select count(*) from ledger_entries) entries, (select count(*) from ledger_postings) postings`.execute(db.read);
    const [entries, postings] = [Number(rows[0]?.entries), Number(rows[0]?.postings)];

    const settle = await besideFresh(db);
    const began = performance.now();
    while ((await sealEntries({ db, now: () => new Date() }, { batch: 5000 })) > 0);
    const sealing = (performance.now() - began) / 1000;
    await sql`vacuum (analyze) ledger_seals, ledger_unsealed`.execute(db.read);
    const asked = await askedAllDay(db);

    const file = join(folder, 'books');
    const exported = await seconds(() => exportFrom(db, { file, chain: CHAIN, locations: [LOCATION] }, new Date(), () => {}));
    const verified: number[] = [];
    // one thread that waits for nobody: what the processor needed for it does not depend on what else the machine does
    const before = process.cpuUsage();
    for (let round = 0; round < 5; round++) {
      verified.push(
        await seconds(async () => {
          const { faultCount, postings: seen } = verifyExport(file);
          if (faultCount > 0 || seen < postings) throw new Error(`verifying found ${faultCount} faults in ${seen} postings`);
        }),
      );
    }
    const { user, system } = process.cpuUsage(before);
    const ofProcessor = (user + system) / 1e6 / verified.length;
    const bytes = statSync(file).size;
    await db.close();
    const perSecond = (time: number) => Math.round(postings / time).toLocaleString('en');
    const verifying = spreadOf(verified);
    return [
      table(
        [`Of ${postings.toLocaleString('en')} postings (${ROUNDS} times, warm)`, 'median ms (min–max)', 'goal'],
        asked.map(({ what, times, goal }) => [what, spread(times, 1), goal]),
      ),
      '',
      table(
        ['The whole of it', 'seconds', 'postings/s', 'goal'],
        [
          [`verify (${(bytes / 1e6).toFixed(0)} MB)`, spread(verifying, 1), perSecond(verifying.median), '≥ 100,000'],
          ['of it the processor', ofProcessor.toFixed(1), perSecond(ofProcessor), '≥ 100,000'],
          ['export', exported.toFixed(1), perSecond(exported), ''],
          [`seal (${entries.toLocaleString('en')} entries waiting)`, sealing.toFixed(1), perSecond(sealing), ''],
        ],
      ),
      '',
      `An entry at the location with all of them ÷ at one without any, in turn: **${spread(settle)}** (goal ≤ 1.1).`,
    ].join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  }
}

/** What an entry costs beside a million others, in terms of what it costs in empty books: each round both, one after the other, entry by entry. */
async function besideFresh(db: Database, { rounds = ROUNDS, each = 150 } = {}): Promise<Spread> {
  const deps = { now: () => new Date(), newId: (kind: string) => newIdAt(kind, new Date()) };
  let number = 0;
  const post = async (locationId: string) => {
    const scope = mintScope(CHAIN, locationId);
    const id = `${number++}`;
    const began = performance.now();
    await db.transaction(async (tx) => {
      const from = await openAccount(tx, deps, scope, { kind: 'prepayments', ownerId: '', currency: 'UAH' });
      const to = await openAccount(tx, deps, scope, { kind: 'register', ownerId: 'main', currency: 'UAH' });
      const purpose = { kind: 'appointment', id: `apt_bench${id}` };
      const postings = [{ from, to, amountMinor: 100n, currency: 'UAH', operation: 'payment' as const, itemId: 'services', purpose }];
      await postEntry(tx, deps, { scope, cause: { kind: 'bench', id }, happenedAt: deps.now(), memo: '', postings });
    });
    return performance.now() - began;
  };
  const ratios: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const times: Record<string, number[]> = { [LOCATION]: [], [FRESH]: [] };
    for (let n = 0; n < each; n++) for (const place of n % 2 === 0 ? [LOCATION, FRESH] : [FRESH, LOCATION]) times[place]?.push(await post(place));
    const [full, fresh] = [LOCATION, FRESH].map((place) => spreadOf(times[place] ?? []).median);
    if (round > 0 && full && fresh) ratios.push(full / fresh);
  }
  return spreadOf(ratios);
}

async function askedAllDay(db: Database): Promise<{ what: string; times: Spread; goal: string }[]> {
  const place: Place = {
    scope: mintScope(CHAIN, LOCATION),
    role: 'owner',
    rights: new Set(rights),
    registers: undefined,
    lastDays: {},
    refundLimitMinor: undefined,
    staffId: undefined,
  };
  const now = () => new Date();
  const day = (ago: number) => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
  const page = (filter: object, after?: string) => readTransactions(db.read, place, { ...everything, ...filter }, { after, limit: 50 });
  const { rows } = await sql<{ id: string }>`
    select entry_id || '.' || posting_no id from ledger_postings where chain_id = ${CHAIN} and location_id = ${LOCATION} and operation = 'payment'
     order by happened_at offset 5000 limit 1`.execute(db.read);
  const questions: [what: string, goal: string, ask: () => Promise<unknown>][] = [
    ['daily data of yesterday', '≤ 50', () => readDay({ db, now }, place, day(1))],
    ['daily data of a day two years ago', '≤ 50', () => readDay({ db, now }, place, day(730))],
    ['transactions: the newest 50', '≤ 100', () => page({})],
    ['transactions: 50 among the oldest', '≤ 100', () => page({}, rows[0]?.id)],
    ['transactions: 50 of one month, under one item', '≤ 100', () => page({ from: day(430), to: day(400), item: 'services' })],
    ['transactions: totals of a month', '≤ 100', () => readTotals(db.read, place.scope, { ...everything, from: day(430), to: day(400) })],
    ['all accounts now', '', () => readBooks({ db, now }, place, {})],
    [
      'all accounts a month ago, as known a week ago',
      '',
      () => readBooks({ db, now }, place, { on: day(30), knownAt: new Date(Date.now() - 7 * DAY_MS).toISOString() }),
    ],
    [
      'all accounts three years ago, as known then',
      '',
      () => readBooks({ db, now }, place, { on: day(1090), knownAt: new Date(Date.now() - 1090 * DAY_MS).toISOString() }),
    ],
  ];
  const found: { what: string; times: Spread; goal: string }[] = [];
  for (const [what, goal, ask] of questions) {
    await ask();
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(1000 * (await seconds(ask)));
    found.push({ what, times: spreadOf(times), goal });
  }
  return found;
}

const everything = { deleted: 'hidden' } as const;

async function seconds(deed: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await deed();
  return (performance.now() - began) / 1000;
}
