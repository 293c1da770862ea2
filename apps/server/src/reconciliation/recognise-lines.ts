import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';
import { attemptsNamed, type BoundConnection, type ItemRow, itemsWhere, type LineSource } from './store-items.ts';
import type { CameLine } from './take-lines.ts';

const DAY_MS = 86_400_000;
/** How far apart a bank and a provider may date the same payout. */
const PAYOUT_DAYS = 5;

export interface Recognised extends CameLine {
  readonly attemptId: string | undefined;
  readonly matchedBy: 'reference' | 'provider_id' | undefined;
}

/**
 * Whose payment each line is: by our reference, else by the provider's id; by nothing else. A file names lines in its own way: a line of it that is one
 * which is known already (of the same payment, or of the same payout) goes under the name that is known.
 */
export async function recogniseLines(
  tx: Tx,
  connection: BoundConnection,
  came: readonly CameLine[],
  source: LineSource,
): Promise<readonly Recognised[]> {
  const references = came.flatMap(({ reference }) => (reference ? [reference] : []));
  const providerIds = came.flatMap(({ providerPaymentId }) => (providerPaymentId ? [providerPaymentId] : []));
  const attempts = await attemptsNamed(tx, connection, references, providerIds);
  const byReference = new Map(attempts.map((one) => [one.reference, one.attemptId]));
  const byProviderId = new Map(attempts.flatMap((one) => (one.providerPaymentId ? [[one.providerPaymentId, one.attemptId] as const] : [])));
  const recognised = came.map((line): Recognised => {
    const named = line.reference ? byReference.get(line.reference) : undefined;
    if (named) return { ...line, attemptId: named, matchedBy: 'reference' };
    const known = line.providerPaymentId ? byProviderId.get(line.providerPaymentId) : undefined;
    return { ...line, attemptId: known, matchedBy: known ? 'provider_id' : undefined };
  });
  return source === 'file' ? underKnownNames(tx, connection, recognised) : recognised;
}

async function underKnownNames(tx: Tx, { chainId, connectionId }: BoundConnection, lines: readonly Recognised[]): Promise<readonly Recognised[]> {
  const attemptIds = [...new Set(lines.flatMap(({ attemptId }) => attemptId ?? []))];
  const payouts = lines.filter(({ kind }) => kind === 'payout');
  const times = payouts.length > 0 ? payouts.map(({ at }) => at.getTime()) : [0];
  if (attemptIds.length + payouts.length === 0) return lines;
  const known = await itemsWhere(
    tx,
    chainId,
    sql`i.connection_id = ${connectionId} and (i.attempt_id = any (${sql.val(attemptIds)}::text[])
         or ${payouts.length > 0} and i.kind = 'payout' and i.at between ${new Date(Math.min(...times) - PAYOUT_DAYS * DAY_MS)} and ${new Date(Math.max(...times) + PAYOUT_DAYS * DAY_MS)})`,
  );
  const names = new Set(known.map(({ lineId }) => lineId));
  const used = new Set<string>();
  return lines.map((line) => {
    if (names.has(line.lineId)) return line;
    const other = known.find((item) => !used.has(item.lineId) && isSame(item, line));
    if (!other) return line;
    if (line.kind !== 'payment') used.add(other.lineId);
    return { ...line, lineId: other.lineId, ...(line.kind === 'payout' ? { payoutId: other.payoutId ?? line.payoutId } : {}) };
  });
}

function isSame(item: ItemRow, line: Recognised): boolean {
  if (item.kind !== line.kind || item.currency !== line.currency) return false;
  if (line.kind === 'payout') {
    if (line.payoutId && item.payoutId === line.payoutId) return true;
    return item.amountMinor === line.amountMinor && Math.abs(item.at.getTime() - line.at.getTime()) <= PAYOUT_DAYS * DAY_MS;
  }
  if (item.attemptId === null || item.attemptId !== line.attemptId) return false;
  return line.kind === 'payment' || item.amountMinor === line.amountMinor;
}
