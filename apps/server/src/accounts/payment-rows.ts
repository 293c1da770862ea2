import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';

/** A visit, or a part of it, that was paid from an account. */
export interface AccountPaymentRow {
  readonly id: string;
  readonly appointmentId: string;
  readonly ownerId: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly typeName: string | null;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly paidAt: Date;
  readonly userName: string;
  readonly reversed: boolean;
}

const columns = sql`
  p.account_payment_id id, p.appointment_id "appointmentId", p.owner_id "ownerId", split_part(p.owner_id, '/', 1) "clientId", c.name "clientName", t.name "typeName",
  p.amount_minor "amountMinor", p.currency, p.paid_at "paidAt", p.user_name "userName",
  exists (select 1 from account_payment_reversals r where r.chain_id = p.chain_id and r.account_payment_id = p.account_payment_id) reversed`;
const from = sql`
  account_payments p left join clients c on c.chain_id = p.chain_id and c.client_id = split_part(p.owner_id, '/', 1)
  left join account_types t on t.chain_id = p.chain_id and t.type_id = split_part(p.owner_id, '/', 2)`;

export async function accountPaymentsOf(q: Queryable, { chainId, locationId }: Scope, appointmentId: string): Promise<readonly AccountPaymentRow[]> {
  const { rows } = await sql<AccountPaymentRow>`
    select ${columns} from ${from} where p.chain_id = ${chainId} and p.location_id = ${locationId} and p.appointment_id = ${appointmentId}`.execute(
    q,
  );
  return rows;
}

export async function accountPaymentById(q: Queryable, { chainId, locationId }: Scope, id: string): Promise<AccountPaymentRow | undefined> {
  const { rows } = await sql<AccountPaymentRow>`
    select ${columns} from ${from} where p.chain_id = ${chainId} and p.location_id = ${locationId} and p.account_payment_id = ${id}`.execute(q);
  return rows[0];
}

/** What this try of a screen has become. */
export async function accountPaymentByKey(q: Queryable, { chainId, locationId }: Scope, key: string): Promise<AccountPaymentRow | undefined> {
  const { rows } = await sql<AccountPaymentRow>`
    select ${columns} from ${from} where p.chain_id = ${chainId} and p.location_id = ${locationId} and p.key = ${key}`.execute(q);
  return rows[0];
}

export async function insertAccountPayment(
  tx: Tx,
  { chainId, locationId }: Scope,
  one: {
    id: string;
    appointmentId: string;
    key: string;
    ownerId: string;
    holdId?: string;
    amountMinor: bigint;
    currency: string;
    by: { id: string; name: string };
    at: Date;
  },
): Promise<void> {
  await sql`
    insert into account_payments (chain_id, account_payment_id, location_id, appointment_id, key, owner_id, hold_id, amount_minor, currency, paid_at, user_id, user_name)
    values (${chainId}, ${one.id}, ${locationId}, ${one.appointmentId}, ${one.key}, ${one.ownerId}, ${one.holdId ?? null}, ${one.amountMinor}, ${one.currency},
            ${one.at}, ${one.by.id}, ${one.by.name})`.execute(tx);
}

/** False: it was reversed before. */
export async function insertPaymentReversal(
  tx: Tx,
  { chainId }: Scope,
  one: { id: string; because: string; by: { id: string; name: string }; at: Date },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into account_payment_reversals (chain_id, account_payment_id, reversed_at, user_id, user_name, because)
    values (${chainId}, ${one.id}, ${one.at}, ${one.by.id}, ${one.by.name}, ${one.because}) on conflict do nothing`.execute(tx);
  return numAffectedRows === 1n;
}
