import type { RefundSource } from '@holdfast/contract/refunds';
import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';

/** One payment of a visit, or a line of one, and what of it has not gone back. */
export interface VisitMoney {
  readonly appointmentId: string;
  readonly source: RefundSource;
  readonly placed: 'applied' | 'credited' | 'unplaced';
  readonly currency: string;
  readonly cameAt: Date;
  readonly cameMinor: bigint;
  readonly leftMinor: bigint;
  /** Of that, what is on its way back and has not been heard of from the provider yet. */
  readonly sendingMinor: bigint;
  /** Of what is left, what the client's bank may still take back; and what it has taken, which is not left. */
  readonly disputedMinor: bigint;
  readonly chargedBackMinor: bigint;
  /** What the salon calls the provider's connection; empty for money that came otherwise. */
  readonly by: string;
  readonly kind: 'online' | 'link' | 'cash' | 'card' | 'account';
  readonly connectionId: string | null;
}

/** What was paid for these visits, payment by payment, oldest first. */
export async function moneyOfVisits(q: Queryable, chainId: string, appointmentIds: readonly string[]): Promise<readonly VisitMoney[]> {
  const { rows } = await sql<Omit<VisitMoney, 'source'> & { sourceKind: RefundSource['kind']; sourceId: string; lineNo: number }>`
    select v.id "appointmentId", m.source_kind "sourceKind", m.source_id "sourceId", m.line_no "lineNo", m.placed, m.currency, m.came_at "cameAt", m.came_minor "cameMinor",
           m.left_minor "leftMinor", coalesce((
             select sum(r.amount_minor - least(greatest(t.refunded_minor - p.refunded_before_minor, 0), r.amount_minor)) from refunds r
               join payment_attempts t on t.chain_id = r.chain_id and t.attempt_id = r.source_id
               left join payment_refunds p on p.chain_id = r.chain_id and p.refund_id = r.payment_refund_id
              where r.chain_id = ${chainId} and r.source_kind = 'payment' and r.source_id = m.source_id and r.line_no = m.line_no and r.status = 'sending'), 0)::bigint "sendingMinor", m.named by, m.paid_by kind, m.connection_id "connectionId",
           m.disputed_minor "disputedMinor", m.charged_back_minor "chargedBackMinor"
      from unnest(${appointmentIds}::text[]) with ordinality v (id, no), money_of_visit(${chainId}, v.id) m order by v.no, m.came_at, m.source_id, m.line_no`.execute(
    q,
  );
  return rows.map(({ sourceKind, sourceId, lineNo, ...row }) => ({ ...row, source: { kind: sourceKind, id: sourceId, lineNo } }));
}

/** What pays for the visit, and could go back if it is cancelled: less what is on its way back already. */
export function paysFor(money: readonly VisitMoney[], appointmentId: string): readonly VisitMoney[] {
  return money
    .filter((one) => one.appointmentId === appointmentId && one.placed === 'applied')
    .map((one) => ({ ...one, leftMinor: one.leftMinor - one.sendingMinor }))
    .filter(({ leftMinor }) => leftMinor > 0n);
}

export function isSource(one: VisitMoney, { kind, id, lineNo }: RefundSource): boolean {
  return one.source.kind === kind && one.source.id === id && one.source.lineNo === lineNo;
}
