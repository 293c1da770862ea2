import { expect, test } from 'vitest';
import { disputeFact } from './read-disputes.ts';
import { disputeShape } from './wire.ts';

/** As docs.stripe.com/api/disputes/object and Stripe's own example events show it; written down apart from the sandbox. */
const asDocumented = {
  id: 'dp_1Bl3mMGWCopOTFn1jpVaJDrU',
  object: 'dispute',
  amount: 25000,
  balance_transactions: [
    {
      id: 'txn_1Bl3mMGWCopOTFn18p8iALq8',
      object: 'balance_transaction',
      amount: -25000,
      available_on: 1516233600,
      created: 1516145022,
      currency: 'usd',
      description: 'Chargeback withdrawal for ch_1Bl3mKGWCopOTFn1LKoN557r',
      exchange_rate: null,
      fee: 1500,
      fee_details: [{ amount: 1500, application: null, currency: 'usd', description: 'Dispute fee', type: 'stripe_fee' }],
      net: -26500,
      source: 'dp_1Bl3mMGWCopOTFn1jpVaJDrU',
      status: 'pending',
      type: 'adjustment',
    },
  ],
  charge: 'ch_1Bl3mKGWCopOTFn1LKoN557r',
  created: 1516145022,
  currency: 'usd',
  evidence: { access_activity_log: null, uncategorized_text: null },
  evidence_details: { due_by: 1517529599, has_evidence: false, past_due: false, submission_count: 0 },
  is_charge_refundable: false,
  livemode: false,
  metadata: {},
  payment_intent: 'pi_1',
  reason: 'fraudulent',
  status: 'needs_response',
};
const factOf = (changes: Record<string, unknown> = {}) => disputeFact(disputeShape.parse({ ...asDocumented, ...changes }));

test('a dispute as Stripe documents it is read with its amount, reason, deadline and what it withdrew', () => {
  expect(factOf()).toEqual({
    providerDisputeId: 'dp_1Bl3mMGWCopOTFn1jpVaJDrU',
    amountMinor: 25000n,
    currency: 'USD',
    reason: 'fraudulent',
    stage: 'chargeback',
    state: 'needs_response',
    openedAt: new Date('2018-01-16T23:23:42Z'),
    respondBy: new Date('2018-02-01T23:59:59Z'),
    movements: [
      { lineId: 'txn_1Bl3mMGWCopOTFn18p8iALq8', amountMinor: -25000n, feeMinor: 1500n, currency: 'USD', at: new Date('2018-01-16T23:23:42Z') },
    ],
  });
});

test.each([
  ['warning_needs_response', 'inquiry', 'needs_response'],
  ['warning_under_review', 'inquiry', 'under_review'],
  ['warning_closed', 'inquiry', 'closed'],
  ['needs_response', 'chargeback', 'needs_response'],
  ['under_review', 'chargeback', 'under_review'],
  ['appeal_needs_response', 'chargeback', 'needs_response'],
  ['appeal_under_review', 'chargeback', 'under_review'],
  ['won', 'chargeback', 'won'],
  ['lost', 'chargeback', 'lost'],
  ['prevented', 'chargeback', 'closed'],
])('%s is %s, %s', (status, stage, state) => {
  expect(factOf({ status })).toMatchObject({ stage, state });
});

test('a state that Stripe adds one day is unreadable, and never guessed; no deadline is none', () => {
  expect(() => factOf({ status: 'somewhere_else' })).toThrow();
  expect(factOf({ evidence_details: { due_by: null } }).respondBy).toBeUndefined();
});

test('yen have no decimals, dinars three, krónur are sent hundredfold', () => {
  expect(factOf({ currency: 'jpy', amount: 4500 }).amountMinor).toBe(4500n);
  expect(factOf({ currency: 'kwd', amount: 12350 }).amountMinor).toBe(12350n);
  expect(factOf({ currency: 'isk', amount: 450000 }).amountMinor).toBe(4500n);
});
