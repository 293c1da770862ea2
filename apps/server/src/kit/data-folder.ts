import { accessSync, constants, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSealingKey, readSealingKey, type SealingKey } from './seal.ts';

/** Makes the folder if it is not there (for its owner only), and throws a sentence if it cannot be written to. */
export function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(`The data folder ${folder} cannot be used (${(error as Error).message}): choose another one with DATA_DIR.`, { cause: error });
  }
}

/** The demo's own key: made at its first start, kept in its folder, readable by its owner only. */
export function demoKey(folder: string): SealingKey {
  const file = join(folder, 'key');
  return readKey(file) ?? makeKey(file);
}

function readKey(file: string): SealingKey | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`The key in ${file} cannot be read (${(error as Error).message}).`, { cause: error });
  }
  try {
    return readSealingKey(text);
  } catch (error) {
    throw new Error(`The key in ${file} is damaged. ${(error as Error).message}`, { cause: error });
  }
}

/** Whole or not at all, and of two processes that start at once the second takes the first one's. */
function makeKey(file: string): SealingKey {
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, `${newSealingKey().toString('base64')}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(beside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(beside);
  }
  const key = readKey(file);
  if (!key) throw new Error(`The key in ${file} has vanished.`);
  return key;
}
