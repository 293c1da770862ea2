import type { z } from 'zod';

/** Secrets of one connection, as the adapter's own schema names them. */
export type Credentials = Readonly<Record<string, string>>;

/** One sentence in each language the screens speak. */
export interface InLanguages {
  readonly en: string;
  readonly uk: string;
  readonly pt: string;
}

/** What the form says about one field of the credentials. Secrets and settings alike: whatever belongs to this one connection. */
export interface CredentialField {
  /** Never shown again once it is saved. */
  readonly secret: boolean;
  /** As the provider's own pages call it. */
  readonly title: string;
  /** Ours, where the provider's own pages have no word for it. */
  readonly ownTitle?: InLanguages;
  /** Where an owner finds it. */
  readonly where: InLanguages;
  /** What it looks like: "sk_live_…". */
  readonly placeholder: string;
  /** `line` when left out · `lines`: several lines of text, such as PEM · `file`: its bytes in base64 · `choice`: one of `choices`. */
  readonly kind?: 'line' | 'lines' | 'file' | 'choice';
  /** May be left empty: then its value is ''. */
  readonly optional?: boolean;
  /** What a choice offers; the first one is what most need. */
  readonly choices?: readonly { readonly value: string; readonly title: InLanguages }[];
  /** A setting rather than a key: shown as it is once it is saved. Choices always are; of everything else people see the last four characters at most. */
  readonly shown?: boolean;
  /** `setUpWebhook` brings its value: it need not be typed where webhooks are set up by a call. */
  readonly broughtBySetUp?: boolean;
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

/** Where the adapter sends its calls: the real address, or a sandbox's. */
export interface ProviderEndpoint {
  /** Origin such as `https://api.stripe.com` or `http://127.0.0.1:12111`; undefined = the provider's real one. */
  readonly origin?: string | undefined;
  /** PEM of the authority to trust at `origin`, where that is none of the well-known ones. */
  readonly ca?: string | undefined;
  /** How long one silence of the provider's may last, milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** For what ends by itself: access tokens, pages whose end nobody announces. The machine's clock when left out. */
  readonly now?: (() => Date) | undefined;
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
  /** Where the provider is to report, for providers that are told so with each payment. */
  readonly webhookUrl: string;
  /** A page of ours for this attempt: the page to pay at providers that have none (see {@link OwnPage}). */
  readonly ownPageUrl: string;
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
  /** Where the client's bank disputes it (capability `disputes`): every dispute there has been, oldest first. */
  readonly disputes?: readonly DisputeFact[] | undefined;
}

/** How a dispute (chargeback) of a payment stands. As with payments: it may be late, doubled, out of order. */
export interface DisputeFact {
  readonly providerDisputeId: string;
  /** What the client wants back; not always all of the payment. */
  readonly amountMinor: bigint;
  readonly currency: string;
  /** The provider's own word for why: `fraudulent`, `product_not_received`. */
  readonly reason: string;
  /** `inquiry`: the bank only asks, and may make a chargeback of it · `chargeback`: it has taken the money back. */
  readonly stage: 'inquiry' | 'chargeback';
  /**
   * `needs_response`: evidence is taken until `respondBy` · `under_review`: the bank has to decide · `won`: the money is the merchant's · `lost`: the client's ·
   * `closed`: over, and never became more than a question.
   */
  readonly state: 'needs_response' | 'under_review' | 'won' | 'lost' | 'closed';
  readonly openedAt: Date;
  readonly respondBy?: Date;
  /** What it has moved at the provider so far. */
  readonly movements: readonly DisputeMovement[];
}

/** Money withdrawn by a dispute or brought back by it; the same movement is a {@link SettlementLine} of kind `adjustment`, under the same `lineId`. */
export interface DisputeMovement {
  readonly lineId: string;
  /** Negative when it leaves the merchant. Before the fee. */
  readonly amountMinor: bigint;
  /** What the provider keeps for it, positive. */
  readonly feeMinor: bigint;
  readonly currency: string;
  readonly at: Date;
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
  /** What `ownPageUrl` is to show, where that is the `pageUrl`. Kept as it is and shown again at every visit until `payableUntil`. */
  readonly page?: OwnPage | undefined;
}

/**
 * What a page of ours shows for a provider without one. `form`: it posts itself to the provider · `code`: a code to scan or to copy (PIX) ·
 * `instructions`: what to do, in words, with values to copy.
 */
export type OwnPage =
  | { readonly kind: 'form'; readonly action: string; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'instructions'; readonly values: readonly { readonly title: InLanguages; readonly value: string }[]; readonly say: InLanguages };

export interface RefundFact {
  readonly providerRefundId: string;
  readonly state: 'pending' | 'refunded' | 'failed';
  readonly amountMinor: bigint;
}

/** One refund of one payment, the same each time it is spoken of. */
export interface RefundOrder {
  /** The payment's. */
  readonly reference: string;
  readonly providerPaymentId: string;
  /** When the payment was made. */
  readonly createdAt: Date;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** One per refund. */
  readonly idempotencyKey: string;
  /**
   * What had gone back of this payment before this refund was first spoken of. A provider that knows no keys is asked how much has gone back by now:
   * so much and this amount means that it was done.
   */
  readonly refundedBeforeMinor: bigint;
}

/** A line of the provider's own books, for reconciliation. */
export interface SettlementLine {
  /** The provider's id of the line: the same line comes again under the same id. */
  readonly lineId: string;
  readonly kind: 'payment' | 'refund' | 'fee' | 'adjustment' | 'payout';
  readonly reference: string | undefined;
  readonly providerPaymentId: string | undefined;
  /** Before the fee, minor units; negative when it leaves the merchant: refunds, and payouts, which leave for the bank. */
  readonly amountMinor: bigint;
  /** What the provider keeps of it: positive, negative when a fee is given back. */
  readonly feeMinor: bigint;
  readonly currency: string;
  readonly at: Date;
  /** The payout it was part of, once that is known. */
  readonly payoutId: string | undefined;
}

/** A webhook whose proof was checked. */
export interface VerifiedEvent {
  /** The provider's id of the event: the same event comes again under the same id. */
  readonly eventId: string;
  readonly eventType: string;
  /** Our reference, if the event carries one. */
  readonly reference: string | undefined;
  /** The payment's id there, or another name of it that `readPayment` understands: a dispute knows only what was charged. */
  readonly providerPaymentId: string | undefined;
}

export type WebhookVerdict =
  | { readonly kind: 'verified'; readonly events: readonly VerifiedEvent[] }
  | { readonly kind: 'refused'; readonly why: 'missing_signature' | 'bad_signature' | 'stale' | 'unreadable' }
  /** The provider had to be asked for what checks it, and did not answer: let it be sent again. */
  | { readonly kind: 'unchecked'; readonly message: string };

/** A webhook as it came. */
export interface IncomingWebhook {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawBody: Uint8Array;
  /** The moment of receipt. */
  readonly now: Date;
  /** The secret part of the address it came to, and what that is for this connection: the only proof of a provider that signs nothing. */
  readonly address: { readonly came: string | undefined; readonly ours: string };
}

/** How webhooks got set up by a call. */
export type WebhookSetUp =
  /** Where `credentials` are given they take the place of the connection's of the same names. */
  | { readonly kind: 'set'; readonly credentials?: Credentials }
  /** The merchant's only address is in use for something else: nothing was changed. */
  | { readonly kind: 'taken'; readonly otherUrl: string };

export interface ProviderCapabilities {
  readonly currencies: 'any' | readonly string[];
  /** Whether an open page can be closed by a call. */
  readonly closesPages: boolean;
  /** The shortest life a page can have; 0 = any. The caller closes it earlier by a call. */
  readonly shortestPageMinutes: number;
  readonly refunds: 'partial' | 'full_only' | 'none';
  readonly tellsExpiry: boolean;
  readonly createIsIdempotent: boolean;
  /** Whether two who say the same refund at the same moment give back once. One after the other is safe everywhere. */
  readonly refundIsIdempotent: boolean;
  /** False: the provider first hears of a payment when the client begins to pay it, so making one calls nobody. */
  readonly knowsUnpaid: boolean;
  /** After a refused card the client can try another one on the same page. False: that payment has failed for good, and a new one is made. */
  readonly triesAgainOnPage: boolean;
  /** Whether the fee of a payment is told with it. */
  readonly tellsFees: boolean;
  /** Whether a page whose making was never answered is found again by our reference, also while nobody has paid it. */
  readonly findsByReference: boolean;
  /**
   * `signature`: over the body's bytes · `address`: it came to an address only the provider was told; what it says is proven by asking · `none`: nobody
   * sends any.
   */
  readonly webhookProof: 'signature' | 'address' | 'none';
  /** Whether a webhook's proof covers when it was sent, so that an old one can be told and is refused. */
  readonly webhooksAreDated: boolean;
  /** How the provider gets to know our address: the owner types it there, by a call of ours, with each payment, or not at all. */
  readonly webhookSetup: 'by_hand' | 'by_call' | 'with_each_payment' | 'none';
  /**
   * A payment's disputes are told with it, by `readPayment`; webhooks of these types say that there is something new. Left out: this provider
   * tells nothing of them here.
   */
  readonly disputes?: { readonly events: readonly string[] };
  /** There is nobody to ask: a person of the salon notes what has come in and gone back, and every question carries that (`PaymentKey.noted`). */
  readonly notedByHand?: true;
  /** What `readSettlements` brings: lines with their payouts, lines without, or nothing. */
  readonly settlements: 'payouts' | 'statement' | 'none';
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
  readonly credentialsShape: z.ZodObject<Record<string, z.ZodType<string>>>;
  /** How an owner connects it, step by step, before and beside the form: what to open, press and copy at the provider. */
  readonly steps?: readonly InLanguages[];
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
  /** How does this refund stand? Changes nothing; `undefined` = nothing of it has happened. */
  readRefund(credentials: Credentials, refund: RefundOrder): Promise<Outcome<RefundFact | undefined>>;
  /**
   * Gives money back. Repeating it with the same order has one effect: where the provider has no keys it is asked first. `declined` with
   * `cannot_refund` or `only_full_refunds` where the capabilities say so; with the provider's own code when it is more than what is left. `unknown`
   * also when neither `refundedBeforeMinor` nor that and this amount has gone back: somebody has to look.
   */
  refundPayment(credentials: Credentials, refund: RefundOrder): Promise<Outcome<RefundFact>>;
  /** Gives a dispute up: the money stays the client's. What is over already is `declined` (capability `disputes`). */
  acceptDispute?(credentials: Credentials, providerDisputeId: string): Promise<Outcome<undefined>>;
  /**
   * Checks the proof on the raw bytes before reading a field. Refuses, never throws, whatever is sent; throws only when the credentials lack what
   * the check needs.
   */
  verifyWebhook(credentials: Credentials, webhook: IncomingWebhook): Promise<WebhookVerdict>;
  /** Which payment somebody comes back from (its id here), where the provider has one return address for all of a merchant's payments. */
  returnedPayment?(query: Readonly<Record<string, string | undefined>>): string | undefined;
  /** What to answer a GET of the webhook's address, where the provider asks for one before it sends anything there. */
  answerAddressCheck?(credentials: Credentials): Promise<Outcome<Readonly<Record<string, unknown>>>>;
  /**
   * Tells the provider where to report (capability `by_call`). The same address twice is one address. Where a merchant has only one, another one is not
   * replaced unless told so (`taken`); where there may be several, the others stay as they are. What the set-up itself brings need not be in the credentials.
   */
  setUpWebhook?(credentials: Credentials, wish: { readonly url: string; readonly replace: boolean }): Promise<Outcome<WebhookSetUp>>;
  /** The provider's own lines from `from` until before `to`, oldest first (capability `settlements`). */
  readSettlements?(credentials: Credentials, span: { readonly from: Date; readonly to: Date }): Promise<Outcome<readonly SettlementLine[]>>;
  /** When these credentials stop working by themselves: a certificate's end. */
  endsAt?(credentials: Credentials): Date | undefined;
}

export interface PaymentKey {
  readonly reference: string;
  readonly providerPaymentId?: string | undefined;
  /** When we made the attempt: where a provider can only list, from where to look. */
  readonly createdAt: Date;
  /** Until when it may be paid: a provider that does not announce the end, or does not know unpaid payments, is told by this that it is over. */
  readonly payableUntil: Date;
  /** As asked. */
  readonly currency: string;
  /** What a person of the salon has noted, in `currency` (capability `notedByHand`). */
  readonly noted?: { readonly capturedMinor: bigint; readonly refundedMinor: bigint } | undefined;
}
