import { readExactJson } from '../kit/exact-json.ts';
import type { VerifiedEvent, WebhookVerdict } from '../payment-provider.ts';
import type { LiqpayKeys } from './credentials.ts';
import { isSignedBy, type SignedData } from './sign-data.ts';
import { callbackShape } from './wire.ts';

/** LiqPay's callbacks are a few kilobytes. */
const longestBodyBytes = 262_144;

/**
 * A callback is a form with `data` and `signature`. The signature is checked over the text of `data` as it came, with the hash of this connection's version
 * and no other; only then is it read. It carries no moment, so an old one is as good as on its day: what it says is never believed, only which payment
 * it is about.
 */
export function verifyLiqpayWebhook(keys: LiqpayKeys, rawBody: Uint8Array): WebhookVerdict {
  if (rawBody.byteLength > longestBodyBytes) return { kind: 'refused', why: 'unreadable' };
  const signed = readForm(rawBody);
  if (signed === undefined) return { kind: 'refused', why: 'unreadable' };
  if (signed.signature === '') return { kind: 'refused', why: 'missing_signature' };
  if (!isSignedBy(signed, keys)) return { kind: 'refused', why: 'bad_signature' };
  const callback = readData(signed.data);
  if (!callback) return { kind: 'refused', why: 'unreadable' };
  if (callback.publicKey !== keys.publicKey) return { kind: 'refused', why: 'bad_signature' };
  return { kind: 'verified', events: [callback.event] };
}

/** Exactly one of each; two would leave open which one was signed. */
function readForm(rawBody: Uint8Array): SignedData | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(rawBody);
  } catch {
    return undefined;
  }
  const form = new URLSearchParams(text);
  const [data, signature] = [form.getAll('data'), form.getAll('signature')];
  if (data.length > 1 || signature.length > 1) return undefined;
  return { data: data[0] ?? '', signature: signature[0] ?? '' };
}

function readData(data: string): { publicKey: string; event: VerifiedEvent } | undefined {
  let json: unknown;
  try {
    json = readExactJson(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(data, 'base64')));
  } catch {
    return undefined;
  }
  const read = callbackShape.safeParse(json);
  if (!read.success) return undefined;
  const { public_key, order_id, status, payment_id, refund_amount, end_date } = read.data;
  // LiqPay numbers no callbacks: the same news is the same payment, status, refunds and moment of its last change
  const eventId = [payment_id ?? order_id, status, refund_amount ?? '0', end_date ?? ''].join('/').slice(0, 255);
  return { publicKey: public_key, event: { eventId, eventType: `payment.${status}`, reference: order_id, providerPaymentId: order_id } };
}
