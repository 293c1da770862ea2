import type { Draft } from '../../sandbox-kit/journal.ts';

export type Version = '3' | '7';
export type Currency = 'UAH' | 'USD' | 'EUR';

export interface Merchant {
  readonly publicKey: string;
  readonly privateKey: string;
  /** Made on the Developers page, and shown there. */
  readonly byHand: boolean;
}

/** `prepared`: its form was posted, and nobody has paid yet. */
export type PaymentStatus = 'prepared' | 'wait_secure' | 'success' | 'failure' | 'reversed';

/** Minor units as text: rows are JSON. */
export interface Refund {
  readonly amount: string;
  readonly status: 'waiting' | 'done' | 'failed';
  readonly at: number;
}

/** Moments are epoch milliseconds by the sandbox's clock; amounts minor units as text. */
export interface Payment {
  readonly publicKey: string;
  readonly orderId: string;
  /** Beyond what a number of JavaScript can hold. */
  readonly paymentId: string;
  readonly liqpayOrderId: string;
  /** The unguessable part of its page's address. */
  readonly token: string;
  /** Callbacks are signed in the generation of the request. */
  readonly version: Version;
  readonly status: PaymentStatus;
  readonly errCode?: string | undefined;
  readonly amount: string;
  readonly currency: Currency;
  readonly description: string;
  readonly language?: string | undefined;
  readonly info?: string | undefined;
  readonly resultUrl?: string | undefined;
  readonly serverUrl?: string | undefined;
  readonly createdAt: number;
  readonly endedAt: number;
  readonly expiresAt?: number | undefined;
  readonly refunds: readonly Refund[];
}

/** A callback that is still to be taken: what it says was fixed when it happened. */
export interface CallbackLetter {
  readonly id: string;
  readonly dueAt: number;
  readonly attempts: number;
  readonly url: string;
  readonly body: string;
}

export interface Kinds {
  merchant: Merchant;
  payment: Payment;
  letter: CallbackLetter;
}

export const kindNames = ['merchant', 'payment', 'letter'] as const satisfies readonly (keyof Kinds)[];

/** What a deed is given: the draft it writes, and the moment. */
export interface Work {
  readonly tx: Draft<Kinds>;
  readonly now: Date;
}

export const paymentKey = ({ publicKey, orderId }: Pick<Payment, 'publicKey' | 'orderId'>): string => `${publicKey}/${orderId}`;
