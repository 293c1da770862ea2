import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from './run-child.mjs';
import { projectFolder, Unprepared, withProgress } from './say.mjs';

/** All dependencies of the lockfile, those for development too: the widget is built on the machine that serves it. */
export async function prepareDependencies({ node }) {
  if (isInstalled()) return;
  const { ok, output } = await withProgress('installing dependencies (npm ci)', () =>
    runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { node }),
  );
  if (!ok) {
    throw new Unprepared(
      `the dependencies could not be installed. npm says:\n\n${output}\n\nIs the npm registry reachable from here, and may this user write to ${projectFolder}?`,
    );
  }
}

/**
 * npm writes down what it has installed, last of all. Comparing that with the lockfile (and not a hash of our own) leaves alone what a developer
 * has installed by hand, and sees an installation that was cut short.
 */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf(join('node_modules', '.package-lock.json'));
  if (!wanted) throw new Unprepared(`package-lock.json is missing or damaged in ${projectFolder}.`);
  if (!present) return false;
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (!path.startsWith('node_modules/') || link) return true;
    const found = present[path];
    // optional ones are mostly for other platforms
    return found ? found.version === version : Boolean(optional);
  });
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(projectFolder, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}
