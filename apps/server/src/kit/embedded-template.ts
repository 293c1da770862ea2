import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';

const CACHE = fileURLToPath(new URL('../../../../.cache/', import.meta.url));

/**
 * The files of a brand-new database, as a tar. Making them (initdb) takes seconds, so they are kept in `.cache`, by PGlite's version; a
 * cache that cannot be written is no reason to fail.
 */
export async function databaseTemplate(): Promise<Uint8Array<ArrayBuffer>> {
  const file = templateFile();
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    const tar = await makeTemplate();
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.${process.pid}`, tar);
      renameSync(`${file}.${process.pid}`, file);
    } catch {}
    return tar;
  }
}

function templateFile(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8')) as { version: string };
  return join(CACHE, `embedded-${version}.tar`);
}

async function makeTemplate(): Promise<Uint8Array<ArrayBuffer>> {
  const maker = await PGlite.create();
  try {
    await maker.exec('checkpoint');
    return new Uint8Array(await (await maker.dumpDataDir('none')).arrayBuffer());
  } finally {
    await maker.close();
  }
}
