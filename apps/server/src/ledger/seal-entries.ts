import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { entryText, FIRST, sealOf } from './entry-text.ts';
import { readEntries } from './read-entries.ts';

const BATCH = 1000;

/**
 * Chains entries that are committed and have no seal yet, a batch for each location; answers how many. Any number of processes may do it at once: one at a
 * time for each location, the others pass by.
 */
export async function sealEntries({ db, now }: Pick<Deps, 'db' | 'now'>, { batch = BATCH } = {}): Promise<number> {
  // from one location to the next by the index, however much is waiting at each of them
  const { rows } = await sql<{ chain_id: string; location_id: string }>`
    with recursive places as (
      (select chain_id, location_id from ledger_unsealed order by chain_id, location_id limit 1)
      union all
      select next.* from places p cross join lateral (
        select u.chain_id, u.location_id from ledger_unsealed u where (u.chain_id, u.location_id) > (p.chain_id, p.location_id)
         order by u.chain_id, u.location_id limit 1) next
    ) select chain_id, location_id from places`.execute(db.read);
  let sealed = 0;
  for (const { chain_id, location_id } of rows)
    sealed += await db.transaction((tx) => sealBatch(tx, { chainId: chain_id, locationId: location_id, at: now(), batch }));
  return sealed;
}

async function sealBatch(
  tx: Tx,
  { chainId, locationId, at, batch }: { chainId: string; locationId: string; at: Date; batch: number },
): Promise<number> {
  // held until the commit; what is asked after it sees what whoever held it before has sealed
  const lock = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${`seals ${chainId}/${locationId}`}, 0)) got`.execute(
    tx,
  );
  if (!lock.rows[0]?.got) return 0;
  const head = await sql<{ seq: bigint; hash: string }>`
    select seq, encode(hash, 'hex') hash from ledger_seals where chain_id = ${chainId} and location_id = ${locationId} order by seq desc limit 1`.execute(
    tx,
  );
  const waiting = await readEntries(
    tx,
    chainId,
    sql`select entry_id, null::bigint seq, null::bytea hash from ledger_unsealed
         where chain_id = ${chainId} and location_id = ${locationId} order by entry_id limit ${batch}`,
  );
  if (waiting.length === 0) return 0;
  const first = (head.rows[0]?.seq ?? 0n) + 1n;
  const ids = waiting.map(({ entry }) => entry.entry);
  const hashes: string[] = [];
  for (const { entry } of waiting) hashes.push(sealOf(hashes.at(-1) ?? head.rows[0]?.hash ?? FIRST, entryText(entry)));
  await sql`
    with sealed as (
      insert into ledger_seals (chain_id, location_id, seq, entry_id, hash, sealed_at)
      select ${chainId}, ${locationId}, ${first} + no - 1, entry_id, decode(hash, 'hex'), ${at}
        from unnest(${ids}::text[], ${hashes}::text[]) with ordinality as s (entry_id, hash, no)
      returning entry_id)
    delete from ledger_unsealed u using sealed s where u.chain_id = ${chainId} and u.location_id = ${locationId} and u.entry_id = s.entry_id`.execute(
    tx,
  );
  return waiting.length;
}
