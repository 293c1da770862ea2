import { z } from 'zod';

/**
 * The parts of Stripe's objects that we read, as they are on the wire in API version 2026-10-28. What comes through the SDK is checked as well: it
 * hands on any JSON that has no `error` field, also that of a proxy in between. States are plain strings at Stripe, which adds new ones; an
 * unknown one is an unreadable answer, never a guess.
 */

/** The API version all calls are made in, and the one the shapes below were written for. */
export const stripeApiVersion = '2026-10-28.endive';

/** Where our reference lives in metadata; other shops on the same account use other keys. */
export const referenceKey = 'holdfast_reference';

/** Where a refund carries our key, so that it is found again after an answer was lost and Stripe has forgotten the key. */
export const refundKey = 'holdfast_refund';

const amountShape = z.int().min(0);
const currencyShape = z.string().regex(/^[a-z]{3}$/);
const metadataShape = z.record(z.string(), z.string());

const balanceTransactionShape = z.object({ object: z.literal('balance_transaction'), fee: z.int(), currency: currencyShape });

const chargeShape = z.object({
  object: z.literal('charge'),
  id: z.string().min(1),
  amount_refunded: amountShape,
  disputed: z.boolean().optional(),
  balance_transaction: z.union([z.string(), balanceTransactionShape]).nullish(),
});

const paymentIntentShape = z.object({
  object: z.literal('payment_intent'),
  id: z.string().min(1),
  status: z.enum(['canceled', 'processing', 'requires_action', 'requires_capture', 'requires_confirmation', 'requires_payment_method', 'succeeded']),
  amount_received: amountShape,
  currency: currencyShape,
  latest_charge: z.union([z.string(), chargeShape]).nullish(),
});

export const sessionShape = z.object({
  object: z.literal('checkout.session'),
  id: z.string().min(1),
  status: z.enum(['open', 'complete', 'expired']),
  payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
  amount_total: amountShape,
  currency: currencyShape,
  expires_at: z.int().positive(),
  url: z.string().nullish(),
  client_reference_id: z.string().nullish(),
  payment_intent: z.union([z.string(), paymentIntentShape]).nullish(),
});
export type StripeSession = z.infer<typeof sessionShape>;

/** A row of the list of sessions: only enough to recognise ours. */
export const sessionRowShape = z.object({
  id: z.string().min(1),
  status: z.string().nullish(),
  payment_status: z.string().nullish(),
  client_reference_id: z.string().nullish(),
});

export const refundShape = z.object({
  object: z.literal('refund'),
  id: z.string().min(1),
  amount: amountShape,
  currency: currencyShape,
  status: z.enum(['pending', 'requires_action', 'succeeded', 'failed', 'canceled']).nullable(),
  metadata: metadataShape.nullish(),
});

export const disputeShape = z.object({
  object: z.literal('dispute'),
  id: z.string().min(1),
  amount: amountShape,
  currency: currencyShape,
  created: z.int().positive(),
  reason: z.string().max(100),
  status: z.enum([
    'warning_needs_response',
    'warning_under_review',
    'warning_closed',
    'needs_response',
    'under_review',
    'appeal_needs_response',
    'appeal_under_review',
    'won',
    'lost',
    'prevented',
  ]),
  evidence_details: z.object({ due_by: z.int().nullish() }).nullish(),
  balance_transactions: z.array(
    z.object({
      object: z.literal('balance_transaction'),
      id: z.string().min(1),
      amount: z.int(),
      fee: z.int(),
      currency: currencyShape,
      created: z.int().positive(),
    }),
  ),
});
export type StripeDispute = z.infer<typeof disputeShape>;

/** A movement of the balance. `source` is expanded: a charge or a refund says which payment it belongs to; others are only named. */
export const balanceMovementShape = z.object({
  object: z.literal('balance_transaction'),
  id: z.string().min(1),
  amount: z.int(),
  fee: z.int(),
  currency: currencyShape,
  created: z.int().positive(),
  type: z.string().min(1),
  source: z
    .union([
      z.object({ id: z.string(), payment_intent: z.string().nullish(), metadata: metadataShape.nullish() }),
      z.string().transform((id) => ({ id, payment_intent: null, metadata: null })),
    ])
    .nullish(),
});
export type BalanceMovement = z.infer<typeof balanceMovementShape>;

export const payoutShape = z.object({ object: z.literal('payout'), id: z.string().min(1), automatic: z.boolean() });

export const accountShape = z.object({
  object: z.literal('account'),
  id: z.string().min(1),
  business_profile: z.object({ name: z.string().nullish() }).nullish(),
  settings: z.object({ dashboard: z.object({ display_name: z.string().nullish() }).nullish() }).nullish(),
});

/** An endpoint that was just made: only then is its secret told. */
export const webhookEndpointShape = z.object({
  object: z.literal('webhook_endpoint'),
  id: z.string().min(1),
  secret: z.string().startsWith('whsec_'),
});

/** A row of the list of endpoints. */
export const webhookEndpointRowShape = z.object({ id: z.string().min(1), url: z.string() });

/** A snapshot event. Thin events (`v2.core.event`) carry no object and are not ours to read. */
export const eventShape = z.object({
  object: z.literal('event'),
  id: z.string().min(1).max(255),
  type: z.string().min(1).max(255),
  data: z.object({
    object: z.object({
      object: z.string(),
      id: z.string().nullish(),
      client_reference_id: z.string().nullish(),
      metadata: metadataShape.nullish(),
      payment_intent: z.unknown().optional(),
    }),
  }),
});
