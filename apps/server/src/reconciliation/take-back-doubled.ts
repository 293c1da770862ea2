import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { reverseEntry } from '../ledger/reverse-entry.ts';
import type { BoundConnection } from './store-items.ts';

interface Doubled {
  readonly itemId: string;
  readonly attemptId: string;
  readonly lineId: string;
  readonly decisionId: string | null;
  readonly about: string | null;
  readonly movedMinor: bigint | null;
  readonly entries: readonly string[] | null;
  /** Who has posted it themselves. */
  readonly by: 'dispute' | 'payment';
}

/**
 * Lines that were judged before we have heard of what they are about: of a dispute, or of a payment or refund whose provider could not be asked. What somebody had
 * accepted by then is taken back: the dispute, the payment or the refund has posted the same movement itself, and it must not stand there twice. Its fee stays.
 * Answers whose lines are to be judged again. Under the connection's lock.
 */
export async function takeBackDoubled(
  tx: Tx,
  ctx: Pick<Deps, 'newId' | 'now'>,
  { chainId, locationId, connectionId }: BoundConnection,
): Promise<readonly string[]> {
  const accepted = sql`
    select x.* from settlement_decisions x
     where x.chain_id = i.chain_id and x.item_id = i.item_id and x.what = 'accepted' and i.corrected_minor <> 0
       and not exists (select 1 from settlement_decisions u where u.chain_id = x.chain_id and u.undoes = x.decision_id)
     order by x.at desc, x.decision_id desc limit 1`;
  const { rows } = await sql<Doubled>`
    select i.item_id "itemId", i.attempt_id "attemptId", i.line_id "lineId", d.decision_id "decisionId", d.about, d.moved_minor "movedMinor", d.entries, 'payment' "by"
      from settlement_items i join lateral (${accepted}) d on d.moved_minor = i.corrected_minor
     where i.chain_id = ${chainId} and i.connection_id = ${connectionId} and i.kind in ('payment', 'refund') and i.status = 'amount_differs'
       and i.attempt_id is not null and i.difference_minor = -i.corrected_minor
    union all
    select i.item_id, m.attempt_id, i.line_id, d.decision_id, d.about, d.moved_minor, d.entries, 'dispute'
      from payment_dispute_moves m
      join settlement_items i on i.chain_id = m.chain_id and i.connection_id = m.connection_id and i.line_id = m.line_id and i.kind <> 'payout'
      left join lateral (${accepted}) d on true
     where m.chain_id = ${chainId} and m.connection_id = ${connectionId} and i.status <> 'matched' and (i.status <> 'accepted' or i.corrected_minor <> 0)`.execute(
    tx,
  );
  const scope = mintScope(chainId, locationId);
  const at = ctx.now();
  for (const { itemId, lineId, decisionId, about, movedMinor, entries, by } of rows) {
    if (decisionId === null || movedMinor === null) continue;
    for (const entry of entries ?? []) {
      const [kind = '', id = ''] = entry.split(' ');
      await reverseEntry(tx, ctx, scope, { of: { kind, id }, cause: { kind: `${kind}_undone`, id }, memo: lineId, at });
    }
    await sql`
      insert into settlement_decisions (chain_id, decision_id, location_id, item_id, what, about, moved_minor, undoes, reason, by_name, at)
      values (${chainId}, ${ctx.newId('dec')}, ${locationId}, ${itemId}, 'undone', ${about}, ${-movedMinor}, ${decisionId}, ${by}, '', ${at})`.execute(
      tx,
    );
    await sql`
      update settlement_items set status = ${by === 'dispute' ? 'adjustment' : about}, corrected_minor = corrected_minor - ${movedMinor}, revision = revision + 1, changed_at = ${at}
       where chain_id = ${chainId} and item_id = ${itemId}`.execute(tx);
  }
  return [...new Set(rows.map(({ attemptId }) => attemptId))];
}
