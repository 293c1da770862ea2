import type { FirstRun } from '@holdfast/contract/first-run';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { NewId } from '../kit/new-id.ts';

/** What a new location offers on its first day, and who does it; all of it can be changed later. Answers the team member's id, if there is one. */
export async function fillFirstCatalogue(
  tx: Tx,
  newId: NewId,
  { chainId, locationId }: Scope,
  { catalogue, teamMember }: Pick<FirstRun, 'catalogue' | 'teamMember'>,
): Promise<string | null> {
  if (catalogue) {
    const categoryId = newId('cat');
    await sql`
      insert into service_categories (chain_id, location_id, category_id, name) values (${chainId}, ${locationId}, ${categoryId}, ${catalogue.category})`.execute(
      tx,
    );
    for (const [position, { name, priceMinor, minutes }] of catalogue.services.entries()) {
      await sql`
        insert into services (chain_id, location_id, service_id, category_id, name, price_min_minor, price_max_minor, duration_minutes, position)
        values (${chainId}, ${locationId}, ${newId('srv')}, ${categoryId}, ${name}, ${priceMinor}, ${priceMinor}, ${minutes}, ${position})`.execute(
        tx,
      );
    }
  }
  if (!teamMember) return null;
  const staffId = newId('stf');
  const positionId = teamMember.position === '' ? null : newId('pos');
  if (positionId)
    await sql`
      insert into positions (chain_id, location_id, position_id, name) values (${chainId}, ${locationId}, ${positionId}, ${teamMember.position})`.execute(
      tx,
    );
  await sql`
    insert into staff (chain_id, location_id, staff_id, position_id, name) values (${chainId}, ${locationId}, ${staffId}, ${positionId}, ${teamMember.name})`.execute(
    tx,
  );
  await sql`
    insert into staff_services (chain_id, location_id, staff_id, service_id)
    select chain_id, location_id, ${staffId}, service_id from services where chain_id = ${chainId} and location_id = ${locationId}`.execute(tx);
  const works = `{[${teamMember.from},${teamMember.to})}`;
  await sql`
    insert into staff_week_hours (chain_id, location_id, staff_id, weekday, works)
    select distinct ${chainId}, ${locationId}, ${staffId}, weekday, ${works}::int4multirange from unnest(${teamMember.weekdays}::smallint[]) weekday`.execute(
    tx,
  );
  return staffId;
}
