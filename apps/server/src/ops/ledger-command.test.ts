import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mintScope, type Scope } from '../access/scope.ts';
import { newIdAt } from '../kit/new-id.ts';
import { FIRST, sealOf } from '../ledger/entry-text.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import { sealEntries } from '../ledger/seal-entries.ts';
import { spendClientMoney, unspendClientMoney } from '../ledger/spend-client-money.ts';
import { verifyExport } from '../ledger/verify-export.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { exportFrom } from './export-ledger.ts';
import { readCommand } from './ledger-command.ts';
import { verifyLedger } from './verify-ledger.ts';

const at = new Date('2026-03-02T09:00:00Z');
let made = 0;
const deps = { now: () => at, newId: (kind: string) => newIdAt(kind, new Date(at.getTime() + ++made)) };
const [kyiv, lviv] = ['loc_kyiv', 'loc_lviv'].map((id) => mintScope('cha_books', id)) as [Scope, Scope];
const nothing = { chain: undefined, locations: [] };

let db: TestDatabase;
let folder: string;
let whole: Buffer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-ledger-'));
  db = await testDatabase();
  await sql`insert into chains (chain_id, slug, name, created_at) values ('cha_books', 'books', 'Книги “й” Söhne', ${at})`.execute(db.read);
  for (const { locationId } of [kyiv, lviv])
    await sql`
      insert into locations (chain_id, location_id, slug, name, country, currency, time_zone, default_language, languages, created_at)
      values ('cha_books', ${locationId}, ${locationId.slice(4)}, ${locationId.slice(4)}, 'UA', 'UAH', 'Europe/Kyiv', 'uk', '{uk}', ${at})`.execute(
      db.read,
    );
  for (const [scope, currency] of [
    [kyiv, 'UAH'],
    [lviv, 'UAH'],
    [kyiv, 'KWD'],
    [kyiv, 'JPY'],
  ] as const)
    await topUp(scope, currency);
  const cause = { kind: 'spend', id: 'apt_1' };
  await db.transaction((tx) =>
    spendClientMoney(tx, deps, kyiv, {
      cause,
      ownerId: 'cli_1',
      amountMinor: 1500n,
      currency: 'UAH',
      purpose: { kind: 'appointment', id: 'apt_1' },
      memo: '=cmd() <script> 🎉 שלום',
      at,
    }),
  );
  await sealEntries({ db, now: deps.now });
  await db.transaction((tx) =>
    unspendClientMoney(tx, deps, kyiv, { of: cause, cause: { kind: 'unspend', id: 'apt_1' }, memo: '', at, by: { id: 'usr_1', name: 'Оля' } }),
  );
  await sealEntries({ db, now: deps.now });
  await topUp(kyiv, 'UAH');
  await topUp(kyiv, 'UAH');
  whole = await exported();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await db.close();
});

function topUp({ chainId, locationId }: Scope, currency: string) {
  const scope = mintScope(chainId, locationId);
  return db.transaction(async (tx) => {
    const from = await openAccount(tx, deps, scope, { kind: 'client', ownerId: 'cli_1', currency });
    const to = await openAccount(tx, deps, scope, { kind: 'register', ownerId: 'main', currency });
    const postings = [{ from, to, amountMinor: 1000n, currency, operation: 'top_up' as const, itemId: 'top_ups' }];
    await postEntry(tx, deps, { scope, cause: { kind: 'top_up', id: `${++made}` }, happenedAt: at, memo: '', postings });
  });
}

async function exported(wish: { chain?: string; locations?: readonly string[] } = {}): Promise<Buffer> {
  const file = join(folder, `export-${++made}`);
  expect(await exportFrom(db, { ...nothing, ...wish, file }, at, () => {})).toBe(0);
  return readFileSync(file);
}

/** What verifying these bytes answers, and says. */
function verify(bytes: Buffer, heads: readonly string[] = []): { code: number; said: readonly string[] } {
  const file = join(folder, 'to-verify');
  writeFileSync(file, bytes);
  const said: string[] = [];
  const code = verifyLedger({ file, heads }, (line) => said.push(line));
  return { code, said: said.filter((line) => line.startsWith('✗')) };
}

const linesOf = (bytes: Buffer) => bytes.toString().split(/(?<=\n)/);
const lineWith = (text: string) => linesOf(whole).findIndex((line) => line.includes(text)) + 1;
const changed = (from: string | RegExp, to: string) => Buffer.from(whole.toString().replace(from, to));

describe('an export', () => {
  test('that nobody touched is whole', () => {
    expect(verify(whole)).toEqual({ code: 0, said: [] });
    const verdict = verifyExport(join(folder, 'to-verify'));
    expect(verdict).toMatchObject({ sealed: 8, unsealed: 2, postings: 12 });
  });

  test('of nothing at all is whole, too', async () => {
    const empty = await testDatabase();
    await sql`insert into chains (chain_id, slug, name, created_at) values ('cha', 'c', 'C', ${at})`.execute(empty.read);
    const file = join(folder, 'empty');
    expect(await exportFrom(empty, { ...nothing, file }, at, () => {})).toBe(0);
    expect(verify(readFileSync(file))).toEqual({ code: 0, said: [] });
    await empty.close();
  });

  test('of one location is whole, and what it owes the others is not compared', async () => {
    const one = await exported({ locations: ['kyiv'] });
    expect(verify(one)).toEqual({ code: 0, said: [] });
    expect(one.toString()).not.toContain('"location":"loc_lviv"');
  });

  test('is never written over a file, nor of a chain that is not there', async () => {
    const said: string[] = [];
    const write = (wish: object) => exportFrom(db, { ...nothing, file: join(folder, 'to-verify'), ...wish }, at, (line) => said.push(line));
    writeFileSync(join(folder, 'to-verify'), 'mine');
    expect([await write({}), await write({ chain: 'other' }), await write({ locations: ['nowhere'] })]).toEqual([2, 2, 2]);
    expect(readFileSync(join(folder, 'to-verify'), 'utf8')).toBe('mine');
    expect(said.join()).toContain('There are: kyiv, lviv');
  });
});

describe('what was changed in an export is found', () => {
  test('one byte, wherever it is and whatever it becomes', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (position, by) => {
        const bytes = Buffer.from(whole);
        bytes[position] = (bytes[position] ?? 0) ^ by;
        return verify(bytes).code !== 0;
      }),
      { numRuns: 1000 },
    );
  });

  test('a byte more or less', () => {
    fc.assert(
      fc.property(fc.nat(whole.length), fc.option(fc.integer({ min: 0, max: 255 })), (position, byte) => {
        const rest = whole.subarray(byte === null ? position + 1 : position);
        const bytes = Buffer.concat([whole.subarray(0, position), byte === null ? Buffer.alloc(0) : Buffer.from([byte]), rest]);
        return bytes.equals(whole) || verify(bytes).code !== 0;
      }),
      { numRuns: 150 },
    );
  });

  test('a line that is gone, there twice, or in another one’s place', () => {
    const lines = linesOf(whole);
    for (const [n, line] of lines.entries()) {
      const put = (...with_: string[]) => verify(Buffer.from([...lines.slice(0, n), ...with_, ...lines.slice(n + 1)].join(''))).code;
      expect(put(), `without line ${n + 1}`).not.toBe(0);
      expect(put(line, line), `line ${n + 1} twice`).not.toBe(0);
      const next = lines[n + 1];
      if (!next) continue;
      expect(verify(Buffer.from([...lines.slice(0, n), next, line, ...lines.slice(n + 2)].join(''))).code, `line ${n + 1} and the next`).not.toBe(0);
    }
  });

  test('it is told which line and entry', () => {
    const no = lineWith('<script>');
    const { code, said } = verify(changed('<script>', '<skript>'));
    expect(code).toBe(1);
    expect(said[0]).toMatch(new RegExp(`^✗ line ${no}, entry ent_\\w+: its hash does not fit`));
    expect(said.slice(1)).toEqual([expect.stringContaining('the last line is not what')]);
  });

  test('a line that is missing is told as the number where it is missing', () => {
    const lines = linesOf(whole);
    const no = lineWith('{"seq":2,');
    const { said } = verify(Buffer.from([...lines.slice(0, no - 1), ...lines.slice(no)].join('')));
    expect(said[0]).toContain(`line ${no}`);
    expect(said[0]).toContain('number 3 of the chain stands where 2 has to');
  });

  test('a file that ends too early, and one that is none', () => {
    expect(verify(whole.subarray(0, whole.length - 600)).said.join()).toContain('cut off');
    for (const bytes of ['', 'no', '{"holdfast":"ledger","version":2}\n']) expect(verify(Buffer.from(bytes)).code).toBe(2);
    expect(verifyLedger({ file: join(folder, 'is-not-there'), heads: [] }, () => {})).toBe(2);
  });
});

/** Somebody who knows the format makes all of it anew after a change: seals, ends, digests. */
function forged(change: (entries: Record<string, string[]>) => void): Buffer {
  const lines = linesOf(whole).map((line) => line.trimEnd());
  const entries: Record<string, string[]> = {};
  let section = '';
  for (const line of lines) {
    if (line.startsWith('{"location":')) section = line;
    const [, entry] = /^\{"seq":\d+,"hash":"\w+","entry":(.*)\}$/.exec(line) ?? [];
    if (entry) entries[section] = [...(entries[section] ?? []), entry];
  }
  change(entries);
  const out: string[] = [];
  const heads: unknown[] = [];
  let [written, postings, sealed] = [false, 0, 0];
  for (const line of lines) {
    if (line.startsWith('{"location":')) [section, written] = [line, false];
    const isSealed = line.startsWith('{"seq":');
    if ((isSealed || line.startsWith('{"endOf"') || line.startsWith('{"sha256"')) && !written) {
      written = true;
      let head = FIRST;
      for (const [n, entry] of (entries[section] ?? []).entries()) {
        head = sealOf(head, entry);
        out.push(`{"seq":${n + 1},"hash":"${head}","entry":${entry}}`);
      }
      heads.push([(JSON.parse(section) as { location: string }).location, entries[section]?.length ?? 0, head]);
    }
    if (isSealed) continue;
    if (line.startsWith('{"endOf"')) {
      const [, , head] = heads.at(-1) as [string, number, string];
      const end = JSON.parse(line) as { postings: number; sealed: number; unsealed: number; head: string };
      end.sealed = entries[section]?.length ?? 0;
      end.head = head;
      end.postings = (entries[section] ?? []).reduce((sum, entry) => sum + (JSON.parse(entry) as { postings: [] }).postings.length, 0) + end.unsealed;
      postings += end.postings;
      sealed += end.sealed;
      out.push(JSON.stringify(end));
    } else if (!line.startsWith('{"end":')) out.push(line);
  }
  const body = out.map((line) => `${line}\n`).join('');
  const end = { end: true, lines: out.length, sealed, unsealed: 2, postings, heads, sha256: createHash('sha256').update(body).digest('hex') };
  return Buffer.from(`${body}${JSON.stringify(end)}\n`);
}
const kyivs = '{"location":"loc_kyiv"}';

describe('what was made anew, seals and all', () => {
  test('is whole when nothing was changed (so these tests forge as they should)', () => {
    expect(forged(() => {}).equals(whole)).toBe(true);
  });

  test.each([
    ['an amount', /"amount":"1000"/, '"amount":"999"', 'is said to have'],
    [
      'an entry that has two currencies',
      /"currency":"UAH","operation":"top_up"/,
      '"currency":"USD","operation":"top_up"',
      'is not in the currency of the account',
    ],
    ['an account under another name', /"client","cli_1"/, '"client","cli_2"', 'otherwise than it is named above'],
    ['an entry of another place', /"location":"loc_kyiv"/, '"location":"loc_lviv"', 'belongs to cha_books/loc_lviv'],
    ['an undoing that undoes nothing', /"reverses":"ent_\w+"/, '"reverses":"ent_none"', 'which is not in this export'],
  ])('%s is found by what does not add up', (_, from, to, says) => {
    const { code, said } = verify(
      forged((entries) => {
        const at = entries[kyivs]?.findIndex((entry) => from.test(entry)) ?? -1;
        expect(at).toBeGreaterThanOrEqual(0);
        entries[kyivs]?.splice(at, 1, entries[kyivs][at]?.replace(from, to) ?? '');
      }),
    );
    expect(code).toBe(1);
    expect(said.join('\n')).toContain(says);
  });

  test('locations that say otherwise of what they owe each other are found', () => {
    const bytes = Buffer.from(forged(() => {}).toString());
    const text = bytes.toString().replace(/(\["acc_\w+","between",")loc_lviv/g, '$1loc_odesa');
    expect(verify(Buffer.from(text)).code).toBe(1);
  });

  test('the last entries can be cut off unseen, unless a hash was noted: then it is found', () => {
    writeFileSync(join(folder, 'noted'), whole);
    const { heads } = verifyExport(join(folder, 'noted'));
    const noted = heads.map(([, , hash]) => hash);
    expect(verify(whole, noted).code).toBe(0);
    // an undone spending and its undoing, at both locations: balances stay as they were
    const cut = forged((entries) => {
      for (const all of Object.values(entries))
        for (let n = all.length - 1; n >= 0; n--) if (/"cause":\["(un)?spend/.test(all[n] ?? '')) all.splice(n, 1);
    });
    expect(verify(cut).code).toBe(0);
    const found = verify(cut, noted);
    expect(found.code).toBe(1);
    expect(found.said.join()).toContain(`the hash ${noted[0]} that was noted is in no chain here`);
  });
});

test('a row that was changed in the database is found by exporting and verifying', async () => {
  const table = 'alter table ledger_entries';
  await sql.raw(`${table} disable trigger user`).execute(db.read);
  await sql`update ledger_entries set by_name = 'Somebody else' where cause_kind = 'unspend'`.execute(db.read);
  const { code, said } = verify(await exported());
  await sql`update ledger_entries set by_name = 'Оля' where cause_kind = 'unspend'`.execute(db.read);
  await sql.raw(`${table} enable trigger user`).execute(db.read);
  expect(code).toBe(1);
  expect(said[0]).toContain('its hash does not fit');
  expect((await exported()).equals(whole)).toBe(true);
});

test('verifying is a process of its own that opens no database', async () => {
  const noDatabase = `import { registerHooks } from 'node:module'; registerHooks({ resolve(name, context, next) { const found = next(name, context);
    if (/node_modules\\/(pg|kysely|@electric-sql)\\//.test(found.url)) throw new Error('opens a database: ' + found.url); return found; } });`;
  const run = (...args: string[]) =>
    new Promise<{ code: number | string; said: string }>((done) => {
      const program = fileURLToPath(new URL('../ledger.ts', import.meta.url));
      execFile(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(noDatabase)}`, program, ...args], (error, out, complaint) =>
        done({ code: error?.code ?? 0, said: out + complaint }),
      );
    });
  const file = join(folder, 'alone');
  writeFileSync(file, whole);
  const [good, usage] = await Promise.all([run('verify', file), run('verfy', file)]);
  expect(good).toMatchObject({ code: 0, said: expect.stringContaining('ledger: whole') });
  expect(usage).toMatchObject({ code: 2, said: expect.stringContaining('npm run ledger -- export FILE') });
  writeFileSync(file, changed('🎉', '🎊'));
  expect(await run('verify', file, '--head', FIRST)).toMatchObject({ code: 1 });
});

test('a command that is not understood does nothing', () => {
  expect(readCommand(['verify', 'f', '--head', 'A'.repeat(64)])).toEqual({ deed: 'verify', file: 'f', heads: ['a'.repeat(64)] });
  expect(readCommand(['export', 'f', '--location', 'a', '--location', 'b'])).toEqual({
    deed: 'export',
    file: 'f',
    chain: undefined,
    locations: ['a', 'b'],
  });
  for (const args of [
    [],
    ['export'],
    ['verify', 'f', '--head', 'x'],
    ['verify', 'f', '--chain', 'x'],
    ['export', 'f', 'g'],
    ['export', 'f', '--foo'],
    ['melt', 'f'],
  ])
    expect(readCommand(args)).toBeUndefined();
});
