import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import type { AtWork } from './context.ts';
import { lockRegister, nameTaken, usesOf } from './store-registers.ts';

/**
 * Puts an own register away, or brings it back. Refuses with `still_used` and what uses it (money in it, providers that pay into it, roles that name it), with
 * `step_not_allowed` for the two every location has, `already_there` where another one has taken its name meanwhile.
 */
export async function archiveRegister(
  deps: Deps,
  { who, place }: AtWork,
  registerId: string,
  { version, archived }: { version: number; archived: boolean },
): Promise<void> {
  const { scope } = place;
  const { chainId, locationId } = scope;
  await deps.db.transaction(async (tx) => {
    await sql`select 1 from locations where chain_id = ${chainId} and location_id = ${locationId} for no key update`.execute(tx);
    const kept = await lockRegister(tx, scope, registerId, version);
    if (kept.archived === archived) return;
    if (kept.standard) throw new Problem('step_not_allowed', 409, 'Every location keeps this register.');
    const uses = archived ? await usesOf(tx, scope, registerId) : [];
    if (uses.length > 0) throw new Problem('still_used', 409, 'This register is still used.', { uses });
    if (!archived && (await nameTaken(tx, scope, kept.name)))
      throw new Problem('already_there', 409, 'Another register has this name now.', { field: 'name' });
    await sql`
      update cash_registers set archived_at = ${archived ? deps.now() : null}, version = version + 1
       where chain_id = ${chainId} and account_id = ${registerId}`.execute(tx);
    const action = archived ? 'register.archived' : 'register.restored';
    await noteAudit(tx, deps, who, { action, subject: { kind: 'register', id: registerId }, locationId, after: { name: kept.name } });
  });
}
