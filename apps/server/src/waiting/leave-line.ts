import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { Problem } from '../kit/problem.ts';
import type { WaitingContext } from './context.ts';

/**
 * Whoever waits passes an offer on, or leaves: what was set aside goes to the next at once. Leaving twice is harmless. Refuses with `offer_run_out` (nothing is
 * offered that could be passed on).
 */
export async function leaveLine(ctx: WaitingContext, { chainId }: Scope, entryId: string, how: 'passed' | 'withdrawn'): Promise<void> {
  const { rows } = await sql<{ left: boolean }>`select leave_line(${chainId}, ${entryId}, ${how}, '{}', ${ctx.now()}) "left"`.execute(ctx.db.read);
  if (how === 'passed' && rows[0]?.left !== true) throw new Problem('offer_run_out', 409, 'This offer has run out.', {});
}
