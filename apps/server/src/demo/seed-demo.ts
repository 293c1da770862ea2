import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { openLocationBooks } from '../ledger/open-location-books.ts';
import { type DemoLocation, demoChain, demoId, locationId } from './demo-location.ts';
import { userRows } from './demo-users.ts';
import { kyiv } from './kyiv.ts';
import { lisbon } from './lisbon.ts';
import { saopaulo } from './saopaulo.ts';
import { type Row, rowsOf } from './seed-rows.ts';

/** In the order in which pages list them. */
export const demoLocations: readonly DemoLocation[] = [kyiv, lisbon, saopaulo];

/**
 * Makes the demo chain, once: three locations, their teams, three weeks of appointments on either side of now, and open books. Does nothing when the chain is
 * there already, also when several processes start at once. One transaction and one statement per table, because it stands between a
 * newcomer and the first page.
 */
export async function seedDemo({ db, now, newId }: Pick<Deps, 'db' | 'now' | 'newId'>): Promise<void> {
  const at = now();
  await db.transaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('seed-demo', 0))`.execute(tx);
    const { rows: known } = await sql`select 1 from chains where chain_id = ${demoChain.chainId}`.execute(tx);
    if (known.length > 0) return;
    const { chainId, slug, name } = demoChain;
    await insertRows(tx, 'chains', [{ chain_id: chainId, slug, name, demo: true, created_at: at }]);
    const perLocation = demoLocations.map((location, position) => rowsOf(location, position, at));
    for (const table of perLocation[0]?.keys() ?? []) {
      await insertRows(
        tx,
        table,
        perLocation.flatMap((rows) => rows.get(table) ?? []),
      );
    }
    const members = Object.fromEntries(demoLocations.map((one) => [one.key, demoId('stf', one, one.staff[0]?.key ?? '')]));
    await insertRows(tx, 'booking_links', [confirmingLink(at)]);
    for (const [table, rows] of userRows(chainId, members, at)) await insertRows(tx, table, rows);
    for (const location of demoLocations) {
      await openLocationBooks(tx, { now, newId }, mintScope(chainId, locationId(location)), location.currency);
    }
  });
}

/** All rows of one table in one statement. Every row has the first one's columns; columns that are not named take their default. */
async function insertRows(tx: Tx, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = sql.join(Object.keys(first).map((column) => sql.ref(column)));
  await sql`
    insert into ${sql.table(table)} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(tx);
}

/** Beside each location's own link, which asks for nothing more: one by which the phone is confirmed before anything is paid. */
function confirmingLink(at: Date): Row {
  return {
    chain_id: demoChain.chainId,
    location_id: locationId(lisbon),
    link_id: demoId('lnk', lisbon, 'instagram'),
    slug: 'instagram',
    name: 'Instagram',
    is_default: false,
    settings: { phoneConfirmation: 'before_payment' },
    consent_version: 1,
    allowed_origins: [],
    version: 1,
    created_at: at,
  };
}
