import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import { entryText, FIRST, sealOf } from './entry-text.ts';
import { readEntries } from './read-entries.ts';

export interface SealFault {
  readonly kind: 'seal';
  readonly chainId: string;
  readonly locationId: string;
  readonly seq: bigint | null;
  readonly entryId: string | null;
  readonly says:
    | 'the entry is not what was sealed'
    | 'a seal or its entry is missing'
    | 'has no seal and waits for none'
    | 'is sealed and waits for a seal';
}

const AT_ONCE = 2000;

/** Recomputes every location's chain from the first entry on. What was cut off at its end together with the entries is found only with a hash noted elsewhere. */
export async function checkSeals(q: Queryable): Promise<readonly SealFault[]> {
  const faults: SealFault[] = [];
  const chains = await sql<{ chainId: string; locationId: string; last: bigint }>`
    select chain_id "chainId", location_id "locationId", max(seq) last from ledger_seals group by 1, 2 order by 1, 2`.execute(q);
  for (const place of chains.rows) faults.push(...(await checkChain(q, place)));
  const stray = await sql<{ chainId: string; locationId: string; entryId: string; sealed: boolean }>`
    select e.chain_id "chainId", e.location_id "locationId", e.entry_id "entryId", s.entry_id is not null sealed
      from ledger_entries e
      left join ledger_seals s on s.chain_id = e.chain_id and s.entry_id = e.entry_id
      left join ledger_unsealed u on u.chain_id = e.chain_id and u.location_id = e.location_id and u.entry_id = e.entry_id
     where (s.entry_id is null) = (u.entry_id is null)`.execute(q);
  for (const { chainId, locationId, entryId, sealed } of stray.rows) {
    const says = sealed ? 'is sealed and waits for a seal' : 'has no seal and waits for none';
    faults.push({ kind: 'seal', chainId, locationId, seq: null, entryId, says });
  }
  return faults;
}

async function checkChain(
  q: Queryable,
  { chainId, locationId, last }: { chainId: string; locationId: string; last: bigint },
): Promise<readonly SealFault[]> {
  const faults: SealFault[] = [];
  let [before, done] = [FIRST, 0n];
  while (done < last) {
    const page = await readEntries(
      q,
      chainId,
      sql`select entry_id, seq, hash from ledger_seals
           where chain_id = ${chainId} and location_id = ${locationId} and seq > ${done} and seq <= ${done + BigInt(AT_ONCE)}`,
    );
    const found = new Map(page.map((one) => [one.seq, one]));
    const until = done + BigInt(AT_ONCE) < last ? done + BigInt(AT_ONCE) : last;
    while (done < until) {
      const one = found.get(++done);
      if (!one?.hash) {
        faults.push({ kind: 'seal', chainId, locationId, seq: done, entryId: null, says: 'a seal or its entry is missing' });
        continue;
      }
      if (one.entry.location !== locationId || sealOf(before, entryText(one.entry)) !== one.hash) {
        // what follows one that is missing cannot be computed, and is not to blame
        const afterGap = faults.at(-1)?.seq === done - 1n && faults.at(-1)?.entryId === null;
        if (!afterGap)
          faults.push({ kind: 'seal', chainId, locationId, seq: done, entryId: one.entry.entry, says: 'the entry is not what was sealed' });
      }
      before = one.hash;
    }
  }
  return faults;
}
