import { sql } from 'kysely';
import type { Database } from '../kit/database.ts';

/** The real thing never runs on a demo's data: its clock was moved, and its payments are a sandbox's. Throws a sentence. */
export async function refuseDemoData(db: Database): Promise<void> {
  const { rows } = await sql<{ what: string }>`
    select 'it has a demo chain' what from chains where demo
    union all select 'its clock can be moved' from installation where key = 'clock_offset_ms'
    union all select 'a payment provider is connected to a sandbox' from provider_connections where sandbox limit 1`.execute(db.read);
  if (rows[0]) {
    await db.close();
    throw new Error(`This data is a demo's (${rows[0].what}): give "serve" a database or a folder of its own.`);
  }
}
