import type Stripe from 'stripe';
import type { DisputeFact } from '../payment-provider.ts';
import { fromStripeAmount, fromStripeFee } from './stripe-amount.ts';
import { disputeShape, type StripeDispute } from './wire.ts';

/** What the client's bank says about a payment: every dispute of it, oldest first. */
export async function readDisputes(stripe: Stripe, intent: string): Promise<readonly DisputeFact[]> {
  const disputes: DisputeFact[] = [];
  for await (const row of stripe.disputes.list({ payment_intent: intent, limit: 100 })) disputes.push(disputeFact(disputeShape.parse(row)));
  return disputes.reverse();
}

/**
 * A dispute in our words. An inquiry (`warning_…`) is a question that withdraws nothing; an appeal is the same dispute before a higher court.
 * `prevented` never became one.
 */
export function disputeFact(dispute: StripeDispute): DisputeFact {
  const currency = dispute.currency.toUpperCase();
  const dueBy = dispute.evidence_details?.due_by;
  return {
    providerDisputeId: dispute.id,
    amountMinor: fromStripeAmount(dispute.amount, currency),
    currency,
    reason: dispute.reason,
    stage: dispute.status.startsWith('warning_') ? 'inquiry' : 'chargeback',
    state: stateOf(dispute.status),
    openedAt: new Date(dispute.created * 1000),
    ...(dueBy ? { respondBy: new Date(dueBy * 1000) } : {}),
    movements: dispute.balance_transactions.map((one) => {
      const of = one.currency.toUpperCase();
      return {
        lineId: one.id,
        amountMinor: fromStripeAmount(one.amount, of),
        feeMinor: fromStripeFee(one.fee, of),
        currency: of,
        at: new Date(one.created * 1000),
      };
    }),
  };
}

function stateOf(status: StripeDispute['status']): DisputeFact['state'] {
  switch (status) {
    case 'warning_needs_response':
    case 'needs_response':
    case 'appeal_needs_response':
      return 'needs_response';
    case 'warning_under_review':
    case 'under_review':
    case 'appeal_under_review':
      return 'under_review';
    case 'warning_closed':
    case 'prevented':
      return 'closed';
    case 'won':
    case 'lost':
      return status;
    default:
      return status satisfies never;
  }
}
