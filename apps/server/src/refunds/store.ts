import type { RefundReason, RefundStatus, RefundWay } from '@holdfast/contract/refunds';
import type { AppointmentStatus } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';

export interface RefundRow {
  readonly refundId: string;
  readonly version: number;
  readonly status: RefundStatus;
  readonly reason: RefundReason;
  readonly appointmentId: string;
  readonly visitStatus: AppointmentStatus;
  readonly startsAt: Date;
  readonly staffName: string;
  readonly serviceNames: readonly string[];
  readonly clientId: string;
  readonly clientName: string;
  readonly sourceKind: 'payment' | 'desk' | 'account';
  readonly sourceId: string;
  readonly lineNo: number;
  readonly placed: 'applied' | 'credited' | 'unplaced' | null;
  readonly paidBy: 'online' | 'link' | 'cash' | 'card' | 'account' | null;
  readonly named: string | null;
  readonly cameAt: Date | null;
  readonly cameMinor: bigint | null;
  readonly leftMinor: bigint | null;
  readonly disputedMinor: bigint | null;
  readonly connectionId: string | null;
  readonly provider: string | null;
  readonly sandbox: boolean | null;
  readonly capturedMinor: bigint;
  readonly refundedMinor: bigint;
  readonly spendableMinor: bigint;
  readonly currency: string;
  readonly proposedMinor: bigint;
  readonly amountMinor: bigint;
  readonly caseMinor: bigint;
  readonly policy: { percent: number; paidMinor: number; hoursBefore: number; of?: string; seen?: { at: string; backMinor: number } } | null;
  readonly words: string;
  readonly openedAt: Date;
  readonly openedById: string | null;
  readonly openedByName: string;
  readonly editedAt: Date | null;
  readonly editedById: string | null;
  readonly editedByName: string | null;
  readonly approvedAt: Date | null;
  readonly approvedById: string | null;
  readonly approvedByName: string | null;
  readonly way: RefundWay | null;
  readonly sentKey: string | null;
  readonly sentByName: string | null;
  readonly paymentRefundId: string | null;
  readonly trouble: string | null;
  readonly closedAt: Date | null;
  readonly closedByName: string | null;
  readonly refundStatus: 'intended' | 'pending' | 'refunded' | 'failed' | null;
  readonly looks: number | null;
  readonly lookAt: Date | null;
  readonly lastError: string | null;
}

const LIVE = sql`('open', 'approved', 'sending')`;

const columns = sql`r.refund_id "refundId", r.version, r.status, r.reason, r.appointment_id "appointmentId", a.status "visitStatus", a.starts_at "startsAt", s.name "staffName",
  array(select l.name from appointment_services l where l.chain_id = r.chain_id and l.appointment_id = r.appointment_id order by l.line_no) "serviceNames",
  a.client_id "clientId", c.name "clientName", r.source_kind "sourceKind", r.source_id "sourceId", r.line_no "lineNo", m.placed, m.paid_by "paidBy", m.named, m.came_at "cameAt",
  m.came_minor "cameMinor", m.left_minor "leftMinor", m.disputed_minor "disputedMinor", m.connection_id "connectionId", k.provider, k.sandbox, coalesce(t.captured_minor, 0) "capturedMinor",
  coalesce(t.refunded_minor, 0) "refundedMinor", coalesce(w.spendable, 0)::bigint "spendableMinor", r.currency, r.proposed_minor "proposedMinor", r.amount_minor "amountMinor",
  (select coalesce(sum(o.amount_minor), 0)::bigint from refunds o where o.chain_id = r.chain_id and o.status in ('open', 'approved', 'sending', 'given_back') and o.refund_id in (
     select s.refund_id from refunds s where s.chain_id = r.chain_id and s.case_id = r.case_id
     union select s.refund_id from appointments b join refunds s on s.chain_id = b.chain_id and s.appointment_id = b.appointment_id
            where b.chain_id = r.chain_id and b.booking_id = a.booking_id
     union select s.refund_id from events e join appointments b on b.chain_id = e.chain_id and b.event_id = e.event_id
            join refunds s on s.chain_id = b.chain_id and s.appointment_id = b.appointment_id and coalesce(s.closed_at, 'infinity') >= (e.cancelled->>'at')::timestamptz
            where e.chain_id = r.chain_id and e.event_id = a.event_id and e.status = 'cancelled')) "caseMinor",
  r.policy, r.words, r.opened_at "openedAt", r.opened_by_id "openedById", r.opened_by_name "openedByName", r.edited_at "editedAt", r.edited_by_id "editedById",
  r.edited_by_name "editedByName", r.approved_at "approvedAt", r.approved_by_id "approvedById", r.approved_by_name "approvedByName", r.way, r.sent_key "sentKey", r.sent_by_name "sentByName",
  r.payment_refund_id "paymentRefundId", r.trouble, r.closed_at "closedAt", r.closed_by_name "closedByName", p.status "refundStatus", p.looks, p.look_at "lookAt", p.last_error "lastError"`;

const joins = sql`
  from refunds r
  join appointments a on a.chain_id = r.chain_id and a.appointment_id = r.appointment_id
  join staff s on s.chain_id = a.chain_id and s.location_id = a.location_id and s.staff_id = a.staff_id
  join clients c on c.chain_id = a.chain_id and c.client_id = a.client_id
  left join lateral money_of_visit(r.chain_id, r.appointment_id) m on m.source_kind = r.source_kind and m.source_id = r.source_id and m.line_no = r.line_no
  left join provider_connections k on k.chain_id = r.chain_id and k.connection_id = m.connection_id
  left join payment_attempts t on r.source_kind = 'payment' and t.chain_id = r.chain_id and t.attempt_id = r.source_id
  left join payment_refunds p on p.chain_id = r.chain_id and p.refund_id = r.payment_refund_id
  left join payment_lines n on r.source_kind = 'payment' and n.chain_id = r.chain_id and n.attempt_id = r.source_id and n.line_no = r.line_no and n.outcome = 'credited'
  left join ledger_accounts g on g.chain_id = n.chain_id and g.account_id = n.account_id
  left join lateral (select x.credit_limit_minor - x.balance_minor - x.held_minor + coalesce(p.held_minor, 0) spendable from client_accounts x
                      where x.chain_id = g.chain_id and x.owner_id = g.owner_id and x.currency = g.currency) w on true`;

export async function refundById(q: Queryable, scope: Scope, refundId: string): Promise<RefundRow | undefined> {
  const { rows } = await sql<RefundRow>`
    select ${columns} ${joins} where r.chain_id = ${scope.chainId} and r.location_id = ${scope.locationId} and r.refund_id = ${refundId}`.execute(q);
  return rows[0];
}

/** Which visit it is of, for locking that first. */
export async function visitOfRefund(q: Queryable, { chainId, locationId }: Scope, refundId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select appointment_id id from refunds where chain_id = ${chainId} and location_id = ${locationId} and refund_id = ${refundId}`.execute(q);
  return rows[0]?.id;
}

/** Nobody else changes it for the rest of the transaction. */
export async function lockRefund(tx: Tx, scope: Scope, refundId: string): Promise<RefundRow | undefined> {
  await sql`select 1 from refunds where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and refund_id = ${refundId} for update`.execute(
    tx,
  );
  return refundById(tx, scope, refundId);
}

/** What is to be done, longest waiting first; what is over, newest first. */
export async function refundsOf(
  q: Queryable,
  { chainId, locationId }: Scope,
  {
    state,
    appointment,
    before,
    limit,
  }: { state: 'todo' | 'closed' | 'all'; appointment: string | undefined; before: string | undefined; limit: number },
): Promise<readonly RefundRow[]> {
  const wanted = state === 'all' ? sql`true` : state === 'todo' ? sql`r.status in ${LIVE}` : sql`r.status not in ${LIVE}`;
  const order = state === 'todo' ? sql`r.opened_at, r.refund_id` : sql`r.refund_id desc`;
  const { rows } = await sql<RefundRow>`
    select ${columns} ${joins} where r.chain_id = ${chainId} and r.location_id = ${locationId} and ${wanted}
       and (${appointment ?? null}::text is null or r.appointment_id = ${appointment ?? null})
       and (${before ?? null}::text is null or ${state === 'todo' ? sql`r.refund_id > ${before ?? ''}` : sql`r.refund_id < ${before ?? ''}`})
     order by ${order} limit ${limit}`.execute(q);
  return rows;
}

export async function countRefunds(
  q: Queryable,
  { chainId, locationId }: Scope,
): Promise<{ open: number; approved: number; sending: number; closed: number }> {
  const { rows } = await sql<{ open: number; approved: number; sending: number; closed: number }>`
    select count(*) filter (where status = 'open')::int open, count(*) filter (where status = 'approved')::int approved,
           count(*) filter (where status = 'sending')::int sending, count(*) filter (where status not in ${LIVE})::int closed
      from refunds where chain_id = ${chainId} and location_id = ${locationId}`.execute(q);
  return rows[0] ?? { open: 0, approved: 0, sending: 0, closed: 0 };
}

/** What this try of a screen has become. */
export async function refundByKey(
  q: Queryable,
  { chainId, locationId }: Scope,
  key: string,
): Promise<{ id: string; appointmentId: string } | undefined> {
  const { rows } = await sql<{ id: string; appointmentId: string }>`
    select refund_id id, appointment_id "appointmentId" from refunds where chain_id = ${chainId} and location_id = ${locationId} and key = ${key}`.execute(
    q,
  );
  return rows[0];
}

/** Sources of this visit for which something waits already. */
export async function liveSources(
  q: Queryable,
  chainId: string,
  appointmentId: string,
): Promise<readonly { kind: string; id: string; lineNo: number }[]> {
  const { rows } = await sql<{ kind: string; id: string; lineNo: number }>`
    select source_kind kind, source_id id, line_no "lineNo" from refunds where chain_id = ${chainId} and appointment_id = ${appointmentId} and status in ${LIVE}`.execute(
    q,
  );
  return rows;
}

export type RefundChange =
  | { readonly to: 'open'; readonly amountMinor: bigint; readonly words: string; readonly by: { id: string; name: string } }
  | { readonly to: 'approved'; readonly by: { id: string; name: string } }
  | { readonly to: 'declined'; readonly words: string; readonly by: { name: string } };

/** What a person decided about it. */
export async function writeChange(tx: Tx, { chainId }: Scope, refundId: string, change: RefundChange, at: Date): Promise<void> {
  const set =
    change.to === 'open'
      ? sql`amount_minor = ${change.amountMinor}, words = ${change.words}, edited_at = ${at}, edited_by_id = ${change.by.id}, edited_by_name = ${change.by.name},
            approved_at = null, approved_by_id = null, approved_by_name = null`
      : change.to === 'approved'
        ? sql`approved_at = ${at}, approved_by_id = ${change.by.id}, approved_by_name = ${change.by.name}`
        : sql`words = ${change.words}, closed_at = ${at}, closed_by_name = ${change.by.name}`;
  await sql`update refunds set status = ${change.to}, version = version + 1, ${set} where chain_id = ${chainId} and refund_id = ${refundId}`.execute(
    tx,
  );
}

/** It is on its way: through the provider (undefined: another refund of the same payment is first). */
export async function writeSent(
  tx: Tx,
  { chainId }: Scope,
  refundId: string,
  sent: {
    status: 'sending' | 'given_back';
    way: RefundWay;
    key: string;
    by: { id: string; name: string };
    paymentRefundId?: string | undefined;
    registerId?: string | undefined;
  },
  at: Date,
): Promise<void> {
  const over = sent.status === 'given_back';
  await sql`
    update refunds set status = ${sent.status}, way = ${sent.way}, sent_key = ${sent.key}, sent_by_id = ${sent.by.id}, sent_by_name = ${sent.by.name}, trouble = null,
           payment_refund_id = ${sent.paymentRefundId ?? null}, register_id = ${sent.registerId ?? null}, closed_at = ${over ? at : null},
           closed_by_name = ${over ? sent.by.name : null}, version = version + 1
     where chain_id = ${chainId} and refund_id = ${refundId}`.execute(tx);
}

/** What the provider did with it. */
export async function writeOutcome(
  tx: Tx,
  chainId: string,
  refundId: string,
  is: { status: 'sending' | 'given_back' | 'approved'; paymentRefundId: string | null; trouble: string | null; closedAt: Date | null },
): Promise<void> {
  await sql`
    update refunds set status = ${is.status}, payment_refund_id = ${is.paymentRefundId}, trouble = ${is.trouble}, closed_at = ${is.closedAt},
           closed_by_name = case when ${is.status} = 'given_back' then sent_by_name end, version = version + 1
     where chain_id = ${chainId} and refund_id = ${refundId} and status = 'sending'`.execute(tx);
}

/** It was sent again, or is over: nobody has to look at it any more. */
export async function endFailure(tx: Tx, chainId: string, refundId: string, resolution: string, at: Date): Promise<void> {
  await sql`
    update attention set resolved_at = ${at}, resolution = ${resolution}
     where chain_id = ${chainId} and kind = 'refund_failed' and subject_kind = 'refund' and subject_id = ${refundId} and resolved_at is null`.execute(
    tx,
  );
}

export interface Waiting {
  readonly chainId: string;
  readonly locationId: string;
  readonly refundId: string;
}

/** Those on their way of which there is news: the provider is done with them, or nothing is before them any more. */
export async function refundsWithNews(q: Queryable, limit: number): Promise<readonly Waiting[]> {
  const { rows } = await sql<Waiting>`
    select r.chain_id "chainId", r.location_id "locationId", r.refund_id "refundId" from refunds r
      left join payment_refunds p on p.chain_id = r.chain_id and p.refund_id = r.payment_refund_id
     where r.status = 'sending' and (p.status in ('refunded', 'failed') or p.refund_id is null and not exists (
       select 1 from payment_refunds o where o.chain_id = r.chain_id and o.attempt_id = r.source_id and o.status in ('intended', 'pending')))
     order by r.refund_id limit ${limit}`.execute(q);
  return rows;
}

export async function secondPersonFrom(q: Queryable, { chainId, locationId }: Scope): Promise<bigint | null> {
  const { rows } = await sql<{ from: bigint | null }>`
    select second_person_from_minor "from" from locations where chain_id = ${chainId} and location_id = ${locationId}`.execute(q);
  return rows[0]?.from ?? null;
}
