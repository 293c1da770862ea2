import type { Arrivals } from '@holdfast/contract/cashless';
import { sql } from 'kysely';
import type { Place } from '../access/who.ts';
import { Problem } from '../kit/problem.ts';
import type { PaymentsContext } from './context.ts';
import { connectionHere } from './store-connections.ts';

const PAGE = 50;

interface Arrived {
  readonly id: string;
  readonly type: string | null;
  readonly at: Date;
  readonly what: Arrivals['items'][number]['what'];
  readonly why: string | null;
  readonly reference: string | null;
  readonly providerPaymentId: string | null;
  readonly attemptId: string | null;
  readonly paymentStatus: string | null;
  readonly orderKind: string | null;
  readonly appointmentId: string | null;
}

/** What has come to a connection's address, newest first, and what became of it. What it said is not shown: it may be another sale's. */
export async function readArrivals(ctx: PaymentsContext, { scope }: Place, connectionId: string, after: string | undefined): Promise<Arrivals> {
  if (!(await connectionHere(ctx.db.read, scope, connectionId))) throw new Problem('not_found', 404, 'There is no such payment connection.');
  const { chainId } = scope;
  const [at, id] = cursorOf(after);
  const of = sql`chain_id = ${chainId} and connection_id = ${connectionId}`;
  const { rows } = await sql<Arrived>`
    with page as (
      select * from (
        (select event_id id, event_type type, received_at at, case status when 'done' then 'ours' when 'new' then 'waiting' else status end what,
                last_error why, reference, provider_payment_id
           from webhook_inbox where ${of} and (received_at, event_id) < (${at}::timestamptz, ${id}) order by received_at desc, event_id desc limit ${PAGE + 1})
        union all
        (select '', null, refused_at, 'refused', why, null, null
           from webhook_refusals where ${of} and (refused_at, '') < (${at}::timestamptz, ${id}) order by refused_at desc limit ${PAGE + 1})) all_of_it
       order by at desc, id desc limit ${PAGE + 1})
    select p.id, p.type, p.at, p.what, p.why, p.reference, p.provider_payment_id "providerPaymentId", a.attempt_id "attemptId", a.status "paymentStatus",
           a.order_kind "orderKind", l.purpose_id "appointmentId"
      from page p
      left join lateral (
        select x.attempt_id, x.status, x.order_kind from payment_attempts x
         where x.chain_id = ${chainId} and (x.reference = p.reference or (x.connection_id = ${connectionId} and x.provider_payment_id = p.provider_payment_id))
           and p.what <> 'not_ours' limit 1) a on true
      left join lateral (
        select y.purpose_id from payment_lines y where y.chain_id = ${chainId} and y.attempt_id = a.attempt_id and y.purpose_kind = 'appointment'
         order by y.line_no limit 1) l on true
     order by p.at desc, p.id desc`.execute(ctx.db.read);
  const last = rows[PAGE - 1];
  return {
    items: rows.slice(0, PAGE).map((row) => ({
      id: `${row.at.getTime()} ${row.id}`,
      type: row.type,
      at: row.at.toISOString(),
      what: row.what,
      why: row.why,
      payment:
        row.attemptId && row.paymentStatus && row.orderKind
          ? { id: row.attemptId, status: row.paymentStatus, orderKind: row.orderKind, appointmentId: row.appointmentId }
          : null,
      reference: row.what === 'not_ours' ? null : (row.reference ?? row.providerPaymentId),
    })),
    next: rows.length > PAGE && last ? `${last.at.toISOString()} ${last.id}` : null,
  };
}

/** Where the page before ended; before everything that has not come yet. */
function cursorOf(after: string | undefined): readonly [at: string, id: string] {
  const [, at, id = ''] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) (.*)$/s.exec(after ?? '') ?? [];
  if (at === undefined) return ['infinity', ''];
  if (Number.isNaN(Date.parse(at))) throw new Problem('invalid_request', 400, 'This is not where a page ended.', { fields: ['after'] });
  return [at, id];
}
