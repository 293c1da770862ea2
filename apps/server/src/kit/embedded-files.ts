import { constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** Node.js does not name it on Windows, libuv understands it there (UV_FS_O_DSYNC, write-through). */
const SYNCED = constants.O_DSYNC ?? 0x0400_0000;

/**
 * A folder in which every file that is opened for writing is opened O_DSYNC: a write has reached the disk when it returns.
 *
 * PGlite runs PostgreSQL with fsync off, and its fdatasync does nothing, so without this a power cut takes acknowledged payments with it.
 */
export class SyncedFolder extends NodeFS {
  readonly #panicked: () => void;
  /** `panicked`: PostgreSQL gave up (the disk is full, say). PGlite would go on asking a dead engine for ever. */
  constructor(folder: string, panicked: () => void) {
    super(folder);
    this.#panicked = panicked;
  }
  override async init(pg: PGlite, options: Parameters<NodeFS['init']>[1]): ReturnType<NodeFS['init']> {
    const amended = await super.init(pg, options);
    const { emscriptenOpts } = amended;
    Object.assign(emscriptenOpts, { onAbort: this.#panicked });
    emscriptenOpts.preRun = [
      ...(emscriptenOpts.preRun ?? []),
      (engine: { NODEFS: unknown }) => {
        const files = engine.NODEFS as { flagsForNode(flags: number): number };
        const translate = files.flagsForNode;
        files.flagsForNode = (flags) => {
          const opened = translate(flags);
          return opened & (constants.O_WRONLY | constants.O_RDWR) ? opened | SYNCED : opened;
        };
      },
    ];
    return amended;
  }
}

/**
 * Lays a new database's files (a tar of them) into `folder`: beside it first, synced, and then renamed, so that a folder which exists is
 * always whole.
 */
export async function layFiles(tar: Uint8Array, folder: string): Promise<void> {
  const beside = `${folder}.new`;
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside, { recursive: true, mode: 0o700 });
  for (const { name, isFolder, content } of tarEntries(tar)) {
    const path = join(beside, name);
    if (isFolder) mkdirSync(path, { recursive: true, mode: 0o700 });
    else {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(path, content, { mode: 0o600 });
    }
  }
  await syncTree(beside);
  renameSync(beside, folder);
  await syncOne(dirname(folder));
}

export function isLaid(folder: string): boolean {
  return existsSync(join(folder, 'PG_VERSION'));
}

interface TarEntry {
  readonly name: string;
  readonly isFolder: boolean;
  readonly content: Uint8Array;
}

/** POSIX ustar, as PGlite writes it: 512-byte headers, short names, sizes in octal. */
function* tarEntries(tar: Uint8Array): Generator<TarEntry> {
  const text = (at: number, length: number) => {
    const bytes = tar.subarray(at, at + length);
    const end = bytes.indexOf(0);
    return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString('utf8');
  };
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, 12).trim() || '0', 8);
    const prefix = text(at + 345, 155);
    const name = (prefix ? `${prefix}/` : '') + text(at, 100);
    const kind = text(at + 156, 1);
    if (name.split('/').includes('..')) throw new Error(`bug: the template holds ${name}`);
    yield { name, isFolder: kind === '5' || name.endsWith('/'), content: tar.subarray(at + 512, at + 512 + size) };
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

async function syncTree(folder: string): Promise<void> {
  const paths = [folder];
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) paths.push(join(entry.parentPath, entry.name));
  const next = paths.values();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const path of next) await syncOne(path);
    }),
  );
}

async function syncOne(path: string): Promise<void> {
  // Windows cannot open a folder, and does not need to
  const file = await open(path, 'r').catch(() => undefined);
  try {
    await file?.sync();
  } catch (error) {
    if (process.platform !== 'win32') throw error;
  } finally {
    await file?.close();
  }
}
