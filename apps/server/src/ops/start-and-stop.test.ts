import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { runMain, type ServerProcess, twoFreePorts } from '../testing/kill-server.ts';
import { testDatabase } from '../testing/test-database.ts';

function run(mode: string, settings: Readonly<Record<string, string>>): ServerProcess {
  const running = runMain(mode, settings);
  onTestFinished(() => running.signal('SIGKILL'));
  return running;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-stop-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A request whose second half is sent when somebody says so. */
async function slowRequest(port: number, body: string) {
  const socket = connect(port, '127.0.0.1');
  let said = '';
  socket.on('data', (piece) => {
    said += piece.toString();
  });
  const ended = new Promise<string>((done) => socket.once('close', () => done(said)));
  const head = `POST /api/v1/locations/demo/lisbon/quotes HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nexpect: 100-continue\r\n\r\n`;
  socket.write(head);
  // the server has taken the request when it asks for the rest of it
  await new Promise<void>((done) => socket.once('data', () => done()));
  return {
    finish() {
      socket.write(body);
      return ended;
    },
  };
}

test('SIGTERM finishes what is under way and leaves with 0; the folder is refused to a second process and opens again afterwards', {
  timeout: 600_000,
}, async () => {
  const port = await twoFreePorts();
  const settings = { DATA_DIR: newFolder(), PORT: String(port) };
  const first = run('start', settings);
  await first.said(/payment sandbox: /);

  const second = await run('start', { ...settings, PORT: '0' }).ended;
  expect(second.code).toBe(1);
  expect(second.said).toMatch(
    new RegExp(`The folder .+ is in use by process ${first.pid} on .+ Stop it first, or choose another folder with DATA_DIR\\.`),
  );
  expect(second.said).not.toContain('    at ');

  const request = await slowRequest(port, '{"appointments": []}');
  first.signal('SIGTERM');
  await first.said(/SIGTERM: finishing what is under way/);
  expect(await request.finish()).toMatch(/HTTP\/1\.1 400 Bad Request[\s\S]+"code":"invalid_request"/);
  expect(await first.ended).toMatchObject({ code: 0 });

  const third = run('start', settings);
  await third.said(/payment sandbox: /);
  third.signal('SIGINT');
  expect(await third.ended).toMatchObject({ code: 0 });
});

const real = () => ({ PORT: '0', HOST: '127.0.0.1', PUBLIC_URL: 'https://book.example.com', HOLDFAST_KEY: randomBytes(32).toString('base64') });

test('the real thing does not start without its settings, and names all that are missing at once', async () => {
  const nothing = await run('serve', {}).ended;
  expect(nothing.code).toBe(1);
  for (const name of ['PUBLIC_URL is missing', 'HOLDFAST_KEY is missing', 'DATABASE_URL or DATA_DIR is missing'])
    expect(nothing.said).toContain(name);
  expect(nothing.said).not.toContain('    at ');
  const key = await run('serve', { ...real(), DATA_DIR: newFolder(), HOLDFAST_KEY: 'c2hvcnQ=' }).ended;
  expect([key.code, key.said.includes('c2hvcnQ=')]).toEqual([1, false]);
});

test('a database that is not there is said in a sentence, without its password', async () => {
  const port = await twoFreePorts();
  const refused = await run('serve', { ...real(), DATABASE_URL: `postgres://holdfast:very-secret@127.0.0.1:${port}/holdfast` }).ended;
  expect(refused.code).toBe(1);
  expect(refused.said).toContain('PostgreSQL cannot be reached at the address in DATABASE_URL (ECONNREFUSED).');
  expect(refused.said).not.toMatch(/very-secret| {4}at /);
});

test('the real thing has no movable clock and no sandbox, serves, and stops cleanly', async () => {
  const database = await testDatabase({ connections: 2 });
  onTestFinished(() => database.close());
  const port = await twoFreePorts();
  const running = run('serve', { ...real(), PORT: String(port), DATABASE_URL: database.url });
  await running.said(/Holdfast serves https:\/\/book\.example\.com on port/);
  // whoever reads this may set it up
  await running.said(/It is empty\. Set it up at https:\/\/book\.example\.com\/admin\/setup with this code: (?:[0-9a-z]{4}-){2}[0-9a-z]{4}\n/);
  const status = async (path: string, method = 'GET') => (await fetch(`http://127.0.0.1:${port}${path}`, { method })).status;
  expect(await status('/readyz')).toBe(200);
  expect([await status('/demo/clock'), await status('/demo/clock', 'POST'), await status('/_sandbox/payments')]).toEqual([404, 404, 404]);
  running.signal('SIGTERM');
  expect(await running.ended).toMatchObject({ code: 0 });
});

test('the real thing refuses the data of a demo, whichever mark it carries', async () => {
  const database = await testDatabase({ connections: 2 });
  onTestFinished(() => database.close());
  const marks = [
    [
      sql`insert into chains (chain_id, slug, name, demo, created_at) values ('chn_demo', 'demo', 'Demo', true, '2026-01-01')`,
      sql`delete from chains`,
    ],
    [sql`insert into installation (key, value) values ('clock_offset_ms', '60000')`, sql`delete from installation where key = 'clock_offset_ms'`],
  ] as const;
  for (const [mark, unmark] of marks) {
    await mark.execute(database.read);
    const refused = await run('serve', { ...real(), DATABASE_URL: database.url }).ended;
    expect(refused.code).toBe(1);
    expect(refused.said).toMatch(/This data is a demo's \(.+\): give "serve" a database or a folder of its own\./);
    await unmark.execute(database.read);
  }
});

test('the audit of a demo that never got as far as its salon finds nothing to disagree about, and makes nothing', async () => {
  const database = await testDatabase({ connections: 2 });
  onTestFinished(() => database.close());
  const audited = await run('audit', { DATABASE_URL: database.url, DATA_DIR: newFolder() }).ended;
  expect(audited).toMatchObject({ code: 0, said: expect.stringContaining('audit: 0 payments asked about at their providers, 0 disagreements') });
  const { rows } = await sql<{ n: number }>`select ((select count(*) from chains) + (select count(*) from provider_connections))::int n`.execute(
    database.read,
  );
  expect(rows).toEqual([{ n: 0 }]);
});
