import type { SettlementDecisions, SettlementDifference, SettlementDifferences, SettlementStatus } from '@holdfast/contract/reconciliation';
import { openStatuses } from '@holdfast/contract/settlement-statuses';
import { sql } from 'kysely';
import type { Place } from '../access/who.ts';
import type { Queryable } from '../kit/database.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { proposePostings } from './propose-postings.ts';
import { appointmentsOf, shapeItems } from './shape-items.ts';
import { type ItemRow, itemColumns, itemsWhere } from './store-items.ts';

const SUGGESTION_DAYS = 3;
const MOST_SUGGESTIONS = 5;
const openOnes = sql.join(openStatuses.map((one) => sql.val(one)));

export interface DifferencesQuery {
  readonly connection?: string | undefined;
  readonly status?: SettlementStatus | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** What somebody has to decide about here, newest first, each with what accepting it would post. */
export async function readDifferences(ctx: PaymentsContext, place: Place, query: DifferencesQuery): Promise<SettlementDifferences> {
  const { scope } = place;
  const q = ctx.db.read;
  const [afterAt, afterId] = query.after?.split('~') ?? [];
  const wanted = sql`i.location_id = ${scope.locationId} and i.status in (${openOnes})
     and (${query.connection ?? null}::text is null or i.connection_id = ${query.connection ?? null})
     and (${query.status ?? null}::text is null or i.status = ${query.status ?? null})`;
  const page = sql`(${afterId ?? null}::text is null or (i.at, i.item_id) < (${afterAt ?? null}::timestamptz, ${afterId ?? null}))`;
  const { rows } = await sql<ItemRow>`
    select ${itemColumns} from settlement_items i where i.chain_id = ${scope.chainId} and ${wanted} and ${page}
     order by i.at desc, i.item_id desc limit ${query.limit + 1}`.execute(q);
  const count = await sql<{ n: bigint }>`select count(*) n from settlement_items i where i.chain_id = ${scope.chainId} and ${wanted}`.execute(q);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    differences: await shapeDifferences(ctx, place, items),
    next: rows.length > query.limit && last ? `${last.at.toISOString()}~${last.itemId}` : null,
    total: Number(count.rows[0]?.n ?? 0n),
  };
}

export async function shapeDifferences(ctx: PaymentsContext, place: Place, items: readonly ItemRow[]): Promise<SettlementDifference[]> {
  const q = ctx.db.read;
  const shaped = await shapeItems(q, place, items);
  const postings = await proposePostings(q, place.scope, ctx.mark, items);
  const suggestions = await suggestPayments(
    q,
    place,
    items.filter(({ status, kind, attemptId }) => status === 'unknown' && kind === 'payment' && attemptId === null),
  );
  return shaped.map((item) => ({ item, postings: postings.get(item.id) ?? [], suggestions: suggestions.get(item.id) ?? [] }));
}

/** Payments of the same amount at about the same time that no line is about. Only ever suggested. */
async function suggestPayments(
  q: Queryable,
  place: Place,
  items: readonly ItemRow[],
): Promise<ReadonlyMap<string, SettlementDifference['suggestions']>> {
  if (items.length === 0) return new Map();
  const { chainId } = place.scope;
  const { rows } = await sql<{ itemId: string; attemptId: string; amount: bigint; currency: string; capturedAt: Date }>`
    select i.item_id "itemId", s.* from settlement_items i
      cross join lateral (
        select a.attempt_id "attemptId", a.captured_minor amount, a.captured_currency currency, a.captured_at "capturedAt" from payment_attempts a
         where a.chain_id = i.chain_id and a.connection_id = i.connection_id and a.status = 'captured' and a.captured_minor = i.amount_minor
           and a.captured_currency = i.currency and a.captured_at between i.at - ${`${SUGGESTION_DAYS} days`}::interval and i.at + ${`${SUGGESTION_DAYS} days`}::interval
           and not exists (select 1 from settlement_items x where x.chain_id = a.chain_id and x.attempt_id = a.attempt_id and x.kind = 'payment')
         order by abs(extract(epoch from a.captured_at - i.at)) limit ${MOST_SUGGESTIONS}) s
     where i.chain_id = ${chainId} and i.item_id = any (${sql.val(items.map(({ itemId }) => itemId))}::text[])`.execute(q);
  const appointments = await appointmentsOf(
    q,
    place,
    rows.map(({ attemptId }) => attemptId),
  );
  return new Map(
    [...Map.groupBy(rows, ({ itemId }) => itemId)].map(([itemId, all]) => [
      itemId,
      all.map(({ attemptId, amount, currency, capturedAt }) => ({
        attemptId,
        amountMinor: Number(amount),
        currency,
        capturedAt: capturedAt.toISOString(),
        appointments: [...(appointments.get(attemptId) ?? [])],
      })),
    ]),
  );
}

/** What was decided here, newest first. */
export async function readDecisions(
  q: Queryable,
  place: Place,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<SettlementDecisions> {
  const { chainId, locationId } = place.scope;
  const { rows } = await sql<{
    id: string;
    itemId: string;
    what: 'accepted' | 'dismissed' | 'matched' | 'undone';
    about: SettlementStatus;
    reason: string;
    byName: string;
    at: Date;
    last: boolean;
  }>`
    select d.decision_id id, d.item_id "itemId", d.what, d.about, d.reason, d.by_name "byName", d.at,
           not exists (select 1 from settlement_decisions u where u.chain_id = d.chain_id and u.item_id = d.item_id and (u.undoes = d.decision_id
             or u.what <> 'undone' and u.decision_id > d.decision_id
                and not exists (select 1 from settlement_decisions w where w.chain_id = u.chain_id and w.undoes = u.decision_id))) last
      from settlement_decisions d
     where d.chain_id = ${chainId} and d.location_id = ${locationId} and (${after ?? null}::text is null or d.decision_id < ${after ?? null})
     order by d.decision_id desc limit ${limit + 1}`.execute(q);
  const page = rows.slice(0, limit);
  const items = await itemsWhere(
    q,
    chainId,
    sql`i.location_id = ${locationId} and i.item_id = any (${sql.val(page.map(({ itemId }) => itemId))}::text[])`,
  );
  const shaped = new Map((await shapeItems(q, place, items)).map((item) => [item.id, item]));
  return {
    decisions: page.flatMap(({ itemId, last, at, ...decision }) => {
      const item = shaped.get(itemId);
      const mayBeUndone = last && decision.what !== 'undone' && decision.what !== 'matched';
      return item ? [{ ...decision, item, at: at.toISOString(), mayBeUndone }] : [];
    }),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
