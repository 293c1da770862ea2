import { createHash, type KeyObject, verify } from 'node:crypto';
import { readExactJson } from '../kit/exact-json.ts';
import type { IncomingWebhook, Outcome, VerifiedEvent, WebhookVerdict } from '../payment-provider.ts';
import { provesByAddress } from '../proves-by-address.ts';
import { invoiceShape } from './wire.ts';

/** An invoice is a few kilobytes. */
const longestBodyBytes = 1_048_576;

export interface Keys {
  known(token: string, now: Date): Promise<Outcome<KeyObject>>;
  renewed(token: string, now: Date): Promise<Outcome<KeyObject> | undefined>;
}

/**
 * Checks monobank's signature (`X-Sign`: base64 of a DER ECDSA signature, P-256 with SHA-256, over the body's bytes) and only then reads the body, which is
 * the invoice as the status call answers it. One key may sign for all merchants, so it also has to come to the address that only monobank was told. The signature says nothing of when: an old message that comes again is an old fact, and known by its id.
 */
export async function verifyMonoWebhook(keys: Keys, token: string, { headers, rawBody, now, address }: IncomingWebhook): Promise<WebhookVerdict> {
  const header = headers['x-sign'];
  if (header === undefined || header === '') return { kind: 'refused', why: 'missing_signature' };
  if (rawBody.byteLength > longestBodyBytes) return { kind: 'refused', why: 'unreadable' };
  const ours = provesByAddress(address);
  if (ours !== 'proven') return { kind: 'refused', why: ours };
  const signature = signatureOf(header);
  if (!signature) return { kind: 'refused', why: 'bad_signature' };

  const known = await keys.known(token, now);
  if (known.kind !== 'done') return { kind: 'unchecked', message: known.message };
  if (!proves(known.value, signature, rawBody)) {
    const renewed = await keys.renewed(token, now);
    if (renewed === undefined) return { kind: 'refused', why: 'bad_signature' };
    if (renewed.kind !== 'done') return { kind: 'unchecked', message: renewed.message };
    if (!proves(renewed.value, signature, rawBody)) return { kind: 'refused', why: 'bad_signature' };
  }
  const event = readEvent(rawBody);
  return event ? { kind: 'verified', events: [event] } : { kind: 'refused', why: 'unreadable' };
}

/** Canonical base64 only: `Buffer.from` would skip over anything else. */
function signatureOf(header: string): Buffer | undefined {
  if (header.length > 200) return undefined;
  const bytes = Buffer.from(header, 'base64');
  return bytes.toString('base64') === header ? bytes : undefined;
}

function proves(key: KeyObject, signature: Buffer, rawBody: Uint8Array): boolean {
  try {
    return verify('sha256', rawBody, key, signature);
  } catch {
    return false;
  }
}

function readEvent(rawBody: Uint8Array): VerifiedEvent | undefined {
  let json: unknown;
  try {
    json = readExactJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(rawBody));
  } catch {
    return undefined;
  }
  const parsed = invoiceShape.safeParse(json);
  if (!parsed.success) return undefined;
  const { invoiceId, status, modifiedDate, reference, finalAmount, cancelList } = parsed.data;
  // two refunds within one second leave status and date the same: then the money tells them apart
  const money = [String(finalAmount ?? ''), ...(cancelList ?? []).map((one) => `${one.status} ${one.amount ?? ''} ${one.extRef ?? ''}`)];
  const moved = createHash('sha256').update(JSON.stringify(money)).digest('hex').slice(0, 16);
  return {
    eventId: `${invoiceId}/${(modifiedDate ?? '').slice(0, 40)}/${status}/${moved}`,
    eventType: `invoice.${status}`,
    reference: reference ?? undefined,
    providerPaymentId: invoiceId,
  };
}
