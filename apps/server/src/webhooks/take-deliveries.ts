import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

export interface Taken {
  readonly chainId: string;
  readonly deliveryId: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly subjectId: string;
  readonly seq: bigint;
  readonly payload: unknown;
  readonly tries: number;
  readonly begunAt: Date;
  /** Until then nobody else sends it. */
  readonly leasedUntil: Date;
  readonly url: string;
  readonly secret: Uint8Array;
  readonly oldSecret: Uint8Array | null;
}

/** Of one endpoint at once: one that is slow must not keep the others waiting. */
const MOST_OF_ONE = 8;

/**
 * Takes what is due, each by one sender only. An event waits as long as an earlier one about the same thing is on its way to the same endpoint: also one that
 * another process has just taken is still to be seen here, because what is taken keeps its place in the queue.
 */
export async function takeDeliveries(q: Queryable, at: Date, leasedUntil: Date, limit: number, only?: string): Promise<readonly Taken[]> {
  const { rows } = await sql<Omit<Taken, 'leasedUntil'>>`
    with ready as materialized (
      select r.chain_id, r.delivery_id
        from (select distinct w.chain_id, w.endpoint_id from webhook_deliveries w
                join webhook_endpoints p on p.chain_id = w.chain_id and p.endpoint_id = w.endpoint_id and p.off_at is null and p.deleted_at is null
               where w.due_at <= ${at} and (${only ?? null}::text is null or w.delivery_id = ${only ?? null})) e
        cross join lateral (
          select d.chain_id, d.delivery_id, d.due_at, d.seq from webhook_deliveries d
           where d.chain_id = e.chain_id and d.endpoint_id = e.endpoint_id and d.due_at <= ${at} and (${only ?? null}::text is null or d.delivery_id = ${only ?? null})
             and not exists (select 1 from webhook_deliveries b where b.chain_id = d.chain_id and b.endpoint_id = d.endpoint_id and b.subject_id = d.subject_id
                                and b.seq < d.seq and b.due_at is not null)
           order by d.seq limit ${MOST_OF_ONE}) r
       order by r.due_at, r.seq limit ${limit}),
    taken as materialized (
      select d.chain_id, d.delivery_id from webhook_deliveries d join ready r on r.chain_id = d.chain_id and r.delivery_id = d.delivery_id
       where d.due_at <= ${at} order by d.seq for update of d skip locked)
    update webhook_deliveries d set due_at = ${leasedUntil}, tries = d.tries + 1, begun_at = coalesce(d.begun_at, ${at})
      from taken t, webhook_endpoints e
     where d.chain_id = t.chain_id and d.delivery_id = t.delivery_id and e.chain_id = d.chain_id and e.endpoint_id = d.endpoint_id
    returning d.chain_id "chainId", d.delivery_id "deliveryId", d.endpoint_id "endpointId", d.event_id "eventId", d.subject_id "subjectId", d.seq, d.payload, d.tries,
              d.begun_at "begunAt", e.url, e.secret, case when e.old_secret_until > ${at} then e.old_secret end "oldSecret"`.execute(q);
  return rows.map((row) => ({ ...row, leasedUntil })).sort((a, b) => (a.seq < b.seq ? -1 : 1));
}
