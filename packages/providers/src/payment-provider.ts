import type { z } from 'zod';

/** Secrets of one connection, as the adapter's own schema names them. */
export type Credentials = Readonly<Record<string, string>>;

/** One sentence in each language the screens speak. */
export interface InLanguages {
  readonly en: string;
  readonly uk: string;
  readonly pt: string;
}

/** What the form says about one field of the credentials. */
export interface CredentialField {
  /** Never shown again once it is saved. */
  readonly secret: boolean;
  /** As the provider's own pages call it. */
  readonly title: string;
  /** Where an owner finds it. */
  readonly where: InLanguages;
  /** What it looks like: "sk_live_…". */
  readonly placeholder: string;
}

/** Whose credentials they are. */
export interface ProviderAccount {
  /** For people: "Linden & Salt (acct_1…)". */
  readonly account: string;
  /**
   * The same for every key of one account in one mode (test or live), another one for any other: payments made with these keys can be asked about
   * with those exactly where this is equal.
   */
  readonly accountId: string;
}

/** Where the adapter sends its calls. The real address, or a sandbox's. */
export interface ProviderEndpoint {
  /** Origin such as `https://api.stripe.com` or `http://127.0.0.1:12111`; undefined = the provider's real one. */
  readonly origin?: string;
}

export interface PaymentLineText {
  readonly text: string;
  readonly amountMinor: bigint;
}

/** What we ask a provider to collect. */
export interface PaymentOrder {
  /** Ours, unique, with the installation's mark: comes back in webhooks and status answers. */
  readonly reference: string;
  /** One per attempt; the same call repeated with it has one effect. */
  readonly idempotencyKey: string;
  readonly amountMinor: bigint;
  /** ISO 4217. */
  readonly currency: string;
  readonly lines: readonly PaymentLineText[];
  /** When the attempt was made. A repeated call carries the same moment, so that it is the same call. */
  readonly createdAt: Date;
  /** Until when the client may pay. An adapter whose shortest page is longer says so in its capabilities and is closed by a call. */
  readonly payableUntil: Date;
  /** Where the provider sends the client back to. Says nothing about the outcome. */
  readonly returnUrl: string;
  readonly cancelUrl: string;
  readonly language: string;
  readonly clientEmail?: string;
  /** Only methods that are decided at once, because a time is being held. */
  readonly instantMethodsOnly: boolean;
}

/** How a payment stands at the provider. Facts may be late, doubled, out of order: the caller compares them with what it knows. */
export interface PaymentFact {
  readonly reference: string | undefined;
  readonly providerPaymentId: string;
  /**
   * `open`: the page can still be paid · `processing`: the client has done their part, the provider has not decided · `captured`: money is
   * ours, `capturedMinor` of it · `failed`: it will never be paid, decided by the provider · `closed`: nobody paid and nobody can any more.
   */
  readonly state: 'open' | 'processing' | 'captured' | 'failed' | 'closed';
  readonly capturedMinor: bigint;
  /** ISO 4217 of what was captured (or asked, before). */
  readonly currency: string;
  /** Given back so far, at the provider. */
  readonly refundedMinor: bigint;
  /** The provider's fee in minor units of `currency`, once known. */
  readonly feeMinor?: bigint;
}

/**
 * The outcome of a call. `unknown` is not a failure: after a time-out the money may have moved, so look again and never invite a second
 * payment. `declined` is an answer: the provider understood and said no.
 */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'declined'; readonly code: string; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string };

export interface OpenedPayment {
  readonly providerPaymentId: string;
  /** Where to send the client. */
  readonly pageUrl: string;
  /** When the provider itself closes the page; may be later than asked (see `shortestPageMinutes`). */
  readonly closesAt: Date;
}

export interface RefundFact {
  readonly providerRefundId: string;
  readonly state: 'pending' | 'refunded' | 'failed';
  readonly amountMinor: bigint;
}

/** A webhook whose proof was checked. */
export interface VerifiedEvent {
  /** The provider's id of the event: the same event comes again under the same id. */
  readonly eventId: string;
  readonly eventType: string;
  /** Our reference, if the event carries one. */
  readonly reference: string | undefined;
  readonly providerPaymentId: string | undefined;
}

export type WebhookVerdict =
  | { readonly kind: 'verified'; readonly events: readonly VerifiedEvent[] }
  | { readonly kind: 'refused'; readonly why: 'missing_signature' | 'bad_signature' | 'stale' | 'unreadable' };

export interface ProviderCapabilities {
  readonly currencies: 'any' | readonly string[];
  /** Whether an open page can be closed by a call. */
  readonly closesPages: boolean;
  /** The shortest life a page can have; 0 = any. The caller closes it earlier by a call. */
  readonly shortestPageMinutes: number;
  readonly refunds: 'partial' | 'full_only' | 'none';
  readonly tellsExpiry: boolean;
  readonly createIsIdempotent: boolean;
  readonly refundIsIdempotent: boolean;
  /** Whether a webhook's proof covers when it was sent, so that an old one can be told and is refused. */
  readonly webhooksAreDated: boolean;
}

/**
 * One payment provider. It translates and never decides, stores or retries (beyond what a transport does with the same idempotency key).
 * All instants are UTC; all amounts are minor units of their ISO currency, whatever the provider counts in.
 */
export interface PaymentProvider {
  readonly name: string;
  /** As people know it: "Stripe". */
  readonly title: string;
  readonly capabilities: ProviderCapabilities;
  /** The form an owner fills in; each field carries `.meta(…)` of a {@link CredentialField}. */
  readonly credentialsShape: z.ZodObject<Record<string, z.ZodString>>;
  /** What has to be ticked where webhooks are set up at the provider; empty where the provider has no such choice. */
  readonly webhookEvents: readonly string[];
  /** Smallest amount the provider charges in this currency, minor units; 0n when it has no such rule. */
  minimumChargeMinor(currency: string): bigint;
  /** Are these credentials good? Asks the provider, changes nothing there. */
  testConnection(credentials: Credentials): Promise<Outcome<ProviderAccount>>;
  createPayment(credentials: Credentials, order: PaymentOrder): Promise<Outcome<OpenedPayment>>;
  /**
   * How does it stand? By the provider's id, or by our reference when its answer never reached us; `undefined` = the provider knows no such payment.
   */
  readPayment(credentials: Credentials, key: PaymentKey): Promise<Outcome<PaymentFact | undefined>>;
  /**
   * Closes the page so that nobody can pay any more; answers how the payment stands after that, which may be `captured` or `processing`. A
   * provider whose pages cannot be closed answers `declined` with `cannot_close`.
   */
  closePayment(credentials: Credentials, key: PaymentKey & { providerPaymentId: string }): Promise<Outcome<PaymentFact>>;
  /**
   * Gives money back. Repeating it with the same key has one effect. `declined` with `cannot_refund` or `only_full_refunds` where the
   * capabilities say so; with the provider's own code when it is more than what is left.
   */
  refundPayment(
    credentials: Credentials,
    refund: { providerPaymentId: string; amountMinor: bigint; currency: string; idempotencyKey: string; reference: string },
  ): Promise<Outcome<RefundFact>>;
  /**
   * Checks the proof on the raw bytes before reading a field. `now` is the moment of receipt. Refuses, never throws, whatever is sent; throws
   * only when the credentials lack what the check needs.
   */
  verifyWebhook(
    credentials: Credentials,
    webhook: { headers: Readonly<Record<string, string | undefined>>; rawBody: Uint8Array; now: Date },
  ): WebhookVerdict;
}

export interface PaymentKey {
  readonly reference: string;
  readonly providerPaymentId?: string | undefined;
  /** When we made the attempt: where a provider can only list, from where to look. */
  readonly createdAt: Date;
}
