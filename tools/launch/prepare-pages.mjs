import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { run } from './run-child.mjs';
import { projectFolder, Unprepared, withProgress } from './say.mjs';

/** What clients see and what the salon sees: each is built unless what it is made of has not changed since its last build. */
export async function preparePages({ node, env }) {
  await Promise.all([build('widget', 'the booking widget', { node, env }), build('admin', 'the admin app', { node, env })]);
}

async function build(name, called, { node, env }) {
  const folder = join(projectFolder, 'apps', name);
  const stampFile = join(projectFolder, '.cache', `${name}-build`);
  const stamp = contentStamp([folder, join(projectFolder, 'packages', 'contract'), join(projectFolder, 'package-lock.json')]);
  if (existsSync(join(folder, 'dist')) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const vite = join(projectFolder, 'node_modules', 'vite', 'bin', 'vite.js');
  const { ok, output } = await withProgress(`building ${called}`, () =>
    run(node, [vite, 'build'], { cwd: folder, env: { ...env, NODE_ENV: 'production' }, timeoutSeconds: 300 }),
  );
  if (!ok) throw new Unprepared(`${called} could not be built. Vite says:\n\n${output}`);
  mkdirSync(join(projectFolder, '.cache'), { recursive: true });
  writeFileSync(stampFile, stamp);
}

/** A hash over names and contents: checking out another branch and coming back must not rebuild, as times of files would. */
function contentStamp(roots) {
  const hash = createHash('sha256');
  for (const file of roots.flatMap(filesBelow).sort())
    hash.update(relative(projectFolder, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function filesBelow(root) {
  if (!existsSync(root)) return [];
  try {
    return readdirSync(root, { withFileTypes: true }).flatMap((entry) => {
      if (entry.name === 'node_modules' || entry.name === 'dist') return [];
      return entry.isDirectory() ? filesBelow(join(root, entry.name)) : [join(root, entry.name)];
    });
  } catch (error) {
    if (error.code === 'ENOTDIR') return [root];
    throw error;
  }
}
