import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { type Part, projectFolder } from './checks.ts';

export interface PartResult {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
  /** Empty when the part spoke to the terminal itself. */
  readonly output: string;
}

const running = new Set<ChildProcess>();

/** Runs one part to its end. `aloud` gives it the terminal; otherwise what it says is kept. */
export async function runPart(
  { name, command }: Part,
  { aloud = false, env = process.env }: { aloud?: boolean; env?: NodeJS.ProcessEnv } = {},
): Promise<PartResult> {
  const began = performance.now();
  const child = spawn(process.execPath, command, { cwd: projectFolder, env, stdio: aloud ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece: Buffer) => (output += piece.toString()));
  const ended = Promise.withResolvers<boolean>();
  child.once('error', ended.reject);
  child.once('close', (code) => ended.resolve(code === 0));
  const ok = await ended.promise;
  running.delete(child);
  return { name, ok, seconds: (performance.now() - began) / 1000, output: output.trim() };
}

/**
 * An interrupted run must not leave a test server or a database behind: the parts are told, waited for, and then we end. A terminal has sent
 * Ctrl-C to them already.
 */
export function stopPartsWithUs(): void {
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
    process.once(signal, () => {
      const left = [...running].map(async (child) => {
        const closed = once(child, 'close');
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill('SIGTERM');
        await closed;
      });
      void Promise.allSettled(left).then(() => process.exit(128 + constants.signals[signal]));
    });
  }
}

export function printFailure({ name, output }: PartResult): void {
  console.log(`\n──── ${name} ────\n${output}\n`);
}

export function printSummary(results: readonly PartResult[], totalSeconds: number): void {
  console.log('');
  for (const { name, ok, seconds } of results) console.log(`${ok ? 'ok    ' : 'FAILED'} ${seconds.toFixed(1).padStart(6)} s  ${name}`);
  console.log(`       ${totalSeconds.toFixed(1).padStart(6)} s  in all`);
}
