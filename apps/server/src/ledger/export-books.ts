import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database, Tx } from '../kit/database.ts';
import { entryText, FIRST } from './entry-text.ts';
import {
  accountLine,
  type ExportHeader,
  headerLine,
  type SectionEnd,
  sealedLine,
  sectionEndLine,
  sectionLine,
  type Trailer,
  trailerLine,
  unsealedLine,
} from './export-format.ts';
import { readEntries } from './read-entries.ts';

const PAGE = 2000;

/**
 * Writes a chain's books as they stand at one moment, line by line, however many there are. They can be verified by whoever has nothing but them.
 * `write` must not wait for a network: a transaction is open meanwhile.
 */
export async function exportBooks(db: Database, header: ExportHeader, write: (text: string) => void): Promise<Trailer> {
  return db.transaction(async (tx) => {
    await sql`set transaction isolation level repeatable read read only`.execute(tx);
    const whole = createHash('sha256');
    let lines = 0;
    const say = (line: string) => {
      const text = `${line}\n`;
      whole.update(text);
      write(text);
      lines++;
    };
    say(headerLine(header));
    const ends: SectionEnd[] = [];
    for (const { id } of header.locations) {
      say(sectionLine(id));
      const end = await exportLocation(tx, header.chain.id, id, say);
      say(sectionEndLine(end));
      ends.push(end);
    }
    const sum = (of: 'sealed' | 'unsealed' | 'postings') => ends.reduce((total, end) => total + end[of], 0);
    const trailer: Trailer = {
      lines,
      sealed: sum('sealed'),
      unsealed: sum('unsealed'),
      postings: sum('postings'),
      heads: ends.map(({ location, sealed, head }) => [location, sealed, head] as const),
      sha256: whole.digest('hex'),
    };
    write(`${trailerLine(trailer)}\n`);
    return trailer;
  });
}

async function exportLocation(tx: Tx, chainId: string, locationId: string, say: (line: string) => void): Promise<SectionEnd> {
  const accounts = await sql<{ id: string; kind: string; owner: string; currency: string; balance: string }>`
    select account_id id, kind, owner_id owner, currency, balance_minor::text balance from ledger_accounts
     where chain_id = ${chainId} and location_id = ${locationId} order by account_id collate "C"`.execute(tx);
  const accountsHash = createHash('sha256');
  for (const { id, kind, owner, currency, balance } of accounts.rows) {
    const line = accountLine([id, kind, owner, currency], balance);
    accountsHash.update(`${line}\n`);
    say(line);
  }
  let [postings, sealed, head] = [0, 0, FIRST];
  for (;;) {
    const page = await readEntries(
      tx,
      chainId,
      sql`select entry_id, seq, hash from ledger_seals
           where chain_id = ${chainId} and location_id = ${locationId} and seq > ${sealed} order by seq limit ${PAGE}`,
    );
    for (const { seq, hash, entry } of page) {
      head = hash ?? '';
      sealed = Number(seq);
      postings += entry.postings.length;
      say(sealedLine(sealed, head, entryText(entry)));
    }
    if (page.length === 0) break;
  }
  let [unsealed, last] = [0, ''];
  for (;;) {
    const page = await readEntries(
      tx,
      chainId,
      sql`select e.entry_id, null::bigint seq, null::bytea hash from ledger_entries e
           where e.chain_id = ${chainId} and e.location_id = ${locationId} and e.entry_id collate "C" > ${last}
             and not exists (select 1 from ledger_seals s where s.chain_id = e.chain_id and s.entry_id = e.entry_id)
           order by e.entry_id collate "C" limit ${PAGE}`,
    );
    for (const { entry } of [...page].sort((a, b) => (a.entry.entry < b.entry.entry ? -1 : 1))) {
      const text = entryText(entry);
      unsealed++;
      postings += entry.postings.length;
      last = entry.entry;
      say(unsealedLine(createHash('sha256').update(text).digest('hex'), text));
    }
    if (page.length < PAGE) break;
  }
  return { location: locationId, accounts: accounts.rows.length, accountsSha256: accountsHash.digest('hex'), sealed, head, unsealed, postings };
}
