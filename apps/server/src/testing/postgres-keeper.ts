import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

/**
 * Keeps a throw-away PostgreSQL for as long as the process that asked for it lives: that one holds our standard input open, and however it ends
 * (also by `kill -9`), the input ends with it. Then the server is stopped and its folder removed. Says "ready", or what PostgreSQL said, on
 * standard output. Runs as a process group of its own, so that Ctrl-C reaches the tests first.
 */
interface Keeping {
  readonly postgres: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  readonly uid?: number;
  readonly gid?: number;
}

const { postgres, args, env, home, ...as } = JSON.parse(process.argv[2] ?? '') as Keeping;
const server = spawn(postgres, args, { ...as, env, cwd: home, stdio: ['ignore', 'ignore', 'pipe'] });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill('SIGINT'));

// the one that asked may be gone at any moment, and then nobody reads
process.stdout.on('error', () => {});
let log = '';
let told = false;
server.stderr.on('data', (piece: Buffer) => {
  log = (log + piece.toString()).slice(-4000);
  if (told || !log.includes('ready to accept connections')) return;
  told = true;
  process.stdout.write('ready\n');
});

process.stdin.resume().once('close', () => {
  server.kill('SIGINT');
  // a backend that hangs in a client's transaction must not keep the machine
  setTimeout(() => server.kill('SIGKILL'), 10_000).unref();
});

server.once('error', (error) => end(String(error)));
server.once('close', (code) => end(`PostgreSQL stopped with ${code}: ${log}`));

function end(why: string): void {
  rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  process.stdout.write(told ? '' : why, () => process.exit());
}
