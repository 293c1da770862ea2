import type { Role, RoleWish } from '@holdfast/contract/roles';
import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { beginUserChange } from './begin-user-change.ts';
import { differences, noteAudit } from './note-audit.ts';
import { mayGive, type Powers, powersOf } from './role-rules.ts';
import { coversSomewhere, readRegisters, seeRoles, whyRoleLocked } from './see-roles.ts';
import { type RoleRow, readRoles, whereRoleIsHeld } from './users-store.ts';
import type { Who } from './who.ts';

/** A new role of the chain's own. */
export async function createRole({ db, ...deps }: Deps, asking: Who, wish: RoleWish): Promise<Role> {
  return db.transaction(async (tx) => {
    const who = await beginUserChange(tx, asking);
    const id = deps.newId('rol');
    const role = await decideRole(tx, who, id, wish, []);
    await writing(
      sql`
      insert into roles (chain_id, role_id, name, rights, registers, last_days, refund_limit_minor, created_at)
      values (${who.chainId}, ${id}, ${role.name}, ${role.rights}, ${role.registers}, ${JSON.stringify(role.lastDays)}, ${role.refundLimit}, ${deps.now()})`.execute(
        tx,
      ),
    );
    await noteAudit(tx, deps, who, { action: 'role.created', subject: { kind: 'role', id }, after: facts(role) });
    return seeRole(tx, who, id);
  });
}

/** Changes what everybody who has the role may do, from their next request on. */
export async function changeRole(
  { db, ...deps }: Deps,
  asking: Who,
  roleId: string,
  { version, ...wish }: RoleWish & { version: number },
): Promise<Role> {
  return db.transaction(async (tx) => {
    const who = await beginUserChange(tx, asking);
    const { old, heldAt } = await findRole(tx, who, roleId);
    if (old.version !== version) throw new Problem('changed_meanwhile', 409, 'Somebody else has changed this role.', { version: old.version });
    const role = await decideRole(tx, who, roleId, wish, old.registers ?? []);
    const powers = powersOf(roleId, role);
    if (!heldAt.every((locationId) => mayGive(who.places, locationId, powers))) throw beyond();
    const changed = differences(facts(old), facts(role));
    if (Object.keys(changed.after).length > 0) {
      await writing(
        sql`
        update roles set name = ${role.name}, rights = ${role.rights}, registers = ${role.registers}, last_days = ${JSON.stringify(role.lastDays)},
               refund_limit_minor = ${role.refundLimit}, version = version + 1
         where chain_id = ${who.chainId} and role_id = ${roleId}`.execute(tx),
      );
      await noteAudit(tx, deps, who, { action: 'role.changed', subject: { kind: 'role', id: roleId }, ...changed });
    }
    return seeRole(tx, who, roleId);
  });
}

/** Refused as long as somebody has it. */
export async function deleteRole({ db, ...deps }: Deps, asking: Who, roleId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const who = await beginUserChange(tx, asking);
    const { old, users } = await findRole(tx, who, roleId);
    if (users > 0) throw new Problem('still_used', 409, 'Somebody has this role.', { users });
    await writing(sql`delete from roles where chain_id = ${who.chainId} and role_id = ${roleId}`.execute(tx));
    await noteAudit(tx, deps, who, { action: 'role.deleted', subject: { kind: 'role', id: roleId }, before: facts(old) });
  });
}

interface RoleFacts extends Pick<RoleRow, 'name' | 'registers' | 'lastDays' | 'refundLimit'> {
  readonly rights: readonly string[];
}

/** The role as it is written, if who asks holds all of it; limits of rights that it does not have are left out. */
async function decideRole(tx: Tx, who: Who, id: string, wish: RoleWish, known: readonly string[]): Promise<RoleFacts> {
  const allowed = new Set(wish.rights);
  const role: RoleFacts = {
    name: wish.name,
    rights: [...allowed].sort(),
    registers: wish.registers && [...new Set(wish.registers)].sort(),
    lastDays: Object.fromEntries(Object.entries(wish.lastDays).filter(([right]) => allowed.has(right as never))),
    refundLimit: wish.refundLimitMinor === null || !allowed.has('refunds.make') ? null : String(wish.refundLimitMinor),
  };
  const registers = new Set([...known, ...(await readRegisters(tx, who)).map((one) => one.id)]);
  if (role.registers?.some((one) => !registers.has(one))) throw new Problem('not_found', 404, 'There is no such register.');
  if (!coversSomewhere(who, powersOf(id, role))) throw beyond();
  return role;
}

async function findRole(tx: Tx, who: Who, roleId: string): Promise<{ old: RoleRow; heldAt: readonly string[]; users: number }> {
  const old = (await readRoles(tx, who.chainId)).find(({ id }) => id === roleId);
  if (!old) throw new Problem('not_found', 404, 'There is no role of this id that can be changed.');
  const held = (await whereRoleIsHeld(tx, who.chainId)).filter(({ role }) => role === roleId);
  const heldAt = [...new Set(held.map(({ locationId }) => locationId))];
  const powers: Powers = powersOf(roleId, old);
  const locked = whyRoleLocked(who, powers, heldAt);
  if (locked === 'yours') throw new Problem('not_yourself', 403, 'Nobody changes their own role.');
  if (locked) throw beyond();
  return { old, heldAt, users: new Set(held.map(({ userId }) => userId)).size };
}

async function seeRole(tx: Tx, who: Who, roleId: string): Promise<Role> {
  const role = (await seeRoles(tx, who)).roles.find(({ id }) => id === roleId);
  invariant(role, 'a role that was just written is there');
  return role;
}

/** The order in which rights are listed is no difference. */
function facts({ name, rights, registers, lastDays, refundLimit }: RoleFacts) {
  return { name, rights: [...rights].sort(), registers: registers && [...registers].sort(), lastDays, refundLimitMinor: refundLimit };
}

function beyond(): Problem {
  return new Problem('right_missing', 403, 'A role cannot allow more than your own.', { reason: 'beyond_your_rights' });
}

async function writing(statement: Promise<unknown>): Promise<void> {
  try {
    await statement;
  } catch (error) {
    if (isSqlError(error) && error.constraint === 'roles_name')
      throw new Problem('already_there', 409, 'There is a role of this name.', { field: 'name' });
    if (isSqlError(error) && error.constraint === 'user_locations_own_role') throw new Problem('still_used', 409, 'Somebody has this role.', {});
    throw error;
  }
}
