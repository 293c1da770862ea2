import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';

/** What is paid together. Payments does not know what it means: `{ kind: 'booking', id }`. */
export interface Order {
  readonly kind: string;
  readonly id: string;
}

/** What one line pays for: `{ kind: 'appointment', id }`. */
export interface Purpose {
  readonly kind: string;
  readonly id: string;
}

export interface DueLine {
  readonly purpose: Purpose;
  readonly amountMinor: bigint;
}

/** Payment in the form of online registration, Payment for visits via the link. */
export type PaymentMethod = 'online_registration' | 'visit_link';

/** What an order asks for right now. */
export interface Due {
  readonly lines: readonly DueLine[];
  readonly currency: string;
  /** Until when paying makes sense: a hold's deadline, or an hour from now. */
  readonly payableUntil: Date;
  /** Only methods that are decided at once: a time is held. */
  readonly instantMethodsOnly: boolean;
}

/** Where a captured line's money belongs. */
export type Placement =
  | { readonly kind: 'applied' }
  /** It fills the account that this order is for: that is what was bought. */
  | { readonly kind: 'deposited' }
  /** So much of it, and the rest is the client's. */
  | { readonly kind: 'applied_in_part'; readonly appliedMinor: bigint; readonly because: 'already_paid' }
  | { readonly kind: 'credited'; readonly because: 'time_taken' | 'time_past' | 'cancelled' | 'already_paid' | 'not_due' | 'part_gone' }
  /** Nobody's: it stands unplaced, with this before a person's eyes. */
  | { readonly kind: 'unplaced'; readonly because: 'test_payment' };

/**
 * What payments asks of the room that wants to be paid; that room implements it and `main.ts` wires it. All of it runs inside the transaction
 * that is passed, and `lock` always comes before the attempt's own lock (bookings → attempts → ledger accounts by id).
 */
export interface PaidRoom {
  /** The switch in Finance → Cashless payment by which such orders are paid, each with its own connection; or how to know the connection of this very order. */
  readonly method: PaymentMethod | ((tx: Tx, scope: Scope, order: Order) => Promise<string>);
  /** The payment item under which its money stands; services if nothing is said. */
  readonly itemId?: string;
  lock(tx: Tx, scope: Scope, order: Order): Promise<void>;
  /** What is due; no lines: nothing to pay. The order is locked. */
  due(tx: Tx, scope: Scope, order: Order, at: Date): Promise<Due>;
  /** Money for these lines is captured. Confirms or restores what it can, and says of each line where its money belongs, in the same order. */
  placePaid(tx: Tx, scope: Scope, order: Order, lines: readonly DueLine[], at: Date, attemptId: string): Promise<readonly Placement[]>;
  /** Something of the order has been paid: what else follows from that in the books, in the same transaction. */
  afterPaid?(tx: Tx, scope: Scope, order: Order, at: Date): Promise<Following>;
  /** A client is being sent to a page of this order, a new one or the live one again. */
  leavesToPay(tx: Tx, scope: Scope, order: Order, at: Date): Promise<void>;
  /** A payment of this order came to nothing. */
  cameToNothing(tx: Tx, scope: Scope, order: Order, at: Date): Promise<void>;
  /** The client has done their part and the provider has not decided: extend what is held, once. */
  checking(tx: Tx, scope: Scope, order: Order, at: Date): Promise<void>;
  /** Money for a purpose went back at the provider (a refund or reversal made there). The purpose keeps its state; what is paid for it shrinks. */
  refunded(tx: Tx, scope: Scope, order: Order, line: DueLine, at: Date): Promise<void>;
  /** All of an attempt's money has gone back. */
  allGone?(tx: Tx, scope: Scope, order: Order, attemptId: string, at: Date): Promise<void>;
  /** The owner of the account that surplus or late money belongs to: a client, or with a type `client/type`; undefined: nobody's, it stands unplaced. */
  clientOf(tx: Tx, scope: Scope, order: Order): Promise<string | undefined>;
  /** Words and addresses for the provider's page. */
  describe(db: Queryable, scope: Scope, order: Order): Promise<OrderWords>;
}

/** Postings of the room's own that go with a payment. */
export interface Following {
  /** The ledger accounts it will touch: they are locked together with those of the payment, in the one order that everybody keeps. */
  readonly accountIds: readonly string[];
  post(): Promise<void>;
}

export interface OrderWords {
  /** One text per purpose id. */
  readonly lineTexts: ReadonlyMap<string, string>;
  readonly language: string;
  readonly clientEmail: string | undefined;
  readonly returnUrl: string;
  readonly cancelUrl: string;
}
