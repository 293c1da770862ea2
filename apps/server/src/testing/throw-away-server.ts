import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface ThrowAwayServer {
  /** The superuser's address; its database is `postgres`. */
  readonly url: string;
  /** Stops the server and removes its folder. Happens by itself when this process ends, however it ends. */
  stop(): Promise<void>;
}

/**
 * A PostgreSQL of our own on a free port of loopback, empty, gone when we are. `durable: false` trades what a power cut would lose for speed:
 * right for tests, wrong for measuring.
 */
export async function throwAwayServer({ durable = true } = {}): Promise<ThrowAwayServer> {
  const keeper = spawn(process.execPath, [fileURLToPath(new URL('postgres-keeper.ts', import.meta.url)), durable ? 'durable' : 'fast'], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((done) => {
    keeper.once('close', () => done());
  });
  const ready = Promise.withResolvers<string>();
  let said = '';
  let complaint = '';
  keeper.stdout.on('data', (piece: Buffer) => {
    said += piece.toString();
    if (said.endsWith('\n')) ready.resolve(said.trim());
  });
  keeper.stderr.on('data', (piece: Buffer) => {
    complaint += piece.toString();
  });
  keeper.once('error', ready.reject);
  keeper.once('close', () => ready.reject(new Error(complaint || 'the keeper of PostgreSQL stopped')));
  const url = await ready.promise;
  return {
    url,
    stop: async () => {
      keeper.stdin.end();
      await ended;
    },
  };
}
