import { rightMissing } from '../access/guard.ts';
import { mayTouchRegister, withinLastDays } from '../access/limits-of-place.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { Deps } from '../kit/deps.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { reverseEntry } from '../ledger/reverse-entry.ts';
import type { Deletion, DeletionAsked, Deletions } from './deletions.ts';
import { placeFacts } from './place-facts.ts';
import { lockWritten, registersAmong } from './store-manual.ts';

/** How what was written down by hand is deleted: the books keep it and get its opposite, on the day of the mistake. */
export function deletionsByHand(deps: Deps): Deletions {
  const deletion: Deletion = { asksRegister: false, delete: (asked) => deleteByHand(deps, asked) };
  return { manual: deletion, transfer: deletion, opening: deletion };
}

async function deleteByHand(deps: Deps, { who, place, causeId, because }: DeletionAsked): Promise<void> {
  const { scope } = place;
  const { timeZone } = await placeFacts(deps.db.read, scope);
  await deps.db.transaction(async (tx) => {
    const written = await lockWritten(tx, scope, causeId);
    if (!written) throw new Problem('not_found', 404, 'There is no such transaction.');
    const registers = await registersAmong(tx, scope, [written.from, written.to]);
    const recent = withinLastDays(place, 'transactions.delete', written.happenedAt, deps.now(), timeZone);
    if (!recent || !registers.every((id) => mayTouchRegister(place, id))) throw rightMissing('transactions.delete');
    if (written.reversed) throw new Problem('step_not_allowed', 409, 'This was deleted or changed before.', { because: 'deleted_before' });
    const { kind, amountMinor, currency } = written;
    await noteAudit(tx, deps, who, {
      action: 'transaction.deleted',
      subject: { kind: 'transaction', id: causeId },
      locationId: scope.locationId,
      after: { amountMinor, currency, because },
    });
    const payload = { amountMinor: Number(amountMinor), currency };
    await tell(tx, scope.chainId, { id: deps.newId('out'), topic: 'transaction.deleted', subjectId: causeId, payload, at: deps.now() });
    await reverseEntry(tx, deps, scope, {
      of: { kind, id: causeId },
      cause: { kind: 'manual_reversal', id: causeId },
      memo: because,
      at: written.happenedAt,
      by: { id: who.userId, name: who.name },
    });
  });
}
