import { join } from 'node:path';
import type { Logger } from 'pino';
import type { DataPlace } from './config.ts';
import { makeDataFolder } from './data-folder.ts';
import { createDatabase, type Database } from './database.ts';
import { embeddedSource } from './embedded.ts';
import { createVacuuming } from './embedded-vacuum.ts';
import { migrate } from './migrate.ts';
import { postgresSource } from './postgres.ts';
import type { SqlSource } from './sql-source.ts';

/** Opens the database, embedded or server, and brings its schema up to date. */
export async function openData(place: DataPlace, log: Logger): Promise<Database> {
  if (place.kind === 'server') {
    progress('connecting to PostgreSQL');
    return ready(postgresSource(place.url));
  }
  makeDataFolder(place.folder);
  progress(`opening the database in ${place.folder}`);
  const embedded = await embeddedSource(join(place.folder, 'db'));
  void embedded.stopped.then((error) => {
    process.stderr.write(`The embedded database has stopped: ${error.message}\n`);
    process.exit(1);
  });
  const db = await ready(embedded);
  const vacuuming = createVacuuming(embedded, { log });
  vacuuming.start();
  return {
    ...db,
    async close() {
      await vacuuming.stop();
      await db.close();
    },
  };
}

async function ready(source: SqlSource): Promise<Database> {
  await migrate(source, (name) => progress(`migrating: ${name}`));
  return createDatabase(source);
}

/** One line for each thing that is prepared, so that whoever waits knows for what. */
export function progress(what: string): void {
  process.stdout.write(`· ${what}\n`);
}
