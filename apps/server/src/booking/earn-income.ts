import { mintScope, type Scope } from '../access/scope.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant } from '../kit/problem.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import { earnedForPurpose } from '../ledger/read-books.ts';
import { noLongerAside, tellAside } from '../payments/put-aside.ts';
import { differences, earnedBy, earnsAt, partsOf } from './income-rules.ts';
import { bookingIdOf, lockBooking } from './store.ts';
import { dueIncome, earningVisit, lockDueIncome, noteIncomeTry, writeIncome } from './store-income.ts';

/**
 * Makes what visits have earned by now income in the books, and takes back what they have not, each time as the difference. A process that dies leaves
 * the visit due; one that looks a second time finds nothing to post. Answers how many it looked at.
 */
export async function earnIncome(deps: Deps, { limit }: { limit: number }): Promise<number> {
  const due = await dueIncome(deps.db.read, deps.now(), limit);
  let looked = 0;
  for (const { chainId, locationId, appointmentId } of due) {
    try {
      await earnOne(deps, mintScope(chainId, locationId), appointmentId);
      looked++;
    } catch (error) {
      deps.log.error({ err: error, appointmentId }, 'what a visit has earned could not be posted; it is tried again');
      await putAside(deps, mintScope(chainId, locationId), appointmentId, error);
    }
  }
  return looked;
}

/** It waits by itself, so that a hundred of them do not hold up all others. */
async function putAside(deps: Deps, scope: Scope, appointmentId: string, error: unknown): Promise<void> {
  const at = deps.now();
  try {
    await deps.db.transaction(async (tx) => {
      const tries = await noteIncomeTry(tx, scope, appointmentId, at);
      if (tries !== undefined)
        await tellAside(tx, deps, scope, { kind: 'income_not_posted', subject: { kind: 'appointment', id: appointmentId }, tries, error, at });
    });
  } catch (trouble) {
    deps.log.error({ err: trouble, appointmentId }, 'what cannot be posted could not be put aside either');
  }
}

async function earnOne(deps: Deps, scope: Scope, appointmentId: string): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const bookingId = await bookingIdOf(tx, scope, appointmentId);
    invariant(bookingId, `visit ${appointmentId} belongs to a booking`);
    await lockBooking(tx, scope.chainId, bookingId);
    const at = deps.now();
    const due = await lockDueIncome(tx, scope, appointmentId, at);
    const visit = due && (await earningVisit(tx, scope, appointmentId));
    if (!visit) return;
    const { currency, lines } = visit;
    const purpose = { kind: 'appointment', id: appointmentId };
    const posted = await earnedForPurpose(tx, scope, purpose, currency);
    const earnedMinor = earnedBy({ ...visit, earnedMinor: posted.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) }, at);
    const missing = differences(partsOf(earnedMinor, lines), posted);
    const steps = missing.length > 0 ? due.steps + 1 : due.steps;
    if (missing.length > 0) {
      // in the order of their names, as everybody opens accounts
      const accounts = new Map<string, string>();
      for (const { kind, rateId } of missing)
        accounts.set(`${kind} ${rateId}`, await openAccount(tx, deps, scope, { kind, ownerId: rateId, currency }));
      const prepayments = await openAccount(tx, deps, scope, { kind: 'prepayments', ownerId: '', currency });
      const done = await postEntry(tx, deps, {
        scope,
        cause: { kind: 'income', id: `${appointmentId}/${steps}` },
        happenedAt: due.dueAt,
        memo: '',
        postings: missing.map(({ kind, rateId, amountMinor }) => {
          const account = accounts.get(`${kind} ${rateId}`);
          invariant(account, `an account is open for ${kind}`);
          const [from, to] = amountMinor > 0n ? [account, prepayments] : [prepayments, account];
          return { from, to, amountMinor: amountMinor > 0n ? amountMinor : -amountMinor, currency, operation: kind, itemId: 'services', purpose };
        }),
      });
      invariant(done === 'posted', `step ${steps} of the income of ${appointmentId} is posted once`);
    }
    await writeIncome(tx, scope, appointmentId, { dueAt: earnsAt(visit, at), steps });
    if (due.tries > 0) await noLongerAside(tx, scope, 'income_not_posted', appointmentId, at);
  });
}
