import { readExactJson } from '../kit/exact-json.ts';
import type { IncomingWebhook, VerifiedEvent, WebhookVerdict } from '../payment-provider.ts';
import { provesByAddress } from '../proves-by-address.ts';
import { webhookShape } from './wire.ts';

/** What to choose as event type where webhooks are set up at Viva, each by itself, with the numbers that arrive. */
const eventNames: Readonly<Record<string, string>> = {
  '1796': 'Transaction Payment Created (1796)',
  '1797': 'Transaction Reversal Created (1797)',
  '1798': 'Transaction Failed (1798)',
  '1799': 'Transaction Price Calculated (1799)',
};

export const vivaWebhookEvents: readonly string[] = Object.values(eventNames);

/** Viva's events are a few kilobytes. */
const longestBodyBytes = 1_048_576;

/**
 * Viva signs nothing: the proof is that it came to an address only Viva was told, and what it says is looked up before it counts. Its order code has 64 bits,
 * so every number is read as text.
 *
 * @throws RangeError when the address has no secret to compare with
 */
export function verifyVivaWebhook({ rawBody, address }: Pick<IncomingWebhook, 'rawBody' | 'address'>): WebhookVerdict {
  const proof = provesByAddress(address);
  if (proof !== 'proven') return { kind: 'refused', why: proof };
  const event = rawBody.byteLength > longestBodyBytes ? undefined : readEvent(rawBody);
  return event ? { kind: 'verified', events: [event] } : { kind: 'refused', why: 'unreadable' };
}

function readEvent(rawBody: Uint8Array): VerifiedEvent | undefined {
  let json: unknown;
  try {
    json = readExactJson(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch {
    return undefined;
  }
  const read = webhookShape.safeParse(json);
  if (!read.success) return undefined;
  const { EventTypeId: type, MessageId, EventData } = read.data;
  const { OrderCode, TransactionId, MerchantTrns } = EventData;
  const eventId = MessageId ?? (TransactionId ? `${type}/${TransactionId}` : undefined);
  if (eventId === undefined) return undefined;
  const eventType = Object.hasOwn(eventNames, type) ? eventNames[type] : undefined;
  return { eventId, eventType: eventType ?? type, reference: MerchantTrns || undefined, providerPaymentId: OrderCode ?? undefined };
}
