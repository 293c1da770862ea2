import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postingsOfCause } from '../ledger/read-books.ts';
import { reverseEntry } from '../ledger/reverse-entry.ts';
import { freeMinor } from './account-rules.ts';
import type { AccountRow } from './find-account.ts';
import { insertTopUpReversal, type TopUpRow } from './top-up-rows.ts';

/** What a client's account was used for since a moment, newest first. */
export async function spentSince(
  q: Queryable,
  chainId: string,
  { ownerId, currency }: { ownerId: string; currency: string },
  since: Date,
): Promise<readonly { appointmentId: string; locationId: string; at: string; amountMinor: number }[]> {
  const { rows } = await sql<{ appointmentId: string; locationId: string; at: Date; amountMinor: bigint }>`
    select p.appointment_id "appointmentId", p.location_id "locationId", p.paid_at at, p.amount_minor "amountMinor" from account_payments p
     where p.chain_id = ${chainId} and p.owner_id = ${ownerId} and p.currency = ${currency} and p.paid_at >= ${since}
       and not exists (select 1 from account_payment_reversals r where r.chain_id = p.chain_id and r.account_payment_id = p.account_payment_id)
     order by p.paid_at desc, p.account_payment_id desc limit 20`.execute(q);
  return rows.map((row) => ({ ...row, at: row.at.toISOString(), amountMinor: Number(row.amountMinor) }));
}

/** Only the client's own money goes back, and only while it is there: credit is none. The account is locked. Refuses with `not_enough_on_account`. */
export async function refuseUnlessThere(tx: Tx, { chainId }: Scope, account: AccountRow, topUp: TopUpRow, amountMinor: bigint): Promise<void> {
  const leftMinor = freeMinor(account);
  if (amountMinor <= account.balanceMinor - account.heldMinor) return;
  throw new Problem('not_enough_on_account', 409, 'This money is not on the account any more.', {
    leftMinor: Number(leftMinor),
    heldMinor: Number(account.heldMinor),
    spentOn: await spentSince(tx, chainId, account, topUp.doneAt ?? topUp.madeAt),
  });
}

/** Handed back from a register: the books keep the top-up and get its reversal. The account is locked. `before`: what else of this cause is undone. */
export async function handBackTopUp(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  scope: Scope,
  { topUp, registerId, because, by, at }: { topUp: TopUpRow; registerId: string; because: string; by: { id: string; name: string }; at: Date },
  before: (of: { kind: string; id: string }, accountIds: readonly string[]) => Promise<void>,
): Promise<void> {
  const { id, ownerId, currency } = topUp;
  if (!(await insertTopUpReversal(tx, scope, { id, because, registerId, refundId: null, by, at })))
    throw new Problem('step_not_allowed', 409, 'This top-up was reversed before.');
  const of = { kind: 'account_top_up', id };
  const [posting] = await postingsOfCause(tx, scope, of);
  invariant(posting && topUp.registerId, `top-up ${id} has its entry`);
  // who was merged meanwhile has their money elsewhere than it went to
  const wentTo = await openAccount(tx, deps, scope, posting.from);
  const lies = await openAccount(tx, deps, scope, { kind: 'client', ownerId, currency });
  await before(of, [wentTo, lies, registerId, topUp.registerId]);
  await reverseEntry(tx, deps, scope, {
    of,
    cause: { kind: 'account_top_up_reversal', id },
    memo: because,
    at,
    by,
    instead: new Map([
      [topUp.registerId, registerId],
      [wentTo, lies],
    ]),
  });
}
