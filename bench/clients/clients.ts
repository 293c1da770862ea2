import { searchClients } from '../../apps/server/src/clients/search-clients.ts';
import { createDatabase } from '../../apps/server/src/kit/database.ts';
import { postgresSource } from '../../apps/server/src/kit/postgres.ts';
import { benchServer } from '../kit/bench-database.ts';
import { table } from '../kit/compare.ts';

const CLIENTS = 100_000;
const ASKED = 40;
/** Rare, common, by a part of the number, and what fits everybody or nobody. */
const searches = ['ana', 'olena koval', 'kov', 'a', '0671234', '+380', '99', 'nobody is called so', ''];

/** Finding a client among a hundred thousand by a part of name or phone, as the screens ask for it. Answers markdown. */
export async function benchClients(): Promise<string> {
  const postgres = await benchServer();
  try {
    const url = await postgres.database('clients', async (client) => {
      await client.query(`insert into chains (chain_id, slug, name, created_at) values ('chn', 'chn', 'Chain', now())`);
      await client.query(`
        insert into clients (chain_id, client_id, name, phone, email, language, created_at)
        select 'chn', 'cli_' || n, first[1 + n % 40] || ' ' || last[1 + (n / 40) % 50] || ' ' || (n / 2000), '+38067' || lpad((n * 7919 % 10000000)::text, 7, '0'),
               'client' || n || '@example.com', 'uk', now() - n * interval '1 minute'
          from generate_series(1, ${CLIENTS}) n,
               (select array(select initcap(left(md5('f' || f), 5)) from generate_series(1, 38) f) || '{Ana,Olena}' first,
                       array(select initcap(left(md5('l' || l), 7)) from generate_series(1, 48) l) || '{Koval,Kovalenko}' last) names`);
    });
    const db = createDatabase(postgresSource(url, { connections: 4 }));
    const rows: string[][] = [];
    for (const search of searches) {
      const times: number[] = [];
      let found = 0;
      for (let n = 0; n < ASKED; n++) {
        const began = performance.now();
        found = (await searchClients(db.read, 'chn', { search, limit: 30, after: undefined })).clients.length;
        times.push(performance.now() - began);
      }
      times.sort((a, b) => a - b);
      const at = (share: number) => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
      rows.push([search === '' ? '(nothing: the newest)' : search, String(found), at(0.5), at(0.95), '≤ 50']);
    }
    await db.close();
    return table([`Searching ${CLIENTS.toLocaleString('en')} clients`, 'shown', 'median ms', '95 % ms', 'goal'], rows);
  } finally {
    await postgres.stop();
  }
}
