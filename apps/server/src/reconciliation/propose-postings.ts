import type { ProposedPosting } from '@holdfast/contract/reconciliation';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { balanceOf } from '../ledger/read-books.ts';
import { askAbout } from './ask-about.ts';
import { registerOwnerOf } from './post-payout.ts';
import { type AccountAsked, type Proposal, proposalsFor } from './settlement-rules.ts';
import type { ItemRow } from './store-items.ts';

/** For each item what accepting it would post, with each account's balance before and after: what is shown is what will be done. */
export async function proposePostings(
  q: Queryable,
  scope: Scope,
  mark: string,
  items: readonly ItemRow[],
): Promise<ReadonlyMap<string, ProposedPosting[]>> {
  const balances = new Map<string, Promise<bigint>>();
  const labels = await labelsOf(q, scope);
  const proposed = new Map<string, ProposedPosting[]>();
  for (const asked of await askAbout(q, scope, mark, items)) {
    const moved = new Map<string, bigint>();
    const name = async (account: AccountAsked) => {
      if (account.kind === 'register') return registerOwnerOf(q, scope, asked.item);
      return account.kind === 'item' ? account.ownerId : account.kind === 'unplaced' ? '' : asked.item.connectionId;
    };
    const postings: ProposedPosting[] = [];
    for (const one of proposalsFor(asked)) {
      const side = async (account: AccountAsked, change: bigint) => {
        const ownerId = await name(account);
        const key = `${account.kind} ${ownerId} ${one.currency}`;
        const known = balances.get(key) ?? balanceOf(q, scope, { kind: account.kind, ownerId, currency: one.currency });
        balances.set(key, known);
        const before = (await known) + (moved.get(key) ?? 0n);
        moved.set(key, (moved.get(key) ?? 0n) + change);
        const label = account.kind === 'register' ? (labels.get(`register ${ownerId}`) ?? ownerId) : (labels.get(ownerId) ?? ownerId);
        return { kind: account.kind, name: label, balanceMinor: Number(before), afterMinor: Number(before + change) };
      };
      postings.push(await shaped(one, side));
    }
    proposed.set(asked.itemId, postings);
  }
  return proposed;
}

async function shaped(one: Proposal, side: (account: AccountAsked, change: bigint) => Promise<ProposedPosting['from']>): Promise<ProposedPosting> {
  const { operation, amountMinor, currency } = one;
  const from = await side(one.from, -amountMinor);
  return { operation, amountMinor: Number(amountMinor), currency, from, to: await side(one.to, amountMinor) };
}

async function labelsOf(q: Queryable, { chainId, locationId }: Scope): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; label: string }>`
    select connection_id id, label from provider_connections where chain_id = ${chainId} and location_id = ${locationId}
    union all
    select 'register ' || a.owner_id, coalesce(nullif(r.name, ''), a.owner_id) from cash_registers r
      join ledger_accounts a on a.chain_id = r.chain_id and a.account_id = r.account_id
     where r.chain_id = ${chainId} and r.location_id = ${locationId}`.execute(q);
  return new Map(rows.map(({ id, label }) => [id, label]));
}
