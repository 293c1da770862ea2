import { randomUUID } from 'node:crypto';
import { numberOf } from './currencies.ts';
import { exactInteger, exactMajor } from './exact-json.ts';
import { eventData } from './transaction-views.ts';
import type { Account, LetterRow, OrderRow, TransactionRow, Work } from './work.ts';

export const eventTypes = { paymentCreated: 1796, reversalCreated: 1797, failed: 1798, priceCalculated: 1799 } as const;

/** Writes a webhook beside the change that caused it, so that neither exists without the other. */
export function tell(work: Work, event: keyof typeof eventTypes, order: OrderRow, transaction: TransactionRow): void {
  const data = event === 'priceCalculated' ? priceData(order, transaction) : eventData(order, transaction);
  const at = work.now.getTime();
  const letter: LetterRow = {
    id: randomUUID(),
    merchantId: order.merchantId,
    eventTypeId: eventTypes[event],
    eventData: JSON.stringify(data),
    createdAt: at,
    attempts: 0,
    dueAt: at,
  };
  work.tx.put('letter', letter.id, letter);
}

function priceData({ code, merchantId }: OrderRow, { id, currency, commission }: TransactionRow): object {
  return {
    OrderCode: exactInteger(code),
    MerchantId: merchantId,
    IsvFee: exactMajor(0),
    ResellerId: null,
    TransactionId: id,
    CurrencyCode: numberOf(currency),
    Interchange: exactMajor(0),
    TotalCommission: exactMajor(commission),
  };
}

/** The webhook as it goes over the wire; nothing signs it. */
export function letterRequest(letter: LetterRow, { webhookUrl = '', merchantId }: Account) {
  const rest = {
    Created: new Date(letter.createdAt).toISOString(),
    CorrelationId: letter.id.slice(0, 15).toUpperCase(),
    EventTypeId: letter.eventTypeId,
    Delay: null,
    RetryCount: letter.attempts,
    RetryDelay: null,
    RetryDelayInSeconds: null,
    MessageId: letter.id,
    RecipientId: merchantId,
    MessageTypeId: 512,
  };
  return {
    url: webhookUrl,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: `{"Url":${JSON.stringify(webhookUrl)},"EventData":${letter.eventData},${JSON.stringify(rest).slice(1)}`,
  };
}
