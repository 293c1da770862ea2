import type { Credentials, PaymentKey, PaymentOrder, PaymentProvider, RefundOrder } from '../payment-provider.ts';

export type ProviderCall = 'create' | 'read' | 'close' | 'refund';

/**
 * How a provider can be down: `silence`: it never answers · `server_error`: its own error, nothing done · `too_many_requests` · `proxy_page`: an
 * HTML page of something in between.
 */
export const outages = ['silence', 'server_error', 'too_many_requests', 'proxy_page'] as const;
export type Outage = (typeof outages)[number];

/** A webhook as the sandbox sent it. */
export interface RawWebhook {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawBody: Uint8Array;
  /** The secret part of the address it came to. */
  readonly addressSecret: string | undefined;
}

/** What a provider's sandbox lets a test do outside the protocol: be the client, the bank, the weather and the clock. */
export interface SandboxControl {
  now(): Date;
  /** Moves the provider's clock; what falls due by that has happened when it resolves. */
  moveClock(minutes: number): Promise<void>;
  /** The client pays. False when the page takes no money any more. */
  pay(providerPaymentId: string): Promise<boolean>;
  /** The client tries a card that is refused; the page stays. */
  decline(providerPaymentId: string): Promise<void>;
  /** The client pays, and the provider takes something else than it was asked for. */
  payAmiss(providerPaymentId: string, how: { amountMinor?: bigint; currency?: string }): Promise<boolean>;
  /** The client pays in a way that is decided later; `start` answers false where the provider has no such way. */
  readonly processing: {
    start(providerPaymentId: string): Promise<boolean>;
    settle(providerPaymentId: string, paid: boolean): Promise<void>;
  };
  /** The next such call is done, and its answer is lost so that even the transport's own repeat does not bring it. */
  loseAnswer(call: ProviderCall): void;
  /** The next such call is done, and then the line breaks; the transport may repeat it. */
  breakLine(call: ProviderCall): void;
  /** From now on such calls find the provider down, until `up`. */
  down(call: ProviderCall, outage: Outage): void;
  up(): void;
  /** Every webhook sent so far, in the order of arrival. */
  webhooks(): Promise<readonly RawWebhook[]>;
  /** How many payments exist at the provider for this reference of ours. */
  countPayments(reference: string): number;
  /** What the page says the client pays, as people write it: `5000` for yen, `12.350` for dinars. Worked out apart from the adapter. */
  priceShown(providerPaymentId: string): string;
  /** How refunds go from now on; what is to be decided later is decided by `settleRefund`. */
  answerRefunds(how: 'at_once' | 'later'): void;
  settleRefund(providerRefundId: string, done: boolean): void;
  /** The merchant gives everything back in the provider's own dashboard, without us. */
  refundInDashboard(providerPaymentId: string): Promise<void>;
  /** Clients and banks that dispute payments, where the sandbox has them. */
  readonly disputes?:
    | {
        /** Answers the provider's id of the dispute; `inquiry`: the bank only asks first. */
        open(providerPaymentId: string, how?: { readonly amountMinor?: bigint; readonly reason?: string; readonly inquiry?: boolean }): string;
        /** The merchant sends evidence in the provider's own dashboard. */
        answer(providerDisputeId: string): void;
        escalate(providerDisputeId: string): void;
        decide(providerDisputeId: string, won: boolean): void;
      }
    | undefined;
}

/** A provider beside its sandbox, with a merchant's account there. */
export interface ProviderSubject {
  readonly provider: PaymentProvider;
  readonly credentials: Credentials;
  /** Another merchant's, just as good. */
  readonly otherMerchant: Credentials;
  /** Well-formed, but nobody's. */
  readonly nobody: Credentials;
  /** What is secret about the addresses of our webhooks, and of another merchant's. */
  readonly addressSecrets: { readonly ours: string; readonly others: string };
  readonly webhookUrl: string;
  readonly sandbox: SandboxControl;
  stop(): Promise<void>;
}

let orders = 0;

type Orderer = Pick<ProviderSubject, 'provider' | 'webhookUrl'> & { readonly sandbox: Pick<SandboxControl, 'now'> };

/** An order that any provider can take: one line, in the first of its currencies. */
export function orderFor({ provider, sandbox, webhookUrl }: Orderer, changes: Partial<PaymentOrder> = {}): PaymentOrder {
  orders += 1;
  const { currencies } = provider.capabilities;
  const amountMinor = changes.amountMinor ?? 750_00n;
  const createdAt = sandbox.now();
  return {
    reference: `hf_contract_${orders}`,
    idempotencyKey: `idem_contract_${orders}`,
    amountMinor,
    currency: currencies === 'any' ? 'EUR' : (currencies[0] ?? 'EUR'),
    lines: [{ text: 'Haircut', amountMinor }],
    createdAt,
    payableUntil: new Date(createdAt.getTime() + 60 * 60_000),
    returnUrl: 'https://salon.example/return?booking=1',
    cancelUrl: 'https://salon.example/cancel?booking=1',
    webhookUrl,
    ownPageUrl: `https://salon.example/pay/page/${orders}`,
    language: 'en',
    instantMethodsOnly: true,
    ...changes,
  };
}

/** Opens a page that must open. */
export async function open(subject: ProviderSubject, changes: Partial<PaymentOrder> = {}) {
  const order = orderFor(subject, changes);
  const { providerPaymentId } = must(await subject.provider.createPayment(subject.credentials, order));
  return { order, providerPaymentId, key: { ...keyOf(order), providerPaymentId } };
}

/** As when the answer that named the payment was lost: only what we know ourselves. */
export function keyOf({ reference, createdAt, payableUntil, currency }: PaymentOrder): PaymentKey {
  return { reference, createdAt, payableUntil, currency };
}

/** A refund of it. The key is made of the payment's reference and `name`: the same name is the same refund. */
export function refundOf(
  { order, providerPaymentId }: { readonly order: PaymentOrder; readonly providerPaymentId: string },
  {
    name = 'all',
    amountMinor = order.amountMinor,
    refundedBeforeMinor = 0n,
  }: { name?: string; amountMinor?: bigint; refundedBeforeMinor?: bigint } = {},
): RefundOrder {
  const { reference, createdAt, currency } = order;
  const idempotencyKey = `${reference}_${name}`;
  return { reference, providerPaymentId, createdAt, amountMinor, currency, idempotencyKey, refundedBeforeMinor };
}

/** Opens a page and pays it. */
export async function openAndPay(subject: ProviderSubject, changes: Partial<PaymentOrder> = {}) {
  const opened = await open(subject, changes);
  if (!(await subject.sandbox.pay(opened.providerPaymentId))) throw new Error('the sandbox did not take the money');
  return opened;
}

/** The value of an outcome that has to be `done`. */
export function must<T>(outcome: { kind: 'done'; value: T } | { kind: 'declined' | 'unknown'; message: string }): T {
  if (outcome.kind !== 'done') throw new Error(`${outcome.kind}: ${outcome.message}`);
  return outcome.value;
}
