import { createHash } from 'node:crypto';
import type { VerifiedEvent } from '@holdfast/providers/payment-provider';
import { provesByAddress } from '@holdfast/providers/proves-by-address';
import { sql } from 'kysely';
import { Problem } from '../kit/problem.ts';
import type { PaymentsContext } from './context.ts';
import { processInboxRow } from './process-inbox.ts';
import { openConnection } from './read-credentials.ts';
import { type ConnectionRow, connectionById } from './store.ts';
import { addressSecret, hasSecretAddress } from './webhook-address.ts';

export interface Webhook {
  readonly chainId: string;
  readonly connectionId: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** As it came: a signature is over these bytes. */
  readonly rawBody: Uint8Array;
  /** The secret part of the address, as it came. */
  readonly secret?: string | undefined;
}

/**
 * Verify → store → answer → process. What an event says is never believed: it only makes us ask the provider. A repeated event is stored once and
 * answered again. Refuses with `signature_refused` what carries no good proof, with `not_found` an address that is no connection.
 */
export async function receiveWebhook(
  ctx: PaymentsContext,
  { chainId, connectionId, headers, rawBody, secret }: Webhook,
): Promise<{ events: number }> {
  const connection = await connectionById(ctx.db.read, chainId, connectionId);
  if (!connection) throw new Problem('not_found', 404, 'There is no such payment connection.');
  const { provider, credentials } = openConnection(ctx, connection);
  const at = ctx.now();
  const address = { came: secret, ours: addressSecret(ctx, connection) };
  const told = hasSecretAddress(provider.capabilities) ? provesByAddress(address) : 'proven';
  const verdict =
    told === 'proven' ? await provider.verifyWebhook(credentials, { headers, rawBody, now: at, address }) : ({ kind: 'refused', why: told } as const);
  if (verdict.kind === 'unchecked') {
    ctx.log.warn({ connection: connectionId, message: verdict.message }, 'a webhook could not be checked');
    throw new Problem('provider_unreachable', 503, 'This message cannot be checked just now. Please send it again.', { retryAfterSeconds: 60 });
  }
  if (verdict.kind === 'refused') {
    ctx.log.warn({ connection: connectionId, why: verdict.why }, 'a webhook was refused');
    await noteRefused(ctx, connection, verdict.why);
    throw new Problem('signature_refused', 400, 'This message does not prove that it comes from the provider.', { why: verdict.why });
  }
  const fresh: string[] = [];
  for (const event of verdict.events) {
    const eventId = storableId(event.eventId);
    const { rows } = await sql`
      insert into webhook_inbox (chain_id, connection_id, event_id, event_type, reference, provider_payment_id, raw, received_at, status, try_at)
      values (${chainId}, ${connectionId}, ${eventId}, ${storable(event.eventType)}, ${storable(event.reference)}, ${storable(event.providerPaymentId)},
              ${Buffer.from(rawBody)}, ${at}, 'new', ${at})
      on conflict do nothing returning 1`.execute(ctx.db.read);
    if (rows.length > 0) fresh.push(eventId);
  }
  // not awaited: the provider wants its answer soon, and the sweep finds whatever is left lying
  for (const eventId of fresh) ctx.soon('process a webhook', () => processInboxRow(ctx, { chainId, connectionId, eventId }));
  return { events: verdict.events.length };
}

/** What a provider that checks an address before it reports there wants to read at it. Only at the address it was told. */
export async function answerAddressCheck(
  ctx: PaymentsContext,
  { chainId, connectionId, secret }: Pick<Webhook, 'chainId' | 'connectionId' | 'secret'>,
): Promise<Readonly<Record<string, unknown>>> {
  const connection = await connectionById(ctx.db.read, chainId, connectionId);
  const nothing = new Problem('not_found', 404, 'There is no such payment connection.');
  if (!connection || provesByAddress({ came: secret, ours: addressSecret(ctx, connection) }) !== 'proven') throw nothing;
  const { provider, credentials } = openConnection(ctx, connection);
  if (!provider.answerAddressCheck) throw nothing;
  const answer = await provider.answerAddressCheck(credentials);
  if (answer.kind !== 'done') throw new Problem('provider_unreachable', 503, 'The provider does not say what to answer.', { retryAfterSeconds: 5 });
  return answer.value;
}

const NOTED_EVERY_MS = 60_000;

/** An owner who pasted the wrong signing secret has to see it. Anybody can send such a message, so no more than one a minute is written down. */
async function noteRefused(ctx: PaymentsContext, { chainId, connectionId }: ConnectionRow, why: string): Promise<void> {
  const at = ctx.now();
  await sql`
    update provider_connections set refused_at = ${at}, refused_why = ${why}
     where chain_id = ${chainId} and connection_id = ${connectionId}
       and (refused_at is null or refused_at <= ${new Date(at.getTime() - NOTED_EVERY_MS)})`.execute(ctx.db.read);
}

/** What PostgreSQL cannot keep as it is, or only at great length, under a number of our own: the same for the same event, and for no other. */
function storableId(eventId: string): string {
  const fit = eventId.length <= 300 && eventId.isWellFormed() && !eventId.includes('\0');
  return fit ? eventId : `sha256:${createHash('sha256').update(JSON.stringify(eventId)).digest('hex')}`;
}

/** Other sales of the merchant may carry anything as their reference; PostgreSQL's text has no zero character. */
function storable(text: VerifiedEvent['reference']): string | null {
  return text === undefined ? null : text.replaceAll('\0', '').slice(0, 300);
}
