import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Who } from '../access/who.ts';
import type { Queryable, Tx } from '../kit/database.ts';

export interface DeskPayment {
  readonly id: string;
  readonly appointmentId: string;
  readonly accountId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly takenAt: Date;
  readonly userName: string;
  readonly reversed: boolean;
}

const columns = sql`d.desk_payment_id id, d.appointment_id "appointmentId", d.account_id "accountId", d.amount_minor "amountMinor", d.currency, d.taken_at "takenAt",
  d.user_name "userName", exists (select 1 from desk_reversals r where r.chain_id = d.chain_id and r.desk_payment_id = d.desk_payment_id) reversed`;

export async function deskPaymentById(q: Queryable, scope: Scope, id: string): Promise<DeskPayment | undefined> {
  const { rows } = await sql<DeskPayment>`
    select ${columns} from desk_payments d where d.chain_id = ${scope.chainId} and d.location_id = ${scope.locationId} and d.desk_payment_id = ${id}`.execute(
    q,
  );
  return rows[0];
}

/** What this try of a screen has become; undefined: nothing yet. */
export async function deskPaymentByKey(q: Queryable, scope: Scope, key: string): Promise<DeskPayment | undefined> {
  const { rows } = await sql<DeskPayment>`
    select ${columns} from desk_payments d where d.chain_id = ${scope.chainId} and d.location_id = ${scope.locationId} and d.key = ${key}`.execute(q);
  return rows[0];
}

export async function deskPaymentsOf(q: Queryable, scope: Scope, appointmentId: string): Promise<readonly DeskPayment[]> {
  const { rows } = await sql<DeskPayment>`
    select ${columns} from desk_payments d
     where d.chain_id = ${scope.chainId} and d.location_id = ${scope.locationId} and d.appointment_id = ${appointmentId}`.execute(q);
  return rows;
}

export async function insertDeskPayment(
  tx: Tx,
  scope: Scope,
  who: Who,
  payment: { id: string; appointmentId: string; key: string; accountId: string; amountMinor: bigint; currency: string; at: Date },
): Promise<void> {
  await sql`
    insert into desk_payments (chain_id, desk_payment_id, location_id, appointment_id, key, account_id, amount_minor, currency, taken_at, user_id, user_name)
    values (${scope.chainId}, ${payment.id}, ${scope.locationId}, ${payment.appointmentId}, ${payment.key}, ${payment.accountId}, ${payment.amountMinor},
            ${payment.currency}, ${payment.at}, ${who.userId}, ${who.name})`.execute(tx);
}

/** False: it was reversed before. */
export async function insertReversal(tx: Tx, scope: Scope, who: Who, reversal: { id: string; because: string; at: Date }): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into desk_reversals (chain_id, desk_payment_id, reversed_at, user_id, user_name, because)
    values (${scope.chainId}, ${reversal.id}, ${reversal.at}, ${who.userId}, ${who.name}, ${reversal.because}) on conflict do nothing`.execute(tx);
  return numAffectedRows === 1n;
}

export async function timeZoneOf(q: Queryable, { chainId, locationId }: Scope): Promise<string> {
  const { rows } = await sql<{ zone: string }>`
    select time_zone zone from locations where chain_id = ${chainId} and location_id = ${locationId}`.execute(q);
  return rows[0]?.zone ?? 'UTC';
}

export async function isLinkMade(q: Queryable, { chainId }: Scope, appointmentId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from payment_links where chain_id = ${chainId} and appointment_id = ${appointmentId}`.execute(q);
  return rows.length === 1;
}

/** True: it is new. */
export async function noteLinkMade(tx: Tx, scope: Scope, who: Who, appointmentId: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into payment_links (chain_id, appointment_id, location_id, made_at, made_by)
    values (${scope.chainId}, ${appointmentId}, ${scope.locationId}, ${at}, ${who.name}) on conflict do nothing`.execute(tx);
  return numAffectedRows === 1n;
}

export async function clientById(
  q: Queryable,
  { chainId }: Scope,
  clientId: string,
): Promise<{ name: string; phone: string | null; email: string | null } | undefined> {
  const { rows } = await sql<{ name: string; phone: string | null; email: string | null }>`
    select name, phone, nullif(email, '') email from clients where chain_id = ${chainId} and client_id = ${clientId}`.execute(q);
  return rows[0];
}
