import type { openingWishShape, transferWishShape } from '@holdfast/contract/registers';
import type { Written } from '@holdfast/contract/transactions';
import type { z } from 'zod';
import { rightMissing } from '../access/guard.ts';
import { mayTouchRegister, withinLastDays } from '../access/limits-of-place.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { openAccount } from '../ledger/open-account.ts';
import type { AtWork } from './context.ts';
import { happenedAtOf } from './happened-at.ts';
import { placeFacts, startOfDay } from './place-facts.ts';
import { holdRegister } from './read-registers.ts';
import { hasOpening, lockRegisterForOpening } from './store-manual.ts';
import { answerWritten, type ByHand, repeatedByHand, writeByHand } from './write-by-hand.ts';

const nobody = { clientId: null, staffId: null, counterparty: '', replacesId: null } as const;

/**
 * From one register into another of the same currency. Refuses with `not_found`, `right_missing` (one of the registers, or too long ago), `invalid_request` (the
 * same register, another currency, still to come), `already_there` (the key was used for something else).
 */
export async function transferMoney(deps: Deps, at: AtWork, wish: z.output<typeof transferWishShape>): Promise<Written> {
  const { place } = at;
  const { scope } = place;
  const now = deps.now();
  const happenedAt = happenedAtOf(wish.happenedAt, now);
  const { timeZone } = await placeFacts(deps.db.read, scope);
  if (!withinLastDays(place, 'transactions.create', happenedAt, now, timeZone)) throw rightMissing('transactions.create');
  const written = await deps.db.transaction(async (tx) => {
    const from = await holdRegister(tx, scope, wish.fromRegisterId);
    const to = await holdRegister(tx, scope, wish.toRegisterId);
    if (!mayTouchRegister(place, from.id) || !mayTouchRegister(place, to.id)) throw rightMissing('transactions.create');
    const wrong = (sentence: string) => new Problem('invalid_request', 422, sentence, { fields: [{ field: 'toRegisterId' }] });
    if (from.id === to.id) throw wrong('A register gives itself nothing.');
    if (from.currency !== to.currency) throw wrong('These registers hold different currencies.');
    return writeByHand(tx, deps, at, {
      ...nobody,
      kind: 'transfer',
      key: wish.key,
      comment: wish.comment,
      happenedAt,
      posting: { from: from.id, to: to.id, amountMinor: BigInt(wish.amountMinor), currency: from.currency, operation: 'transfer' },
    });
  });
  return answerWritten(deps.db.read, scope, written, [wish.fromRegisterId, wish.toRegisterId]);
}

/**
 * What was in a register before the books began, at the beginning of a day. Refuses with `already_there` where it was said before: a mistake is deleted first,
 * and said anew.
 */
export async function noteOpeningBalance(deps: Deps, at: AtWork, registerId: string, wish: z.output<typeof openingWishShape>): Promise<Written> {
  const { place } = at;
  const { scope } = place;
  const { timeZone } = await placeFacts(deps.db.read, scope);
  const happenedAt = happenedAtOf(startOfDay(wish.day, timeZone).toISOString(), deps.now());
  const written = await deps.db.transaction(async (tx) => {
    await lockRegisterForOpening(tx, scope, registerId);
    const register = await holdRegister(tx, scope, registerId);
    if (!mayTouchRegister(place, register.id)) throw rightMissing('finance.edit');
    const { currency } = register;
    const opening = await openAccount(tx, deps, scope, { kind: 'opening', ownerId: '', currency });
    const byHand: ByHand = {
      ...nobody,
      kind: 'opening',
      key: wish.key,
      comment: wish.comment,
      happenedAt,
      posting: { from: opening, to: register.id, amountMinor: BigInt(wish.amountMinor), currency, operation: 'opening' },
    };
    const before = await repeatedByHand(tx, scope, byHand);
    if (before) return before;
    if (await hasOpening(tx, scope, register.id)) throw new Problem('already_there', 409, 'It is said already what was in this register before.');
    return writeByHand(tx, deps, at, byHand);
  });
  return answerWritten(deps.db.read, scope, written, [registerId]);
}
