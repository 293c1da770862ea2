import { execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPostgresBinaries } from './postgres-binaries.ts';

export interface ThrowAwayServer {
  /** The superuser's address; its database is `postgres`. */
  readonly url: string;
  /** Stops the server and removes its folder. Happens by itself when this process ends. */
  stop(): Promise<void>;
}

/**
 * A PostgreSQL of our own on a free port of loopback, empty, gone when we are. `durable: false` trades what a power cut would lose for speed:
 * right for tests, wrong for measuring.
 */
export async function throwAwayServer({ durable = true } = {}): Promise<ThrowAwayServer> {
  const as = otherUser();
  const home = mkdtempSync(join(as.uid === undefined ? tmpdir() : folderForAnyone(), 'holdfast-pg-'));
  try {
    const { bin, env } = findPostgresBinaries(home);
    const secret = join(home, 'secret');
    writeFileSync(secret, 'holdfast');
    if (as.uid !== undefined && as.gid !== undefined) for (const path of [home, secret]) chownSync(path, as.uid, as.gid);
    const data = join(home, 'data');
    const setUp = ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8', '--no-locale', '--no-sync'];
    execFileSync(join(bin, 'initdb'), setUp, { ...as, env, cwd: home, stdio: 'pipe' });
    const port = await freePort();
    const settings = [
      'listen_addresses=127.0.0.1',
      // the path of a socket may be longer than the system allows, and nobody uses it
      'unix_socket_directories=',
      'max_connections=300',
      'shared_buffers=128MB',
      ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
    ];
    const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
    const stop = await keep({ postgres: join(bin, 'postgres'), args, env, home, ...as });
    return { url: `postgres://postgres:holdfast@127.0.0.1:${port}/postgres`, stop };
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}

async function keep(what: object): Promise<() => Promise<void>> {
  const keeper = spawn(process.execPath, [fileURLToPath(new URL('postgres-keeper.ts', import.meta.url)), JSON.stringify(what)], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((done) => {
    keeper.once('close', () => done());
  });
  let said = '';
  const ready = Promise.withResolvers<void>();
  keeper.once('error', ready.reject);
  keeper.stdout.on('data', (piece: Buffer) => {
    said += piece.toString();
    if (said === 'ready\n') ready.resolve();
  });
  keeper.once('close', () => ready.reject(new Error(said || 'the keeper of PostgreSQL stopped')));
  await ready.promise;
  return async () => {
    keeper.stdin.end();
    await ended;
  };
}

/** PostgreSQL refuses to run as root, so root runs it as nobody. */
function otherUser(): { uid?: number; gid?: number } {
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
function folderForAnyone(): string {
  const open = (folder: string): boolean => (statSync(folder).mode & 0o001) !== 0 && (dirname(folder) === folder || open(dirname(folder)));
  return [resolve(tmpdir()), '/tmp', '/var/tmp'].find((folder) => statSync(folder, { throwIfNoEntry: false }) && open(folder)) ?? tmpdir();
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
