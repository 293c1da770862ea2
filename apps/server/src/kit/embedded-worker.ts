import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { isLaid, layFiles, SyncedFolder } from './embedded-files.ts';
import { type FolderLock, lockFolder } from './embedded-lock.ts';
import { databaseTemplate } from './embedded-template.ts';

/** What the worker says: first `ready` or `failed`, then PostgreSQL's own bytes, at last `closed`, or `failed` when it cannot go on. */
export type FromWorker = { kind: 'ready' } | { kind: 'failed'; message: string } | { kind: 'bytes'; pieces: Uint8Array[] } | { kind: 'closed' };
/** What it is told: whole messages of PostgreSQL's wire protocol, or to close. */
export type ToWorker = { kind: 'bytes'; bytes: Uint8Array } | { kind: 'close' };

if (!parentPort) throw new Error('bug: the embedded database runs in a worker thread');
const port = parentPort;
const say = (word: FromWorker, moved: ArrayBuffer[] = []) => port.postMessage(word, moved);

const { folder } = workerData as { folder: string | undefined };
let lock: FolderLock | undefined;
let complaints: string[] = [];

try {
  const pg = await openDatabase();
  say({ kind: 'ready' });
  port.on('message', (word: ToWorker) => {
    if (word.kind === 'close') void close(pg);
    else void answer(pg, word.bytes);
  });
} catch (error) {
  lock?.release();
  say({ kind: 'failed', message: [(error as Error).message, ...complaints].join('\n') });
}

async function openDatabase(): Promise<PGlite> {
  const onStderr = (line: string) => {
    if (/FATAL|PANIC/.test(line)) complaints = [...complaints.slice(-4), line];
    return false;
  };
  const options = { extensions: { btree_gist, pg_trgm }, onStderr };
  if (folder === undefined) return PGlite.create({ ...options, loadDataDir: new Blob([await databaseTemplate()]) });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  lock = lockFolder(folder, new Date());
  const files = join(folder, 'database');
  if (!isLaid(files)) await layFiles(await databaseTemplate(), files);
  return PGlite.create({ ...options, fs: new SyncedFolder(files, panicked) });
}

/** Nothing acknowledged is lost by it: the next start replays the write-ahead log. */
function panicked(): void {
  say({ kind: 'failed', message: ['The embedded database has given up.', ...complaints].join('\n') });
  process.exit(1);
}

async function answer(pg: PGlite, bytes: Uint8Array): Promise<void> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  // The stream variant: the other keeps every answer it ever parsed. What comes is a view into the engine's memory, so it is copied.
  await pg.execProtocolRawStream(bytes, { syncToFs: false, onRawData: (piece) => pieces.push(new Uint8Array(piece)) });
  say(
    { kind: 'bytes', pieces },
    pieces.map((piece) => piece.buffer),
  );
}

async function close(pg: PGlite): Promise<void> {
  // so that the next start has nothing to replay
  await pg.exec('checkpoint').catch(() => {});
  await pg.close();
  lock?.release();
  say({ kind: 'closed' });
  port.close();
}
