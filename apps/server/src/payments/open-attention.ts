import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';

export type AttentionKind =
  /** Captured in time or late, but its purpose could not take it: on the client's account, waiting for their choice (A12). */
  | 'late_payment'
  /** Another amount than was asked: on the client's account. */
  | 'amount_mismatch'
  /** Another currency than was asked: in "unplaced". */
  | 'currency_mismatch'
  /** More came for a payment that was captured already: on the client's account. */
  | 'paid_more'
  /** Staff have lowered what a visit costs below what was paid for it. Closes by itself when it costs as much again, or the money has gone back. */
  | 'paid_above_cost'
  | 'refunded_at_provider'
  /** The provider contradicts what it said before. Nothing was moved. */
  | 'provider_disagrees'
  /** The provider could not be asked for a day about a payment that is not final. */
  | 'payment_unclear'
  /** A payment carries our mark and nobody knows it. */
  | 'unknown_payment'
  /** The provider did not give a refund back: it is sent again, or goes another way (Finance → Refunds). */
  | 'refund_failed'
  /** More went back at the provider than the client still had on their account: the rest stands unplaced, and is the salon's loss until somebody asks for it. */
  | 'refund_beyond_balance'
  /** Money of a test payment: nobody's purchase, to be given back. */
  | 'test_payment'
  /** A connection's credentials stop working by themselves soon, or have. */
  | 'credentials_end'
  /** A payout is not what its payments, refunds and fees make. Closes by itself when it is explained. */
  | 'payout_differs'
  /** Captured here, and in nothing that the provider has said since. Closes by itself when it comes or is decided. */
  | 'payment_missing_at_provider'
  /** A document that is due cannot be written. The rest goes on, it is tried again, and this closes by itself when it is. */
  | 'receipt_not_issued'
  /** What a visit has earned cannot be posted. As above. */
  | 'income_not_posted'
  /** A client's bank disputes a payment (chargeback). Closes by itself when it is won, lost or withdrawn. */
  | 'dispute'
  /** So many codes were asked for with one prefix, and so few confirmed, that its numbers are sent nothing. Closes by itself when the block is lifted or ends. */
  | 'codes_blocked'
  /** A webhook endpoint was switched off because nothing arrived there. Closes by itself when it is on again or deleted. */
  | 'webhook_off';

export interface Attention {
  readonly kind: AttentionKind;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly attemptId?: string;
  readonly amountMinor?: bigint;
  readonly currency?: string;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Puts something before a person. What a provider may repeat (disagreement, unclear, unknown) and what lasts (a test's money, an end) stands there once while it is open. */
export async function openAttention(tx: Tx, { newId }: Pick<Deps, 'newId'>, scope: Scope, at: Date, attention: Attention): Promise<void> {
  const { kind, subject, attemptId, amountMinor, currency, detail } = attention;
  await sql`
    insert into attention (chain_id, attention_id, location_id, kind, subject_kind, subject_id, attempt_id, amount_minor, currency, detail, opened_at)
    values (${scope.chainId}, ${newId('att')}, ${scope.locationId}, ${kind}, ${subject.kind}, ${subject.id}, ${attemptId ?? null},
            ${amountMinor ?? null}, ${currency ?? null}, ${JSON.stringify(detail ?? {})}::jsonb, ${at})
    on conflict do nothing`.execute(tx);
}
