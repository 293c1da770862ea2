import type { DisputeMovement } from '@holdfast/providers/payment-provider';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { invariant } from '../kit/problem.ts';
import { lockAccounts } from '../ledger/lock-accounts.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import { reverseEntry } from '../ledger/reverse-entry.ts';
import type { Posting } from '../ledger/rules.ts';
import type { PaymentsContext } from './context.ts';
import { ownMoneyOn } from './hold-for-refund.ts';
import { resolveCredit } from './resolve-attention.ts';
import { type AttemptRow, type LineRow, linesOfAttempt } from './store.ts';
import { type DisputeRow, keepMoves, writeDisputeMoney } from './store-disputes.ts';

interface Booking {
  readonly attempt: AttemptRow;
  readonly disputes: readonly DisputeRow[];
  /** By the provider's id of the dispute. */
  readonly moves: ReadonlyMap<string, readonly DisputeMovement[]>;
  readonly at: Date;
}

interface Accounts {
  readonly clearing: string;
  readonly disputed: string;
  readonly loss: string;
  readonly currency: string;
}

/**
 * Books what disputes have moved: what is withdrawn leaves the account at the provider for that of disputes, and comes back from there; what is lost leaves it
 * for good. Each movement once, by its id. A movement in another currency than the payment's is no posting here: it stays a difference of Reconciliation.
 */
export async function bookDispute(tx: Tx, ctx: PaymentsContext, scope: Scope, { attempt, disputes, moves, at }: Booking): Promise<boolean> {
  const { capturedCurrency: currency } = attempt;
  invariant(currency, 'what was captured has a currency');
  const known: { row: DisputeRow; fresh: readonly DisputeMovement[] }[] = [];
  for (const row of disputes) {
    const ours = (moves.get(row.providerDisputeId) ?? []).filter((one) => one.currency === currency && one.amountMinor !== 0n);
    const fresh = await keepMoves(tx, attempt, row.disputeId, ours);
    const withdrawnMinor = fresh.reduce((sum, { amountMinor }) => sum - amountMinor, row.withdrawnMinor);
    if (fresh.length > 0 || lossOf({ ...row, withdrawnMinor }) !== row.lostMinor) known.push({ row: { ...row, withdrawnMinor }, fresh });
  }
  if (known.length === 0) return false;
  const lines = await linesOfAttempt(tx, attempt.chainId, attempt.attemptId);
  const open = async (name: { kind: 'clearing' | 'disputed' | 'item'; ownerId: string }) => openAccount(tx, ctx, scope, { ...name, currency });
  const accounts: Accounts = {
    clearing: await open({ kind: 'clearing', ownerId: attempt.connectionId }),
    disputed: await open({ kind: 'disputed', ownerId: attempt.connectionId }),
    loss: await open({ kind: 'item', ownerId: 'other_expense' }),
    currency,
  };
  await lockAccounts(tx, scope.chainId, [accounts.clearing, accounts.disputed, accounts.loss, ...lines.flatMap(({ accountId }) => accountId ?? [])]);
  for (const { row, fresh } of known) {
    for (const move of fresh) await bookMove(tx, ctx, scope, { attempt, accounts, move, at });
    await bookLoss(tx, ctx, scope, { attempt, accounts, row, lines, at });
  }
  return true;
}

async function bookMove(
  tx: Tx,
  ctx: PaymentsContext,
  scope: Scope,
  { attempt, accounts, move, at }: { attempt: AttemptRow; accounts: Accounts; move: DisputeMovement; at: Date },
): Promise<void> {
  const { clearing, disputed, currency } = accounts;
  const withdrawn = move.amountMinor < 0n;
  const [from, to, amountMinor] = withdrawn ? [clearing, disputed, -move.amountMinor] : [disputed, clearing, move.amountMinor];
  const posted = await postEntry(tx, ctx, {
    scope,
    cause: { kind: 'dispute_moved', id: `${attempt.attemptId}:${move.lineId}` },
    happenedAt: at,
    memo: attempt.reference,
    postings: [{ from, to, amountMinor, currency, operation: 'dispute', purpose: attempt.order }],
  });
  invariant(posted === 'posted', `movement ${move.lineId} of a dispute was not kept but in the books`);
  await tellFeeOf(tx, attempt, move, at);
}

/** Only written down, as a payment's own fee is; under the key that Reconciliation gives the same line. */
async function tellFeeOf(
  tx: Tx,
  { chainId, connectionId, locationId, attemptId }: AttemptRow,
  { lineId, feeMinor, currency }: DisputeMovement,
  at: Date,
): Promise<void> {
  if (feeMinor === 0n) return;
  await sql`
    insert into provider_fees (chain_id, connection_id, fee_key, location_id, attempt_id, currency, told_minor, source, due, told_at)
    values (${chainId}, ${connectionId}, ${`line/${lineId}`}, ${locationId}, ${attemptId}, ${currency}, ${feeMinor}, 'payment', true, ${at})
    on conflict (chain_id, connection_id, fee_key, currency) do nothing`.execute(tx);
}

function lossOf({ state, withdrawnMinor }: Pick<DisputeRow, 'state' | 'withdrawnMinor'>): bigint {
  return state === 'lost' && withdrawnMinor > 0n ? withdrawnMinor : 0n;
}

/** What is lost now stands in one entry; was it another amount before, that entry is undone. */
async function bookLoss(
  tx: Tx,
  ctx: PaymentsContext,
  scope: Scope,
  { attempt, accounts, row, lines, at }: { attempt: AttemptRow; accounts: Accounts; row: DisputeRow; lines: readonly LineRow[]; at: Date },
): Promise<void> {
  const lost = lossOf(row);
  let { lossSteps } = row;
  if (lost !== row.lostMinor) {
    const id = (step: number) => `${attempt.attemptId}:${row.disputeId}:${step}`;
    if (row.lostMinor > 0n)
      await reverseEntry(tx, ctx, scope, {
        of: { kind: 'dispute_lost', id: id(lossSteps) },
        cause: { kind: 'dispute_lost_undone', id: id(lossSteps) },
        memo: attempt.reference,
        at,
      });
    if (lost > 0n) {
      lossSteps += 1;
      const postings = await lossPostings(tx, scope, { attempt, accounts, lines, lost, at });
      const posted = await postEntry(tx, ctx, {
        scope,
        cause: { kind: 'dispute_lost', id: id(lossSteps) },
        happenedAt: at,
        memo: attempt.reference,
        postings,
      });
      invariant(posted === 'posted', `step ${lossSteps} of dispute ${row.disputeId} was not counted but in the books`);
    }
  }
  await writeDisputeMoney(tx, row, { withdrawnMinor: row.withdrawnMinor, lostMinor: lost, lossSteps });
}

/**
 * The client has their money back, so what lies on their account because of it, or with nobody, is no longer owed to them. What paid for something, or was spent
 * meanwhile, is the salon's loss.
 */
async function lossPostings(
  tx: Tx,
  scope: Scope,
  { attempt, accounts, lines, lost, at }: { attempt: AttemptRow; accounts: Accounts; lines: readonly LineRow[]; lost: bigint; at: Date },
): Promise<Posting[]> {
  const { disputed, loss, currency } = accounts;
  const common = { from: disputed, currency, operation: 'dispute', purpose: attempt.order } as const;
  const postings: Posting[] = [];
  const free = new Map<string, bigint>();
  let rest = lost;
  for (const line of lines) {
    const wanted = line.chargedBackMinor < rest ? line.chargedBackMinor : rest;
    if (wanted === 0n || !line.accountId || (line.outcome !== 'credited' && line.outcome !== 'unplaced')) continue;
    const there = line.outcome === 'unplaced' ? wanted : (free.get(line.accountId) ?? (await ownMoneyOn(tx, scope.chainId, line.accountId)));
    const amountMinor = there <= 0n ? 0n : there < wanted ? there : wanted;
    free.set(line.accountId, there - amountMinor);
    rest -= amountMinor;
    if (amountMinor > 0n)
      postings.push({
        ...common,
        to: line.accountId,
        amountMinor,
        purpose: line.purpose,
        ...(line.outcome === 'credited' ? { itemId: 'top_ups' } : {}),
      });
    if (line.outcome === 'credited' && line.chargedBackMinor + line.refundedMinor >= line.placedMinor)
      await resolveCredit(tx, scope, attempt.attemptId, line.purpose, 'charged_back', at);
  }
  if (rest > 0n) postings.push({ ...common, to: loss, amountMinor: rest, itemId: 'other_expense' });
  return postings;
}
