import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { IncomingWebhook, VerifiedEvent, WebhookVerdict } from '../payment-provider.ts';
import { provesByAddress } from '../proves-by-address.ts';
import { type PixNotice, pixNoticeShape } from './wire.ts';

const longestWebhook = 1_000_000;
const noticesShape = z.object({ pix: z.array(z.unknown()).min(1) });
/** Efí sends one when an address is registered, and takes only a good answer for an answer. */
const efiTestShape = z.object({ evento: z.string(), data_criacao: z.string() });

/**
 * A bank signs nothing: it came to the address that only the bank was told. Which Pix it is about is all that is taken from it; how that stands is asked for.
 * One call may be about several.
 */
export function verifyPixWebhook({ rawBody, address }: Pick<IncomingWebhook, 'rawBody' | 'address'>): WebhookVerdict {
  const proof = provesByAddress(address);
  if (proof !== 'proven') return { kind: 'refused', why: proof };
  const body = rawBody.length > longestWebhook ? undefined : jsonOf(rawBody);
  if (efiTestShape.safeParse(body).success) return { kind: 'verified', events: [] };
  const notices = noticesShape.safeParse(body);
  const read = (notices.data?.pix ?? []).flatMap((one) => pixNoticeShape.safeParse(one).data ?? []);
  return read.length === 0 ? { kind: 'refused', why: 'unreadable' } : { kind: 'verified', events: onceEach(read.map(eventOf)) };
}

/** The same Pix comes again when some of it has gone back: that is another event, and a repeated one is not. */
function eventOf({ endToEndId, txid, devolucoes }: PixNotice): VerifiedEvent {
  const back = (devolucoes ?? []).map(({ id, status }) => [id, status]).sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
  const standing = createHash('sha256').update(JSON.stringify(back)).digest('hex').slice(0, 24);
  return {
    eventId: back.length === 0 ? endToEndId : `${endToEndId}-${standing}`,
    eventType: back.length === 0 ? 'pix' : 'pix.devolucao',
    reference: undefined,
    providerPaymentId: txid || undefined,
  };
}

function onceEach(events: readonly VerifiedEvent[]): readonly VerifiedEvent[] {
  return [...new Map(events.map((event) => [event.eventId, event])).values()];
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
