import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';

/**
 * The online part of a prepayment has come. What the client's account was to pay of it may have been let go meanwhile: it is held again, if it is still
 * there. Answers how much is held; undefined: nothing was to be paid like that. The appointment is locked.
 */
export async function takePartAgain(
  tx: Tx,
  { newId }: Pick<Deps, 'newId'>,
  { chainId }: Scope,
  appointmentId: string,
  at: Date,
): Promise<bigint | undefined> {
  const { rows } = await sql<{ minor: bigint | null }>`select hold_part_again(${chainId}, ${appointmentId}, ${newId('hld')}, ${at}) minor`.execute(
    tx,
  );
  return rows[0]?.minor ?? undefined;
}

/** The time could not be had again: nobody's money is kept for it. */
export async function letPartGo(tx: Tx, { chainId }: Scope, appointmentId: string, at: Date): Promise<void> {
  await sql`select account_holds_end(${chainId}, 'appointment', ${appointmentId}, ${at}, 'expired')`.execute(tx);
}
