import type { Stripe } from 'stripe';
import { seconds, type Work } from './work.ts';

const DAY = 24 * 60 * 60;
/** Until when evidence is taken: banks give seven to twenty-one days. */
const ANSWER_WITHIN = 9 * DAY;

/** The texts somebody can send as evidence, as `POST /v1/disputes/:id` names them. */
export const evidenceTexts = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_tracking_number',
  'uncategorized_text',
] as const;

const evidenceFiles = [
  'cancellation_policy',
  'customer_communication',
  'customer_signature',
  'duplicate_charge_documentation',
  'receipt',
  'refund_policy',
  'service_documentation',
  'shipping_documentation',
  'uncategorized_file',
] as const;

/** A dispute as Stripe shows it; `inquiry`: the bank only asks, and nothing is withdrawn. */
export function newDispute(work: Work, charge: Stripe.Charge, wish: { amount: number; reason: string; inquiry: boolean }): Stripe.Dispute {
  const created = seconds(work.now);
  const nothing = Object.fromEntries([...evidenceTexts, ...evidenceFiles].map((name) => [name, null]));
  return {
    id: work.newId('du'),
    object: 'dispute',
    amount: wish.amount,
    balance_transactions: [],
    charge: charge.id,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: { ...nothing, enhanced_evidence: {} } as Stripe.Dispute.Evidence,
    evidence_details: {
      due_by: created + ANSWER_WITHIN,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'manual',
    } as unknown as Stripe.Dispute.EvidenceDetails,
    intended_submission_method: null,
    is_charge_refundable: wish.inquiry,
    livemode: false,
    metadata: {},
    network_reason_code: wish.reason === 'fraudulent' ? '10.4' : '13.1',
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: { brand: 'visa', case_type: wish.inquiry ? 'inquiry' : 'chargeback', network: 'visa', network_reason_code: null },
      type: 'card',
    },
    reason: wish.reason,
    status: wish.inquiry ? 'warning_needs_response' : 'needs_response',
  };
}
