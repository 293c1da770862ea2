import type { MembershipTypes, MembershipTypeWish, NewMembershipType } from '@holdfast/contract/memberships';
import { toJsonAmount } from '@holdfast/contract/money';
import { sql } from 'kysely';
import { rightMissing } from '../access/guard.ts';
import { differences, noteAudit } from '../access/note-audit.ts';
import type { Who } from '../access/who.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { fieldsOf, placesOf, servicesOf, type TypeRow, typeRows } from './membership-type-rows.ts';

/** The chain's membership types, and where one may be valid, as far as one has a role there: other locations are not there. */
export async function readMembershipTypes(q: Queryable, who: Who, at: Date): Promise<MembershipTypes> {
  const { chainId } = who;
  const places = (await placesOf(q, chainId)).filter(({ id }) => who.places.has(id));
  const services = (await servicesOf(q, chainId)).filter(({ locationId }) => who.places.has(locationId));
  const known = new Set(services.map(({ id }) => id));
  return {
    types: (await typeRows(q, chainId, at)).filter(isHere(who)).map((row) => ({
      ...fieldsOf(row),
      locationIds: row.locationIds.filter((id) => who.places.has(id)),
      serviceIds: row.serviceIds?.filter((id) => known.has(id)) ?? null,
      priceMinor: toJsonAmount(row.priceMinor),
      id: row.id,
      version: row.version,
      currency: row.currency,
      active: row.active,
      archivedAt: row.archivedAt?.toISOString() ?? null,
    })),
    locations: places.map((one) => ({ ...one, mayChoose: mayChoose(who, one.id) })),
    services: [...services],
  };
}

/** A type of locations where one has no role at all is not there. */
const isHere =
  (who: Who) =>
  ({ locationIds }: Pick<TypeRow, 'locationIds'>): boolean =>
    locationIds.some((id) => who.places.has(id));

const mayChoose = (who: Who, locationId: string) => who.places.get(locationId)?.rights.has('finance.edit') === true;

/** A new type of membership. Refuses with `already_there` (the name), `invalid_request` (a location of another currency, a service), `right_missing`. */
export async function addMembershipType(deps: Deps, who: Who, wish: NewMembershipType): Promise<string> {
  const id = deps.newId('mty');
  await unlessNameIsTaken(() =>
    deps.db.transaction(async (tx) => {
      await refuseWrongPlaces(tx, who, { ...wish, before: { locationIds: [], serviceIds: [] } });
      const { period } = wish;
      await sql`
        insert into membership_types (chain_id, type_id, name, currency, price_minor, visits, period_count, period_unit, begins, location_ids, service_ids,
                                      freeze_days, freeze_times, late_hours, online, made_at)
        values (${who.chainId}, ${id}, ${wish.name}, ${wish.currency}, ${wish.priceMinor}, ${wish.visits}, ${period?.count ?? null}, ${period?.unit ?? null},
                ${wish.begins}, ${sorted(wish.locationIds)}::text[], ${wish.serviceIds && sorted(wish.serviceIds)}::text[], ${wish.freezeDays},
                ${wish.freezeTimes}, ${wish.lateHours}, ${wish.online}, ${deps.now()})`.execute(tx);
      await noteAudit(tx, deps, who, { action: 'membership_type.added', subject: { kind: 'membership_type', id }, after: { ...wish } });
    }),
  );
  return id;
}

/**
 * Changes what is sold from now on; what was sold keeps its terms. Locations and services where one has no role stay. Refuses with `not_found`,
 * `changed_meanwhile`, and as {@link addMembershipType}.
 */
export async function changeMembershipType(deps: Deps, who: Who, typeId: string, { version, archived, ...wish }: MembershipTypeWish): Promise<void> {
  const { chainId } = who;
  await unlessNameIsTaken(() =>
    deps.db.transaction(async (tx) => {
      await sql`select 1 from membership_types where chain_id = ${chainId} and type_id = ${typeId} for update`.execute(tx);
      const before = (await typeRows(tx, chainId, deps.now())).find(({ id }) => id === typeId);
      if (!before || !isHere(who)(before)) throw new Problem('not_found', 404, 'There is no such membership type.');
      if (before.version !== version)
        throw new Problem('changed_meanwhile', 409, 'Somebody else has changed this membership type.', { version: before.version });
      await refuseWrongPlaces(tx, who, { ...wish, currency: before.currency, before });
      const elsewhere = before.locationIds.filter((id) => !who.places.has(id));
      const seen = new Set((await servicesOf(tx, chainId)).flatMap(({ id, locationId }) => (who.places.has(locationId) ? [id] : [])));
      const locationIds = sorted([...wish.locationIds, ...elsewhere]);
      const serviceIds = wish.serviceIds && sorted([...wish.serviceIds, ...(before.serviceIds ?? []).filter((id) => !seen.has(id))]);
      const { period } = wish;
      await sql`
        update membership_types set name = ${wish.name}, price_minor = ${wish.priceMinor}, visits = ${wish.visits}, period_count = ${period?.count ?? null},
               period_unit = ${period?.unit ?? null}, begins = ${wish.begins}, location_ids = ${locationIds}::text[], service_ids = ${serviceIds}::text[],
               freeze_days = ${wish.freezeDays}, freeze_times = ${wish.freezeTimes}, late_hours = ${wish.lateHours}, online = ${wish.online},
               version = version + 1, archived_at = case when ${archived} then coalesce(archived_at, ${deps.now()}) end
         where chain_id = ${chainId} and type_id = ${typeId}`.execute(tx);
      const was = { ...fieldsOf(before), priceMinor: Number(before.priceMinor), archived: before.archivedAt !== null };
      const is = { ...wish, locationIds, serviceIds, archived };
      await noteAudit(tx, deps, who, {
        action: 'membership_type.changed',
        subject: { kind: 'membership_type', id: typeId },
        ...differences<Record<string, unknown>>(was, is),
      });
    }),
  );
}

interface Wanted {
  readonly currency: string;
  readonly locationIds: readonly string[];
  readonly serviceIds: readonly string[] | null;
  readonly before: { readonly locationIds: readonly string[]; readonly serviceIds: readonly string[] | null };
}

async function refuseWrongPlaces(tx: Tx, who: Who, { currency, locationIds, serviceIds, before }: Wanted): Promise<void> {
  const places = new Map((await placesOf(tx, who.chainId)).map((one) => [one.id, one]));
  const wrong = (field: string) => new Problem('invalid_request', 422, 'This does not go together.', { fields: [{ field }] });
  for (const id of locationIds) if (places.get(id)?.currency !== currency || !who.places.has(id)) throw wrong('locationIds');
  const services = new Map((await servicesOf(tx, who.chainId)).map((one) => [one.id, one]));
  for (const id of serviceIds ?? []) {
    const at = services.get(id)?.locationId;
    if (at === undefined || !who.places.has(at)) throw wrong('serviceIds');
  }
  const changed = [
    ...locationIds.filter((id) => !before.locationIds.includes(id)),
    ...before.locationIds.filter((id) => who.places.has(id) && !locationIds.includes(id)),
  ];
  if (changed.some((id) => !mayChoose(who, id))) throw rightMissing('finance.edit');
}

const sorted = (ids: readonly string[]): string[] => [...new Set(ids)].sort();

async function unlessNameIsTaken(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (isSqlError(error) && error.constraint === 'membership_types_name')
      throw new Problem('already_there', 409, 'There is a membership type of this name.', { field: 'name' });
    throw error;
  }
}
