import type { Journal } from '../../sandbox-kit/journal.ts';
import type { Kinds } from './work.ts';

/** The provider's own account of one payment; amounts in Stripe's units. */
export interface SandboxPayment {
  readonly id: string;
  readonly account: string;
  readonly client_reference_id: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly payment_intent: string | null;
  /** `open`, `complete` or `expired`. */
  readonly status: string;
  readonly payment_status: string;
  readonly amount: number;
  readonly currency: string;
  readonly captured: number;
  readonly refunded: number;
  readonly fee: number;
  readonly created: number;
  readonly expires_at: number;
}

/** Every payment there is, in the order of creation: what an audit compares the salon's books with. */
export function paymentsAccount(journal: Journal<Kinds>): SandboxPayment[] {
  return journal.list('session').map(({ account, session }) => {
    const intentId = typeof session.payment_intent === 'string' ? session.payment_intent : null;
    const intent = intentId === null ? undefined : journal.get('intent', intentId)?.object;
    const charge = typeof intent?.latest_charge === 'string' ? journal.get('charge', intent.latest_charge)?.object : undefined;
    const txn = typeof charge?.balance_transaction === 'string' ? journal.get('txn', charge.balance_transaction)?.object : undefined;
    return {
      id: session.id,
      account,
      client_reference_id: session.client_reference_id,
      metadata: session.metadata ?? {},
      payment_intent: intentId,
      status: session.status ?? 'open',
      payment_status: session.payment_status,
      amount: session.amount_total ?? 0,
      currency: session.currency ?? '',
      captured: intent?.amount_received ?? 0,
      refunded: charge?.amount_refunded ?? 0,
      fee: txn?.fee ?? 0,
      created: session.created,
      expires_at: session.expires_at,
    };
  });
}
