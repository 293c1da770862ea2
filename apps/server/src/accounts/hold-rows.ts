import { sql } from 'kysely';
import type { Queryable, Tx } from '../kit/database.ts';

/** What a hold keeps money for. Opaque here. */
export interface HoldPurpose {
  readonly kind: 'appointment';
  readonly id: string;
}

export interface HoldRow {
  readonly holdId: string;
  readonly locationId: string;
  readonly ownerId: string;
  readonly clientName: string;
  readonly typeName: string | null;
  readonly currency: string;
  readonly purposeKind: HoldPurpose['kind'];
  readonly purposeId: string;
  readonly amountMinor: bigint;
  readonly heldMinor: bigint;
  readonly status: 'live' | 'spent' | 'released';
  readonly madeAt: Date;
  readonly userId: string;
  /** Empty: the client did it themself. */
  readonly userName: string;
  readonly toward: 'visit' | 'prepayment';
}

const columns = sql`
  h.hold_id "holdId", h.location_id "locationId", h.owner_id "ownerId", c.name "clientName", t.name "typeName", h.currency, h.purpose_kind "purposeKind",
  h.purpose_id "purposeId", h.amount_minor "amountMinor", h.held_minor "heldMinor", h.status, h.made_at "madeAt", h.user_id "userId", h.user_name "userName", h.toward`;
const from = sql`
  account_holds h join client_accounts a on a.chain_id = h.chain_id and a.owner_id = h.owner_id and a.currency = h.currency
  join clients c on c.chain_id = a.chain_id and c.client_id = a.client_id
  left join account_types t on t.chain_id = a.chain_id and t.type_id = a.type_id`;

/** Live ones, oldest first. */
export async function liveHoldsFor(q: Queryable, chainId: string, purpose: HoldPurpose): Promise<readonly HoldRow[]> {
  const { rows } = await sql<HoldRow>`
    select ${columns} from ${from}
     where h.chain_id = ${chainId} and h.purpose_kind = ${purpose.kind} and h.purpose_id = ${purpose.id} and h.status = 'live' order by h.made_at, h.hold_id`.execute(
    q,
  );
  return rows;
}

export async function liveHoldsOn(q: Queryable, chainId: string, account: { ownerId: string; currency: string }): Promise<readonly HoldRow[]> {
  const { rows } = await sql<HoldRow>`
    select ${columns} from ${from}
     where h.chain_id = ${chainId} and h.owner_id = ${account.ownerId} and h.currency = ${account.currency} and h.status = 'live' order by h.made_at, h.hold_id`.execute(
    q,
  );
  return rows;
}

/** What is kept of an account for money on its way back through a provider. */
export interface RefundHold {
  readonly refundId: string;
  readonly locationId: string;
  /** Of the visit that it came for; null: it was put on the account. */
  readonly appointmentId: string | null;
  readonly heldMinor: bigint;
  readonly madeAt: Date;
  readonly madeBy: string;
}

/** Until the provider says that it is given back, or will not be; oldest first. */
export async function refundHoldsOn(q: Queryable, chainId: string, account: { ownerId: string; currency: string }): Promise<readonly RefundHold[]> {
  const { rows } = await sql<RefundHold>`
    select r.refund_id "refundId", r.location_id "locationId", case when l.purpose_kind = 'appointment' then l.purpose_id end "appointmentId",
           r.held_minor "heldMinor", r.made_at "madeAt", r.made_by "madeBy"
      from payment_refunds r
      join payment_lines l on l.chain_id = r.chain_id and l.attempt_id = r.attempt_id and l.line_no = r.line_no
      join ledger_accounts a on a.chain_id = l.chain_id and a.account_id = l.account_id
     where r.chain_id = ${chainId} and r.held_minor > 0 and r.look_at is not null and a.kind = 'client' and a.owner_id = ${account.ownerId}
       and a.currency = ${account.currency} order by r.made_at, r.refund_id`.execute(q);
  return rows;
}

/** At a location: a hold belongs to where it was made. */
export async function holdById(
  q: Queryable,
  { chainId, locationId }: { chainId: string; locationId: string },
  id: string,
): Promise<HoldRow | undefined> {
  const { rows } = await sql<HoldRow>`
    select ${columns} from ${from} where h.chain_id = ${chainId} and h.location_id = ${locationId} and h.hold_id = ${id}`.execute(q);
  return rows[0];
}

/** What this try of a screen has become. */
export async function holdByKey(
  q: Queryable,
  { chainId, locationId }: { chainId: string; locationId: string },
  key: string,
): Promise<HoldRow | undefined> {
  const { rows } = await sql<HoldRow>`
    select ${columns} from ${from} where h.chain_id = ${chainId} and h.location_id = ${locationId} and h.key = ${key}`.execute(q);
  return rows[0];
}

export async function insertHold(
  tx: Tx,
  { chainId, locationId }: { chainId: string; locationId: string },
  hold: {
    id: string;
    ownerId: string;
    currency: string;
    purpose: HoldPurpose;
    key: string;
    amountMinor: bigint;
    by: { id: string; name: string };
    at: Date;
  },
): Promise<void> {
  await sql`
    insert into account_holds (chain_id, hold_id, location_id, owner_id, currency, purpose_kind, purpose_id, key, amount_minor, held_minor, made_at, user_id, user_name)
    values (${chainId}, ${hold.id}, ${locationId}, ${hold.ownerId}, ${hold.currency}, ${hold.purpose.kind}, ${hold.purpose.id}, ${hold.key}, ${hold.amountMinor},
            ${hold.amountMinor}, ${hold.at}, ${hold.by.id}, ${hold.by.name})`.execute(tx);
}

/** Nothing of it is held any more: so much of it pays, the rest is let go. False: it was over before. */
export async function endHold(tx: Tx, chainId: string, end: { holdId: string; spentMinor: bigint; because: string; at: Date }): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update account_holds set status = ${end.spentMinor > 0n ? 'spent' : 'released'}, held_minor = 0, spent_minor = ${end.spentMinor}, ended_at = ${end.at},
           ended_because = ${end.because}
     where chain_id = ${chainId} and hold_id = ${end.holdId} and status = 'live'`.execute(tx);
  return numAffectedRows === 1n;
}

/** Every ledger account that spending these holds at a location may touch, as far as it is there by now. */
export async function accountsOfHolds(
  tx: Tx,
  { chainId, locationId }: { chainId: string; locationId: string },
  holds: readonly Pick<HoldRow, 'ownerId' | 'currency'>[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select account_id id from ledger_accounts
     where chain_id = ${chainId} and currency = any(${holds.map(({ currency }) => currency)}::text[])
       and (kind = 'client' and owner_id = any(${holds.map(({ ownerId }) => ownerId)}::text[]) or kind = 'prepayments' and location_id = ${locationId}
            or kind = 'between' and ${locationId} in (location_id, owner_id))`.execute(tx);
  return rows.map(({ id }) => id);
}
