import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { quickFolder } from './quick-folder.ts';

/**
 * Keeps a throw-away PostgreSQL for as long as the process that asked for it lives: that one holds our standard input open, and however it ends
 * (also by `kill -9`), the input ends with it. Then the server is stopped and its folder removed. Says the server's address on standard output
 * once it can be used. A process group of its own, so that Ctrl-C reaches the tests first.
 */
async function keepPostgres(durable: boolean): Promise<void> {
  let wanted = true;
  let server: ChildProcess | undefined;
  const stop = () => {
    wanted = false;
    server?.kill('SIGINT');
    // a client that hangs in a transaction must not keep the server
    setTimeout(() => server?.kill('SIGKILL'), 10_000).unref();
  };
  process.stdin.resume().once('close', stop);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // the other end may be gone at any moment; without listeners that would end us before we have cleaned up
  for (const stream of [process.stdin, process.stdout, process.stderr]) stream.on('error', () => {});

  const as = otherUser();
  // programs may not be allowed to run where the data is kept
  const [home, data] = [tmpdir(), durable ? tmpdir() : quickFolder()].map((folder) =>
    mkdtempSync(join(as.uid === undefined ? folder : folderForAnyone(folder), 'holdfast-pg-')),
  ) as [string, string];
  try {
    const { bin, env } = findPostgresBinaries(home);
    createCluster({ home, data, bin, env, as, durable });
    const port = await freePort();
    if (wanted) await runServer({ program: join(bin, 'postgres'), data, home, port, durable, env, as }, (started) => (server = started));
  } finally {
    for (const folder of [home, data]) rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

interface User {
  readonly uid?: number;
  readonly gid?: number;
}

/** What need not be durable need not prove who asks either: it listens on loopback only, and proving takes longer than most tests' questions. */
function createCluster({
  home,
  data,
  bin,
  env,
  as,
  durable,
}: {
  home: string;
  data: string;
  bin: string;
  env: NodeJS.ProcessEnv;
  as: User;
  durable: boolean;
}): void {
  const secret = join(home, 'secret');
  writeFileSync(secret, 'holdfast');
  if (as.uid !== undefined && as.gid !== undefined) for (const path of [home, data, secret]) chownSync(path, as.uid, as.gid);
  const options = [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    durable ? 'scram-sha-256' : 'trust',
    `--pwfile=${secret}`,
    '-E',
    'UTF8',
    '--no-locale',
    '--no-sync',
  ];
  execFileSync(join(bin, 'initdb'), options, { ...as, env, cwd: home, stdio: 'pipe' });
}

/** Nothing is flushed or replicated: each database here lives for one test. */
const inAHurry =
  'fsync=off synchronous_commit=off full_page_writes=off wal_level=minimal max_wal_senders=0 wal_init_zero=off wal_recycle=off max_wal_size=256MB'.split(
    ' ',
  );

/** Until the server has ended. Throws when it ends before it was ready, with what it said. */
async function runServer(
  {
    program,
    data,
    home,
    port,
    durable,
    env,
    as,
  }: { program: string; data: string; home: string; port: number; durable: boolean; env: NodeJS.ProcessEnv; as: User },
  started: (server: ChildProcess) => void,
): Promise<void> {
  const settings = [
    'listen_addresses=127.0.0.1',
    // the path of a socket may be longer than the system allows, and nobody uses it
    'unix_socket_directories=',
    'max_connections=300',
    'shared_buffers=128MB',
    ...(durable ? [] : inAHurry),
  ];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const server = spawn(program, args, { ...as, env, cwd: home, stdio: ['ignore', 'ignore', 'pipe'] });
  started(server);
  let log = '';
  let ready = false;
  server.stderr.on('data', (piece: Buffer) => {
    log = (log + piece.toString()).slice(-4000);
    if (ready || !log.includes('ready to accept connections')) return;
    ready = true;
    process.stdout.write(`postgres://postgres:holdfast@127.0.0.1:${port}/postgres\n`);
  });
  const ended = Promise.withResolvers<void>();
  server.once('error', ended.reject);
  server.once('close', (code) => (ready ? ended.resolve() : ended.reject(new Error(`PostgreSQL stopped with ${code}: ${log}`))));
  await ended.promise;
}

/** PostgreSQL refuses to run as root, so root runs it as nobody. */
function otherUser(): User {
  if (process.getuid?.() !== 0) return {};
  const idOfNobody = (flag: string) => {
    try {
      return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    } catch {
      return 65534;
    }
  };
  return { uid: idOfNobody('-u'), gid: idOfNobody('-g') };
}

/** Root's temporary folder may lie where nobody else can go. */
function folderForAnyone(wanted: string): string {
  const open = (folder: string): boolean => (statSync(folder).mode & 0o001) !== 0 && (dirname(folder) === folder || open(dirname(folder)));
  return [resolve(wanted), '/tmp', '/var/tmp'].find((folder) => statSync(folder, { throwIfNoEntry: false }) && open(folder)) ?? tmpdir();
}

async function freePort(): Promise<number> {
  const { promise, resolve: found, reject } = Promise.withResolvers<number>();
  const probe = createServer().once('error', reject);
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => (typeof address === 'object' && address ? found(address.port) : reject(new Error('no port'))));
  });
  return promise;
}

await keepPostgres(process.argv[2] !== 'fast');
// standard input would keep us alive
process.exit();
