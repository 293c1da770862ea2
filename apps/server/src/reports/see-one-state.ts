import { sql } from 'kysely';
import type { Database, Tx } from '../kit/database.ts';

/** All that is read in it is of one moment, so that sums of several statements fit each other while money keeps coming. */
export async function seeOneState<T>(db: Database, read: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await sql`set transaction isolation level repeatable read, read only`.execute(tx);
    return read(tx);
  });
}
