import type { User, UserChoices } from '@holdfast/contract/users';
import { sql } from 'kysely';
import type { Queryable, Tx } from '../kit/database.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { type HeldRole, mayGive, powersOf, whyLocked } from './role-rules.ts';
import { activeOwners, readUsers, type UserRow } from './users-store.ts';
import type { Who } from './who.ts';

/** Where who asks edits users: elsewhere they see neither places nor people. */
export function locationsToEdit(who: Who): readonly string[] {
  return [...who.places].filter(([, place]) => place.rights.has('users.edit')).map(([id]) => id);
}

/** The users who work where who asks edits users. */
export async function seeUsers(q: Queryable, who: Who): Promise<readonly User[]> {
  const owners = await activeOwners(q, who.chainId);
  return (await readUsers(q, who.chainId)).filter((row) => isSeen(who, row)).map((row) => toUser(who, row, owners));
}

export async function seeUser(q: Queryable, who: Who, userId: string): Promise<User> {
  return toUser(who, await findUser(q, who, userId), await activeOwners(q, who.chainId));
}

/** After a change: also somebody of whom who asks has just taken the last place they see. */
export async function seeChangedUser(tx: Tx, who: Who, userId: string): Promise<User> {
  const [row] = await readUsers(tx, who.chainId, userId);
  invariant(row, 'a user who was just changed is there');
  return toUser(who, row, await activeOwners(tx, who.chainId));
}

/** The user's row, for a change. Somebody who works only elsewhere is not there. */
export async function findUser(q: Queryable | Tx, who: Who, userId: string): Promise<UserRow> {
  const [row] = await readUsers(q, who.chainId, userId);
  if (!row || !isSeen(who, row)) throw new Problem('not_found', 404, 'There is no such user.');
  return row;
}

/** Everything the user may do, also where who asks does not see it. */
export function heldRoles({ places }: Pick<UserRow, 'places'>): readonly HeldRole[] {
  return places.map(({ locationId, role, own }) => ({ locationId, powers: powersOf(role, own) }));
}

/** What a user's places are chosen from. */
export async function seeUserChoices(q: Queryable, who: Who): Promise<UserChoices> {
  const { rows } = await sql<UserChoices['locations'][number]>`
    select l.location_id id, l.name, l.time_zone "timeZone",
           (select coalesce(jsonb_agg(jsonb_build_object('id', s.staff_id, 'name', s.name) order by s.position, s.staff_id), '[]')
              from staff s where s.chain_id = l.chain_id and s.location_id = l.location_id and not s.archived) staff
      from locations l where l.chain_id = ${who.chainId} and l.location_id = any(${[...locationsToEdit(who)]})
     order by l.position, l.location_id`.execute(q);
  return { locations: [...rows] };
}

function isSeen(who: Who, { id, places }: UserRow): boolean {
  const edited = new Set(locationsToEdit(who));
  return id === who.userId || places.some(({ locationId }) => edited.has(locationId));
}

function toUser(who: Who, row: UserRow, owners: ReadonlyMap<string, readonly string[]>): User {
  const edited = new Set(locationsToEdit(who));
  const seen = row.places.filter(({ locationId }) => edited.has(locationId));
  const you = row.id === who.userId;
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    language: row.language,
    state: row.disabledAt ? 'disabled' : row.active ? 'active' : 'invited',
    totp: row.totp,
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    version: row.version,
    you,
    places: seen.map(({ locationId, role, staffId, own }) => ({
      locationId,
      role,
      staffId,
      locked: you || !mayGive(who.places, locationId, powersOf(role, own)),
    })),
    elsewhere: row.places.length - seen.length,
    locked: you ? null : (whyLocked(who.places, heldRoles(row)) ?? null),
    onlyOwnerAt: [...owners].filter(([id, all]) => edited.has(id) && all.length === 1 && all[0] === row.id).map(([id]) => id),
  };
}
