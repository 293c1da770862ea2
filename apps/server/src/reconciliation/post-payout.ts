import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant } from '../kit/problem.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import type { ItemRow } from './store-items.ts';

export const PAYOUT_CAUSE = 'provider_payout';

/** Into which register a payout of this connection goes: the one of its settings, or the one that was said for the file it came in. */
export async function registerOwnerOf(
  q: Queryable,
  { chainId }: Scope,
  { connectionId, lineId }: Pick<ItemRow, 'connectionId' | 'lineId'>,
): Promise<string> {
  const { rows } = await sql<{ owner: string }>`
    select a.owner_id owner from provider_connections c
      left join lateral (select m.register_id from settlement_lines l join settlement_imports m on m.chain_id = l.chain_id and m.import_id = l.import_id
                          where l.chain_id = c.chain_id and l.connection_id = c.connection_id and l.line_id = ${lineId} and m.register_id is not null
                          order by l.version_no desc limit 1) f on true
      join ledger_accounts a on a.chain_id = c.chain_id and a.account_id = coalesce(f.register_id, c.register_account_id)
     where c.chain_id = ${chainId} and c.connection_id = ${connectionId}`.execute(q);
  invariant(rows[0], `connection ${connectionId} pays into a register`);
  return rows[0].owner;
}

/** What a provider paid out has come to the register, all of it. Answers how far the clearing account moved. */
export async function postPayout(
  tx: Tx,
  ctx: Pick<Deps, 'newId' | 'now'>,
  scope: Scope,
  payout: ItemRow,
  { cause, by }: { cause: string; by?: { readonly id: string; readonly name: string } },
): Promise<bigint> {
  const { connectionId, currency } = payout;
  const moved = payout.amountMinor - payout.correctedMinor;
  if (moved === 0n) return 0n;
  const ownerId = await registerOwnerOf(tx, scope, payout);
  const clearing = await openAccount(tx, ctx, scope, { kind: 'clearing', ownerId: connectionId, currency });
  const register = await openAccount(tx, ctx, scope, { kind: 'register', ownerId, currency });
  const posted = await postEntry(tx, ctx, {
    scope,
    cause: { kind: PAYOUT_CAUSE, id: cause },
    happenedAt: payout.at,
    memo: payout.payoutId ?? payout.lineId,
    ...(by ? { by } : {}),
    postings: [
      moved < 0n
        ? { from: clearing, to: register, amountMinor: -moved, currency, operation: 'payout' }
        : { from: register, to: clearing, amountMinor: moved, currency, operation: 'payout' },
    ],
  });
  invariant(posted === 'posted', `payout ${payout.itemId} was not counted but in the books`);
  await sql`
    update settlement_items set corrected_minor = corrected_minor + ${moved}, revision = revision + 1
     where chain_id = ${scope.chainId} and item_id = ${payout.itemId}`.execute(tx);
  await sql`
    insert into settlement_decisions (chain_id, decision_id, location_id, item_id, what, about, moved_minor, entries, by_id, by_name, at)
    values (${scope.chainId}, ${ctx.newId('dec')}, ${scope.locationId}, ${payout.itemId}, 'accepted', 'payout_open', ${moved}, ${sql.val([`${PAYOUT_CAUSE} ${cause}`])}::text[],
            ${by?.id ?? null}, ${by?.name ?? ''}, ${ctx.now()})`.execute(tx);
  return moved;
}
