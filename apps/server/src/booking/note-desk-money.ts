import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Visit } from './read-visit.ts';
import { confirmPaid, lessPaid, noteChange } from './store.ts';

interface DeskMoney {
  readonly amountMinor: bigint;
  /** Who took it or reversed it, by name. */
  readonly by: string;
  readonly at: Date;
}

/** Money for the visit was taken at the desk: what was held or waiting is confirmed by it. The visit is locked. */
export async function noteTakenAtDesk(tx: Tx, scope: Scope, visit: Visit, { amountMinor, by, at }: DeskMoney, register: string): Promise<void> {
  await confirmPaid(tx, scope, visit.appointmentId, amountMinor, at);
  await noteChange(tx, scope.chainId, visit.appointmentId, at, 'taken_at_desk', by, { amountMinor: Number(amountMinor), register });
}

/** It had been taken by mistake. The appointment keeps its state. */
export async function noteReversedAtDesk(tx: Tx, scope: Scope, visit: Visit, { amountMinor, by, at }: DeskMoney, because: string): Promise<void> {
  await lessPaid(tx, scope.chainId, visit.appointmentId, amountMinor, at);
  await noteChange(tx, scope.chainId, visit.appointmentId, at, 'desk_payment_reversed', by, { amountMinor: Number(amountMinor), because });
}

/** A part of what was paid went back by hand: from a register, or onto the client's account. The appointment keeps its state. */
export async function noteGivenBack(
  tx: Tx,
  scope: Scope,
  visit: Visit,
  { amountMinor, by, at }: DeskMoney,
  way: 'register' | 'account',
): Promise<void> {
  await lessPaid(tx, scope.chainId, visit.appointmentId, amountMinor, at);
  await noteChange(tx, scope.chainId, visit.appointmentId, at, 'refunded', by, { amountMinor: Number(amountMinor), way });
}
