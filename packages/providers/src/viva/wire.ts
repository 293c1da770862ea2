import { z } from 'zod';

/**
 * The parts of Viva's answers that we read, as they are on the wire: names begin small in the newer interface and large in the older one. Every number
 * is its text (see `readExactJson`): an order code may be larger than a number of JavaScript holds. A state nobody documents is an unreadable answer,
 * never a guess.
 */

const numberText = z.string().regex(/^-?\d{1,20}$/);
const decimalText = z.string().regex(/^-?\d{1,15}(\.\d{1,10})?$/);
const orderCodeShape = z.string().regex(/^\d{1,20}$/);
const transactionIdShape = z.string().min(1).max(100);

export const tokenShape = z.object({ access_token: z.string().min(1), expires_in: numberText });

/** What webhooks are verified with: the answer to Viva's own question at their address. */
export const webhookKeyShape = z.object({ Key: z.string().min(1).max(500) });

export const madeOrderShape = z.object({ orderCode: orderCodeShape });

/** 0 can be paid, 1 its time ran out, 2 cancelled, 3 paid — and stays paid when the money has gone back. */
export const orderStateShape = z.enum(['0', '1', '2', '3']);
export type OrderState = z.infer<typeof orderStateShape>;

export const orderShape = z.object({ OrderCode: orderCodeShape, StateId: orderStateShape, MerchantTrns: z.string().nullish() });

export const cancelledOrderShape = z.object({ OrderCode: orderCodeShape.nullish() });

/**
 * F succeeded · A under way · C a hold that was captured, by a transaction of its own · E failed · R given back, all or in part · X cancelled by the
 * merchant · M… disputed by the cardholder: MA awaits an answer, MI is under way, ML lost, MW won, MS suspected.
 */
export const transactionStatusShape = z.enum(['F', 'A', 'C', 'E', 'R', 'X', 'M', 'MA', 'MI', 'ML', 'MW', 'MS']);
export type TransactionStatus = z.infer<typeof transactionStatusShape>;

export const transactionRowShape = z.object({
  TransactionId: transactionIdShape,
  StatusId: transactionStatusShape,
  /** In whole euros, pounds… with decimals; below nothing when it gives money back. */
  Amount: decimalText,
  /** The payment that it gives back. */
  ParentId: transactionIdShape.nullish(),
  /** Viva's fee. Nothing, or 0.00, until Viva has worked it out. */
  Commission: decimalText.nullish(),
  TotalCommission: decimalText.nullish(),
  /** Not in every account's lists: then the transaction itself is asked. */
  CurrencyCode: z
    .string()
    .regex(/^\d{1,3}$/)
    .nullish(),
  InsDate: z.string().min(10).max(40),
  MerchantTrns: z.string().nullish(),
  Order: z.object({ OrderCode: orderCodeShape }).nullish(),
  TransactionType: z.object({ TransactionTypeId: numberText }).nullish(),
});
export type TransactionRow = z.infer<typeof transactionRowShape>;

/** A list of transactions: those that are wanted are read by {@link transactionRowShape}. */
export const transactionListShape = z.object({ Transactions: z.array(z.looseObject({ MerchantTrns: z.string().nullish() })) });

/** One transaction in the newer interface: only for its currency. */
export const transactionShape = z.object({ currencyCode: z.string().regex(/^\d{1,3}$/) });

export const reversalShape = z.object({ TransactionId: transactionIdShape, StatusId: transactionStatusShape, Success: z.literal(true) });

/** How the older interface refuses, mostly with status 200. `StatusId` E: what was asked for has failed, for certain. */
export const refusalShape = z.object({
  ErrorCode: z.string().nullish(),
  ErrorText: z.string().nullish(),
  StatusId: z.string().nullish(),
  Success: z.boolean().nullish(),
});

/** How the newer interface refuses, and how the accounts' host does. */
export const newRefusalShape = z.object({ message: z.string().nullish(), error: z.string().nullish(), error_description: z.string().nullish() });

export const webhookShape = z.object({
  EventTypeId: z.string().regex(/^\d{1,10}$/),
  MessageId: z.string().min(1).max(200).nullish(),
  EventData: z.object({
    OrderCode: orderCodeShape.nullish(),
    TransactionId: transactionIdShape.nullish(),
    MerchantTrns: z.string().nullish(),
  }),
});
