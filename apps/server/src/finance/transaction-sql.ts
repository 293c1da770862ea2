import { inwardOperations } from '@holdfast/contract/operations';
import type { TransactionFilter } from '@holdfast/contract/transactions';
import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { placeFacts, startOfDay } from './place-facts.ts';

/** Where money is ours: a register, or a provider that pays into one. */
export interface MoneyAccount {
  readonly accountId: string;
  /** The register it is, or that it is paid into. */
  readonly registerId: string | null;
}

/** What a page, the totals and the file of one filter have in common: which postings they speak of. */
export interface Asked {
  readonly money: readonly MoneyAccount[];
  /** `from … where …` of `ledger_postings p`. */
  readonly postings: RawBuilder<unknown>;
}

/** Reads the filter in the location's time, with its registers. A register that is not there has no transactions. */
export async function askedFor(q: Queryable, scope: Scope, filter: TransactionFilter): Promise<Asked> {
  const { chainId, locationId } = scope;
  const { timeZone } = await placeFacts(q, scope);
  const money = await moneyAccounts(q, scope);
  const ours = money.map(({ accountId }) => accountId);
  const into = sql`(p.to_account_id = any(${ours}))`;
  const outOf = sql`(p.from_account_id = any(${ours}))`;
  const undone = sql`(
    select r.entry_id from ledger_entries r where r.chain_id = ${chainId} and r.location_id = ${locationId} and r.reverses_entry_id is not null
    union all
    select r.reverses_entry_id from ledger_entries r where r.chain_id = ${chainId} and r.location_id = ${locationId} and r.reverses_entry_id is not null)`;
  const where: RawBuilder<unknown>[] = [
    sql`p.chain_id = ${chainId} and p.location_id = ${locationId}`,
    filter.operation ? sql`p.operation = ${filter.operation}` : sql`p.operation not in (${sql.join(inwardOperations.map((one) => sql.lit(one)))})`,
  ];
  if (filter.from) where.push(sql`p.happened_at >= ${startOfDay(filter.from, timeZone)}`);
  if (filter.to) where.push(sql`p.happened_at < ${startOfDay(filter.to, timeZone, 1)}`);
  if (filter.item) where.push(sql`p.item_id = ${filter.item}`);
  // there is an index of all but services, which are nearly everything
  if (filter.item && filter.item !== 'services') where.push(sql`p.item_id <> 'services'`);
  if (filter.amount !== undefined) where.push(sql`p.amount_minor = ${filter.amount}`);
  if (filter.deleted === 'hidden') where.push(sql`p.entry_id not in ${undone}`);
  if (filter.deleted === 'only') where.push(sql`p.entry_id in ${undone}`);
  if (filter.direction === 'in') where.push(sql`${into} and not ${outOf}`);
  if (filter.direction === 'out') where.push(sql`${outOf} and not ${into}`);
  if (filter.direction === 'within') where.push(sql`${into} = ${outOf}`);
  if (filter.register !== undefined) {
    const its = money.filter(({ registerId }) => registerId === filter.register).map(({ accountId }) => accountId);
    where.push(sql`(p.from_account_id = any(${its}) or p.to_account_id = any(${its}))`);
  }
  if (filter.client !== undefined) where.push(sql`(p.entry_id, p.posting_no) in ${postingsOfClient(scope, filter.client)}`);
  if (filter.staff !== undefined) where.push(ofStaff(scope, filter.staff));
  if (filter.search !== undefined) where.push(hasWords(scope, filter.search));
  return { money, postings: sql`from ledger_postings p where ${sql.join(where, sql` and `)}` };
}

/**
 * What a team member did or what was written down for them. Whatever walks through postings, newest first or all of them, asks a set that is made once: joined, a page
 * with few hits looked up a visit for every posting that ever was.
 */
function ofStaff({ chainId, locationId }: Scope, staffId: string): RawBuilder<unknown> {
  const their = (table: string, id: string) =>
    sql`select ${sql.ref(id)} from ${sql.table(table)} where chain_id = ${chainId} and location_id = ${locationId} and staff_id = ${staffId}`;
  return sql`(p.purpose_kind in ('appointment', 'visit') and p.purpose_id in (${their('appointments', 'appointment_id')})
           or p.purpose_kind = 'manual_entry' and p.purpose_id in (${their('manual_entries', 'manual_entry_id')}))`;
}

/** Reference, comment or counterparty with these letters in it. */
function hasWords({ chainId, locationId }: Scope, searched: string): RawBuilder<unknown> {
  const pattern = `%${searched.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return sql`p.entry_id in (
    select entry_id from ledger_entries where chain_id = ${chainId} and location_id = ${locationId} and memo <> '' and memo ilike ${pattern}
    union all
    select x.entry_id from manual_entries m join ledger_postings x on x.chain_id = m.chain_id and x.purpose_kind = 'manual_entry' and x.purpose_id = m.manual_entry_id
     where m.chain_id = ${chainId} and m.location_id = ${locationId} and (m.comment ilike ${pattern} or m.counterparty ilike ${pattern}))`;
}

/** For them and for whoever was merged into them: visits, bookings, what was written down, and everything on their accounts. */
function postingsOfClient({ chainId, locationId }: Scope, clientId: string): RawBuilder<unknown> {
  const them = sql`(select client_id from clients where chain_id = ${chainId} and (client_id = ${clientId} or merged_into = ${clientId}))`;
  const purpose = (kinds: RawBuilder<unknown>, ids: RawBuilder<unknown>) => sql`
    select x.entry_id, x.posting_no from ledger_postings x where x.chain_id = ${chainId} and x.purpose_kind in (${kinds}) and x.purpose_id in (${ids})`;
  const accounts = sql`
    select account_id from ledger_accounts
     where chain_id = ${chainId} and location_id = ${locationId} and kind = 'client' and split_part(owner_id, '/', 1) in ${them}`;
  return sql`(
    ${purpose(sql`'appointment', 'visit'`, sql`select appointment_id from appointments where chain_id = ${chainId} and client_id in ${them}`)}
    union ${purpose(sql`'booking'`, sql`select booking_id from bookings where chain_id = ${chainId} and client_id in ${them}`)}
    union ${purpose(sql`'manual_entry'`, sql`select manual_entry_id from manual_entries where chain_id = ${chainId} and client_id in ${them}`)}
    union ${purpose(sql`'membership'`, sql`select membership_id from memberships where chain_id = ${chainId} and client_id in ${them}`)}
    union select x.entry_id, x.posting_no from ledger_postings x where x.chain_id = ${chainId} and x.from_account_id in (${accounts})
    union select x.entry_id, x.posting_no from ledger_postings x where x.chain_id = ${chainId} and x.to_account_id in (${accounts}))`;
}

/** Registers, and what providers have of ours with the register they pay into. */
async function moneyAccounts(q: Queryable, { chainId, locationId }: Scope): Promise<readonly MoneyAccount[]> {
  const { rows } = await sql<MoneyAccount>`
    select a.account_id "accountId", case a.kind when 'register' then a.account_id else c.register_account_id end "registerId"
      from ledger_accounts a
      left join provider_connections c on a.kind in ('clearing', 'disputed') and c.chain_id = a.chain_id and c.connection_id = a.owner_id
     where a.chain_id = ${chainId} and a.location_id = ${locationId} and a.kind in ('register', 'clearing', 'disputed')`.execute(q);
  return rows;
}
