import type { DisputeFact, DisputeMovement } from '@holdfast/providers/payment-provider';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import type { ClaimedLine, DisputeStage, DisputeState } from './dispute-rules.ts';
import type { AttemptKey, AttemptRow } from './store.ts';

export interface DisputeRow {
  readonly disputeId: string;
  readonly chainId: string;
  readonly locationId: string;
  readonly attemptId: string;
  readonly connectionId: string;
  readonly providerDisputeId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reason: string;
  readonly stage: DisputeStage;
  readonly state: DisputeState;
  readonly respondBy: Date | null;
  readonly openedAt: Date;
  readonly withdrawnMinor: bigint;
  readonly lostMinor: bigint;
  readonly lossSteps: number;
  readonly answeredAt: Date | null;
  readonly answeredBy: string | null;
  readonly acceptedBy: string | null;
}

const columns = sql`d.dispute_id "disputeId", d.chain_id "chainId", d.location_id "locationId", d.attempt_id "attemptId", d.connection_id "connectionId",
  d.provider_dispute_id "providerDisputeId", d.amount_minor "amountMinor", d.currency, d.reason, d.stage, d.state, d.respond_by "respondBy", d.opened_at "openedAt",
  d.withdrawn_minor "withdrawnMinor", d.lost_minor "lostMinor", d.loss_steps "lossSteps", d.answered_at "answeredAt", d.answered_by "answeredBy", d.accepted_by "acceptedBy"`;

/** Every dispute of a payment, oldest first. */
export async function disputesOfAttempt(
  q: Queryable,
  { chainId, attemptId }: Pick<AttemptKey, 'chainId' | 'attemptId'>,
): Promise<readonly DisputeRow[]> {
  const { rows } = await sql<DisputeRow>`
    select ${columns} from payment_disputes d where d.chain_id = ${chainId} and d.attempt_id = ${attemptId} order by d.opened_at, d.dispute_id`.execute(
    q,
  );
  return rows;
}

export async function disputeById(q: Queryable, chainId: string, disputeId: string): Promise<DisputeRow | undefined> {
  const { rows } =
    await sql<DisputeRow>`select ${columns} from payment_disputes d where d.chain_id = ${chainId} and d.dispute_id = ${disputeId}`.execute(q);
  return rows[0];
}

/** What is said about a dispute now. The payment is locked. */
export async function writeDispute(
  tx: Tx,
  attempt: AttemptRow,
  fact: DisputeFact,
  { disputeId, at, lookAt }: { disputeId: string; at: Date; lookAt: Date | undefined },
): Promise<void> {
  const { chainId, locationId, attemptId, connectionId } = attempt;
  await sql`
    insert into payment_disputes (chain_id, dispute_id, location_id, attempt_id, connection_id, provider_dispute_id, amount_minor, currency, reason, stage, state, respond_by,
                                  opened_at, learned_at, changed_at, look_at)
    values (${chainId}, ${disputeId}, ${locationId}, ${attemptId}, ${connectionId}, ${fact.providerDisputeId}, ${fact.amountMinor}, ${fact.currency}, ${fact.reason}, ${fact.stage},
            ${fact.state}, ${fact.respondBy ?? null}, ${fact.openedAt}, ${at}, ${at}, ${lookAt ?? null})
    on conflict on constraint payment_disputes_once do update set amount_minor = excluded.amount_minor, reason = excluded.reason, stage = excluded.stage, state = excluded.state,
       respond_by = excluded.respond_by, look_at = excluded.look_at,
       changed_at = case when (payment_disputes.amount_minor, payment_disputes.stage, payment_disputes.state) is distinct from (excluded.amount_minor, excluded.stage, excluded.state)
                         then excluded.changed_at else payment_disputes.changed_at end`.execute(tx);
}

/** Which of these movements were not known. */
export async function keepMoves(
  tx: Tx,
  attempt: AttemptRow,
  disputeId: string,
  moves: readonly DisputeMovement[],
): Promise<readonly DisputeMovement[]> {
  if (moves.length === 0) return [];
  const json = JSON.stringify(
    moves.map(({ lineId, amountMinor, currency, at }) => ({ line_id: lineId, amount: amountMinor.toString(), currency, at: at.toISOString() })),
  );
  const { rows } = await sql<{ lineId: string }>`
    insert into payment_dispute_moves (chain_id, connection_id, line_id, location_id, dispute_id, attempt_id, amount_minor, currency, at)
    select ${attempt.chainId}, ${attempt.connectionId}, m.line_id, ${attempt.locationId}, ${disputeId}, ${attempt.attemptId}, m.amount, m.currency, m.at
      from jsonb_to_recordset(${json}::jsonb) as m(line_id text, amount bigint, currency text, at timestamptz)
    on conflict on constraint payment_dispute_moves_pk do nothing returning line_id "lineId"`.execute(tx);
  const fresh = new Set(rows.map(({ lineId }) => lineId));
  return moves.filter(({ lineId }) => fresh.has(lineId));
}

export async function writeDisputeMoney(
  tx: Tx,
  { chainId, disputeId }: Pick<DisputeRow, 'chainId' | 'disputeId'>,
  is: { withdrawnMinor: bigint; lostMinor: bigint; lossSteps: number },
): Promise<void> {
  await sql`
    update payment_disputes set withdrawn_minor = ${is.withdrawnMinor}, lost_minor = ${is.lostMinor}, loss_steps = ${is.lossSteps}
     where chain_id = ${chainId} and dispute_id = ${disputeId}`.execute(tx);
}

export async function writeClaims(
  tx: Tx,
  { chainId, attemptId }: Pick<AttemptKey, 'chainId' | 'attemptId'>,
  claims: readonly ClaimedLine[],
): Promise<void> {
  const json = JSON.stringify(
    claims.map((one) => ({ no: one.lineNo, disputed: one.disputedMinor.toString(), back: one.chargedBackMinor.toString() })),
  );
  await sql`
    update payment_lines l set disputed_minor = c.disputed, charged_back_minor = c.back
      from jsonb_to_recordset(${json}::jsonb) as c(no smallint, disputed bigint, back bigint)
     where l.chain_id = ${chainId} and l.attempt_id = ${attemptId} and l.line_no = c.no
       and (l.disputed_minor, l.charged_back_minor) is distinct from (c.disputed, c.back)`.execute(tx);
}

/** Payments of which a dispute's moment has come, taken by pushing it forward. */
export async function takeDueDisputes(
  q: Queryable,
  { at, leasedUntil, limit }: { at: Date; leasedUntil: Date; limit: number },
): Promise<readonly Pick<AttemptKey, 'chainId' | 'attemptId'>[]> {
  const { rows } = await sql<Pick<AttemptKey, 'chainId' | 'attemptId'>>`
    with due as (
      select chain_id, dispute_id from payment_disputes where look_at <= ${at} order by look_at limit ${limit} for update skip locked
    ) update payment_disputes d set look_at = ${leasedUntil} from due
       where d.chain_id = due.chain_id and d.dispute_id = due.dispute_id returning d.chain_id "chainId", d.attempt_id "attemptId"`.execute(q);
  return rows;
}

/** Somebody here says that evidence was sent. Undefined: it is decided. */
export async function noteAnswered(tx: Tx, { chainId, locationId }: Scope, disputeId: string, by: string, at: Date): Promise<DisputeRow | undefined> {
  const { rows } = await sql<DisputeRow>`
    update payment_disputes d set answered_at = ${at}, answered_by = ${by}
     where d.chain_id = ${chainId} and d.location_id = ${locationId} and d.dispute_id = ${disputeId} and d.look_at is not null returning ${columns}`.execute(
    tx,
  );
  return rows[0];
}

/** Somebody here gives it up. False: it is decided. */
export async function noteAccepted(tx: Tx, { chainId, locationId }: Scope, disputeId: string, by: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update payment_disputes set accepted_by = ${by}
     where chain_id = ${chainId} and location_id = ${locationId} and dispute_id = ${disputeId} and look_at is not null`.execute(tx);
  return numAffectedRows === 1n;
}
