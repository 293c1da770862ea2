import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Visit } from './read-visit.ts';
import { confirmPaid, lessPaid, noteChange } from './store.ts';

interface AccountMoney {
  readonly amountMinor: bigint;
  /** Who did it, by name. */
  readonly by: string;
  readonly at: Date;
}

/** The visit was paid from an account: what was held or waiting is confirmed by it. The visit is locked. */
export async function notePaidFromAccount(tx: Tx, scope: Scope, visit: Visit, { amountMinor, by, at }: AccountMoney): Promise<void> {
  await confirmPaid(tx, scope, visit.appointmentId, amountMinor, at);
  await noteChange(tx, scope.chainId, visit.appointmentId, at, 'paid_from_account', by, { amountMinor: Number(amountMinor) });
}

/** It was put back. The appointment keeps its state. */
export async function notePutBack(tx: Tx, scope: Scope, visit: Visit, { amountMinor, by, at }: AccountMoney, because: string): Promise<void> {
  await lessPaid(tx, scope.chainId, visit.appointmentId, amountMinor, at);
  await noteChange(tx, scope.chainId, visit.appointmentId, at, 'account_payment_reversed', by, { amountMinor: Number(amountMinor), because });
}

/** A part of an account is held for it, or no longer: whoever looks at the visit sees something else than before. */
export async function noteHeldOnAccount(
  tx: Tx,
  scope: Scope,
  visit: Visit,
  what: 'held_on_account' | 'account_hold_released',
  { amountMinor, by, at }: AccountMoney,
): Promise<void> {
  await sql`update appointments set changed_at = ${at} where chain_id = ${scope.chainId} and appointment_id = ${visit.appointmentId}`.execute(tx);
  await noteChange(tx, scope.chainId, visit.appointmentId, at, what, by, { amountMinor: Number(amountMinor) });
}
