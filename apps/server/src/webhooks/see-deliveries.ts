import type { deliveriesAskedShape, WebhookDeliveries, WebhookDelivery, WebhookDeliveryDetail } from '@holdfast/contract/webhooks';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Who } from '../access/who.ts';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { findEndpoint } from './see-endpoints.ts';

interface DeliveryRow extends Omit<WebhookDelivery, 'toldAt' | 'dueAt' | 'endedAt'> {
  readonly seq: bigint;
  readonly toldAt: Date;
  readonly dueAt: Date | null;
  readonly endedAt: Date | null;
  readonly payload: unknown;
}

/** What was told to one endpoint, the newest first. */
export async function seeDeliveries(
  q: Queryable,
  who: Who,
  endpointId: string,
  asked: z.infer<typeof deliveriesAskedShape>,
): Promise<WebhookDeliveries> {
  await findEndpoint(q, who, endpointId);
  const { status, type, subject, after, limit } = asked;
  const before = /^\d{1,18}$/.test(after ?? '') ? after : null;
  const rows = await readDeliveries(
    q,
    sql`d.chain_id = ${who.chainId} and d.endpoint_id = ${endpointId} and (${status ?? null}::text is null or d.status = ${status ?? null})
        and (${type ?? null}::text is null or d.type = ${type ?? null}) and (${subject ?? null}::text is null or d.subject_id = ${subject ?? null})
        and (${before}::bigint is null or d.seq < ${before}::bigint)`,
    limit + 1,
  );
  const shown = rows.slice(0, limit);
  return { deliveries: shown.map(shape), next: rows.length > limit ? String(shown.at(-1)?.seq) : null };
}

/** One of them, with what was sent and what came back. Refuses with `not_found`. */
export async function seeDelivery(q: Queryable, who: Who, endpointId: string, deliveryId: string): Promise<WebhookDeliveryDetail> {
  await findEndpoint(q, who, endpointId);
  const [row] = await readDeliveries(q, sql`d.chain_id = ${who.chainId} and d.endpoint_id = ${endpointId} and d.delivery_id = ${deliveryId}`, 1);
  if (!row) throw new Problem('not_found', 404, 'There is no such delivery.');
  const tries = await sql<{ no: number; at: Date; tookMs: number; status: number | null; answer: string; because: string }>`
    select try_no no, at, took_ms "tookMs", answer_status status, answer, because from webhook_tries
     where chain_id = ${who.chainId} and delivery_id = ${deliveryId} order by try_no desc limit 100`.execute(q);
  return { ...shape(row), payload: row.payload, log: tries.rows.map((one) => ({ ...one, at: one.at.toISOString() })) };
}

async function readDeliveries(q: Queryable, where: RawBuilder<unknown>, limit: number): Promise<readonly DeliveryRow[]> {
  const { rows } = await sql<DeliveryRow>`
    select d.delivery_id id, d.event_id "eventId", d.type, d.subject_id "subjectId", d.seq, d.told_at "toldAt", d.status, d.tries, d.due_at "dueAt", d.ended_at "endedAt",
           d.because, d.payload,
           d.due_at is not null and exists (select 1 from webhook_deliveries b where b.chain_id = d.chain_id and b.endpoint_id = d.endpoint_id
              and b.subject_id = d.subject_id and b.seq < d.seq and b.due_at is not null) behind,
           (select t.answer_status from webhook_tries t where t.chain_id = d.chain_id and t.delivery_id = d.delivery_id order by t.try_no desc limit 1) "lastStatus"
      from webhook_deliveries d where ${where} order by d.seq desc limit ${limit}`.execute(q);
  return rows;
}

function shape({ seq: _seq, payload: _payload, toldAt, dueAt, endedAt, ...row }: DeliveryRow): WebhookDelivery {
  return { ...row, toldAt: toldAt.toISOString(), dueAt: dueAt?.toISOString() ?? null, endedAt: endedAt?.toISOString() ?? null };
}
