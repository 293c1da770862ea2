import { checkAccounts } from '../accounts/check-accounts.ts';
import { checkBookings } from '../booking/check-bookings.ts';
import { checkBooks } from '../ledger/check-books.ts';
import { checkDayTotals } from '../ledger/check-day-totals.ts';
import { checkPrepaymentsOwed } from '../ledger/check-prepayments-owed.ts';
import { checkMemberships } from '../memberships/check-memberships.ts';
import { checkDisputesAgainstLedger } from '../payments/check-disputes.ts';
import { capturedByReference, checkPaymentsAgainstLedger, checkPaymentsAgainstProvider } from '../payments/check-payments.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { checkReceipts } from '../receipts/check-receipts.ts';
import { checkSettlements } from '../reconciliation/check-settlements.ts';
import { checkRefunds } from '../refunds/check-refunds.ts';
import { checkClosings } from '../reports/check-closings.ts';
import { checkWaiting } from '../waiting/check-waiting.ts';
import { checkDesk } from './check-desk.ts';

/** One thing that somebody sees otherwise than somebody else. */
export interface Disagreement {
  readonly between:
    | 'ledger'
    | 'payments and ledger'
    | 'payments and provider'
    | 'appointments'
    | 'desk and ledger'
    | 'client accounts'
    | 'memberships'
    | 'waiting lists'
    | 'refunds'
    | 'books and receipts'
    | 'closed days'
    | 'provider and us'
    | 'payouts and ledger';
  readonly about: string;
  readonly says: string;
}

/** Money at a provider, as the provider itself lists it. */
export interface ProvidersAccount {
  readonly reference: string | undefined;
  readonly providerPaymentId: string;
  readonly capturedMinor: bigint;
}

/**
 * Compares appointments, attempts, ledger and the provider's own account of things. Empty = they agree. `listed`: all payments a provider knows, where it
 * can say so (a sandbox can): money there under our mark that we know nothing of is found only so.
 */
export async function auditEverything(
  ctx: PaymentsContext,
  listed: readonly ProvidersAccount[] = [],
): Promise<{ asked: number; disagreements: readonly Disagreement[] }> {
  const found: Disagreement[] = [];
  for (const fault of await checkBooks(ctx.db.read)) {
    const text = JSON.stringify(fault, (_name, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
    found.push({ between: 'ledger', about: fault.chainId, says: text });
  }
  for (const fault of await checkPaymentsAgainstLedger(ctx.db.read))
    found.push({ between: 'payments and ledger', about: fault.attemptId, says: fault.says });
  for (const fault of await checkDisputesAgainstLedger(ctx.db.read))
    found.push({ between: 'payments and ledger', about: fault.attemptId, says: fault.says });
  for (const fault of await checkBookings(ctx.db.read, ctx.now()))
    found.push({ between: 'appointments', about: fault.appointmentId, says: fault.says });
  for (const fault of await checkDesk(ctx.db.read)) found.push({ between: 'desk and ledger', about: fault.deskPaymentId, says: fault.says });
  for (const fault of await checkAccounts(ctx.db.read)) found.push({ between: 'client accounts', about: fault.about, says: fault.says });
  for (const fault of await checkWaiting(ctx.db.read, ctx.now())) found.push({ between: 'waiting lists', about: fault.about, says: fault.says });
  for (const fault of await checkMemberships(ctx.db.read, ctx.now())) found.push({ between: 'memberships', about: fault.about, says: fault.says });
  for (const fault of await checkDayTotals(ctx.db.read)) found.push({ between: 'ledger', about: fault.accountId, says: fault.says });
  for (const fault of await checkPrepaymentsOwed(ctx.db.read)) found.push({ between: 'ledger', about: fault.accountId, says: fault.says });
  for (const fault of await checkClosings(ctx.db)) found.push({ between: 'closed days', about: fault.closingId, says: fault.says });
  for (const fault of await checkRefunds(ctx.db.read)) found.push({ between: 'refunds', about: fault.refundId, says: fault.says });
  for (const fault of await checkSettlements(ctx.db.read)) found.push({ between: 'payouts and ledger', about: fault.about, says: fault.says });
  for (const fault of await checkReceipts(ctx.db.read)) found.push({ between: 'books and receipts', about: fault.about, says: fault.says });
  const provider = await checkPaymentsAgainstProvider(ctx);
  for (const fault of provider.faults) found.push({ between: 'payments and provider', about: fault.attemptId, says: fault.says });
  const ours = `hf_${ctx.mark}_`;
  const known = await capturedByReference(ctx.db.read);
  for (const payment of listed) {
    if (!payment.reference?.startsWith(ours) || payment.capturedMinor === 0n) continue;
    const here = known.get(payment.reference) ?? 0n;
    if (here !== payment.capturedMinor) {
      found.push({ between: 'provider and us', about: payment.reference, says: `captured ${payment.capturedMinor} there, ${here} here` });
    }
  }
  return { asked: provider.asked, disagreements: found };
}
