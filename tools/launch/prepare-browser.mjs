import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run-child.mjs';
import { projectFolder, say, Unprepared, withProgress } from './say.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'];
const elsewhere = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/usr/lib/chromium/chromium',
  '/opt/google/chrome/chrome',
];

/** A Chromium for the tests: the machine's, else Playwright's download, else the distribution's package. Tests read its path in CHROMIUM_PATH. */
export async function prepareBrowser({ node, env }) {
  const named = env.CHROMIUM_PATH;
  if (named) {
    if (await works(named)) return;
    throw new Unprepared(`CHROMIUM_PATH names ${named}, which does not run as a Chromium.`);
  }
  const found = (await onTheMachine(env)) ?? (await fromPlaywright(node, env)) ?? (await fromTheDistribution(env));
  if (found) return { env: { CHROMIUM_PATH: found } };
  throw new Unprepared(
    'the browser tests need a Chromium or Chrome. There is none on this machine, Playwright could not download one, and no package could be installed. ' +
      'Please install one, or set CHROMIUM_PATH to it, and run this again.',
  );
}

async function onTheMachine(env) {
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  const candidates = [...names.flatMap((name) => folders.filter(Boolean).map((folder) => join(folder, name))), ...elsewhere];
  for (const candidate of new Set(candidates)) if (isProgram(candidate) && (await works(candidate))) return candidate;
  return undefined;
}

async function fromPlaywright(node, env) {
  const playwright = join(projectFolder, 'node_modules', 'playwright-core');
  const place = await run(node, ['-p', 'require("playwright-core").chromium.executablePath()'], { env });
  const itsOwn = place.output;
  if (existsSync(itsOwn) && (await works(itsOwn))) return itsOwn;
  // it would try five minutes on a network that swallows packets
  const limits = { ...env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' };
  const { ok, output } = await withProgress("fetching Playwright's Chromium", () =>
    run(node, [join(playwright, 'cli.js'), 'install', '--no-shell', '--no-progress', 'chromium'], { env: limits, timeoutSeconds: 240 }),
  );
  if (ok && (await works(itsOwn))) return itsOwn;
  say(ok ? "Playwright's Chromium does not run on this system (libraries are missing)" : `Playwright could not: ${gist(output)}`);
  return undefined;
}

async function fromTheDistribution(env) {
  if (!isProgram('/usr/bin/apt-get')) return undefined;
  const asRoot = process.getuid?.() === 0;
  if (!asRoot && !(await run('sudo', ['-n', 'true'], { timeoutSeconds: 10 })).ok) {
    say("the distribution's Chromium can be installed by root only (sudo asks for a password here)");
    return undefined;
  }
  const apt = (...args) => {
    const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return asRoot ? run(command[0], command.slice(1)) : run('sudo', ['-n', ...command]);
  };
  const { ok, output } = await withProgress("installing the distribution's Chromium (apt-get)", async () => {
    const updated = await apt('update');
    const installed = await apt('install', '-y', '--no-install-recommends', 'chromium');
    return installed.ok ? installed : { ok: false, output: `${updated.ok ? '' : updated.output}\n${installed.output}` };
  });
  if (!ok) say(`apt-get could not: ${gist(output)}`);
  return ok ? onTheMachine(env) : undefined;
}

/** Ubuntu's /usr/bin/chromium-browser only advises another package: a file that is there says little, so it is run. */
async function works(path) {
  const { ok, output } = await run(path, ['--version'], { timeoutSeconds: 20 });
  return ok && /chrom|edge/i.test(output);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The line that says what went wrong, not the stack that follows it. */
function gist(text) {
  const lines = text.trim().split('\n');
  return (lines.findLast((line) => /^\W*(E:|Error|Failed)/.test(line)) ?? lines.at(-1) ?? '').trim();
}
