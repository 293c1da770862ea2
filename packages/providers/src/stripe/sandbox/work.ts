import type { Stripe } from 'stripe';
import type { Draft } from '../../sandbox-kit/journal.ts';
import type { PayoutRow } from './pay-out.ts';

/** The version of Stripe's API whose shapes the sandbox speaks. */
export const API_VERSION = '2026-10-28.endive';

export interface SandboxAccount {
  /** `acct_…`, made from the secret key, so that it is the same after a restart. */
  readonly id: string;
  readonly secretKey: string;
  readonly publishableKey: string;
  readonly webhookSecret: string;
  /** Where events go; without it they wait. */
  readonly webhookUrl?: string | undefined;
}

export interface SessionRow {
  readonly account: string;
  readonly session: Stripe.Checkout.Session;
  readonly lines: readonly Stripe.LineItem[];
  readonly intentData: {
    readonly description: string | null;
    readonly metadata: Readonly<Record<string, string>>;
    readonly receiptEmail: string | null;
  };
}

export interface EventRow {
  readonly account: string;
  readonly event: Omit<Stripe.EventBase, 'type' | 'data'> & { readonly type: string; readonly data: { readonly object: unknown } };
  readonly delivery: 'pending' | 'delivered' | 'dropped';
  readonly attempts: number;
  /** When the next attempt is due, epoch milliseconds of the sandbox's clock. */
  readonly dueAt: number;
  /** Endpoints that have it; the others get it again. */
  readonly takenBy?: readonly string[];
}

/** A webhook endpoint that was made by a call. */
export interface EndpointRow {
  readonly account: string;
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly enabled_events: readonly string[];
  readonly api_version: string | null;
  readonly description: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly created: number;
}

/** The first answer under an idempotency key. */
export interface AnswerRow {
  readonly fingerprint: string;
  readonly endpoint: string;
  readonly status: number;
  readonly body: string;
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface Owned<T> {
  readonly account: string;
  readonly object: T;
}

export interface Kinds {
  session: SessionRow;
  intent: Owned<Stripe.PaymentIntent>;
  charge: Owned<Stripe.Charge>;
  txn: Owned<Stripe.BalanceTransaction>;
  refund: Owned<Stripe.Refund>;
  dispute: Owned<Stripe.Dispute>;
  payout: PayoutRow;
  event: EventRow;
  answer: AnswerRow;
  /** Made by hand on the Developers page. */
  account: SandboxAccount;
  endpoint: EndpointRow;
}

export const kindNames = [
  'session',
  'intent',
  'charge',
  'txn',
  'refund',
  'dispute',
  'payout',
  'event',
  'answer',
  'account',
  'endpoint',
] as const satisfies readonly (keyof Kinds)[];

/** What every deed is given: the draft it writes, whose account it is, and the moment. */
export interface Work {
  readonly tx: Draft<Kinds>;
  readonly account: SandboxAccount;
  readonly now: Date;
  readonly newId: (prefix: string) => string;
  /** Which API request caused it; events carry it. */
  readonly request: { readonly id: string | null; readonly idempotencyKey: string | null };
  /** Origin of the hosted page. */
  readonly publicOrigin: string;
}

export const seconds = (moment: Date): number => Math.floor(moment.getTime() / 1000);

/** Writes an event beside the change that caused it, so that neither exists without the other. */
export function tell(work: Work, type: string, object: unknown): void {
  const event: EventRow['event'] = {
    id: work.newId('evt'),
    object: 'event',
    api_version: API_VERSION,
    created: seconds(work.now),
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: work.request.id, idempotency_key: work.request.idempotencyKey },
    type,
  };
  work.tx.put('event', event.id, { account: work.account.id, event, delivery: 'pending', attempts: 0, dueAt: work.now.getTime() });
}
