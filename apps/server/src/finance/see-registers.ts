import { toJsonAmount } from '@holdfast/contract/money';
import type { CashRegister } from '@holdfast/contract/registers';
import { sql } from 'kysely';
import { mayTouchRegister } from '../access/limits-of-place.ts';
import type { Place } from '../access/who.ts';
import type { Queryable } from '../kit/database.ts';

interface Row {
  readonly id: string;
  readonly ownName: string;
  readonly ownerId: string;
  readonly kind: 'cash' | 'cashless';
  readonly currency: string;
  readonly version: number;
  readonly feeBasisPoints: number;
  readonly feeFixedMinor: bigint;
  readonly comment: string;
  readonly balance: bigint;
  readonly archivedAt: Date | null;
}

/** The page of registers: in their order, the archived ones last. Every sum is what the books say. */
export async function seeRegisters(q: Queryable, place: Place): Promise<CashRegister[]> {
  const { chainId, locationId } = place.scope;
  const { rows } = await sql<Row>`
    select r.account_id id, r.name "ownName", a.owner_id "ownerId", r.kind, a.currency, r.version, r.fee_basis_points "feeBasisPoints",
           r.fee_fixed_minor "feeFixedMinor", r.comment, a.balance_minor balance, r.archived_at "archivedAt"
      from cash_registers r join ledger_accounts a on a.chain_id = r.chain_id and a.account_id = r.account_id
     where r.chain_id = ${chainId} and r.location_id = ${locationId} order by r.archived_at is not null, r.position, r.account_id`.execute(q);
  const away = await withProviders(q, place);
  const openings = await openingsOf(q, place);
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    name: row.ownName || row.ownerId,
    standard: row.ownName === '',
    kind: row.kind,
    currency: row.currency,
    fee: { basisPoints: row.feeBasisPoints, fixedMinor: toJsonAmount(row.feeFixedMinor) },
    comment: row.comment,
    balanceMinor: toJsonAmount(row.balance),
    withProviders: away
      .filter(({ registerId }) => registerId === row.id)
      .map(({ connectionId, provider, label, amount, currency }) => ({ connectionId, provider, label, amountMinor: toJsonAmount(amount), currency })),
    opening: openings.get(row.id) ?? null,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    mayChoose: mayTouchRegister(place, row.id),
  }));
}

interface Away {
  readonly registerId: string;
  readonly connectionId: string;
  readonly provider: string;
  readonly label: string;
  readonly amount: bigint;
  readonly currency: string;
}

/** What providers have of ours, by the register they pay into; a connection in use is there also while it has nothing. */
async function withProviders(q: Queryable, { scope: { chainId, locationId } }: Place): Promise<readonly Away[]> {
  const { rows } = await sql<Away>`
    select c.register_account_id "registerId", c.connection_id "connectionId", c.provider, c.label, coalesce(a.balance_minor, 0)::bigint amount,
           coalesce(a.currency, r.currency) currency
      from provider_connections c
      join ledger_accounts r on r.chain_id = c.chain_id and r.account_id = c.register_account_id
      left join ledger_accounts a on a.chain_id = c.chain_id and a.location_id = c.location_id and a.kind = 'clearing' and a.owner_id = c.connection_id
     where c.chain_id = ${chainId} and c.location_id = ${locationId} and (c.archived_at is null or a.balance_minor <> 0)
     order by c.created_at, c.connection_id, a.currency`.execute(q);
  return rows;
}

/** Register → what was said to have been in it before. */
async function openingsOf(
  q: Queryable,
  { scope: { chainId, locationId } }: Place,
): Promise<ReadonlyMap<string, NonNullable<CashRegister['opening']>>> {
  const { rows } = await sql<{ registerId: string; entryId: string; amount: bigint; happenedAt: Date }>`
    select p.to_account_id "registerId", p.entry_id "entryId", p.amount_minor amount, p.happened_at "happenedAt" from ledger_postings p
     where p.chain_id = ${chainId} and p.location_id = ${locationId} and p.operation = 'opening'
       and not exists (select 1 from ledger_entries r where r.chain_id = p.chain_id and r.location_id = p.location_id and r.reverses_entry_id is not null
                          and (r.reverses_entry_id = p.entry_id or r.entry_id = p.entry_id))`.execute(q);
  return new Map(
    rows.map((row) => [row.registerId, { entryId: row.entryId, amountMinor: toJsonAmount(row.amount), happenedAt: row.happenedAt.toISOString() }]),
  );
}
