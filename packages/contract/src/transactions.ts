import { z } from 'zod';
import { amountMinorShape, currencyShape, signedMinorShape } from './money.ts';
import { operations } from './operations.ts';
import { dayShape, instantShape } from './time.ts';

/** Where money can lie, as people see it: one side of a transaction. */
export const moneyPlaceShape = z
  .object({
    kind: z
      .enum(['register', 'clearing', 'prepayments', 'client', 'unplaced', 'income', 'fees', 'item', 'tax', 'opening', 'between', 'disputed'])
      .describe('clearing: with a provider that has not paid out yet; between: another location of the chain'),
    id: z.string().nullable().describe('Of a register or connection'),
    name: z.string().describe('A register’s, a connection’s or a location’s; `main` and `card` have words on the screens; else empty'),
  })
  .meta({ id: 'MoneyPlace' });
export type MoneyPlace = z.infer<typeof moneyPlaceShape>;

/** Why a transaction cannot be deleted here. Null: it can. */
export const undeletableReasons = [
  'right_missing', // the role does not delete, or not as long after
  'register_not_allowed', // the role may not choose this register
  'deleted_before',
  'is_reversal', // it undoes another one
  'through_provider', // refunded there
  'follows', // from another one, and goes with it
  'automatic', // nobody wrote it down
] as const;
export type UndeletableReason = (typeof undeletableReasons)[number];

const personShape = z.object({ id: z.string(), name: z.string() });

export const transactionShape = z
  .object({
    id: z.string().describe('Of this line of an entry: an entry may have several'),
    entryId: z.string(),
    operation: z.enum(operations),
    itemId: z.string().nullable(),
    itemName: z.string().nullable().describe('Of an own payment item; null for a standard one, which screens have words for'),
    direction: z.enum(['in', 'out', 'within']).describe('Into a register or to a provider, out of one; within: between two, or none of them'),
    amountMinor: amountMinorShape,
    currency: currencyShape,
    from: moneyPlaceShape.describe('Whence, as people say it: a visit paid from a client’s account is from the account'),
    to: moneyPlaceShape,
    happenedAt: instantShape,
    recordedAt: instantShape,
    by: z.string().nullable().describe('Null: it followed from something else'),
    comment: z.string(),
    counterparty: z.string(),
    reference: z.string().describe('A payment’s reference, or why a transaction was deleted'),
    client: personShape.nullable().describe('Null: nobody, or without the right to see clients'),
    staff: personShape.nullable(),
    appointmentId: z.string().nullable(),
    payment: z.object({ attemptId: z.string(), provider: z.string(), label: z.string() }).nullable().describe('The payment at a provider'),
    reversedBy: z.string().nullable().describe('The entry that has undone it'),
    reverses: z.string().nullable().describe('The entry that it has undone'),
    written: z.enum(['manual', 'transfer', 'opening']).nullable().describe('What somebody wrote down by hand'),
  })
  .meta({ id: 'FinancialTransaction' });
export type Transaction = z.infer<typeof transactionShape>;

/** What transactions are asked for. Days are of the location's calendar. */
export const transactionFilterShape = z.object({
  from: dayShape.optional().describe('First day'),
  to: dayShape.optional().describe('Last day, included'),
  register: z.string().min(1).max(60).optional().describe('And what is still with the providers that pay into it'),
  item: z.string().min(1).max(60).optional(),
  operation: z.enum(operations).optional(),
  staff: z.string().min(1).max(60).optional(),
  client: z.string().min(1).max(60).optional(),
  direction: z.enum(['in', 'out', 'within']).optional(),
  deleted: z.enum(['hidden', 'shown', 'only']).default('hidden').describe('What was deleted, and what has undone it'),
  amount: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional().describe('Exactly this many minor units'),
  search: z.string().trim().min(1).max(100).optional().describe('Part of a comment, a counterparty or a reference'),
});
export type TransactionFilter = z.infer<typeof transactionFilterShape>;

/** `GET …/transactions` */
export const transactionPageQueryShape = transactionFilterShape.extend({
  after: z.string().max(200).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const transactionPageShape = z
  .object({ transactions: z.array(transactionShape), next: z.string().nullable() })
  .meta({ id: 'FinancialTransactionPage' });
export type TransactionPage = z.infer<typeof transactionPageShape>;

const sumsShape = z.object({ currency: currencyShape, inMinor: amountMinorShape, outMinor: amountMinorShape });

/** `GET …/transaction-totals`: of the same filter. */
export const transactionTotalsShape = z
  .object({
    count: z.int(),
    sums: z.array(sumsShape).describe('What came into registers and to providers, and what left them, by currency; moves between them are neither'),
    registers: z
      .array(sumsShape.extend({ registerId: z.string(), name: z.string(), netMinor: signedMinorShape }))
      .describe('The same of each register with its providers; here a move between two counts in both'),
  })
  .meta({ id: 'FinancialTransactionTotals' });
export type TransactionTotals = z.infer<typeof transactionTotalsShape>;

/** `GET …/transaction-choices`: what can be filtered by, and what a transaction can be written down under. */
export const transactionChoicesShape = z
  .object({
    registers: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: z.enum(['cash', 'cashless']),
        currency: currencyShape,
        balanceMinor: signedMinorShape,
        archived: z.boolean(),
        mayChoose: z.boolean(),
      }),
    ),
    items: z.array(z.object({ id: z.string(), name: z.string(), direction: z.enum(['in', 'out']), archived: z.boolean() })),
    staff: z.array(z.object({ id: z.string(), name: z.string() })),
    client: personShape.nullable().describe('Whom the filter’s `client` is'),
  })
  .meta({ id: 'FinancialTransactionChoices' });
export type TransactionChoices = z.infer<typeof transactionChoicesShape>;

/** `GET …/transactions/:entry`: an entry with everything that belongs to it. */
export const transactionDetailShape = z
  .object({
    entryId: z.string(),
    lines: z.array(transactionShape),
    reversal: z.object({ entryId: z.string(), at: instantShape, by: z.string().nullable(), because: z.string() }).nullable(),
    original: z.object({ entryId: z.string(), at: instantShape, by: z.string().nullable() }).nullable().describe('What it has undone'),
    replaces: z.string().nullable().describe('The entry in whose place it stands, since that was changed'),
    replacedBy: z.string().nullable(),
    follows: z.string().nullable().describe('The entry that it goes with: a fee’s payment'),
    undeletable: z.enum(undeletableReasons).nullable().describe('Null: it can be deleted'),
    uneditable: z.enum([...undeletableReasons, 'not_written_by_hand']).nullable(),
    asksRegister: z.boolean().describe('Whether deleting it asks from which register the money is handed back'),
  })
  .meta({ id: 'FinancialTransactionDetail' });
export type TransactionDetail = z.infer<typeof transactionDetailShape>;

/** `POST …/transactions`, `POST …/transactions/:entry/replacement`: an income or expense under a payment item. */
export const manualWishShape = z.strictObject({
  key: z.string().min(16).max(64).describe('Names the try of a screen: repeating it has one effect'),
  itemId: z.string().min(1).max(60).describe('Says whether it is an income or an expense'),
  registerId: z.string().min(1).max(60),
  amountMinor: z.int().min(1).max(1_000_000_000_000),
  happenedAt: instantShape.describe('Not in the future'),
  clientId: z.string().min(1).max(60).nullable().default(null),
  staffId: z.string().min(1).max(60).nullable().default(null),
  counterparty: z.string().trim().max(120).default(''),
  comment: z.string().trim().max(500).default(''),
});
export type ManualWish = z.input<typeof manualWishShape>;

/** What writing something down answers. */
export const writtenShape = z
  .object({
    entryId: z.string(),
    happenedAt: instantShape.describe('Later than asked for: that day is closed'),
    belowZero: z
      .array(z.object({ registerId: z.string(), balanceMinor: signedMinorShape }))
      .describe('Registers that hold less than nothing now: somebody should look'),
  })
  .meta({ id: 'WrittenTransaction' });
export type Written = z.infer<typeof writtenShape>;

/** `POST …/transactions/:entry/deletion`: the books keep it and add its reversal. */
export const deletionWishShape = z.strictObject({
  because: z.string().trim().min(1).max(300),
  registerId: z.string().min(1).max(60).optional().describe('From which the money is handed back, where that is asked'),
});
export type DeletionWish = z.infer<typeof deletionWishShape>;
