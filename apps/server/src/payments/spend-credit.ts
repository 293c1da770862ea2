import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant } from '../kit/problem.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import type { Purpose } from './purposes.ts';

/**
 * Money of an attempt's line that lies on the client's account becomes the prepayment of that line's purpose after all: one entry per cause. The line
 * says so from then on, so that a later refund at the provider takes it from the purpose. The caller has checked that it is there, under a lock.
 */
export async function spendCredit(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  scope: Scope,
  spent: {
    cause: { kind: string; id: string };
    clientId: string;
    attemptId: string;
    purpose: Purpose;
    amountMinor: bigint;
    currency: string;
    at: Date;
  },
): Promise<void> {
  const { clientId, attemptId, purpose, amountMinor, currency, at } = spent;
  const client = await openAccount(tx, deps, scope, { kind: 'client', ownerId: clientId, currency });
  const prepayments = await openAccount(tx, deps, scope, { kind: 'prepayments', ownerId: '', currency });
  const { numAffectedRows } = await sql`
    update payment_lines set outcome = 'applied', account_id = ${prepayments}
     where chain_id = ${scope.chainId} and attempt_id = ${attemptId} and purpose_kind = ${purpose.kind} and purpose_id = ${purpose.id}
       and outcome = 'credited' and placed_minor - refunded_minor = ${amountMinor}`.execute(tx);
  invariant(numAffectedRows === 1n, `the credit of ${attemptId} for ${purpose.id} is there to be spent`);
  // the salon owes the client less, and owes a visit instead
  const posted = await postEntry(tx, deps, {
    scope,
    cause: spent.cause,
    happenedAt: at,
    memo: 'another time for money that came late',
    postings: [{ from: prepayments, to: client, amountMinor, currency, operation: 'spend', itemId: 'services', purpose }],
  });
  invariant(posted === 'posted', `credit was spent twice for ${spent.cause.kind} ${spent.cause.id}`);
}
