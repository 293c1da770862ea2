import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectFolder = fileURLToPath(new URL('..', import.meta.url));
const START_WITHIN_MS = 600_000;
const STOP_WITHIN_MS = 30_000;

/** The demo as anybody gets it: `main.ts start` in a process of its own, with a folder of its own. */
export interface RunningDemo {
  /** Where the booking pages are, without a slash at the end. */
  readonly origin: string;
  readonly sandboxOrigin: string;
  /** Moves the demo's clock forward; what becomes due on the way has been done when this comes back. */
  passMinutes(minutes: number): Promise<void>;
  /** Stripe answers 500 to every such call until the returned function is called. */
  breakStripe(match: 'close' | 'create'): Promise<() => Promise<void>>;
  /** Stripe's messages wait until the returned function is called; whoever comes back from paying is faster. */
  holdMessages(): Promise<() => Promise<void>>;
  /** What Stripe knows of everybody's payments. */
  paymentsAtStripe(): Promise<readonly PaymentAtStripe[]>;
  /** What it said, if it has ended by itself or by somebody else's hand; else nothing. */
  lastWords(): readonly string[];
  /** Ends it as a service manager does, and answers its exit code. Safe to call again. */
  stop(): Promise<number | null>;
  /** Runs the audit on the same data; only after `stop`. */
  audit(): Promise<{ readonly exitCode: number | null; readonly said: string }>;
  removeData(): Promise<void>;
}

export interface PaymentAtStripe {
  readonly id: string;
  readonly status: string;
  readonly payment_status: string;
  readonly captured: number;
  readonly refunded: number;
}

/** On what `dataDir` and the database hold; what is not there yet is made. Without a `databaseUrl` the database is embedded, and in the folder too. */
export async function startDemo({
  dataDir = mkdtempSync(join(tmpdir(), 'holdfast-e2e-')),
  databaseUrl,
}: {
  readonly dataDir?: string;
  readonly databaseUrl?: string;
} = {}): Promise<RunningDemo> {
  if (!existsSync(join(projectFolder, 'apps/widget/dist/.vite/manifest.json')))
    throw new Error(
      'The booking widget is not built (apps/widget/dist is missing): run "npm test", which builds it, or "npx vite build" in apps/widget.',
    );
  const env = cleanEnvironment({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error', ...(databaseUrl && { DATABASE_URL: databaseUrl }) });
  const server = runMain('start', env);
  const [origin, sandboxOrigin] = await Promise.all([
    server.says(/is ready.*: (http:\S+)\/$/m),
    server.says(/payment sandbox: (http:\S+)\/$/m),
  ]).catch((error: unknown) => {
    server.child.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  });
  const atSandbox = (path: string, method = 'GET', body?: unknown) => ask(`${sandboxOrigin}/_sandbox/${path}`, method, body);
  return {
    origin,
    sandboxOrigin,
    passMinutes: async (advanceMinutes) => void (await ask(`${origin}/demo/clock`, 'POST', { advanceMinutes })),
    async breakStripe(match) {
      await atSandbox('faults', 'POST', { match, kind: 'status500', times: 1000 });
      return async () => void (await atSandbox('faults', 'DELETE'));
    },
    async holdMessages() {
      await atSandbox('webhooks', 'POST', { mode: 'hold' });
      return async () => {
        await atSandbox('webhooks', 'POST', { mode: 'send' });
        await atSandbox('webhooks/flush', 'POST', {});
      };
    },
    paymentsAtStripe: async () => ((await atSandbox('payments')) as { payments: PaymentAtStripe[] }).payments,
    lastWords: () => (server.child.exitCode === null && server.child.signalCode === null ? [] : [`The server has ended. It said:\n${server.said()}`]),
    async stop() {
      if (server.child.exitCode === null) server.child.kill('SIGTERM');
      return server.ended(STOP_WITHIN_MS);
    },
    async audit() {
      const audit = runMain('audit', env);
      const exitCode = await audit.ended(START_WITHIN_MS);
      return { exitCode, said: audit.said() };
    },
    removeData: async () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

/** Whatever the person who runs the tests has set for a Holdfast of their own must not reach this one. */
function cleanEnvironment(more: Record<string, string>): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, HOLDFAST_KEY: __, HOST: ___, PUBLIC_URL: ____, TRUST_PROXY: _____, ...rest } = process.env;
  return { ...rest, ...more };
}

function runMain(mode: 'start' | 'audit', env: NodeJS.ProcessEnv) {
  const child: ChildProcess = spawn(process.execPath, ['apps/server/src/main.ts', mode], {
    cwd: projectFolder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const heard = new Set<() => void>();
  const closed = once(child, 'close');
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (piece: Buffer) => {
      output += piece.toString();
      for (const listen of heard) listen();
    });
  }
  return {
    child,
    said: () => output,
    /** The first group of `pattern`, as soon as the process has said so. */
    async says(pattern: RegExp): Promise<string> {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const listen = () => {
        const found = pattern.exec(output)?.[1];
        if (found) resolve(found);
      };
      const late = setTimeout(() => reject(new Error(`Holdfast did not start in time. It said:\n${output}`)), START_WITHIN_MS);
      void closed.then(() => reject(new Error(`Holdfast ended instead of starting. It said:\n${output}`)));
      heard.add(listen);
      listen();
      return promise.finally(() => {
        clearTimeout(late);
        heard.delete(listen);
      });
    },
    /** Its exit code; killed when it does not end in time. */
    async ended(withinMs: number): Promise<number | null> {
      const late = setTimeout(() => child.kill('SIGKILL'), withinMs);
      await closed;
      clearTimeout(late);
      return child.exitCode;
    },
  };
}

/** JSON over HTTP as any other program would; an answer that is not 2xx is an error with the answer in it. */
export async function ask(address: string, method = 'GET', body?: unknown): Promise<unknown> {
  const answer = await fetch(address, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${text}`);
  return JSON.parse(text);
}
