import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { basename } from 'node:path';
import { projectFolder } from './say.mjs';

/**
 * Runs a program to its end and keeps what it says.
 *
 * @returns {Promise<{ ok: boolean, output: string }>} a program that cannot be started, fails or outlives `timeoutSeconds` is not ok
 */
export function run(program, args, { cwd = projectFolder, env = process.env, timeoutSeconds = 900 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutSeconds * 1000, killSignal: 'SIGKILL' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (output += piece));
    child.once('error', (error) => resolve({ ok: false, output: String(error) }));
    child.once('close', (code, signal) => {
      if (signal) output += `\n${basename(program)} was stopped by ${signal}, after at most ${timeoutSeconds} s`;
      resolve({ ok: code === 0, output: output.trim() });
    });
  });
}

/**
 * Runs npm, the very one that runs us when there is one. What `npm run` told its children about this project is taken from the environment,
 * or npm would install into this project whatever `cwd` says.
 */
export function runNpm(args, { cwd = projectFolder, node = process.execPath } = {}) {
  const env = { ...process.env };
  for (const name of Object.keys(env))
    if (/^npm_(config_(local_prefix|workspaces?|include|omit|only|production)|package_|lifecycle_)/i.test(name)) delete env[name];
  // a machine that says NODE_ENV=production would get no Vite, and so no widget
  delete env.NODE_ENV;
  const own = process.env.npm_execpath;
  if (own?.endsWith('npm-cli.js')) return run(node, [own, ...args], { cwd, env });
  return process.platform === 'win32' ? run('cmd.exe', ['/d', '/c', 'npm', ...args], { cwd, env }) : run('npm', args, { cwd, env });
}

/**
 * Hands this terminal over to a program and ends as it ends. Signals sent to us are passed on; Ctrl-C is not, because a terminal sends it to
 * both of us, and a server that hears it twice takes it for impatience.
 */
export function becomeChild(program, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: 'inherit' });
    for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) {
      process.on(signal, () => {
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      });
    }
    whenNpmIsGone(() => child.kill('SIGTERM'));
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.exitCode = signal ? 128 + constants.signals[signal] : (code ?? 1);
      resolve();
    });
  });
}

/** `kill` on npm ends npm and the shell between us, and that shell passes nothing on: without this, a stopped service would go on as an orphan. */
function whenNpmIsGone(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 500);
  watch.unref();
}
