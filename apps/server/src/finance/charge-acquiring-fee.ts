import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { lockAccounts } from '../ledger/lock-accounts.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import { postingsOfCause } from '../ledger/read-books.ts';
import { reverseEntry } from '../ledger/reverse-entry.ts';
import { acquiringFee } from './acquiring-fee.ts';
import type { Register } from './read-registers.ts';

interface Cause {
  readonly kind: string;
  readonly id: string;
}

interface Taken {
  readonly register: Register;
  readonly amountMinor: bigint;
  /** The cause of the entry by which the card was taken. */
  readonly of: Cause;
  readonly at: Date;
  readonly by: { readonly id: string; readonly name: string };
  readonly purpose?: Cause;
}

/**
 * What the bank keeps of a card payment at the desk, as an entry of its own. Call it before the payment's own entry, with the other accounts that this posts to:
 * all are locked in the one order.
 */
export async function chargeAcquiringFee(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  scope: Scope,
  { register, amountMinor, of, at, by, purpose }: Taken,
  otherAccounts: readonly string[],
): Promise<void> {
  const fee = acquiringFee(register, amountMinor);
  if (fee === 0n) return;
  const { currency } = register;
  const fees = await openAccount(tx, deps, scope, { kind: 'fees', ownerId: register.id, currency });
  await lockAccounts(tx, scope.chainId, [register.id, fees, ...otherAccounts]);
  await postEntry(tx, deps, {
    scope,
    cause: feeOf(of),
    happenedAt: at,
    memo: '',
    by,
    postings: [{ from: register.id, to: fees, amountMinor: fee, currency, operation: 'fee', itemId: 'acquiring', ...(purpose ? { purpose } : {}) }],
  });
}

/** The payment was a mistake and is undone: what the bank kept of it, too. Nothing where it kept nothing. */
export async function returnAcquiringFee(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  scope: Scope,
  { of, because, at, by }: { of: Cause; because: string; at: Date; by: { readonly id: string; readonly name: string } },
): Promise<void> {
  const fee = feeOf(of);
  if ((await postingsOfCause(tx, scope, fee)).length === 0) return;
  await reverseEntry(tx, deps, scope, { of: fee, cause: { ...fee, kind: 'acquiring_fee_reversal' }, memo: because, at, by });
}

/** Names the payment it goes with: `desk_payment:dpm_…`. */
function feeOf({ kind, id }: Cause): Cause {
  return { kind: 'acquiring_fee', id: `${kind}:${id}` };
}
