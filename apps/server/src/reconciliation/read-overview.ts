import type { PayoutRow, Reconciliation, ReconciliationConnection, SettlementStatus } from '@holdfast/contract/reconciliation';
import { openStatuses } from '@holdfast/contract/settlement-statuses';
import { providerNamed } from '@holdfast/providers/provider-registry';
import { sql } from 'kysely';
import type { Place } from '../access/who.ts';
import { registersOf } from '../finance/read-registers.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { readImports } from './read-imports.ts';

const DAY_MS = 86_400_000;
const FEE_DAYS = 30;
const PAYOUTS = 50;

/** Finance → Reconciliation: every connection, what is on its way from it, the newest payouts and files. */
export async function readReconciliation(ctx: PaymentsContext, place: Place): Promise<Reconciliation> {
  const registers = await registersOf(ctx.db.read, place.scope);
  return {
    connections: await readConnections(ctx, place),
    payouts: await readPayouts(ctx, place),
    imports: await readImports(ctx.db.read, place.scope, { limit: 20 }),
    registers: registers.map(({ id, name }) => ({ id, name })),
  };
}

interface Row {
  readonly id: string;
  readonly label: string;
  readonly provider: string;
  readonly archivedAt: Date | null;
  readonly registerName: string;
  readonly autoAccept: boolean;
  readonly missingAfterDays: number;
  readonly assumedFeeBp: number | null;
  readonly version: number;
  readonly readAt: Date | null;
  readonly dueAt: Date | null;
  readonly lastError: string | null;
}

async function readConnections(ctx: PaymentsContext, { scope: { chainId, locationId } }: Place): Promise<ReconciliationConnection[]> {
  const q = ctx.db.read;
  const { rows } = await sql<Row>`
    select c.connection_id id, c.label, c.provider, c.archived_at "archivedAt", coalesce(nullif(r.name, ''), a.owner_id) "registerName", s.auto_accept "autoAccept",
           s.missing_after_days "missingAfterDays", s.assumed_fee_bp "assumedFeeBp", s.version, s.read_at "readAt", s.due_at "dueAt", s.last_error "lastError"
      from provider_connections c
      join reconciliation_settings s on s.chain_id = c.chain_id and s.connection_id = c.connection_id
      join ledger_accounts a on a.chain_id = c.chain_id and a.account_id = c.register_account_id
      left join cash_registers r on r.chain_id = a.chain_id and r.account_id = a.account_id
     where c.chain_id = ${chainId} and c.location_id = ${locationId} order by c.archived_at is not null, c.created_at, c.connection_id`.execute(q);
  const clearing = await sql<{ id: string; currency: string; amount: bigint }>`
    select owner_id id, currency, balance_minor amount from ledger_accounts
     where chain_id = ${chainId} and location_id = ${locationId} and kind = 'clearing' order by currency`.execute(q);
  const open = await sql<{ id: string; status: SettlementStatus; n: bigint }>`
    select connection_id id, status, count(*) n from settlement_items
     where chain_id = ${chainId} and location_id = ${locationId} and status in (${sql.join(openStatuses.map((one) => sql.val(one)))}) group by 1, 2 order by 2`.execute(
    q,
  );
  const payouts = await sql<{ id: string; itemId: string; amount: bigint; currency: string; at: Date }>`
    select distinct on (connection_id) connection_id id, item_id "itemId", -amount_minor amount, currency, at from settlement_items
     where chain_id = ${chainId} and location_id = ${locationId} and kind = 'payout' order by connection_id, at desc`.execute(q);
  const fees = await sql<{ id: string; currency: string; amount: bigint }>`
    select a.owner_id id, a.currency, sum(case when p.to_account_id = a.account_id then p.amount_minor else -p.amount_minor end)::bigint amount
      from ledger_accounts a
      join ledger_postings p on p.chain_id = a.chain_id and (p.to_account_id = a.account_id or p.from_account_id = a.account_id)
     where a.chain_id = ${chainId} and a.location_id = ${locationId} and a.kind = 'fees' and p.happened_at >= ${new Date(ctx.now().getTime() - FEE_DAYS * DAY_MS)}
     group by 1, 2 order by 2`.execute(q);
  return rows.map(({ archivedAt, readAt, dueAt, ...row }) => {
    const adapter = providerNamed(row.provider);
    const last = payouts.rows.find(({ id }) => id === row.id);
    return {
      ...row,
      providerTitle: adapter.title,
      reads: adapter.capabilities.settlements,
      archived: archivedAt !== null,
      readAt: readAt?.toISOString() ?? null,
      dueAt: dueAt?.toISOString() ?? null,
      onItsWay: clearing.rows.filter(({ id }) => id === row.id).map(({ currency, amount }) => ({ currency, amountMinor: Number(amount) })),
      lastPayout: last ? { id: last.itemId, amountMinor: Number(last.amount), currency: last.currency, at: last.at.toISOString() } : null,
      feesMinor: fees.rows.filter(({ id }) => id === row.id).map(({ currency, amount }) => ({ currency, amountMinor: Number(amount) })),
      open: open.rows.filter(({ id }) => id === row.id).map(({ status, n }) => ({ status, count: Number(n) })),
    };
  });
}

async function readPayouts(ctx: PaymentsContext, { scope: { chainId, locationId } }: Place): Promise<PayoutRow[]> {
  const { rows } = await sql<{
    id: string;
    connectionId: string;
    connectionLabel: string;
    payoutId: string;
    amount: bigint;
    currency: string;
    at: Date;
    status: SettlementStatus;
    difference: bigint;
    lines: bigint;
  }>`
    select i.item_id id, i.connection_id "connectionId", c.label "connectionLabel", coalesce(i.payout_id, i.line_id) "payoutId", -i.amount_minor amount, i.currency, i.at,
           i.status, i.difference_minor difference,
           (select count(*) from settlement_items l where l.chain_id = i.chain_id and l.connection_id = i.connection_id and l.payout_id = i.payout_id and l.kind <> 'payout') lines
      from settlement_items i join provider_connections c on c.chain_id = i.chain_id and c.connection_id = i.connection_id
     where i.chain_id = ${chainId} and i.location_id = ${locationId} and i.kind = 'payout' order by i.at desc, i.item_id limit ${PAYOUTS}`.execute(
    ctx.db.read,
  );
  return rows.map(({ amount, difference, lines, at, ...row }) => ({
    ...row,
    amountMinor: Number(amount),
    differenceMinor: Number(difference),
    lines: Number(lines),
    at: at.toISOString(),
  }));
}
