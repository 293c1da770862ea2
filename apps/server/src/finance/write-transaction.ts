import type { manualWishShape, Written } from '@holdfast/contract/transactions';
import type { z } from 'zod';
import { rightMissing } from '../access/guard.ts';
import { type DatedRight, mayTouchRegister, withinLastDays } from '../access/limits-of-place.ts';
import type { Place } from '../access/who.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { openAccount } from '../ledger/open-account.ts';
import { reverseEntry } from '../ledger/reverse-entry.ts';
import type { AtWork } from './context.ts';
import { happenedAtOf } from './happened-at.ts';
import { placeFacts } from './place-facts.ts';
import { holdRegister } from './read-registers.ts';
import { directionOfItem } from './see-payment-items.ts';
import { knownClient, knownStaff, lockWritten, registersAmong, writtenInEntry } from './store-manual.ts';
import { answerWritten, type ByHand, repeatedByHand, writeByHand } from './write-by-hand.ts';

type Wish = z.output<typeof manualWishShape>;

/**
 * An income or expense under a payment item, into or out of a register. Refuses with `not_found` (register, item, client, team member), `right_missing` (this
 * register, or too long ago), `invalid_request` (still to come), `already_there` (the key was used for something else).
 */
export async function writeTransaction(deps: Deps, at: AtWork, wish: Wish): Promise<Written> {
  const { scope } = at.place;
  const happenedAt = await allowedMoment(deps, at.place, 'transactions.create', wish);
  const written = await deps.db.transaction(async (tx) => writeByHand(tx, deps, at, await byHand(tx, deps, at.place, wish, happenedAt, null)));
  return answerWritten(deps.db.read, scope, written, [wish.registerId]);
}

/**
 * What was written down is changed: it is undone, and this one stands in its place, in one transaction. Refuses besides with `not_found` (no such entry),
 * `step_not_allowed` (deleted or changed before, or not an income or expense that was written down by hand).
 */
export async function changeTransaction(deps: Deps, at: AtWork, entryId: string, wish: Wish): Promise<Written> {
  const { who, place } = at;
  const { scope } = place;
  const oldId = await writtenInEntry(deps.db.read, scope, entryId);
  if (!oldId) throw new Problem('not_found', 404, 'Nothing that was written down by hand.');
  const happenedAt = await allowedMoment(deps, place, 'transactions.edit', wish);
  const { timeZone } = await placeFacts(deps.db.read, scope);
  const { written, registerIds } = await deps.db.transaction(async (tx) => {
    const old = await lockWritten(tx, scope, oldId);
    if (old?.kind !== 'manual') throw new Problem('step_not_allowed', 409, 'Only an income or expense can be changed. Delete this one instead.');
    const next = await byHand(tx, deps, place, wish, happenedAt, oldId);
    const registers = await registersAmong(tx, scope, [old.from, old.to]);
    if (!registers.every((id) => mayTouchRegister(place, id)) || !withinLastDays(place, 'transactions.edit', old.happenedAt, deps.now(), timeZone))
      throw rightMissing('transactions.edit');
    const before = await repeatedByHand(tx, scope, next);
    if (before) return { written: before, registerIds: [wish.registerId, ...registers] };
    if (old.reversed) throw new Problem('step_not_allowed', 409, 'This was deleted or changed before.');
    await reverseEntry(tx, deps, scope, {
      of: { kind: 'manual', id: oldId },
      cause: { kind: 'manual_reversal', id: oldId },
      memo: '',
      // on the day of the mistake: a mistake is not money that moved again today
      at: old.happenedAt,
      by: { id: who.userId, name: who.name },
    });
    return { written: await writeByHand(tx, deps, at, next), registerIds: [wish.registerId, ...registers] };
  });
  return answerWritten(deps.db.read, scope, written, registerIds);
}

async function allowedMoment(deps: Deps, place: Place, right: DatedRight, wish: Pick<Wish, 'happenedAt'>): Promise<Date> {
  const now = deps.now();
  const happenedAt = happenedAtOf(wish.happenedAt, now);
  const { timeZone } = await placeFacts(deps.db.read, place.scope);
  if (!withinLastDays(place, right, happenedAt, now, timeZone)) throw rightMissing(right);
  return happenedAt;
}

async function byHand(tx: Tx, deps: Deps, place: Place, wish: Wish, happenedAt: Date, replacesId: string | null): Promise<ByHand> {
  const { scope } = place;
  const register = await holdRegister(tx, scope, wish.registerId);
  if (!mayTouchRegister(place, register.id)) throw rightMissing(replacesId === null ? 'transactions.create' : 'transactions.edit');
  const direction = await directionOfItem(tx, scope, wish.itemId);
  if (!direction) throw new Problem('not_found', 404, 'There is no such payment item.');
  const clientId = wish.clientId === null ? null : await knownClient(tx, scope.chainId, wish.clientId);
  if (clientId === undefined) throw new Problem('not_found', 404, 'There is no such client.');
  if (wish.staffId !== null && !(await knownStaff(tx, scope, wish.staffId))) throw new Problem('not_found', 404, 'There is no such team member.');
  const { currency } = register;
  const item = await openAccount(tx, deps, scope, { kind: 'item', ownerId: wish.itemId, currency });
  const [from, to] = direction === 'in' ? [item, register.id] : [register.id, item];
  return {
    kind: 'manual',
    key: wish.key,
    clientId,
    staffId: wish.staffId,
    counterparty: wish.counterparty,
    comment: wish.comment,
    replacesId,
    happenedAt,
    posting: { from, to, amountMinor: BigInt(wish.amountMinor), currency, operation: 'manual', itemId: wish.itemId },
  };
}
