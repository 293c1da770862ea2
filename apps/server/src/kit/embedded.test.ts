import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createDatabase, type Database } from './database.ts';
import { type EmbeddedSource, embeddedSource } from './embedded.ts';
import { postgresSource } from './postgres.ts';
import { isSqlError, type SqlSource } from './sql-source.ts';

const roots: string[] = [];
const newFolder = () => {
  const root = mkdtempSync(join(tmpdir(), 'holdfast-embedded-'));
  roots.push(root);
  return root;
};
let embedded: EmbeddedSource;
let db: Database;
let server: SqlSource;
beforeAll(async () => {
  embedded = await embeddedSource('memory');
  db = createDatabase(embedded);
  server = postgresSource(inject('postgresUrl'), { connections: 2 });
});
afterAll(async () => {
  await Promise.all([db.close(), server.close()]);
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

async function on<T>(source: SqlSource, deed: (connection: Awaited<ReturnType<SqlSource['connect']>>) => Promise<T>): Promise<T> {
  const connection = await source.connect();
  try {
    return await deed(connection);
  } finally {
    connection.release();
  }
}

test.each([
  [
    'values of every kind',
    `select 9007199254740993::int8 money, 7::int4 small, 1.50::numeric exact, 0.1::float8 rough, true yes, '2026-03-29'::date as day,
    '2026-03-29T01:00:00.123Z'::timestamptz at, '[2026-01-01T00:00Z,2026-01-02T00:00Z)'::tstzrange span, '{[0,60),[90,120)}'::int4multirange works,
    '{"a": [1, null]}'::jsonb j, '{"b": 1}'::json j2, array['x"y', null, 'ö'] texts, array[1, 2]::int8[] moneys, '\\x00ff'::bytea raw, null::text nothing,
    interval '26 hours' pause, 'x'::"char" c, current_setting('timezone') zone`,
    [],
  ],
  [
    'what was sent comes back',
    'select $1::int8 a, $2::timestamptz b, $3::jsonb c, $4::text[] d, $5::bytea e, $6::text f, $7::date g, $8::bool h',
    [-5n, new Date('2026-10-25T00:30:00Z'), { deep: ['"', '\\', 'é'] }, ['a,b', '{"}', ''], Buffer.from([0, 255]), null, '2026-02-28', false],
  ],
  ['no rows', 'select 1 where false', []],
])('the embedded database and a server answer alike: %s', async (_what, text, values) => {
  const answers = await Promise.all([embedded, server].map((source) => on(source, (connection) => connection.query(text, values))));
  expect(answers[0]).toEqual(answers[1]);
});

test('several statements at once run as on a server, and the number of touched rows is told', async () => {
  const script = 'create temp table things (id int primary key); insert into things values (1), (2); update things set id = id + 10';
  for (const source of [embedded, server]) {
    await on(source, async (connection) => {
      await connection.query(script);
      expect((await connection.query('delete from things where id > $1', [11])).affected).toBe(1);
      await connection.query('drop table things');
    });
  }
});

test.each([
  ['a constraint', 'create temp table t (id int constraint t_once primary key); insert into t values (1), (1)', []],
  ['a check', 'create temp table t (id int, constraint t_small check (id < 5)); insert into t values (9)', []],
  ['a mistake in the text', 'selekt 1', []],
  ['a refusal of ours', "do $$ begin raise exception 'time_taken' using errcode = 'HF001', detail = '2'; end $$", []],
  ['a value of the wrong kind', 'select $1::int8', ['x']],
  ['a division by nothing', 'select 1 / $1::int', [0]],
])('a refusal by the database looks the same from both: %s', async (_what, text, values) => {
  const errors = await Promise.all(
    [embedded, server].map((source) =>
      on(source, async (connection) => {
        const error: unknown = await connection.query(text, values).catch((caught: unknown) => caught);
        expect((await connection.query('select 1 as fine')).rows).toEqual([{ fine: 1 }]);
        if (!isSqlError(error)) throw error;
        return { code: error.code, constraint: error.constraint, detail: error.detail, message: error.message };
      }),
    ),
  );
  expect(errors[0]).toEqual(errors[1]);
});

test('a prepared statement can be asked again and again', async () => {
  for (const no of [1, 2, 3]) expect(await db.prepared('times-two', 'select $1::int * 2 as n', [no])).toEqual([{ n: no * 2 }]);
});

test('whoever comes while the one connection is taken waits in turn', async () => {
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 20 }, (_, no) =>
      db.transaction(async (tx) => {
        order.push(no);
        await sql`select ${no}::int`.execute(tx);
        order.push(no);
      }),
    ),
  );
  expect(order).toEqual(Array.from({ length: 20 }, (_, no) => [no, no]).flat());
  expect(embedded.busy).toBe(false);
});

test('a connection given back in the middle of a transaction leaves nothing behind', async () => {
  await on(embedded, (connection) => connection.query('create table half (id int)'));
  const careless = await embedded.connect();
  await careless.query('begin');
  await careless.query('insert into half values (1)');
  careless.release();
  expect(await on(embedded, (connection) => connection.query('select * from half'))).toEqual({ rows: [], affected: 0 });
  const failed = await embedded.connect();
  await failed.query('begin');
  await expect(failed.query('select nonsense')).rejects.toThrow();
  failed.release();
  expect((await on(embedded, (connection) => connection.query('select 1 as fine'))).rows).toEqual([{ fine: 1 }]);
  await expect(careless.query('select 1')).rejects.toThrow(/after its release/);
});

test('a big answer and a big question arrive whole', async () => {
  const text = 'ж'.repeat(3_000_000);
  expect((await sql<{ t: string }>`select ${text}::text || 'x' as t`.execute(db.read)).rows[0]?.t).toBe(`${text}x`);
});

test('what was written is there after closing and opening again', async () => {
  const folder = newFolder();
  const first = await embeddedSource(folder);
  await on(first, (connection) => connection.query('create table kept (id int); insert into kept values (1)'));
  await first.close();
  await expect(first.connect()).rejects.toThrow(/closed/);
  const began = process.cpuUsage();
  const second = await embeddedSource(folder);
  const { user, system } = process.cpuUsage(began);
  // of the processor's time, which a busy machine does not stretch as it does the clock's
  expect((user + system) / 1e6, 'a later start takes at most two seconds, or five where two share a core').toBeLessThan(5);
  expect((await on(second, (connection) => connection.query('select id from kept'))).rows).toEqual([{ id: 1 }]);
  await second.close();
});

test('a folder that was half made when the power went is made anew', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'database.new', 'base'), { recursive: true });
  writeFileSync(join(folder, 'database.new', 'PG_VERSION'), '18\n');
  const source = await embeddedSource(folder);
  expect(readdirSync(folder).sort()).toEqual(['database', 'holder', 'lock']);
  await source.close();
});

test('a second one on the same folder is refused and told who has it, in this process and from another', async () => {
  const folder = newFolder();
  const first = await embeddedSource(folder);
  await expect(embeddedSource(folder)).rejects.toThrow(new RegExp(`in use by process ${process.pid} on .*DATA_DIR`));
  const other = childOn(folder);
  expect(await other.ended).toMatch(new RegExp(`in use by process ${process.pid} on `));
  await first.close();
  const third = await embeddedSource(folder);
  await third.close();
});

// Windows and macOS tell nobody how a file was opened
test.runIf(process.platform === 'linux')('every file of the database that is open for writing is open with O_DSYNC', async () => {
  const folder = newFolder();
  const source = await embeddedSource(folder);
  const seen = new Set<string>();
  const O_DSYNC = 0o10000;
  const look = () => {
    for (const fd of readdirSync('/proc/self/fd')) {
      let path: string;
      let flags: number;
      try {
        path = readlinkSync(`/proc/self/fd/${fd}`);
        flags = Number.parseInt(/^flags:\s+(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '', 8);
      } catch {
        continue;
      }
      if (!path.startsWith(join(folder, 'database')) || (flags & 0o3) === 0) continue;
      expect(flags & O_DSYNC, path).toBe(O_DSYNC);
      seen.add(path.slice(folder.length + 1));
    }
  };
  await on(source, async (connection) => {
    await connection.query('create table written (id int primary key, note text)');
    for (let no = 0; no < 20; no++) {
      await connection.query('insert into written values ($1, $2)', [no, 'x']);
      look();
    }
    await connection.query('checkpoint');
    look();
  });
  await source.close();
  expect([...seen].some((path) => path.startsWith('database/pg_wal/'))).toBe(true);
  expect([...seen].some((path) => path.startsWith('database/base/'))).toBe(true);
});

test('kill -9 at any moment loses nothing that was acknowledged', async () => {
  const folder = newFolder();
  const acknowledged = new Set<number>();
  for (let round = 0; round < 5; round++) {
    const writer = childOn(folder, String(round * 100_000));
    const enough = 20 + Math.floor(Math.random() * 60);
    await writer.said((line) => {
      if (/^\d+$/.test(line)) acknowledged.add(Number(line));
      return acknowledged.size >= (round + 1) * enough || acknowledged.size >= round * 60 + enough;
    });
    writer.kill();
    for (const line of (await writer.ended).split('\n')) if (/^\d+$/.test(line)) acknowledged.add(Number(line));
  }
  const source = await embeddedSource(folder);
  const healthy = await on(source, async (connection) => {
    const ids = (await connection.query('select id from diary order by id')).rows.map((row) => (row as { id: number }).id);
    await connection.query('set enable_indexscan = off; set enable_indexonlyscan = off; set enable_bitmapscan = off');
    const bySequence = (
      await connection.query('select count(*)::int as n, count(distinct id)::int as different, sum(pairs)::int as pairs from diary')
    ).rows[0];
    for (const text of ['reset all', 'reindex table diary', 'vacuum (full, analyze) diary']) await connection.query(text);
    return { ids, bySequence };
  });
  const stored = new Set(healthy.ids);
  expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
  expect(acknowledged.size).toBeGreaterThan(100);
  // at most one more than acknowledged for each round: written, and killed before it could say so
  expect(healthy.ids.length - acknowledged.size).toBeLessThanOrEqual(5);
  expect(healthy.bySequence).toEqual({ n: healthy.ids.length, different: healthy.ids.length, pairs: healthy.ids.length * 2 });
  await source.close();
});

/** Another process on the folder, which writes rows and says the id of each one that was acknowledged. */
function childOn(folder: string, from = '0') {
  const script = fileURLToPath(new URL('../testing/write-diary.ts', import.meta.url));
  const child = spawn(process.execPath, [script, folder, from], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  let listener: (line: string) => void = () => {};
  const hear = (piece: Buffer) => {
    text += piece.toString();
    for (const line of piece.toString().split('\n')) listener(line);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<string>((done) => child.on('close', () => done(text)));
  return {
    ended,
    kill: () => child.kill('SIGKILL'),
    said: (isEnough: (line: string) => boolean) =>
      Promise.race([
        new Promise<void>((done) => {
          listener = (line) => {
            if (isEnough(line)) done();
          };
        }),
        ended.then((all) => {
          throw new Error(`the writer stopped: ${all}`);
        }),
      ]),
  };
}
