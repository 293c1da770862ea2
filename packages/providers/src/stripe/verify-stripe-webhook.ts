import { createHmac, timingSafeEqual } from 'node:crypto';
import type { VerifiedEvent, WebhookVerdict } from '../payment-provider.ts';
import { eventShape, referenceKey } from './wire.ts';

/** How far a signature's moment may be from ours, either way: Stripe's own default for the past; a future one would let a stolen clock replay. */
const toleranceSeconds = 300;
/** Stripe's events are a few kilobytes. */
const longestBodyBytes = 1_048_576;

/**
 * Checks Stripe's signature (`Stripe-Signature: t=…,v1=…[,v1=…]`, HMAC-SHA256 with the whole `whsec_…` text over `t.body`) and only then reads the
 * event. Made over the raw bytes: the SDK's check decodes them to text first, so that it takes a body with a byte order mark or broken UTF-8
 * for the one that was signed; and it knows only the machine's past. Source: docs.stripe.com/webhooks/signature.
 *
 * @param now the moment of receipt, by the product's clock
 * @throws when there is no signing secret: without it everything would be refused, or worse
 */
export function verifyStripeWebhook(signingSecret: string, header: string | undefined, rawBody: Uint8Array, now: Date): WebhookVerdict {
  if (signingSecret.trim() === '') throw new Error('This Stripe connection has no signing secret: webhooks cannot be checked.');
  if (header === undefined || header === '') return { kind: 'refused', why: 'missing_signature' };
  if (rawBody.byteLength > longestBodyBytes) return { kind: 'refused', why: 'unreadable' };
  const proof = readHeader(header);
  if (!proof) return { kind: 'refused', why: 'bad_signature' };
  const expected = createHmac('sha256', signingSecret).update(`${proof.signedAt}.`).update(rawBody).digest();
  // two signatures come while a secret is being rolled; all are compared, so that the time taken says nothing
  if (proof.signatures.filter((signature) => timingSafeEqual(signature, expected)).length === 0) return { kind: 'refused', why: 'bad_signature' };
  const age = Math.floor(now.getTime() / 1000) - Number(proof.signedAt);
  if (Math.abs(age) > toleranceSeconds) return { kind: 'refused', why: 'stale' };
  const event = readEvent(rawBody);
  return event ? { kind: 'verified', events: [event] } : { kind: 'refused', why: 'unreadable' };
}

/** Exactly one moment and at least one v1; v0 is a test scheme that proves nothing. The moment stays text: it is signed as it was written. */
function readHeader(header: string): { signedAt: string; signatures: Buffer[] } | undefined {
  const moments: string[] = [];
  const signatures: Buffer[] = [];
  for (const part of header.split(',')) {
    const moment = /^t=(\d{1,12})$/.exec(part)?.[1];
    const signature = /^v1=([0-9a-f]{64})$/.exec(part)?.[1];
    if (moment) moments.push(moment);
    if (signature) signatures.push(Buffer.from(signature, 'hex'));
  }
  const [signedAt] = moments;
  return signedAt && moments.length === 1 && signatures.length > 0 ? { signedAt, signatures } : undefined;
}

const textOr = (value: unknown) => (typeof value === 'string' ? value : undefined);

/**
 * Disputes name only the payment intent. Sessions carry our reference and are the payment; payment intents, charges and our refunds carry it in their metadata, and which session they
 * belong to is for the receiver to look up.
 */
function readEvent(rawBody: Uint8Array): VerifiedEvent | undefined {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch {
    return undefined;
  }
  const parsed = eventShape.safeParse(json);
  if (!parsed.success) return undefined;
  const { id, type, data } = parsed.data;
  const subject = data.object;
  const isSession = subject.object === 'checkout.session';
  return {
    eventId: id,
    eventType: type,
    reference: (isSession ? subject.client_reference_id : undefined) ?? subject.metadata?.[referenceKey],
    providerPaymentId: isSession ? (subject.id ?? undefined) : subject.object === 'dispute' ? textOr(subject.payment_intent) : undefined,
  };
}
