import { type PostAnswer, postOutside } from '../kit/post-outside.ts';
import { unseal } from '../kit/seal.ts';
import { someAtOnce } from '../kit/some-at-once.ts';
import type { WebhooksContext } from './context.ts';
import { noteTry } from './note-try.ts';
import { sealedFor } from './sealed-for.ts';
import { webhookHeaders } from './sign-webhook.ts';
import { type Taken, takeDeliveries } from './take-deliveries.ts';

const TIMEOUT_MS = 15_000;
const AT_ONCE = 8;
/** Longer than all of one round can take. */
const LEASE_MS = 2 * 60_000;
const ANSWER_BYTES = 2048;

/**
 * Sends what is due. Several processes share the work; one that dies between sending and writing down that it has sent leaves the event to another, under the same
 * id. Nothing is open in the database while a receiver makes up its mind. Answers how many were sent.
 */
export async function sendWebhooks(ctx: WebhooksContext, { limit }: { limit: number }): Promise<number> {
  const at = ctx.now();
  const taken = await takeDeliveries(ctx.db.read, at, new Date(at.getTime() + LEASE_MS), Math.min(limit, AT_ONCE * 4));
  await someAtOnce(taken, AT_ONCE, async (one) => {
    // whoever was held up for so long has lost it to another process
    if (ctx.now() < one.leasedUntil) await sendOne(ctx, one);
  });
  return taken.length;
}

/** Sends just this one, if nobody else does. */
export async function sendNow(ctx: WebhooksContext, deliveryId: string): Promise<void> {
  const at = ctx.now();
  for (const one of await takeDeliveries(ctx.db.read, at, new Date(at.getTime() + LEASE_MS), 1, deliveryId)) await sendOne(ctx, one);
}

async function sendOne(ctx: WebhooksContext, one: Taken): Promise<void> {
  const began = performance.now();
  const answer = await post(ctx, one);
  await noteTry(ctx, one, { answer, tookMs: Math.round(performance.now() - began) });
}

async function post(ctx: WebhooksContext, { chainId, endpointId, eventId, payload, url, secret, oldSecret }: Taken): Promise<PostAnswer> {
  const body = JSON.stringify(payload);
  let secrets: string[];
  try {
    secrets = [secret, oldSecret].flatMap((sealed) => (sealed ? [unseal(ctx.webhookKey, sealed, sealedFor(chainId, endpointId))] : []));
  } catch (error) {
    ctx.log.error({ err: error, endpoint: endpointId }, 'a webhook cannot be signed');
    return { because: 'secret_unreadable' };
  }
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Holdfast-Webhooks/1',
    ...webhookHeaders(secrets, eventId, ctx.now(), body),
  };
  return postOutside({ url, headers, body, timeoutMs: TIMEOUT_MS, mostBytes: ANSWER_BYTES, loopback: ctx.webhooksToLoopback });
}
