import type { SettlementStatus } from '@holdfast/contract/reconciliation';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import type { ItemKind } from './settlement-rules.ts';

export type LineSource = 'api' | 'file' | 'hand' | 'own';

export interface ItemRow {
  readonly itemId: string;
  readonly connectionId: string;
  readonly locationId: string;
  readonly lineId: string;
  readonly versionNo: number;
  readonly source: LineSource;
  readonly kind: ItemKind;
  readonly reference: string | null;
  readonly providerPaymentId: string | null;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  readonly currency: string;
  readonly at: Date;
  readonly payoutId: string | null;
  readonly note: string;
  readonly attemptId: string | null;
  readonly matchedBy: string | null;
  readonly status: SettlementStatus;
  readonly differenceMinor: bigint;
  readonly correctedMinor: bigint;
  readonly byHandOnly: boolean;
  readonly revision: number;
  /** What a dispute has posted because of the same movement. */
  readonly disputedMinor: bigint;
}

export const itemColumns = sql`i.item_id "itemId", i.connection_id "connectionId", i.location_id "locationId", i.line_id "lineId", i.version_no "versionNo", i.source, i.kind,
  i.reference, i.provider_payment_id "providerPaymentId", i.amount_minor "amountMinor", i.fee_minor "feeMinor", i.currency, i.at, i.payout_id "payoutId", i.note,
  i.attempt_id "attemptId", i.matched_by "matchedBy", i.status, i.difference_minor "differenceMinor", i.corrected_minor "correctedMinor",
  i.by_hand_only "byHandOnly", i.revision,
  coalesce((select m.amount_minor from payment_dispute_moves m
             where m.chain_id = i.chain_id and m.connection_id = i.connection_id and m.line_id = i.line_id and m.currency = i.currency), 0)::bigint "disputedMinor"`;

export interface BoundConnection {
  readonly chainId: string;
  readonly connectionId: string;
  readonly locationId: string;
}

export interface ConnectionSettings {
  readonly autoAccept: boolean;
  readonly missingAfterDays: number;
  readonly assumedFeeBp: number | null;
  readonly version: number;
}

/**
 * Whoever takes lines, judges or decides does so one after another for each connection: what is decided about a payout depends on all of its lines. Answers
 * the settings; undefined: there is no such connection here.
 */
export async function lockReconciliation(tx: Tx, { chainId, locationId }: Scope, connectionId: string): Promise<ConnectionSettings | undefined> {
  const { rows } = await sql<ConnectionSettings>`
    select auto_accept "autoAccept", missing_after_days "missingAfterDays", assumed_fee_bp "assumedFeeBp", version from reconciliation_settings
     where chain_id = ${chainId} and location_id = ${locationId} and connection_id = ${connectionId} for update`.execute(tx);
  return rows[0];
}

export async function itemsWhere(q: Queryable, chainId: string, where: ReturnType<typeof sql>): Promise<readonly ItemRow[]> {
  const { rows } =
    await sql<ItemRow>`select ${itemColumns} from settlement_items i where i.chain_id = ${chainId} and ${where} order by i.at, i.line_id`.execute(q);
  return rows;
}

export async function itemById(q: Queryable, { chainId, locationId }: Scope, itemId: string): Promise<ItemRow | undefined> {
  const [item] = await itemsWhere(q, chainId, sql`i.location_id = ${locationId} and i.item_id = ${itemId}`);
  return item;
}

export interface AttemptMoney {
  readonly attemptId: string;
  readonly reference: string;
  readonly providerPaymentId: string | null;
  readonly capturedMinor: bigint;
  readonly refundedMinor: bigint;
  readonly currency: string | null;
  readonly capturedAt: Date | null;
}

const attemptColumns = sql`attempt_id "attemptId", reference, provider_payment_id "providerPaymentId", captured_minor "capturedMinor", refunded_minor "refundedMinor",
  captured_currency currency, captured_at "capturedAt"`;

/** Payments of this connection by reference or by the provider's id. */
export async function attemptsNamed(
  q: Queryable,
  { chainId, connectionId }: BoundConnection,
  references: readonly string[],
  providerIds: readonly string[],
): Promise<readonly AttemptMoney[]> {
  if (references.length + providerIds.length === 0) return [];
  const { rows } = await sql<AttemptMoney>`
    select ${attemptColumns} from payment_attempts
     where chain_id = ${chainId} and connection_id = ${connectionId} and reference = any (${sql.val([...references])}::text[])
    union
    select ${attemptColumns} from payment_attempts
     where chain_id = ${chainId} and connection_id = ${connectionId} and provider_payment_id = any (${sql.val([...providerIds])}::text[])`.execute(q);
  return rows;
}

export async function attemptsById(q: Queryable, chainId: string, ids: readonly string[]): Promise<ReadonlyMap<string, AttemptMoney>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<AttemptMoney>`
    select ${attemptColumns} from payment_attempts where chain_id = ${chainId} and attempt_id = any (${sql.val([...ids])}::text[])`.execute(q);
  return new Map(rows.map((row) => [row.attemptId, row]));
}

export interface JudgedChange {
  readonly itemId: string;
  readonly status: SettlementStatus;
  readonly differenceMinor: bigint;
}

/** Only what changes is written, and gets another revision. */
export async function writeVerdicts(tx: Tx, chainId: string, changes: readonly JudgedChange[], at: Date): Promise<void> {
  if (changes.length === 0) return;
  const rows = JSON.stringify(changes.map((one) => ({ item_id: one.itemId, status: one.status, difference: one.differenceMinor.toString() })));
  await sql`
    update settlement_items i set status = v.status, difference_minor = v.difference, revision = i.revision + 1, changed_at = ${at}
      from jsonb_to_recordset(${rows}::jsonb) as v(item_id text, status text, difference bigint)
     where i.chain_id = ${chainId} and i.item_id = v.item_id and (i.status, i.difference_minor) is distinct from (v.status, v.difference)`.execute(
    tx,
  );
}

export async function connectionHere(
  q: Queryable,
  { chainId, locationId }: Scope,
  connectionId: string,
): Promise<(BoundConnection & { provider: string; sandbox: boolean; label: string; registerAccountId: string; createdAt: Date }) | undefined> {
  const { rows } = await sql<BoundConnection & { provider: string; sandbox: boolean; label: string; registerAccountId: string; createdAt: Date }>`
    select chain_id "chainId", connection_id "connectionId", location_id "locationId", provider, sandbox, label, register_account_id "registerAccountId",
           created_at "createdAt" from provider_connections
     where chain_id = ${chainId} and location_id = ${locationId} and connection_id = ${connectionId}`.execute(q);
  return rows[0];
}
