#!/usr/bin/env node
// Every command of package.json goes through here. It is plain JavaScript for Node 20 and needs nothing installed, because it is what a fresh
// clone runs first: it brings whatever the command needs, skips what is already there, and then becomes that command.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { prepareBrowser } from './launch/prepare-browser.mjs';
import { prepareDependencies } from './launch/prepare-dependencies.mjs';
import { preparePages } from './launch/prepare-pages.mjs';
import { prepareRuntime } from './launch/prepare-runtime.mjs';
import { becomeChild } from './launch/run-child.mjs';
import { projectFolder, say, Unprepared } from './launch/say.mjs';
import { oneAtATime } from './launch/take-turns.mjs';

/** What each command needs before it can run, and the script that Node 24 then runs. */
const commands = {
  start: { needs: ['runtime', 'dependencies', 'pages'], script: ['apps/server/src/main.ts', 'start'] },
  serve: { needs: ['runtime', 'dependencies', 'pages'], script: ['apps/server/src/main.ts', 'serve'] },
  audit: { needs: ['runtime', 'dependencies'], script: ['apps/server/src/main.ts', 'audit'] },
  ledger: { needs: ['runtime', 'dependencies'], script: ['apps/server/src/ledger.ts'] },
  scenarios: { needs: ['runtime', 'dependencies'], script: ['apps/server/src/main.ts', 'scenarios'] },
  test: { needs: ['runtime', 'dependencies', 'pages', 'browser'], script: ['tools/testing/run-tests.ts'] },
  check: { needs: ['runtime', 'dependencies'], script: ['tools/testing/run-checks.ts'] },
  bench: { needs: ['runtime', 'dependencies', 'pages', 'browser'], script: ['bench/run.ts'] },
  screenshots: { needs: ['runtime', 'dependencies', 'pages', 'browser'], script: ['e2e/take-screenshots.ts'] },
  sandbox: { needs: ['runtime', 'dependencies'], script: ['packages/providers/src/run-sandbox.ts'] },
  schema: { needs: ['runtime', 'dependencies'], script: ['tools/write-schema.ts'] },
  openapi: { needs: ['runtime', 'dependencies'], script: ['tools/write-openapi.ts'] },
};

const preparations = { runtime: prepareRuntime, dependencies: prepareDependencies, pages: preparePages, browser: prepareBrowser };

async function launch([name, ...args]) {
  const command = commands[name];
  if (!command) throw new Unprepared(`There is no command "${name ?? ''}". There are: ${Object.keys(commands).join(', ')}.`);
  // each preparation may add to it: the runtime's folder to PATH, the browser's path for the tests
  // compiled once, kept for the next start: half of what a start costs
  const env = { NODE_COMPILE_CACHE: join(projectFolder, '.cache', 'compile'), ...process.env };
  let node = process.execPath;
  await oneAtATime(async () => {
    for (const need of command.needs) {
      const found = await preparations[need]({ node, env }).catch((error) => {
        // who runs three files of tests or one bench by name may not need the pages, nor a browser
        const canDoWithout = (name === 'test' || name === 'bench') && args.length > 0 && (need === 'pages' || need === 'browser');
        if (!canDoWithout || !(error instanceof Unprepared)) throw error;
        say(`going on without: ${error.message}`);
      });
      if (found?.node) node = found.node;
      Object.assign(env, found?.env);
    }
  });
  const [script, ...fixed] = command.script;
  if (!existsSync(join(projectFolder, script))) throw new Unprepared(`${script} is missing, so "npm run ${name}" has nothing to run.`);
  await becomeChild(node, [join(projectFolder, script), ...fixed, ...args], env);
}

launch(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Unprepared ? `\nholdfast: ${error.message}` : error);
  process.exitCode = 1;
});
