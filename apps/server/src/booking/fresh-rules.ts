import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { Problem } from '../kit/problem.ts';
import type { BookingRules } from './booking-rules.ts';
import type { BookingContext } from './context.ts';

/** The rules as they are now: the remembered ones, if the database says that they have not moved. Refuses with `not_found`. */
export async function freshRules(ctx: Pick<BookingContext, 'db' | 'rules'>, scope: Scope): Promise<BookingRules> {
  const { rows } = await sql<{ rules_version: bigint }>`
    select rules_version from locations where chain_id = ${scope.chainId} and location_id = ${scope.locationId}`.execute(ctx.db.read);
  const rules = rows[0] && (await ctx.rules.getAtLeast(scope, rows[0].rules_version));
  if (!rules) throw new Problem('not_found', 404, 'There is no such location.');
  return rules;
}
