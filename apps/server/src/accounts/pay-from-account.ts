import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { moveClientMoney } from '../ledger/client-money.ts';
import { spendClientMoney, unspendClientMoney } from '../ledger/spend-client-money.ts';
import { type AccountPaymentRow, insertAccountPayment, insertPaymentReversal } from './payment-rows.ts';

interface By {
  readonly id: string;
  readonly name: string;
}

/** Pays for a visit from an account, wherever in the chain its money lies. Answers the payment. The visit is locked. Refuses with `not_enough_on_account`. */
export async function payFromAccount(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  scope: Scope,
  paid: {
    readonly appointmentId: string;
    readonly key: string;
    readonly ownerId: string;
    readonly amountMinor: bigint;
    readonly currency: string;
    readonly by: By;
    readonly at: Date;
  },
): Promise<string> {
  const id = deps.newId('apm');
  await insertAccountPayment(tx, scope, { ...paid, id });
  await spendClientMoney(tx, deps, scope, {
    cause: { kind: 'account_payment', id },
    ownerId: paid.ownerId,
    amountMinor: paid.amountMinor,
    currency: paid.currency,
    purpose: { kind: 'appointment', id: paid.appointmentId },
    memo: '',
    by: paid.by,
    at: paid.at,
  });
  return id;
}

/**
 * The money is on the account again that it came from, at the locations where it lay; on the survivor's, if the client was merged into another meanwhile.
 * Refuses with `step_not_allowed` what was reversed before.
 */
export async function putBackOnAccount(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  scope: Scope,
  { payment, because, by, at }: { payment: AccountPaymentRow; because: string; by: By; at: Date },
): Promise<void> {
  if (!(await insertPaymentReversal(tx, scope, { id: payment.id, because, by, at })))
    throw new Problem('step_not_allowed', 409, 'This payment was reversed before.');
  const of = { kind: 'account_payment', id: payment.id };
  await unspendClientMoney(tx, deps, scope, { of, cause: { kind: 'account_payment_reversal', id: payment.id }, memo: because, by, at });
  const { chainId } = scope;
  for (const from of await mergedInto(tx, chainId, payment.clientId))
    await moveClientMoney(tx, deps, { chainId, from, to: payment.clientId, because: payment.id, at });
}

async function mergedInto(tx: Tx, chainId: string, clientId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select client_id id from clients where chain_id = ${chainId} and merged_into = ${clientId} order by client_id`.execute(tx);
  return rows.map(({ id }) => id);
}
