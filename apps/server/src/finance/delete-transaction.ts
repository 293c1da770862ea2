import type { DeletionWish, UndeletableReason } from '@holdfast/contract/transactions';
import { rightMissing } from '../access/guard.ts';
import { mayTouchRegister } from '../access/limits-of-place.ts';
import { Problem } from '../kit/problem.ts';
import type { AtWork, FinanceContext } from './context.ts';
import { entryFacts, whyUndeletable } from './read-transaction.ts';

/**
 * Deletes a transaction as what it is: the room that has posted it decides, and adds the entry the other way. Refuses with `not_found`, `right_missing`,
 * `step_not_allowed` (`detail.because`: one of the reasons the screen knows), `invalid_request` (a register has to be chosen), and with whatever that room
 * refuses: what depends on it (`still_used`, `not_enough_on_account`).
 */
export async function deleteTransaction(
  ctx: FinanceContext,
  { who, place }: AtWork,
  entryId: string,
  { because, registerId }: DeletionWish,
): Promise<void> {
  const facts = await entryFacts(ctx.db.read, place, entryId);
  const why = await whyUndeletable(ctx, place, facts);
  if (why) throw refusal(why);
  const deletion = ctx.deletions[facts.causeKind];
  if (deletion?.asksRegister) {
    if (registerId === undefined)
      throw new Problem('invalid_request', 422, 'From which register is the money handed back?', { fields: [{ field: 'registerId' }] });
    if (!mayTouchRegister(place, registerId)) throw rightMissing('transactions.delete');
  }
  await deletion?.delete({ who, place, causeId: facts.causeId, because, registerId });
}

const sentences: Readonly<Record<Exclude<UndeletableReason, 'right_missing' | 'register_not_allowed'>, string>> = {
  deleted_before: 'This was deleted before.',
  is_reversal: 'This has undone another one, and stays.',
  through_provider: 'Money that came through a provider is refunded there.',
  follows: 'This goes with another one: delete that.',
  automatic: 'Nobody wrote this down: it follows from what has happened.',
};

function refusal(why: UndeletableReason): Problem {
  if (why === 'right_missing' || why === 'register_not_allowed') return rightMissing('transactions.delete');
  return new Problem('step_not_allowed', 409, sentences[why], { because: why });
}
