import type { ExplainedPayout } from '@holdfast/contract/reconciliation';
import { sql } from 'kysely';
import type { Place } from '../access/who.ts';
import { invariant, Problem } from '../kit/problem.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { registerOwnerOf } from './post-payout.ts';
import { proposePostings } from './propose-postings.ts';
import { feeOf } from './settlement-rules.ts';
import { shapeItems } from './shape-items.ts';
import { type ItemRow, itemById, itemColumns } from './store-items.ts';

const SHOWN = 1_000;

/** One payout to the cent: what its payments, refunds, fees and the rest make, and what came. */
export async function explainPayout(ctx: PaymentsContext, place: Place, itemId: string): Promise<ExplainedPayout> {
  const q = ctx.db.read;
  const { scope } = place;
  const payout = await payoutHere(ctx, place, itemId);
  const sums = await sql<{ kind: string; amount: bigint; fee: bigint; n: bigint }>`
    select kind, sum(amount_minor)::bigint amount, sum(fee_minor)::bigint fee, count(*) n from settlement_items
     where chain_id = ${scope.chainId} and connection_id = ${payout.connectionId} and payout_id = ${payout.payoutId} and kind <> 'payout' group by kind`.execute(
    q,
  );
  const of = (kind: string) => sums.rows.find((row) => row.kind === kind) ?? { amount: 0n, fee: 0n, n: 0n };
  const fees = sums.rows.reduce(
    (sum, { kind, amount, fee }) => sum + feeOf({ kind: kind as ItemRow['kind'], amountMinor: amount, feeMinor: fee }),
    0n,
  );
  const expected = of('payment').amount + of('refund').amount + of('adjustment').amount - fees;
  const lines = await sql<ItemRow>`
    select ${itemColumns} from settlement_items i where ${linesOf(payout, scope.chainId)} order by i.status in ('matched', 'accepted'), i.at, i.item_id limit ${SHOWN}`.execute(
    q,
  );
  const total = sums.rows.reduce((sum, { n }) => sum + n, 0n);
  const [shaped] = await shapeItems(q, place, [payout]);
  invariant(shaped, 'a payout has a shape');
  const ownerId = await registerOwnerOf(q, scope, payout);
  const register = await sql<{ name: string }>`
    select coalesce(nullif(r.name, ''), a.owner_id) name from cash_registers r join ledger_accounts a on a.chain_id = r.chain_id and a.account_id = r.account_id
     where r.chain_id = ${scope.chainId} and r.location_id = ${scope.locationId} and a.owner_id = ${ownerId} limit 1`.execute(q);
  const connection = await sql<{ label: string }>`
    select label from provider_connections where chain_id = ${scope.chainId} and connection_id = ${payout.connectionId}`.execute(q);
  const decision = await sql<{ id: string; byName: string; at: Date }>`
    select decision_id id, by_name "byName", at from settlement_decisions d
     where chain_id = ${scope.chainId} and item_id = ${itemId} and what = 'accepted'
       and not exists (select 1 from settlement_decisions u where u.chain_id = d.chain_id and u.undoes = d.decision_id) order by decision_id desc limit 1`.execute(
    q,
  );
  const came = decision.rows[0];
  return {
    payout: shaped,
    connection: { id: payout.connectionId, label: connection.rows[0]?.label ?? '' },
    registerName: register.rows[0]?.name ?? ownerId,
    postedMinor: payout.correctedMinor === 0n ? null : Number(-payout.correctedMinor),
    paymentsMinor: Number(of('payment').amount),
    refundsMinor: Number(of('refund').amount),
    feesMinor: Number(fees),
    adjustmentsMinor: Number(of('adjustment').amount),
    expectedMinor: Number(expected),
    differenceMinor: Number(-payout.amountMinor - expected),
    counts: {
      payments: Number(of('payment').n),
      refunds: Number(of('refund').n),
      fees: Number(of('fee').n),
      adjustments: Number(of('adjustment').n),
    },
    lines: await shapeItems(q, place, lines.rows),
    more: Number(total) - lines.rows.length,
    postings: (await proposePostings(q, scope, ctx.mark, [payout])).get(itemId) ?? [],
    decision: came ? { ...came, at: came.at.toISOString() } : null,
  };
}

function linesOf({ connectionId, payoutId }: ItemRow, chainId: string) {
  return sql`i.chain_id = ${chainId} and i.connection_id = ${connectionId} and i.payout_id = ${payoutId} and i.kind <> 'payout'`;
}

export async function payoutHere(ctx: PaymentsContext, { scope }: Place, itemId: string): Promise<ItemRow> {
  const payout = await itemById(ctx.db.read, scope, itemId);
  if (payout?.kind !== 'payout') throw new Problem('not_found', 404, 'There is no such payout.');
  return payout;
}

export const PAYOUT_HEADING = [
  'date',
  'kind',
  'amount',
  'fee',
  'net',
  'currency',
  'status',
  'difference',
  'client',
  'services',
  'appointment',
  'starts at',
  'reference',
  'provider payment',
  'line',
];

/** A payout's lines for a table program, a page at a time. Amounts are decimal numbers of the currency. */
export async function* walkPayout(ctx: PaymentsContext, place: Place, payout: ItemRow, decimal: (amountMinor: number, currency: string) => number) {
  for (let after: string | null = null; ; ) {
    const { rows }: { rows: ItemRow[] } = await sql<ItemRow>`
      select ${itemColumns} from settlement_items i where ${linesOf(payout, place.scope.chainId)} and (${after}::text is null or i.item_id > ${after})
       order by i.item_id limit 500`.execute(ctx.db.read);
    if (rows.length === 0) return;
    yield (await shapeItems(ctx.db.read, place, rows)).map((line) => {
      const about = line.appointments[0];
      return [
        line.at,
        line.kind,
        decimal(line.amountMinor, line.currency),
        decimal(line.feeMinor, line.currency),
        decimal(line.netMinor, line.currency),
        line.currency,
        line.status,
        decimal(line.differenceMinor, line.currency),
        line.appointments.map(({ clientName }) => clientName ?? '').join(', '),
        line.appointments.map(({ services }) => services).join(', '),
        about?.appointmentId ?? '',
        about?.startsAt ?? '',
        line.reference ?? '',
        line.providerPaymentId ?? '',
        line.lineId,
      ];
    });
    after = rows.at(-1)?.itemId ?? null;
  }
}
