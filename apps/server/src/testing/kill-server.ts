import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Everything it printed, both streams. */
  readonly said: string;
}

/** One run of `node main.ts …`, as an operator would start it: its own process, its own memory, nothing of the test's in its environment. */
export interface ServerProcess {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Resolves when a line like this has been printed; throws with everything it said when it ends before. */
  said(line: RegExp): Promise<RegExpExecArray>;
  signal(signal: NodeJS.Signals): void;
}

/** Settings that a test run's own environment must not lend to the server. */
const OURS = /^(DATA_DIR|DATABASE_URL|PORT|HOST|HOLDFAST_KEY|PUBLIC_URL|TRUST_PROXY|LOG_LEVEL|NODE_OPTIONS|VITEST.*|NODE_V8_COVERAGE)$/;

export function runMain(mode: string, settings: Readonly<Record<string, string>>): ServerProcess {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.test(name)));
  const child: ChildProcess = spawn(process.execPath, [MAIN, mode], { env: { ...env, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  const listeners = new Set<() => void>();
  const hear = (piece: Buffer) => {
    text += piece.toString();
    for (const listener of listeners) listener();
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const ended = new Promise<Ended>((done) => child.once('close', (code, signal) => done({ code, signal, said: text })));
  return {
    pid: child.pid ?? 0,
    ended,
    said(line) {
      const heard = new Promise<RegExpExecArray>((done) => {
        const listener = () => {
          const found = line.exec(text);
          if (found) {
            listeners.delete(listener);
            done(found);
          }
        };
        listeners.add(listener);
        listener();
      });
      const silent = ended.then((end): never => {
        throw new Error(`"${mode}" ended (${end.code ?? end.signal}) and never said ${line}:\n${end.said}`);
      });
      return Promise.race([heard, silent]);
    },
    signal: (signal) => void child.kill(signal),
  };
}

/** Two ports next to each other that are free just now: the demo's, and its sandbox's, which stay the same over restarts. */
export async function twoFreePorts(): Promise<number> {
  for (;;) {
    const port = await probe(0);
    const next = await probe(port + 1).catch(() => undefined);
    if (next !== undefined) return port;
  }
}

function probe(port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer().once('error', reject);
  server.listen(port, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
  });
  return promise;
}
