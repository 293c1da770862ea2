import { createDatabase, type Database } from '../kit/database.ts';
import { embeddedSource } from '../kit/embedded.ts';
import { migrate } from '../kit/migrate.ts';

/** An empty, migrated database in this process's memory; closed, nothing of it is left. */
export async function openMemory(): Promise<Database> {
  const source = await embeddedSource('memory');
  try {
    await migrate(source);
    return createDatabase(source);
  } catch (error) {
    await source.close();
    throw error;
  }
}
