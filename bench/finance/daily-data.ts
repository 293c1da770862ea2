import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { mintScope } from '../../apps/server/src/access/scope.ts';
import type { Place } from '../../apps/server/src/access/who.ts';
import { createDatabase } from '../../apps/server/src/kit/database.ts';
import { postgresSource } from '../../apps/server/src/kit/postgres.ts';
import { readDay } from '../../apps/server/src/reports/read-day.ts';
import { readReport } from '../../apps/server/src/reports/read-report.ts';
import { benchServer } from '../kit/bench-database.ts';
import { table } from '../kit/compare.ts';
import { CHAIN, LOCATION, seedBooks, ZONE } from './seed-books.ts';

/** Daily financial data and the reports of a location with a million postings of three years. Answers markdown. */
export async function benchDailyData(): Promise<string> {
  const postgres = await benchServer();
  try {
    const url = await postgres.database('daily_data', (client) => seedBooks(client));
    const db = createDatabase(postgresSource(url, { connections: 4 }));
    const today = Temporal.Now.plainDateISO(ZONE);
    const ago = (days: number) => today.subtract({ days }).toString();
    const deps = { db, now: () => new Date() };
    const place: Place = {
      scope: mintScope(CHAIN, LOCATION),
      role: 'accountant',
      rights: new Set(['clients.see']),
      registers: undefined,
      lastDays: {},
      refundLimitMinor: undefined,
      staffId: undefined,
    };
    const rows: string[][] = [];
    const measure = async (what: string, times: number, goal: string, read: () => Promise<unknown>) => {
      const took: number[] = [];
      await read();
      for (let n = 0; n < times; n++) {
        const began = performance.now();
        await read();
        took.push(performance.now() - began);
      }
      took.sort((a, b) => a - b);
      const at = (share: number) => (took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0).toFixed(1);
      rows.push([what, at(0.5), at(0.95), goal]);
    };
    for (const [what, day] of [
      ['yesterday', ago(1)],
      ['a month ago', ago(30)],
      ['a year ago', ago(365)],
      ['nearly three years ago', ago(1090)],
    ] as const)
      await measure(`Daily financial data, ${what}`, 40, '≤ 50', () => readDay(deps, place, day));
    for (const report of ['items', 'services', 'providers', 'outstanding'] as const)
      await measure(`Report ${report}, a month and the one before`, 5, '', () => readReport(deps, place, report, { from: ago(31), to: ago(1) }));
    await db.close();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows: counted } = await client.query<{ n: string }>('select count(*) n from ledger_postings');
    await client.end();
    return table([`${Number(counted[0]?.n).toLocaleString('en')} postings at one location`, 'median ms', '95 % ms', 'goal'], rows);
  } finally {
    await postgres.stop();
  }
}
