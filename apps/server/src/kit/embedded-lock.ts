import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface FolderLock {
  release(): void;
}

/**
 * Takes a folder for this process alone, or throws a sentence that names the holder. Two processes writing one embedded database lose data
 * without a word.
 *
 * The lock is the operating system's own on an open file (fcntl or LockFileEx, by way of SQLite, which Node.js has built in): the kernel
 * drops it with the process however that ends, so there is nothing stale to judge, no pid to be reused, and containers that share the
 * folder on one machine see each other. The file `holder` is only for the message.
 */
export function lockFolder(folder: string, now: Date): FolderLock {
  const lock = new DatabaseSync(join(folder, 'lock'));
  const holder = join(folder, 'holder');
  try {
    // nothing is ever written to it, so a journal would only lie about
    lock.exec('pragma journal_mode = memory');
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) {
      throw new Error(`The folder ${folder} cannot be locked (${(error as Error).message}): put it on a disk of this machine.`, { cause: error });
    }
    throw new FolderInUse(folder, describeHolder(holder));
  }
  writeFileSync(holder, `process ${process.pid} on ${hostname()}, since ${now.toISOString()}`);
  return {
    release() {
      writeFileSync(holder, '');
      lock.close();
    },
  };
}

const SQLITE_BUSY = 5;

export class FolderInUse extends Error {
  readonly holder: string;
  constructor(folder: string, holder: string) {
    super(`The folder ${folder} is in use by ${holder}. Stop it first, or choose another folder with DATA_DIR.`);
    this.name = 'FolderInUse';
    this.holder = holder;
  }
}

function describeHolder(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim() || 'another process';
  } catch {
    return 'another process';
  }
}
