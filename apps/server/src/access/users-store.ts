import type { Language } from '@holdfast/contract/session';
import { sql } from 'kysely';
import type { Queryable, Tx } from '../kit/database.ts';
import { type PlaceRow, placesOfUser, toPlaces } from './places-of-user.ts';
import type { OwnRole } from './role-rules.ts';
import type { Place } from './who.ts';

export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly disabledAt: Date | null;
  /** Has chosen a password, or has been here. */
  readonly active: boolean;
  readonly totp: boolean;
  readonly lastSeenAt: Date | null;
  readonly version: number;
  readonly places: readonly PlaceRow[];
}

/** Everybody of the chain, by name; only `userId` if it is given. */
export async function readUsers(q: Queryable, chainId: string, userId?: string): Promise<readonly UserRow[]> {
  const { rows } = await sql<UserRow>`
    select u.user_id id, u.name, u.email, u.language, u.disabled_at "disabledAt", u.totp_since is not null totp, u.version,
           u.password_hash is not null or s.seen_at is not null active, s.seen_at "lastSeenAt", ${placesOfUser(sql`u.chain_id`, sql`u.user_id`)} places
      from users u left join lateral (select max(seen_at) seen_at from sessions where chain_id = u.chain_id and user_id = u.user_id) s on true
     where u.chain_id = ${chainId} and (${userId ?? null}::text is null or u.user_id = ${userId ?? null})
     order by lower(u.name), u.user_id`.execute(q);
  return rows;
}

/**
 * From here until the end of the transaction nobody else changes users or roles of the chain: who may give what, and who is the last owner, depends
 * on all of them.
 */
export async function lockUsers(tx: Tx, chainId: string): Promise<void> {
  await sql`select 1 from chains where chain_id = ${chainId} for no key update`.execute(tx);
}

/** What a user may do where, as it is now: since the request began somebody may have changed it. */
export async function readPlaces(q: Queryable, chainId: string, userId: string): Promise<ReadonlyMap<string, Place>> {
  const { rows } = await sql<{ places: readonly PlaceRow[] }>`
    select ${placesOfUser(sql`u.chain_id`, sql`u.user_id`)} places
      from users u where u.chain_id = ${chainId} and u.user_id = ${userId} and u.disabled_at is null`.execute(q);
  return toPlaces(chainId, rows[0]?.places ?? []);
}

export interface RoleRow extends OwnRole {
  readonly id: string;
  readonly name: string;
  readonly version: number;
}

/** The roles of the chain's own making, by name. */
export async function readRoles(q: Queryable, chainId: string): Promise<readonly RoleRow[]> {
  const { rows } = await sql<RoleRow>`
    select role_id id, name, rights, registers, last_days "lastDays", refund_limit_minor::text "refundLimit", version
      from roles where chain_id = ${chainId} order by lower(name), role_id`.execute(q);
  return rows;
}

/** Where this role is held, and by how many. */
export async function whereRoleIsHeld(q: Queryable, chainId: string): Promise<readonly { role: string; locationId: string; userId: string }[]> {
  const { rows } = await sql<{ role: string; locationId: string; userId: string }>`
    select role, location_id "locationId", user_id "userId" from user_locations where chain_id = ${chainId}`.execute(q);
  return rows;
}

/** Location → its owners who can sign in. */
export async function activeOwners(q: Queryable, chainId: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ locationId: string; owners: readonly string[] }>`
    select p.location_id "locationId", array_agg(p.user_id) owners
      from user_locations p join users u on u.chain_id = p.chain_id and u.user_id = p.user_id
     where p.chain_id = ${chainId} and p.role = 'owner' and u.disabled_at is null
       and (u.password_hash is not null or exists (select from sessions s where s.chain_id = u.chain_id and s.user_id = u.user_id))
     group by p.location_id`.execute(q);
  return new Map(rows.map(({ locationId, owners }) => [locationId, owners]));
}

export async function staffExists(q: Queryable, chainId: string, locationId: string, staffId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from staff where chain_id = ${chainId} and location_id = ${locationId} and staff_id = ${staffId}`.execute(q);
  return rows.length > 0;
}

export async function writePlace(
  tx: Tx,
  { chainId, userId, locationId, role, staffId }: { chainId: string; userId: string; locationId: string; role: string; staffId: string | null },
): Promise<void> {
  await sql`
    insert into user_locations (chain_id, user_id, location_id, role, staff_id) values (${chainId}, ${userId}, ${locationId}, ${role}, ${staffId})
    on conflict (chain_id, user_id, location_id) do update set role = excluded.role, staff_id = excluded.staff_id`.execute(tx);
}

export async function takePlace(tx: Tx, chainId: string, userId: string, locationId: string): Promise<void> {
  await sql`delete from user_locations where chain_id = ${chainId} and user_id = ${userId} and location_id = ${locationId}`.execute(tx);
}
