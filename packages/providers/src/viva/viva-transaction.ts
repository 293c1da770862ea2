import { fromDecimal } from '../kit/decimal-amount.ts';
import { vivaMoment } from './greek-time.ts';
import { currencyOfNumber } from './viva-currencies.ts';
import type { TransactionRow, TransactionStatus } from './wire.ts';

/** A transaction that moved money, or may yet: failed attempts are none. */
export interface VivaTransaction {
  readonly id: string;
  readonly status: Exclude<TransactionStatus, 'E'>;
  /** Below nothing when it gives money back. */
  readonly amountMinor: bigint;
  readonly currency: string;
  /** The payment that it gives back, where Viva says so. */
  readonly parentId?: string | undefined;
  /** Undefined until Viva has worked it out. */
  readonly feeMinor: bigint | undefined;
  readonly at: Date;
  readonly orderCode: string | undefined;
  readonly reference: string | undefined;
}

/** A card at once or in instalments, and Viva's own wallet: after a refusal the client tries again. Source: developer.viva.com, transaction parameters. */
const cardTypes: readonly string[] = ['5', '6', '9'];

/**
 * A row of the older interface in our words; undefined for a failed attempt.
 *
 * @param currencyNumber as the row says, or as the transaction itself does where the row does not
 * @throws RangeError when an amount, a currency or a moment cannot be read exactly
 */
export function vivaTransaction(row: TransactionRow, currencyNumber: string): VivaTransaction | undefined {
  const { TransactionId: id, StatusId: status, MerchantTrns, Order } = row;
  if (status === 'E') return undefined;
  const currency = currencyOfNumber(currencyNumber);
  return {
    id,
    status,
    amountMinor: fromDecimal(row.Amount, currency),
    currency,
    parentId: row.ParentId ?? undefined,
    feeMinor: feeOf(row.TotalCommission ?? row.Commission ?? undefined, currency),
    at: vivaMoment(row.InsDate),
    orderCode: Order?.OrderCode,
    reference: MerchantTrns || undefined,
  };
}

/** Other ways than a card, a reference to pay at a cash machine say, are decided later, and an order that was left to one is over when that comes to nothing. */
export function failedLater({ StatusId, Amount, TransactionType }: TransactionRow): boolean {
  const byCard = TransactionType == null || cardTypes.includes(TransactionType.TransactionTypeId);
  return StatusId === 'E' && !Amount.startsWith('-') && !byCard;
}

/** Commissions are finer than coins: rounded up, so that what is left is never overstated. 0.00 is what Viva writes before it has one. */
function feeOf(text: string | undefined, currency: string): bigint | undefined {
  if (text === undefined || /^-?0(\.0*)?$/.test(text)) return undefined;
  try {
    return fromDecimal(text, currency);
  } catch {
    const down = fromDecimal(text.replace(/(\.\d\d)\d+$/, '$1'), currency);
    return text.startsWith('-') ? down : down + 1n;
  }
}
