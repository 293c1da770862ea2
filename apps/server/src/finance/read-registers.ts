import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';

export interface Register {
  /** Its ledger account. */
  readonly id: string;
  /** `main`, `card` (screens have their own words for these), or the name it was given. */
  readonly name: string;
  readonly kind: 'cash' | 'cashless';
  readonly currency: string;
  readonly feeBasisPoints: number;
  readonly feeFixedMinor: bigint;
  /** Nothing is put into it any more, or taken out. */
  readonly archived: boolean;
}

const columns = sql`
  r.account_id id, coalesce(nullif(r.name, ''), a.owner_id) as name, r.kind, a.currency, r.fee_basis_points "feeBasisPoints",
  r.fee_fixed_minor "feeFixedMinor", r.archived_at is not null archived`;

/** The location's registers in their order (B7): Main takes cash, Card payment account takes cards, the others are the location's own. Without archived ones. */
export async function registersOf(q: Queryable, scope: Scope): Promise<readonly Register[]> {
  return (await allRegistersOf(q, scope)).filter(({ archived }) => !archived);
}

/** The same with archived ones, which old transactions speak of. */
export async function allRegistersOf(q: Queryable, { chainId, locationId }: Scope): Promise<readonly Register[]> {
  const { rows } = await sql<Register>`
    select ${columns} from cash_registers r join ledger_accounts a on a.chain_id = r.chain_id and a.account_id = r.account_id
     where r.chain_id = ${chainId} and r.location_id = ${locationId} order by r.archived_at is not null, r.position, r.account_id`.execute(q);
  return rows;
}

/**
 * The register into which a deed is about to put money: until the transaction ends nobody archives it. Refuses with `not_found`, also when it is archived.
 */
export async function holdRegister(tx: Tx, { chainId, locationId }: Scope, registerId: string): Promise<Register> {
  const { rows } = await sql<Register>`
    select ${columns} from cash_registers r join ledger_accounts a on a.chain_id = r.chain_id and a.account_id = r.account_id
     where r.chain_id = ${chainId} and r.location_id = ${locationId} and r.account_id = ${registerId} and r.archived_at is null for share of r`.execute(
    tx,
  );
  const [register] = rows;
  if (!register) throw new Problem('not_found', 404, 'There is no such register.');
  return register;
}
