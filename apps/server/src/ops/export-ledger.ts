import { closeSync, openSync, unlinkSync, writeFileSync } from 'node:fs';
import { sql } from 'kysely';
import { readConfig } from '../kit/config.ts';
import type { Database } from '../kit/database.ts';
import { createLogger } from '../kit/log.ts';
import { openData } from '../kit/open-data.ts';
import { exportBooks } from '../ledger/export-books.ts';
import type { ExportHeader } from '../ledger/export-format.ts';

const PIECE = 1024 * 1024;

interface Wish {
  readonly file: string;
  readonly chain: string | undefined;
  readonly locations: readonly string[];
}

/** Writes books into a new file. Answers the exit code: 0 written, 2 not. */
export async function exportLedger(wish: Wish): Promise<number> {
  // with a key of its own it is the real thing's data, else the demo's
  const config = process.env['HOLDFAST_KEY'] ? readConfig('serve', process.env) : readConfig('start', process.env);
  const db = await openData(config.data, createLogger('warn'));
  try {
    return await exportFrom(db, wish, new Date());
  } finally {
    await db.close();
  }
}

/** A file that is there already is never written over; one that could not be finished is taken away. */
export async function exportFrom(db: Database, wish: Wish, now: Date, say: (line: string) => void = print): Promise<number> {
  const header = await chooseBooks(db, wish, now);
  if (typeof header === 'string') {
    say(`✗ ${header}`);
    return 2;
  }
  let file: number;
  try {
    file = openSync(wish.file, 'wx', 0o600);
  } catch (error) {
    say(`✗ ${wish.file} cannot be written: ${(error as Error).message}`);
    return 2;
  }
  try {
    let waiting = '';
    const flush = () => {
      writeFileSync(file, waiting);
      waiting = '';
    };
    const { sealed, unsealed, postings, heads } = await exportBooks(db, header, (text) => {
      waiting += text;
      if (waiting.length > PIECE) flush();
    });
    flush();
    closeSync(file);
    say(`${wish.file}: ${sealed} entries sealed, ${unsealed} not sealed yet, ${postings} postings.`);
    const names = new Map(header.locations.map(({ id, name }) => [id, name]));
    for (const [location, seq, hash] of heads) say(`${names.get(location) ?? location}: ${seq} entries, the last hash is ${hash}`);
    return 0;
  } catch (error) {
    closeSync(file);
    unlinkSync(wish.file);
    throw error;
  }
}

/** Whose books; a sentence when that cannot be said. */
async function chooseBooks(db: Database, { chain, locations }: Wish, now: Date): Promise<ExportHeader | string> {
  const chains = await sql<{ id: string; slug: string; name: string }>`select chain_id id, slug, name from chains order by slug`.execute(db.read);
  const asked = chains.rows.filter(({ id, slug }) => chain === undefined || chain === id || chain === slug);
  const names = chains.rows.map(({ slug }) => slug).join(', ');
  const [one, another] = asked;
  if (!one) return `There is no such chain. There are: ${names}.`;
  if (another) return `Say which chain: --chain with one of ${names}.`;
  const all = await sql<{ id: string; slug: string; name: string; timeZone: string }>`
    select location_id id, slug, name, time_zone "timeZone" from locations where chain_id = ${one.id} order by location_id`.execute(db.read);
  const unknown = locations.find((wanted) => !all.rows.some(({ id, slug }) => wanted === id || wanted === slug));
  if (unknown !== undefined) return `There is no location ${unknown}. There are: ${all.rows.map(({ slug }) => slug).join(', ')}.`;
  const chosen = all.rows.filter(({ id, slug }) => locations.length === 0 || locations.includes(id) || locations.includes(slug));
  return {
    exportedAt: now.toISOString(),
    chain: { id: one.id, name: one.name },
    whole: chosen.length === all.rows.length,
    locations: chosen.map(({ id, name, timeZone }) => ({ id, name, timeZone })),
  };
}

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
