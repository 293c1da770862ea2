import type { AccountTypes, AccountTypeWish, NewAccountType } from '@holdfast/contract/accounts';
import { toJsonAmount } from '@holdfast/contract/money';
import { sql } from 'kysely';
import { rightMissing } from '../access/guard.ts';
import { differences, noteAudit } from '../access/note-audit.ts';
import type { Who } from '../access/who.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';

interface TypeRow {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly currency: string;
  readonly locationIds: readonly string[];
  readonly creditLimitMinor: bigint;
  readonly accounts: number;
  readonly owing: number;
  readonly mostMinor: bigint;
  readonly archivedAt: Date | null;
}

async function typeRows(q: Queryable, chainId: string): Promise<readonly TypeRow[]> {
  const { rows } = await sql<TypeRow>`
    select t.type_id id, t.version, t.name, t.currency, t.credit_limit_minor "creditLimitMinor", t.archived_at "archivedAt", coalesce(a.n, 0)::int accounts,
           coalesce(a.owing, 0)::int owing, coalesce(a.most, 0)::bigint "mostMinor",
           (select coalesce(jsonb_agg(v.location_id order by v.location_id), '[]') from account_type_locations v where v.chain_id = t.chain_id and v.type_id = t.type_id) "locationIds"
      from account_types t
      left join (select chain_id, type_id, count(*) n, count(*) filter (where balance_minor > 0) owing, max(balance_minor + held_minor) most
                   from client_accounts where chain_id = ${chainId} group by 1, 2) a on a.chain_id = t.chain_id and a.type_id = t.type_id
     where t.chain_id = ${chainId} order by t.archived_at is not null, lower(t.name), t.type_id`.execute(q);
  return rows;
}

interface PlaceOfType {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
}

async function placesOf(q: Queryable, chainId: string): Promise<readonly PlaceOfType[]> {
  const { rows } = await sql<PlaceOfType>`
    select location_id id, name, currency from locations where chain_id = ${chainId} order by name, location_id`.execute(q);
  return rows;
}

/** The chain's account types, and where one may be valid, as far as one has a role there: other locations are not there. */
export async function readAccountTypes(q: Queryable, who: Who): Promise<AccountTypes> {
  const { chainId } = who;
  const places = await placesOf(q, chainId);
  return {
    types: (await typeRows(q, chainId)).filter(isHere(who)).map(({ mostMinor: _most, ...one }) => ({
      ...one,
      locationIds: one.locationIds.filter((id) => who.places.has(id)),
      creditLimitMinor: toJsonAmount(one.creditLimitMinor),
      archivedAt: one.archivedAt?.toISOString() ?? null,
    })),
    locations: places.filter(({ id }) => who.places.has(id)).map((one) => ({ ...one, mayChoose: mayChoose(who, one.id) })),
  };
}

/** A type of locations where one has no role at all is not there. */
const isHere =
  (who: Who) =>
  ({ locationIds }: Pick<TypeRow, 'locationIds'>): boolean =>
    locationIds.length === 0 || locationIds.some((id) => who.places.has(id));

const mayChoose = (who: Who, locationId: string) => who.places.get(locationId)?.rights.has('finance.edit') === true;

/**
 * A new type of account. Refuses with `already_there` (the name), `invalid_request` (a location that is not of its currency), `right_missing` (at one of them).
 */
export async function addAccountType(deps: Deps, who: Who, wish: NewAccountType): Promise<string> {
  const id = deps.newId('aty');
  const at = deps.now();
  await unlessNameIsTaken(() =>
    deps.db.transaction(async (tx) => {
      await refuseLocations(tx, who, wish.currency, wish.locationIds, []);
      await sql`
        insert into account_types (chain_id, type_id, name, currency, credit_limit_minor, made_at)
        values (${who.chainId}, ${id}, ${wish.name}, ${wish.currency}, ${wish.creditLimitMinor}, ${at})`.execute(tx);
      await writeLocations(tx, who.chainId, id, wish.locationIds);
      await noteAudit(tx, deps, who, { action: 'account_type.added', subject: { kind: 'account_type', id }, after: { ...wish } });
    }),
  );
  return id;
}

/**
 * Changes name, limit, places; archives and brings back. A new limit holds for every account of the type. Refuses with `not_found`, `changed_meanwhile`,
 * `still_used` (clients owe more than the new limit: how many, and the most), and as {@link addAccountType}.
 */
export async function changeAccountType(deps: Deps, who: Who, typeId: string, wish: AccountTypeWish): Promise<void> {
  const { chainId } = who;
  await unlessNameIsTaken(() =>
    deps.db.transaction(async (tx) => {
      await sql`select 1 from account_types where chain_id = ${chainId} and type_id = ${typeId} for update`.execute(tx);
      const before = (await typeRows(tx, chainId)).find(({ id }) => id === typeId);
      if (!before || !isHere(who)(before)) throw new Problem('not_found', 404, 'There is no such account type.');
      if (before.version !== wish.version)
        throw new Problem('changed_meanwhile', 409, 'Somebody else has changed this account type.', { version: before.version });
      await refuseLocations(tx, who, before.currency, wish.locationIds, before.locationIds);
      const unseen = before.locationIds.filter((id) => !who.places.has(id));
      const locationIds = [...wish.locationIds, ...unseen].sort();
      const at = deps.now();
      await sql`
        update account_types set name = ${wish.name}, credit_limit_minor = ${wish.creditLimitMinor}, version = version + 1,
               archived_at = case when ${wish.archived} then coalesce(archived_at, ${at}) end
         where chain_id = ${chainId} and type_id = ${typeId}`.execute(tx);
      await writeLocations(tx, chainId, typeId, locationIds);
      await spreadLimit(tx, chainId, typeId, BigInt(wish.creditLimitMinor));
      const was = {
        name: before.name,
        locationIds: [...before.locationIds],
        creditLimitMinor: Number(before.creditLimitMinor),
        archived: before.archivedAt !== null,
      };
      const is = { name: wish.name, locationIds, creditLimitMinor: wish.creditLimitMinor, archived: wish.archived };
      await noteAudit(tx, deps, who, { action: 'account_type.changed', subject: { kind: 'account_type', id: typeId }, ...differences(was, is) });
    }),
  );
}

/** Every account of the type is locked in one order, so that nobody spends what is no longer lent. */
async function spreadLimit(tx: Tx, chainId: string, typeId: string, limitMinor: bigint): Promise<void> {
  await sql`
    select 1 from client_accounts where chain_id = ${chainId} and type_id = ${typeId} order by chain_id, owner_id, currency for no key update`.execute(
    tx,
  );
  const { rows } = await sql<{ n: number; most: bigint }>`
    select count(*)::int n, coalesce(max(balance_minor + held_minor), 0)::bigint most from client_accounts
     where chain_id = ${chainId} and type_id = ${typeId} and balance_minor + held_minor > ${limitMinor}`.execute(tx);
  const { n = 0, most = 0n } = rows[0] ?? {};
  if (n > 0)
    throw new Problem('still_used', 409, 'Clients owe more than this limit, or it is held for them.', { accounts: n, mostMinor: Number(most) });
  await sql`update client_accounts set credit_limit_minor = ${limitMinor} where chain_id = ${chainId} and type_id = ${typeId}`.execute(tx);
}

async function refuseLocations(tx: Tx, who: Who, currency: string, wanted: readonly string[], before: readonly string[]): Promise<void> {
  const places = new Map((await placesOf(tx, who.chainId)).map((one) => [one.id, one]));
  for (const id of wanted) {
    if (places.get(id)?.currency !== currency || !who.places.has(id))
      throw new Problem('invalid_request', 422, 'An account type is valid in locations of its currency.', { fields: [{ field: 'locationIds' }] });
  }
  const changed = [...wanted.filter((id) => !before.includes(id)), ...before.filter((id) => who.places.has(id) && !wanted.includes(id))];
  if (changed.some((id) => !mayChoose(who, id))) throw rightMissing('finance.edit');
}

async function writeLocations(tx: Tx, chainId: string, typeId: string, locationIds: readonly string[]): Promise<void> {
  await sql`delete from account_type_locations where chain_id = ${chainId} and type_id = ${typeId}`.execute(tx);
  for (const locationId of new Set(locationIds))
    await sql`insert into account_type_locations (chain_id, type_id, location_id) values (${chainId}, ${typeId}, ${locationId})`.execute(tx);
}

async function unlessNameIsTaken(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (isSqlError(error) && error.constraint === 'account_types_name')
      throw new Problem('already_there', 409, 'There is an account type of this name.', { field: 'name' });
    throw error;
  }
}

/** Types that may be opened at a location, without those the client has. */
export async function typesToOpen(
  q: Queryable,
  { chainId, locationId }: { chainId: string; locationId: string },
  clientId: string,
): Promise<readonly { typeId: string; name: string; currency: string }[]> {
  const { rows } = await sql<{ typeId: string; name: string; currency: string }>`
    select t.type_id "typeId", t.name, t.currency from account_types t
      join account_type_locations v on v.chain_id = t.chain_id and v.type_id = t.type_id and v.location_id = ${locationId}
     where t.chain_id = ${chainId} and t.archived_at is null
       and not exists (select 1 from client_accounts c where c.chain_id = t.chain_id and c.client_id = ${clientId} and c.type_id = t.type_id)
     order by lower(t.name), t.type_id`.execute(q);
  return rows;
}
