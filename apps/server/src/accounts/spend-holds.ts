import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant } from '../kit/problem.ts';
import { spendClientMoney } from '../ledger/spend-client-money.ts';
import { type HoldEnd, holdsAfterPayment, type StillOpen } from './account-rules.ts';
import { accountsOfHolds, endHold, type HoldRow, liveHoldsFor } from './hold-rows.ts';
import { insertAccountPayment } from './payment-rows.ts';

/** What is held for a visit and comes to its end now. */
export interface EndingHolds {
  /** Ledger accounts that it touches: lock them before anything is posted. */
  readonly accountIds: readonly string[];
  readonly ends: readonly (HoldEnd & { readonly hold: HoldRow })[];
}

/** Decides what becomes of what is held for a visit of which so much is still to be paid. The visit is locked. */
export async function holdsEnding(tx: Tx, scope: Scope, appointmentId: string, open: StillOpen): Promise<EndingHolds> {
  const holds = await liveHoldsFor(tx, scope.chainId, { kind: 'appointment', id: appointmentId });
  const ends = holdsAfterPayment(open, holds).map((end) => {
    const hold = holds.find(({ holdId }) => holdId === end.holdId);
    invariant(hold, 'what is decided about is there');
    return { ...end, hold };
  });
  return { ends, accountIds: ends.length > 0 ? await accountsOfHolds(tx, scope, holds) : [] };
}

/** Spends and lets go. The accounts are locked. Answers what it has paid for the visit. */
export async function endHolds(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  scope: Scope,
  appointmentId: string,
  { ends }: EndingHolds,
  at: Date,
): Promise<bigint> {
  let paid = 0n;
  for (const { hold, spentMinor } of ends) {
    await endHold(tx, scope.chainId, { holdId: hold.holdId, spentMinor, because: 'paid', at });
    if (spentMinor === 0n) continue;
    const { ownerId, currency, userId, userName } = hold;
    const id = deps.newId('apm');
    await insertAccountPayment(tx, scope, {
      id,
      appointmentId,
      key: `hold/${hold.holdId}`,
      ownerId,
      holdId: hold.holdId,
      amountMinor: spentMinor,
      currency,
      by: { id: userId, name: userName },
      at,
    });
    const cause = { kind: 'account_payment', id };
    const purpose = { kind: 'appointment', id: appointmentId };
    await spendClientMoney(tx, deps, scope, { cause, ownerId, amountMinor: spentMinor, currency, purpose, memo: '', at });
    paid += spentMinor;
  }
  return paid;
}
