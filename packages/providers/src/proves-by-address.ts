import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingWebhook } from './payment-provider.ts';

/** Did it come to the address that only the provider was told? Takes the same time whatever came. Throws when there is no secret of ours to compare with. */
export function provesByAddress({ came, ours }: IncomingWebhook['address']): 'proven' | 'missing_signature' | 'bad_signature' {
  if (ours === '') throw new RangeError('a webhook address needs a secret');
  if (came === undefined || came === '') return 'missing_signature';
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(came), digest(ours)) ? 'proven' : 'bad_signature';
}
