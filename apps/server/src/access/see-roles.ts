import { builtInRoleNames, type Right, rights } from '@holdfast/contract/rights';
import type { Role, Roles } from '@holdfast/contract/roles';
import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import { covers, mayGive, type Powers, powersOf } from './role-rules.ts';
import { locationsToEdit } from './see-users.ts';
import { readRoles, whereRoleIsHeld } from './users-store.ts';
import type { Who } from './who.ts';

/** Every role of the chain, and what who asks may do with it. */
export async function seeRoles(q: Queryable, who: Who): Promise<Roles> {
  const [own, held, registers] = [await readRoles(q, who.chainId), await whereRoleIsHeld(q, who.chainId), await readRegisters(q, who)];
  const usersOf = (role: string) => new Set(held.filter((one) => one.role === role).map(({ userId }) => userId)).size;
  const give = (powers: Powers) => locationsToEdit(who).filter((id) => mayGive(who.places, id, powers));
  const builtIn = builtInRoleNames.map((name): Role => {
    const powers = powersOf(name, null);
    return { ...shown(powers), id: name, name: '', builtIn: true, version: 1, users: usersOf(name), locked: 'built_in', give: give(powers) };
  });
  const made = own.map((role): Role => {
    const powers = powersOf(role.id, role);
    const where = held.filter((one) => one.role === role.id).map(({ locationId }) => locationId);
    const locked = whyRoleLocked(who, powers, where);
    return {
      ...shown(powers),
      id: role.id,
      name: role.name,
      builtIn: false,
      version: role.version,
      users: usersOf(role.id),
      locked: locked ?? null,
      give: give(powers),
    };
  });
  return { roles: [...builtIn, ...made], rights: rightsToPutIn(who), registers: [...registers] };
}

/** Why who asks cannot change or delete this role, which is held at these locations. Undefined: they can. */
export function whyRoleLocked(who: Who, powers: Powers, heldAt: readonly string[]): 'yours' | 'beyond_your_rights' | undefined {
  if ([...who.places.values()].some(({ role }) => role === powers.role)) return 'yours';
  const may = coversSomewhere(who, powers) && heldAt.every((locationId) => mayGive(who.places, locationId, powers));
  return may ? undefined : 'beyond_your_rights';
}

/** A role is made for the whole chain, out of what its maker holds at one location where they edit users. */
export function coversSomewhere(who: Who, powers: Powers): boolean {
  return locationsToEdit(who).some((id) => {
    const mine = who.places.get(id);
    return mine !== undefined && covers(mine, powers);
  });
}

function rightsToPutIn(who: Who): Right[] {
  const held = new Set(locationsToEdit(who).flatMap((id) => [...(who.places.get(id)?.rights ?? [])]));
  return rights.filter((right) => held.has(right));
}

function shown({
  rights: allowed,
  registers,
  lastDays,
  refundLimitMinor,
}: Powers): Pick<Role, 'rights' | 'registers' | 'lastDays' | 'refundLimitMinor'> {
  return {
    rights: rights.filter((right) => allowed.has(right)),
    registers: registers ? [...registers] : null,
    lastDays,
    refundLimitMinor: refundLimitMinor === undefined ? null : Number(refundLimitMinor),
  };
}

/** Registers that a role can name: those of the locations where who asks edits users. */
export async function readRegisters(q: Queryable, who: Who): Promise<Roles['registers']> {
  const { rows } = await sql<Roles['registers'][number]>`
    select a.account_id id, a.location_id "locationId", l.name "locationName", coalesce(nullif(r.name, ''), a.owner_id) name, a.currency
      from cash_registers r join ledger_accounts a on a.chain_id = r.chain_id and a.account_id = r.account_id
      join locations l on l.chain_id = a.chain_id and l.location_id = a.location_id
     where r.chain_id = ${who.chainId} and r.archived_at is null and a.location_id = any(${[...locationsToEdit(who)]})
     order by l.position, l.location_id, r.position, a.account_id`.execute(q);
  return [...rows];
}
