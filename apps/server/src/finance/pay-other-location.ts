import type { betweenPaymentWishShape } from '@holdfast/contract/between-locations';
import type { z } from 'zod';
import { rightMissing } from '../access/guard.ts';
import { mayTouchRegister } from '../access/limits-of-place.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { Deps } from '../kit/deps.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { settleBetween } from '../ledger/settle-between.ts';
import type { AtWork } from './context.ts';
import { holdRegister } from './read-registers.ts';

/**
 * Pays another location of the chain what this one owes it, out of a register here into one there. It is written in both books, so who does it needs the right
 * at both. Refuses with `not_found`, `right_missing`, `more_than_left`, `invalid_request` (another currency).
 */
export async function payOtherLocation(deps: Deps, { who, place }: AtWork, wish: z.output<typeof betweenPaymentWishShape>): Promise<void> {
  const there = who.places.get(wish.locationId);
  if (!there || wish.locationId === place.scope.locationId) throw new Problem('not_found', 404, 'There is no such other location.');
  if (!there.rights.has('transactions.create')) throw rightMissing('transactions.create');
  const amountMinor = BigInt(wish.amountMinor);
  await deps.db.transaction(async (tx) => {
    const from = await holdRegister(tx, place.scope, wish.fromRegisterId);
    const to = await holdRegister(tx, there.scope, wish.toRegisterId);
    if (!mayTouchRegister(place, from.id) || !mayTouchRegister(there, to.id)) throw rightMissing('transactions.create');
    const { currency } = from;
    if (currency !== to.currency)
      throw new Problem('invalid_request', 422, 'These registers hold different currencies.', { fields: [{ field: 'toRegisterId' }] });
    const at = deps.now();
    const { posted } = await settleBetween(tx, deps, {
      key: `${place.scope.locationId}/${wish.key}`,
      from: { scope: place.scope, registerId: from.id },
      to: { scope: there.scope, registerId: to.id },
      amountMinor,
      currency,
      memo: wish.comment,
      by: { id: who.userId, name: who.name },
      at,
    });
    if (!posted) return;
    const after = { amountMinor, currency, from: place.scope.locationId, to: wish.locationId, because: wish.comment };
    for (const { scope } of [place, there])
      await noteAudit(tx, deps, who, {
        action: 'locations.settled',
        subject: { kind: 'location', id: scope === place.scope ? wish.locationId : place.scope.locationId },
        locationId: scope.locationId,
        after,
      });
    const payload = { toLocationId: wish.locationId, amountMinor: wish.amountMinor, currency };
    await tell(tx, place.scope.chainId, { id: deps.newId('out'), topic: 'locations.settled', subjectId: place.scope.locationId, payload, at });
  });
}
