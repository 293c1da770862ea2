import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { openAccount } from './open-account.ts';

export interface LocationBooks {
  /** Register "Main" (cash). */
  readonly mainRegister: string;
  /** Register "Card payment account" (cashless): where providers pay out to, unless chosen otherwise. */
  readonly cardRegister: string;
  /** What clients have paid for what is still to be done. */
  readonly prepayments: string;
  /** Money that nobody could be found for. */
  readonly unplaced: string;
}

/** The accounts every location has from its first day, in its own currency (B7). Repeating it changes nothing. */
export async function openLocationBooks(tx: Tx, deps: Pick<Deps, 'newId' | 'now'>, scope: Scope, currency: string): Promise<LocationBooks> {
  return {
    mainRegister: await openAccount(tx, deps, scope, { kind: 'register', ownerId: 'main', currency }),
    cardRegister: await openAccount(tx, deps, scope, { kind: 'register', ownerId: 'card', currency }),
    prepayments: await openAccount(tx, deps, scope, { kind: 'prepayments', ownerId: '', currency }),
    unplaced: await openAccount(tx, deps, scope, { kind: 'unplaced', ownerId: '', currency }),
  };
}
