import { accessChore } from './access/prune-access.ts';
import { sendPurchases } from './analytics/send-purchases.ts';
import { catalogPorts } from './booking/catalog-ports.ts';
import type { BookingContext } from './booking/context.ts';
import { earnIncome } from './booking/earn-income.ts';
import { expireHolds } from './booking/expire-holds.ts';
import { followDeposits } from './booking/spend-deposits.ts';
import { codesChore } from './confirmations/prune-codes.ts';
import { emptyEvents } from './events/empty-events.ts';
import { dropOldFiles, sweepFiles } from './imports/run-files.ts';
import type { Chore } from './kit/background.ts';
import type { Deps } from './kit/deps.ts';
import type { Live } from './kit/live.ts';
import { deliverOutbox } from './kit/outbox.ts';
import type { OutboxHandlers } from './kit/outbox-handlers.ts';
import { outboxPruningChore } from './kit/prune-outbox.ts';
import type { Sealer } from './ledger/sealer.ts';
import { earnMemberships } from './memberships/earn-memberships.ts';
import { tellRunningOut } from './memberships/tell-running-out.ts';
import { useVisits } from './memberships/use-visits.ts';
import { planReminders } from './messages/plan-reminders.ts';
import { sendMessages } from './messages/send-messages.ts';
import { paymentChores } from './payments/jobs.ts';
import { issueReceipts } from './receipts/issue-receipts.ts';
import { reconciliationChores } from './reconciliation/jobs.ts';
import { followRefunds } from './refunds/follow-refunds.ts';
import type { SalonContext } from './salon-api.ts';
import { lookAfterLines } from './waiting/look-after-lines.ts';
import { offerDays } from './waiting/offer-days.ts';
import { pruneDeliveries } from './webhooks/prune-deliveries.ts';
import { sendWebhooks } from './webhooks/send-webhooks.ts';

/** What money and time need, whoever is told of it. */
export function chores(deps: Deps, booking: BookingContext, handlers: OutboxHandlers): readonly Chore[] {
  return [
    ...paymentChores(booking.payments),
    { name: 'refunds on their way', run: () => followRefunds(booking, { limit: 50 }) },
    { name: 'holds', run: () => expireHolds(deps) },
    { name: 'deposits', run: () => followDeposits(deps, { limit: 50 }) },
    { name: 'waiting lists', run: () => lookAfterLines(deps, { limit: 100 }) },
    { name: 'outbox', run: () => deliverOutbox(deps, handlers, { limit: 200 }) },
  ];
}

/** What follows from it sooner or later: who is told, what is earned, written, sealed and tidied up. */
export function choresAfterwards(
  deps: Deps,
  salon: SalonContext,
  { live, sealer, measuring }: { readonly live: Live; readonly sealer: Sealer; readonly measuring: Parameters<typeof sendPurchases>[0] },
): readonly Chore[] {
  const importing = { ...salon, ports: catalogPorts(salon) };
  return [
    accessChore(deps),
    outboxPruningChore(deps),
    ...reconciliationChores(salon.payments),
    { name: 'cancelled events', run: () => emptyEvents(salon, { limit: 50 }) },
    { name: 'days that are waited for', run: () => offerDays(salon, { limit: 20 }) },
    { name: 'imports', run: () => sweepFiles(importing) },
    { name: 'old imports', run: () => dropOldFiles(importing) },
    { name: 'income', run: () => earnIncome(deps, { limit: 100 }) },
    { name: 'visits of memberships', run: () => useVisits(deps, { limit: 200 }) },
    { name: 'memberships that run out', run: () => tellRunningOut(deps, { limit: 100 }) },
    { name: 'income of memberships', run: () => earnMemberships(deps, { limit: 100 }) },
    { name: 'receipts', run: () => issueReceipts(deps, { limit: 50 }) },
    codesChore(deps),
    { name: 'live', run: () => live.publish() },
    { name: 'seals', run: () => sealer.run() },
    { name: 'reminders', run: () => planReminders(salon, { limit: 200 }) },
    { name: 'webhooks', run: () => sendWebhooks(salon, { limit: 64 }) },
    { name: 'old webhooks', run: () => pruneDeliveries(deps) },
    { name: 'messages', run: () => sendMessages(salon, { limit: 50 }) },
    { name: 'analytics', run: () => sendPurchases(measuring, { limit: 50 }) },
  ];
}
