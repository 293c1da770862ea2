import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';
import type { PostAnswer } from '../kit/post-outside.ts';
import type { WebhooksContext } from './context.ts';
import { switchOff } from './switch-off.ts';
import type { Taken } from './take-deliveries.ts';
import { askedSeconds, TRIED_FOR_MS, tryAgainAt } from './try-again-rules.ts';

/** Writes down what came back, and what is to be done now: nothing more, once more, or no more at all. */
export async function noteTry(ctx: WebhooksContext, one: Taken, { answer, tookMs }: { answer: PostAnswer; tookMs: number }): Promise<void> {
  const at = ctx.now();
  const status = 'status' in answer ? answer.status : null;
  const arrived = status !== null && status >= 200 && status < 300;
  const because = 'because' in answer ? answer.because : '';
  const again =
    arrived || status === 410
      ? undefined
      : tryAgainAt({
          begunAt: one.begunAt,
          tries: one.tries,
          now: at,
          chance: Math.random(),
          askedSeconds: status === 429 || status === 503 ? askedSeconds('retryAfter' in answer ? answer.retryAfter : undefined) : 0,
        });
  await ctx.db.transaction(async (tx) => {
    const { numAffectedRows } = await sql`
      update webhook_deliveries
         set status = ${arrived ? 'delivered' : again ? 'waiting' : 'given_up'}, due_at = ${again ?? null}, ended_at = ${again ? null : at},
             because = ${arrived ? '' : again ? because || `answered ${status}` : status === 410 ? 'gone' : 'three_days'}
       where chain_id = ${one.chainId} and delivery_id = ${one.deliveryId} and due_at = ${one.leasedUntil}`.execute(tx);
    await insertTry(tx, one, { at, tookMs, status, answer: 'answer' in answer ? answer.answer : '', because });
    // another process has it by now, and decides
    if (numAffectedRows !== 1n) return;
    await letFollowersGo(tx, one, again ?? at);
    await noteHealth(ctx, tx, one, { arrived, status, givenUp: !arrived && again === undefined, at });
  });
  if (!arrived) ctx.log.info({ endpoint: one.endpointId, delivery: one.deliveryId, status, because, tries: one.tries }, 'a webhook did not arrive');
}

async function insertTry(
  tx: Tx,
  { chainId, deliveryId }: Taken,
  tried: { at: Date; tookMs: number; status: number | null; answer: string; because: string },
): Promise<void> {
  await sql`
    insert into webhook_tries (chain_id, delivery_id, try_no, at, took_ms, answer_status, answer, because)
    select ${chainId}, ${deliveryId}, coalesce(max(try_no), 0) + 1, ${tried.at}, ${tried.tookMs}, ${tried.status}, ${tried.answer}, ${tried.because}
      from webhook_tries where chain_id = ${chainId} and delivery_id = ${deliveryId}
    on conflict do nothing`.execute(tx);
}

/** What stands behind it about the same thing is looked at when it can go, not again and again before. */
async function letFollowersGo(tx: Tx, { chainId, endpointId, subjectId, seq }: Taken, at: Date): Promise<void> {
  await sql`
    update webhook_deliveries set due_at = ${at}
     where chain_id = ${chainId} and endpoint_id = ${endpointId} and subject_id = ${subjectId} and seq > ${seq} and due_at is not null and tries = 0`.execute(
    tx,
  );
}

async function noteHealth(
  ctx: WebhooksContext,
  tx: Tx,
  { chainId, endpointId }: Taken,
  { arrived, status, givenUp, at }: { arrived: boolean; status: number | null; givenUp: boolean; at: Date },
): Promise<void> {
  const { rows } = await sql<{ failingSince: Date | null }>`
    update webhook_endpoints
       set failing_since = ${arrived ? null : sql`coalesce(failing_since, ${at})`}, delivered_at = ${arrived ? at : sql`delivered_at`}
     where chain_id = ${chainId} and endpoint_id = ${endpointId} returning failing_since "failingSince"`.execute(tx);
  const since = rows[0]?.failingSince;
  if (status === 410) await switchOff(ctx, tx, { chainId, endpointId }, 'gone', at);
  else if (givenUp && since && at.getTime() - since.getTime() >= TRIED_FOR_MS) await switchOff(ctx, tx, { chainId, endpointId }, 'failing', at);
}
