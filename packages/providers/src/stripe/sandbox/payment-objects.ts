import type { Stripe } from 'stripe';
import { feeFor } from './amounts.ts';
import type { TestCard } from './cards.ts';
import { type SessionRow, seconds, type Work } from './work.ts';

const DAY = 24 * 60 * 60;

/** How the client pays: a card, or a method that is decided days later. */
export type PaidWith = { readonly kind: 'card'; readonly card: TestCard } | { readonly kind: 'delayed'; readonly method: string };

/** The payment behind a session. Stripe makes it when the client first presses Pay, not when the session is created. */
export function newIntent(work: Work, row: SessionRow): Stripe.PaymentIntent {
  const id = work.newId('pi');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: row.session.amount_total ?? 0,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${work.newId('s').slice(2)}`,
    confirmation_method: 'automatic',
    created: seconds(work.now),
    currency: row.session.currency ?? '',
    customer: null,
    customer_account: null,
    description: row.intentData.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: { ...row.intentData.metadata },
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: [...row.session.payment_method_types],
    payment_record: null,
    processing: null,
    receipt_email: row.intentData.receiptEmail,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  };
}

/** One try to take the money; `outcome` decides whether it is taken, still being taken, or refused. */
export function newCharge(work: Work, intent: Stripe.PaymentIntent, paidWith: PaidWith, outcome: 'succeeded' | 'pending' | 'failed'): Stripe.Charge {
  const failed = outcome === 'failed';
  return {
    id: work.newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: failed ? 0 : intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: 'STRIPE SANDBOX',
    captured: !failed,
    created: seconds(work.now),
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failed ? 'card_declined' : null,
    failure_message: failed ? 'Your card was declined.' : null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: null,
    paid: outcome === 'succeeded',
    payment_intent: intent.id,
    payment_method: work.newId('pm'),
    payment_method_details: methodDetails(paidWith),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: outcome,
    transfer_data: null,
    transfer_group: null,
  };
}

/** Only the parts of `payment_method_details` that books and screens read. */
function methodDetails(paidWith: PaidWith): Stripe.Charge.PaymentMethodDetails {
  if (paidWith.kind === 'delayed') return { type: paidWith.method } as Stripe.Charge.PaymentMethodDetails;
  const card = { brand: paidWith.card.brand, last4: paidWith.card.number.slice(-4), exp_month: 12, exp_year: 2034, funding: 'credit', country: 'US' };
  return { type: 'card', card } as unknown as Stripe.Charge.PaymentMethodDetails;
}

/** One movement of the merchant's balance. `about`: the charge that a dispute is about. */
export interface Movement {
  readonly amount: number;
  readonly currency: string;
  readonly source: string;
  readonly type: 'charge' | 'refund' | 'refund_failure' | 'payout' | 'adjustment';
  readonly fee?: number;
  readonly about?: string;
}

/** What the movement does to the merchant's balance. A charge pays the fee; Stripe does not give it back with a refund. */
export function newTransaction(work: Work, movement: Movement): Stripe.BalanceTransaction {
  const fee = movement.type === 'charge' ? feeFor(movement.amount) : (movement.fee ?? 0);
  const disputed = movement.type === 'adjustment';
  const created = seconds(work.now);
  return {
    id: work.newId('txn'),
    object: 'balance_transaction',
    amount: movement.amount,
    available_on: created + (movement.type === 'charge' ? 2 * DAY : 0),
    balance_type: 'payments',
    created,
    currency: movement.currency,
    description: disputed ? `Chargeback ${movement.amount < 0 ? 'withdrawal' : 'reversal'} for ${movement.about}` : null,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency: movement.currency,
              description: disputed ? 'Dispute fee' : 'Stripe processing fees',
              type: 'stripe_fee',
            },
          ],
    net: movement.amount - fee,
    reporting_category: disputed ? (movement.amount < 0 ? 'dispute' : 'dispute_reversal') : movement.type,
    source: movement.source,
    status: movement.type === 'charge' ? 'pending' : 'available',
    type: movement.type,
  };
}
