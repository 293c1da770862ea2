import type { AttemptStatus } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';

/** Money that fills an account, or is to. */
export interface TopUpRow {
  readonly id: string;
  readonly locationId: string;
  readonly ownerId: string;
  readonly clientId: string;
  readonly kind: 'desk' | 'link';
  readonly registerId: string | null;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly madeAt: Date;
  readonly userName: string;
  readonly doneAt: Date | null;
  readonly cancelledAt: Date | null;
  /** The booking from whose page the client has begun it. */
  readonly bookingId: string | null;
  /** The payment that brought it. */
  readonly attemptId: string | null;
  /** What of that payment has gone back at its provider. */
  readonly refundedMinor: bigint;
  /** Of a payment that is under way. */
  readonly paying: AttemptStatus | null;
  /** The last one. */
  readonly reversal: {
    readonly askedAt: string;
    readonly userName: string;
    readonly because: string;
    readonly registerId: string | null;
    readonly refundId: string | null;
    readonly reversedAt: string | null;
    readonly failedAt: string | null;
    readonly amountMinor: number;
  } | null;
}

const rowsWhere = (where: ReturnType<typeof sql>) => sql<TopUpRow>`
  select u.top_up_id id, u.location_id "locationId", u.owner_id "ownerId", split_part(u.owner_id, '/', 1) "clientId", u.kind, u.register_id "registerId",
         u.amount_minor "amountMinor", u.currency, u.made_at "madeAt", u.user_name "userName", u.done_at "doneAt", u.cancelled_at "cancelledAt",
         u.attempt_id "attemptId", u.booking_id "bookingId", coalesce(p.refunded_minor, 0)::bigint "refundedMinor",
         (select a.status from payment_attempts a where a.chain_id = u.chain_id and a.order_kind = 'account_top_up' and a.order_id = u.top_up_id
             and u.done_at is null and a.status in ('open', 'processing') order by a.status = 'processing' desc limit 1) paying,
         (select jsonb_build_object('askedAt', r.asked_at, 'userName', r.user_name, 'because', r.because, 'registerId', r.register_id, 'refundId', r.refund_id,
                                    'reversedAt', r.reversed_at, 'failedAt', r.failed_at,
                                    'amountMinor', coalesce((select b.amount_minor from payment_refunds b where b.chain_id = r.chain_id and b.refund_id = r.refund_id), u.amount_minor))
            from account_top_up_reversals r where r.chain_id = u.chain_id and r.top_up_id = u.top_up_id order by r.asked_at desc limit 1) reversal
    from account_top_ups u left join payment_attempts p on p.chain_id = u.chain_id and p.attempt_id = u.attempt_id
   where ${where} order by u.made_at desc, u.top_up_id desc limit 50`;

/** At a location: a top-up belongs to where it was made. */
export async function topUpById(q: Queryable, { chainId, locationId }: Scope, id: string): Promise<TopUpRow | undefined> {
  const { rows } = await rowsWhere(sql`u.chain_id = ${chainId} and u.location_id = ${locationId} and u.top_up_id = ${id}`).execute(q);
  return rows[0];
}

/** What this try of a screen has become. */
export async function topUpByKey(q: Queryable, { chainId, locationId }: Scope, key: string): Promise<TopUpRow | undefined> {
  const { rows } = await rowsWhere(sql`u.chain_id = ${chainId} and u.location_id = ${locationId} and u.key = ${key}`).execute(q);
  return rows[0];
}

/** What a payment has brought onto an account. */
export async function topUpByAttempt(q: Queryable, { chainId, locationId }: Scope, attemptId: string): Promise<TopUpRow | undefined> {
  const { rows } = await rowsWhere(sql`u.chain_id = ${chainId} and u.location_id = ${locationId} and u.attempt_id = ${attemptId}`).execute(q);
  return rows[0];
}

/** Newest first, of all locations. */
export async function topUpsOf(
  q: Queryable,
  chainId: string,
  { ownerId, currency }: { ownerId: string; currency: string },
): Promise<readonly TopUpRow[]> {
  const { rows } = await rowsWhere(sql`u.chain_id = ${chainId} and u.owner_id = ${ownerId} and u.currency = ${currency}`).execute(q);
  return rows;
}

export async function lockTopUp(tx: Tx, { chainId }: Pick<Scope, 'chainId'>, id: string): Promise<void> {
  await sql`select 1 from account_top_ups where chain_id = ${chainId} and top_up_id = ${id} for update`.execute(tx);
}

export async function insertTopUp(
  tx: Tx,
  { chainId, locationId }: Scope,
  one: {
    id: string;
    ownerId: string;
    kind: 'desk' | 'link';
    key: string;
    registerId: string | null;
    amountMinor: bigint;
    currency: string;
    by: { id: string; name: string };
    at: Date;
    /** From whose page the client begins it. */
    bookingId?: string;
  },
): Promise<void> {
  await sql`
    insert into account_top_ups (chain_id, top_up_id, location_id, owner_id, kind, key, register_id, amount_minor, currency, made_at, user_id, user_name, done_at, booking_id)
    values (${chainId}, ${one.id}, ${locationId}, ${one.ownerId}, ${one.kind}, ${one.key}, ${one.registerId}, ${one.amountMinor}, ${one.currency}, ${one.at},
            ${one.by.id}, ${one.by.name}, ${one.kind === 'desk' ? one.at : null}, ${one.bookingId ?? null})`.execute(tx);
}

export async function noteTopUpPaid(tx: Tx, chainId: string, id: string, attemptId: string, at: Date): Promise<void> {
  await sql`update account_top_ups set done_at = ${at}, attempt_id = ${attemptId} where chain_id = ${chainId} and top_up_id = ${id} and done_at is null`.execute(
    tx,
  );
}

export async function noteTopUpCancelled(tx: Tx, chainId: string, id: string, at: Date): Promise<void> {
  await sql`update account_top_ups set cancelled_at = coalesce(cancelled_at, ${at}) where chain_id = ${chainId} and top_up_id = ${id} and done_at is null`.execute(
    tx,
  );
}

/** False: somebody has done so, or it is under way. */
export async function insertTopUpReversal(
  tx: Tx,
  { chainId }: Scope,
  one: { id: string; because: string; registerId: string | null; refundId: string | null; by: { id: string; name: string }; at: Date },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into account_top_up_reversals (chain_id, top_up_id, asked_at, user_id, user_name, because, register_id, refund_id, reversed_at)
    values (${chainId}, ${one.id}, ${one.at}, ${one.by.id}, ${one.by.name}, ${one.because}, ${one.registerId}, ${one.refundId},
            ${one.registerId === null ? null : one.at}) on conflict do nothing`.execute(tx);
  return numAffectedRows === 1n;
}
