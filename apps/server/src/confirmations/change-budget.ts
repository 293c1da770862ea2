import type { PhoneCodeBudgetWish } from '@holdfast/contract/phone-codes';
import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { limits } from './confirmation-rules.ts';

/** How many codes a location sends in 24 hours. Refuses with `changed_meanwhile`. */
export async function changeBudget(
  deps: Deps,
  who: Who,
  { scope: { chainId, locationId } }: Place,
  { codesPerDay, version }: PhoneCodeBudgetWish,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    // the place's row, because there may be no budget to lock yet
    await sql`select 1 from locations where chain_id = ${chainId} and location_id = ${locationId} for no key update`.execute(tx);
    const { rows } = await sql<{ codesPerDay: number; version: number }>`
      select codes_per_day "codesPerDay", version from phone_code_budgets where chain_id = ${chainId} and location_id = ${locationId}`.execute(tx);
    const before = rows[0] ?? { codesPerDay: limits.perLocationInADay, version: 0 };
    if (before.version !== version) throw new Problem('changed_meanwhile', 409, 'Somebody else has changed this meanwhile.');
    if (before.codesPerDay === codesPerDay) return;
    await sql`
      insert into phone_code_budgets (chain_id, location_id, codes_per_day, version) values (${chainId}, ${locationId}, ${codesPerDay}, ${version + 1})
      on conflict (chain_id, location_id) do update set codes_per_day = excluded.codes_per_day, version = excluded.version`.execute(tx);
    await noteAudit(tx, deps, who, {
      action: 'phone_code_budget.changed',
      subject: { kind: 'location', id: locationId },
      locationId,
      before: { codesPerDay: before.codesPerDay },
      after: { codesPerDay },
    });
  });
}
