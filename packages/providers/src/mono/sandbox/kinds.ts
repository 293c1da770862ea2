import type { Draft } from '../../sandbox-kit/journal.ts';

export interface Merchant {
  readonly id: string;
  readonly token: string;
  readonly name: string;
  readonly edrpou: string;
  /** Made on the Developers page, and shown there. */
  readonly byHand: boolean;
}

export type InvoiceStatus = 'created' | 'processing' | 'hold' | 'success' | 'failure' | 'reversed' | 'expired';

/** A request to give money back, as `cancelList` shows it. */
export interface Cancel {
  readonly status: 'processing' | 'success' | 'failure';
  readonly amount: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly approvalCode: string;
  readonly rrn: string;
  readonly extRef?: string | undefined;
}

export interface BasketLine {
  readonly name: string;
  readonly qty: number;
  readonly sum: number;
  readonly total?: number | undefined;
}

/** Moments are epoch milliseconds by the sandbox's clock; amounts minor units. */
export interface Invoice {
  readonly id: string;
  readonly merchant: string;
  readonly status: InvoiceStatus;
  readonly amount: number;
  readonly ccy: number;
  readonly paymentType: 'debit' | 'hold';
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly expiresAt: number;
  readonly reference?: string | undefined;
  readonly destination?: string | undefined;
  readonly basket: readonly BasketLine[];
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly redirectUrl?: string | undefined;
  readonly webHookUrl?: string | undefined;
  readonly payment?: Payment | undefined;
  readonly cancels: readonly Cancel[];
}

/** What the client's card did. */
export interface Payment {
  readonly at: number;
  readonly maskedPan: string;
  readonly approvalCode: string;
  readonly rrn: string;
  readonly tranId: string;
  readonly failure?: { readonly reason: string; readonly code: string } | undefined;
}

/** A webhook that is still to be taken: exactly these bytes, signed anew at each attempt. */
export interface WebhookLetter {
  readonly id: string;
  readonly dueAt: number;
  readonly attempts: number;
  readonly url: string;
  readonly body: string;
}

export interface SigningKey {
  readonly privatePem: string;
  readonly publicPem: string;
}

export interface Kinds {
  merchant: Merchant;
  invoice: Invoice;
  letter: WebhookLetter;
  key: SigningKey;
}

export const kindNames = ['merchant', 'invoice', 'letter', 'key'] as const satisfies readonly (keyof Kinds)[];

/** What a deed is given: the draft it writes, and the moment. */
export interface Work {
  readonly tx: Draft<Kinds>;
  readonly now: Date;
}
