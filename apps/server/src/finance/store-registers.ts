import type { RegisterUse } from '@holdfast/contract/registers';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';

export interface KeptRegister {
  readonly name: string;
  readonly standard: boolean;
  readonly kind: 'cash' | 'cashless';
  readonly fee: { readonly basisPoints: number; readonly fixedMinor: number };
  readonly comment: string;
  readonly archived: boolean;
}

/** Nobody else changes it, or puts money into it, for the rest of the transaction. Refuses with `not_found`, `changed_meanwhile`. */
export async function lockRegister(tx: Tx, { chainId, locationId }: Scope, registerId: string, version: number): Promise<KeptRegister> {
  const { rows } = await sql<{
    name: string;
    kind: 'cash' | 'cashless';
    share: number;
    fixed: bigint;
    comment: string;
    version: number;
    archived: boolean;
  }>`
    select name, kind, fee_basis_points share, fee_fixed_minor fixed, comment, version, archived_at is not null archived from cash_registers
     where chain_id = ${chainId} and location_id = ${locationId} and account_id = ${registerId} for update`.execute(tx);
  const [row] = rows;
  if (!row) throw new Problem('not_found', 404, 'There is no such register.');
  if (row.version !== version) throw new Problem('changed_meanwhile', 409, 'Somebody else has changed this register.', { version: row.version });
  const { name, kind, share, fixed, comment, archived } = row;
  return { name, standard: name === '', kind, fee: { basisPoints: share, fixedMinor: Number(fixed) }, comment, archived };
}

export async function nameTaken(q: Queryable, { chainId, locationId }: Scope, name: string, except = ''): Promise<boolean> {
  const { rows } = await sql`
    select 1 from cash_registers where chain_id = ${chainId} and location_id = ${locationId} and archived_at is null and lower(name) = lower(${name})
       and account_id <> ${except}`.execute(q);
  return rows.length > 0;
}

/** What would be left hanging if it were not there any more. */
export async function usesOf(q: Queryable, { chainId, locationId }: Scope, registerId: string): Promise<RegisterUse[]> {
  const money = await sql<{ amount: bigint; currency: string }>`
    select balance_minor amount, currency from ledger_accounts where chain_id = ${chainId} and account_id = ${registerId} and balance_minor <> 0`.execute(
    q,
  );
  const connections = await sql<{ id: string; name: string }>`
    select c.connection_id id, c.label as name from provider_connections c
     where c.chain_id = ${chainId} and c.location_id = ${locationId} and c.register_account_id = ${registerId}
       and (c.archived_at is null or exists (
         select 1 from ledger_accounts a where a.chain_id = c.chain_id and a.kind = 'clearing' and a.owner_id = c.connection_id and a.balance_minor <> 0))
     order by c.created_at`.execute(q);
  const roles = await sql<{ id: string; name: string }>`
    select role_id id, name from roles where chain_id = ${chainId} and ${registerId} = any(registers) order by name`.execute(q);
  return [
    ...money.rows.map(({ amount, currency }) => ({ kind: 'money' as const, amountMinor: Number(amount), currency })),
    ...connections.rows.map(({ id, name }) => ({ kind: 'connection' as const, id, name })),
    ...roles.rows.map(({ id, name }) => ({ kind: 'role' as const, id, name })),
  ];
}
