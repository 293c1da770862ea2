import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';

/** Numbers that begin like this are sent codes again, and counted from here on. Refuses with `not_found`: it is not blocked, or not any more. */
export async function unblockPrefix(deps: Deps, who: Who, { scope: { chainId, locationId } }: Place, prefix: string): Promise<void> {
  const at = deps.now();
  await deps.db.transaction(async (tx) => {
    const { rows } = await sql<{ blockedUntil: Date }>`
      select blocked_until "blockedUntil" from blocked_prefixes
       where chain_id = ${chainId} and location_id = ${locationId} and prefix = ${prefix} and blocked_until > ${at} for update`.execute(tx);
    const [before] = rows;
    if (!before) throw new Problem('not_found', 404, 'This prefix is not blocked.');
    await sql`
      update blocked_prefixes set blocked_until = ${at} where chain_id = ${chainId} and location_id = ${locationId} and prefix = ${prefix}`.execute(
      tx,
    );
    await sql`
      update attention set resolved_at = ${at}, resolution = 'unblocked', resolved_by = ${who.name}
       where chain_id = ${chainId} and location_id = ${locationId} and kind = 'codes_blocked' and subject_id = ${prefix} and resolved_at is null`.execute(
      tx,
    );
    await noteAudit(tx, deps, who, {
      action: 'phone_prefix.unblocked',
      subject: { kind: 'phone_prefix', id: prefix },
      locationId,
      before: { blockedUntil: before.blockedUntil.toISOString() },
      after: { blockedUntil: at.toISOString() },
    });
  });
}
