import type { Draft } from '../../sandbox-kit/journal.ts';
import type { Letter } from '../../sandbox-kit/webhook-delivery.ts';

export interface Account {
  readonly merchantId: string;
  readonly apiKey: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Of the merchant's only payment source. */
  readonly sourceCode: string;
  /** Where webhooks of every kind go; without it they wait. */
  readonly webhookUrl?: string | undefined;
  /** Of the payment source: where clients are sent after paying, and without. `{merchantTrns}` and `{orderCode}` are filled in. */
  readonly successUrl?: string | undefined;
  readonly failureUrl?: string | undefined;
  /** "Allow refunds" in the banking app. */
  readonly allowRefunds: boolean;
}

/** `0` pending · `2` cancelled · `3` paid. That one has expired (1) is worked out by the clock. */
export type KeptState = 0 | 2 | 3;

export interface OrderRow {
  /** 16 digits, beyond 2^53. */
  readonly code: string;
  readonly merchantId: string;
  readonly amount: number;
  readonly currency: string;
  readonly merchantTrns: string;
  readonly customerTrns: string;
  readonly sourceCode: string;
  readonly requestLang: string;
  readonly email: string | null;
  readonly fullName: string | null;
  readonly phone: string | null;
  readonly tags: readonly string[];
  /** Ways of paying that are decided later are not offered. */
  readonly disableCash: boolean;
  readonly state: KeptState;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** `F` done · `A` in progress · `E` failed · `R` given back, wholly or partly. */
export type StatusId = 'F' | 'A' | 'E' | 'R';

/** Of Viva's many: card charge, card refund, void on the same day, Multibanco charge and refund. */
export const transactionTypes = { charge: 5, refund: 4, void: 7, multibanco: 56, multibancoRefund: 57 } as const;

export interface TransactionRow {
  readonly id: string;
  readonly orderCode: string;
  readonly merchantId: string;
  /** The payment, of a refund. */
  readonly parentId: string | null;
  readonly typeId: number;
  readonly status: StatusId;
  /** Minor units; negative when it goes back. */
  readonly amount: number;
  readonly currency: string;
  /** What Viva keeps of it, minor units. */
  readonly commission: number;
  readonly referenceNumber: number;
  /** Why it failed; 0 when it did not. */
  readonly eventId: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface LetterRow extends Letter {
  readonly merchantId: string;
  readonly eventTypeId: number;
  /** JSON, kept as text because of its numbers. */
  readonly eventData: string;
  readonly createdAt: number;
}

export interface Kinds {
  /** Made by hand on the developers page. */
  account: Account;
  order: OrderRow;
  transaction: TransactionRow;
  letter: LetterRow;
  token: { readonly token: string; readonly merchantId: string; readonly expiresAt: number };
}

export const kindNames = ['account', 'order', 'transaction', 'letter', 'token'] as const satisfies readonly (keyof Kinds)[];

/** What every deed is given. */
export interface Work {
  readonly tx: Draft<Kinds>;
  readonly account: Account;
  readonly now: Date;
}
