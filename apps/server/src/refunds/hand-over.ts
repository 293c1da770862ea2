import type { Scope } from '../access/scope.ts';
import type { BookingContext } from '../booking/context.ts';
import { noteGivenBack } from '../booking/note-desk-money.ts';
import type { Visit } from '../booking/read-visit.ts';
import type { Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { invariant } from '../kit/problem.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import { takeFromLine } from '../payments/begin-refund.ts';
import { leftOfAccounts } from './left-of-accounts.ts';
import type { RefundRow } from './store.ts';

interface Given {
  readonly row: RefundRow;
  readonly visit: Visit;
  /** Out of which register; undefined: onto the client's account. */
  readonly registerId: string | undefined;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: Date;
}

/** Money goes back at once, by hand: one entry, from the register or the client's account to where it lay. The refund says already that it is given back. */
export async function handOver(tx: Tx, ctx: BookingContext, scope: Scope, { row, visit, registerId, by, at }: Given): Promise<void> {
  const { currency, amountMinor, appointmentId } = row;
  const purpose = { kind: 'appointment', id: appointmentId };
  const parts = registerId === undefined ? await ontoAccounts(tx, ctx, scope, row, visit) : [{ from: registerId, amountMinor }];
  const lay = await whereItLay(tx, ctx, scope, row, registerId === undefined ? parts[0]?.from : undefined, at);
  if (lay.applied) await noteGivenBack(tx, scope, visit, { amountMinor, by: by.name, at }, registerId ? 'register' : 'account');
  const payload = { refundId: row.refundId, amountMinor: Number(amountMinor), currency, way: registerId ? 'register' : 'account' };
  await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'refund.given_back', subjectId: appointmentId, payload, at });
  const posted = await postEntry(tx, ctx, {
    scope,
    cause: { kind: 'refund_by_hand', id: row.refundId },
    happenedAt: at,
    memo: row.words,
    by,
    postings: parts.map((part) => ({
      ...part,
      to: lay.accountId,
      currency,
      operation: 'refund',
      itemId: lay.applied ? 'services' : 'top_ups',
      purpose,
    })),
  });
  invariant(posted === 'posted', `refund ${row.refundId} goes back once`);
}

/** What was paid from accounts goes back onto those, of whatever type and whoever's they are; all else onto the client's ordinary one. */
async function ontoAccounts(
  tx: Tx,
  ctx: BookingContext,
  scope: Scope,
  { sourceKind, appointmentId, amountMinor, currency }: RefundRow,
  visit: Visit,
) {
  const paid = sourceKind === 'account' ? await leftOfAccounts(tx, scope, appointmentId) : [];
  const parts: { ownerId: string; amountMinor: bigint }[] = [];
  let rest = amountMinor;
  for (const { ownerId, leftMinor } of paid) {
    const part = leftMinor < rest ? leftMinor : rest;
    if (part > 0n) parts.push({ ownerId, amountMinor: part });
    rest -= part;
  }
  if (rest > 0n) parts.push({ ownerId: visit.clientId, amountMinor: rest });
  parts.sort((a, b) => (a.ownerId < b.ownerId ? -1 : 1));
  const opened: { from: string; amountMinor: bigint }[] = [];
  for (const part of parts)
    opened.push({ from: await openAccount(tx, ctx, scope, { kind: 'client', ownerId: part.ownerId, currency }), amountMinor: part.amountMinor });
  return opened;
}

async function whereItLay(tx: Tx, ctx: BookingContext, scope: Scope, row: RefundRow, client: string | undefined, at: Date) {
  const { currency, amountMinor, sourceKind } = row;
  if (sourceKind !== 'payment')
    return { accountId: await openAccount(tx, ctx, scope, { kind: 'prepayments', ownerId: '', currency }), applied: true };
  // if the provider gives it back as well, it has to stand somewhere
  const otherwise = client ?? (await openAccount(tx, ctx, scope, { kind: 'unplaced', ownerId: '', currency }));
  const line = { attemptId: row.sourceId, lineNo: row.lineNo, amountMinor };
  return takeFromLine(tx, scope, line, { outcome: client ? 'credited' : 'handed_back', accountId: otherwise }, at);
}
