import type { Faults } from './faults.ts';
import type { WebhookDelivery } from './webhook-delivery.ts';

/** Values of a merchant's account, named as an owner's form names them: what the provider's own pages show. */
export type AccountKeys = Readonly<Record<string, string>>;

export interface SandboxOptions {
  /** 0 or left out: a free one. */
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  /** Every date, deadline and retry follows this clock. */
  readonly now: () => Date;
  /** A file that keeps everything over a restart; left out: memory only. One process at a time. */
  readonly statePath?: string | undefined;
  /** What the client's browser can reach, when it is not the sandbox's own origin. */
  readonly publicOrigin?: string | undefined;
  /** How often due events and expiries are looked for, real milliseconds; 0: only by `tick()` and by requests. Default 1000. */
  readonly tickEveryMs?: number | undefined;
}

/** What the client does on the page, and what the provider then makes of it. */
export interface PayWish {
  /** The card is refused; the page stays. */
  readonly declined?: boolean;
  /** A way of paying that is decided later, by `settleProcessing`. */
  readonly processing?: boolean;
  /** The provider takes another amount than it was asked for, minor units. */
  readonly amountMinor?: bigint;
  /** The provider takes it in another currency. */
  readonly currency?: string;
}

/** `closed`: the page takes no money any more (also when it has been paid) · `not_offered`: this provider has no such way. */
export type PayAnswer = 'captured' | 'processing' | 'declined' | 'closed' | 'not_offered';

/** A payment in the provider's own books. */
export interface SandboxPayment {
  /** As the API calls it: what an adapter keeps. */
  readonly id: string;
  readonly reference: string | undefined;
  readonly state: 'open' | 'processing' | 'captured' | 'failed' | 'closed';
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly capturedMinor: bigint;
  readonly refundedMinor: bigint;
  /** What the page says the client pays, as people write it: `5000` for yen, `12.350` for dinars. */
  readonly priceShown: string;
}

/** What a client, their bank and the merchant do about a payment that is disputed. */
export interface SandboxDisputes {
  /** The client disputes it, all of it when no amount is given; `inquiry`: the bank only asks first. Answers the provider's id of the dispute. */
  open(paymentId: string, how?: { readonly amountMinor?: bigint; readonly reason?: string; readonly inquiry?: boolean }): string;
  /** The merchant sends evidence in the provider's dashboard. */
  answer(disputeId: string): void;
  /** An inquiry becomes a dispute, and the money is withdrawn. */
  escalate(disputeId: string): void;
  decide(disputeId: string, won: boolean): void;
}

/**
 * A provider's sandbox as a program steers it: its wire protocol is at `origin`, and this is everything outside of the protocol: to be the client, the
 * bank, the merchant in the provider's dashboard, and the weather.
 */
export interface Sandbox {
  /** The provider's name. */
  readonly provider: string;
  readonly origin: string;
  /** Where people look: its pages and `/developers`. Another one than `origin` only where a browser could not open that. */
  readonly pagesOrigin: string;
  /** PEM of the authority that vouches for `origin`, where it speaks TLS. */
  readonly ca?: string | undefined;
  readonly faults: Faults;
  readonly webhooks: WebhookDelivery;
  /** Makes up the keys of a merchant; nobody's until `setAccount`. The same name brings the same merchant. */
  inventKeys(name: string): Promise<AccountKeys>;
  /**
   * Adds a merchant's account, or changes its addresses: where webhooks go, and where clients come back to where that is one address for all. A provider
   * that is told them with each payment ignores them.
   */
  setAccount(keys: AccountKeys, webhookUrl?: string, returnUrl?: string): void;
  payments(): readonly SandboxPayment[];
  pay(paymentId: string, how?: PayWish): PayAnswer;
  settleProcessing(paymentId: string, paid: boolean): void;
  /** The merchant gives money back in the provider's dashboard, or the provider reverses it: all that is left when no amount is given. */
  giveBack(paymentId: string, amountMinor?: bigint): void;
  /** How refunds asked for by the API go from now on: at once, or `later`, decided by `settleRefund` (provider's refund id), or refused after a while. */
  answerRefunds(how: 'at_once' | 'later'): void;
  settleRefund(refundId: string, done: boolean): void;
  /** The banks behind the cards, where clients can dispute a payment. */
  readonly disputes?: SandboxDisputes | undefined;
  /** What the clock has made due since: expiries first, then webhooks; resolves when the receivers have answered. */
  tick(): Promise<void>;
  close(): Promise<void>;
}

export type StartSandbox = (options: SandboxOptions) => Promise<Sandbox>;
