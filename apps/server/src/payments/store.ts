import type { AttemptStatus } from '@holdfast/contract/steps';
import type { OwnPage } from '@holdfast/providers/payment-provider';
import { sql } from 'kysely';
import type { Queryable, Tx } from '../kit/database.ts';
import type { ConnectionName } from './context.ts';
import type { Order, Purpose } from './purposes.ts';
import type { LineOutcome } from './spread-money.ts';

/** What never changes about an attempt: enough to lock it, its order included. */
export interface AttemptKey {
  readonly chainId: string;
  readonly locationId: string;
  readonly attemptId: string;
  readonly order: Order;
}

/** What the provider was asked, word for word; amounts are text because JSON has no bigint. */
export interface PageRequest {
  readonly lines: readonly { readonly text: string; readonly amountMinor: string }[];
  readonly language: string;
  readonly clientEmail: string | null;
  readonly returnUrl: string;
  readonly cancelUrl: string;
  readonly webhookUrl: string;
  readonly ownPageUrl: string;
  readonly instantMethodsOnly: boolean;
}

/** A page of ours, as it was made with its attempt. */
export interface KeptPage {
  readonly show: OwnPage;
  readonly returnUrl: string;
  readonly cancelUrl: string;
  readonly language: string;
  readonly lines: readonly string[];
}

export interface AttemptRow extends AttemptKey {
  readonly connectionId: string;
  readonly reference: string;
  readonly idempotencyKey: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly status: AttemptStatus;
  readonly createdAt: Date;
  readonly payableUntil: Date;
  readonly supersededAt: Date | undefined;
  readonly askedAt: Date | undefined;
  readonly request: PageRequest | undefined;
  readonly providerPaymentId: string | undefined;
  readonly pageUrl: string | undefined;
  /** Where the page is one of ours. */
  readonly page: KeptPage | undefined;
  readonly capturedMinor: bigint;
  readonly capturedCurrency: string | undefined;
  readonly capturedAt: Date | undefined;
  readonly refundedMinor: bigint;
  /** What went wrong when it was last asked about. */
  readonly lastError: string | undefined;
}

export interface LineRow {
  readonly lineNo: number;
  readonly purpose: Purpose;
  readonly amountMinor: bigint;
  readonly outcome: LineOutcome;
  readonly accountId: string | undefined;
  readonly placedMinor: bigint;
  readonly refundedMinor: bigint;
  /** What of it the client's bank may still take back, and what it has. */
  readonly disputedMinor: bigint;
  readonly chargedBackMinor: bigint;
}

export interface ConnectionRow extends ConnectionName {
  readonly locationId: string;
  /** Sealed. */
  readonly credentials: Uint8Array;
}

interface StoredAttempt {
  chain_id: string;
  attempt_id: string;
  location_id: string;
  connection_id: string;
  order_kind: string;
  order_id: string;
  reference: string;
  idempotency_key: string;
  amount_minor: bigint;
  currency: string;
  status: AttemptStatus;
  created_at: Date;
  payable_until: Date;
  superseded_at: Date | null;
  asked_at: Date | null;
  request: PageRequest | null;
  provider_payment_id: string | null;
  page_url: string | null;
  page: KeptPage | null;
  captured_minor: bigint;
  captured_currency: string | null;
  captured_at: Date | null;
  refunded_minor: bigint;
  last_error: string | null;
}

function attemptOf(row: StoredAttempt): AttemptRow {
  return {
    chainId: row.chain_id,
    locationId: row.location_id,
    attemptId: row.attempt_id,
    order: { kind: row.order_kind, id: row.order_id },
    connectionId: row.connection_id,
    reference: row.reference,
    idempotencyKey: row.idempotency_key,
    amountMinor: row.amount_minor,
    currency: row.currency,
    status: row.status,
    createdAt: row.created_at,
    payableUntil: row.payable_until,
    supersededAt: row.superseded_at ?? undefined,
    askedAt: row.asked_at ?? undefined,
    request: row.request ?? undefined,
    providerPaymentId: row.provider_payment_id ?? undefined,
    pageUrl: row.page_url ?? undefined,
    page: row.page ?? undefined,
    capturedMinor: row.captured_minor,
    capturedCurrency: row.captured_currency ?? undefined,
    capturedAt: row.captured_at ?? undefined,
    refundedMinor: row.refunded_minor,
    lastError: row.last_error ?? undefined,
  };
}

export async function attemptById(q: Queryable, chainId: string, attemptId: string): Promise<AttemptRow | undefined> {
  const { rows } = await sql<StoredAttempt>`select * from payment_attempts where chain_id = ${chainId} and attempt_id = ${attemptId}`.execute(q);
  return rows[0] && attemptOf(rows[0]);
}

/** The order's lock comes first: bookings → attempts → ledger accounts. */
export async function lockAttempt(tx: Tx, chainId: string, attemptId: string): Promise<AttemptRow | undefined> {
  const { rows } = await sql<StoredAttempt>`
    select * from payment_attempts where chain_id = ${chainId} and attempt_id = ${attemptId} for update`.execute(tx);
  return rows[0] && attemptOf(rows[0]);
}

/** Which attempt does an event mean? By our reference, else by the provider's id on that connection. */
export async function attemptOfEvent(
  q: Queryable,
  event: { chainId: string; connectionId: string; reference: string | undefined; providerPaymentId: string | undefined },
): Promise<AttemptRow | undefined> {
  const { rows } = await sql<StoredAttempt>`
    select * from payment_attempts where chain_id = ${event.chainId}
       and (reference = ${event.reference ?? null} or (connection_id = ${event.connectionId} and provider_payment_id = ${event.providerPaymentId ?? null}))
     order by (reference = ${event.reference ?? null}) desc nulls last limit 1`.execute(q);
  return rows[0] && attemptOf(rows[0]);
}

export async function attemptsOfOrder(q: Queryable, chainId: string, order: Order): Promise<readonly AttemptRow[]> {
  const { rows } = await sql<StoredAttempt>`
    select * from payment_attempts where chain_id = ${chainId} and order_kind = ${order.kind} and order_id = ${order.id} order by attempt_id`.execute(
    q,
  );
  return rows.map(attemptOf);
}

/** Every attempt that ever asked for any of what this order may ask for, whoever's order it was: two kinds of order can want the same appointment paid. */
export async function attemptsAboutOrder(q: Queryable, chainId: string, order: Order): Promise<readonly AttemptRow[]> {
  const { rows } = await sql<StoredAttempt>`
    select a.* from attempts_about_order(${chainId}, ${order.kind}, ${order.id}) x
      join payment_attempts a on a.chain_id = ${chainId} and a.attempt_id = x.attempt_id order by a.attempt_id`.execute(q);
  return rows.map(attemptOf);
}

export async function linesOfAttempt(q: Queryable, chainId: string, attemptId: string): Promise<readonly LineRow[]> {
  const { rows } = await sql<{
    line_no: number;
    purpose_kind: string;
    purpose_id: string;
    amount_minor: bigint;
    outcome: LineOutcome;
    account_id: string | null;
    placed_minor: bigint;
    refunded_minor: bigint;
    disputed_minor: bigint;
    charged_back_minor: bigint;
  }>`
    select line_no, purpose_kind, purpose_id, amount_minor, outcome, account_id, placed_minor, refunded_minor, disputed_minor, charged_back_minor
      from payment_lines where chain_id = ${chainId} and attempt_id = ${attemptId} order by line_no`.execute(q);
  return rows.map((row) => ({
    lineNo: row.line_no,
    purpose: { kind: row.purpose_kind, id: row.purpose_id },
    amountMinor: row.amount_minor,
    outcome: row.outcome,
    accountId: row.account_id ?? undefined,
    placedMinor: row.placed_minor,
    refundedMinor: row.refunded_minor,
    disputedMinor: row.disputed_minor,
    chargedBackMinor: row.charged_back_minor,
  }));
}

/** Attempts whose moment has come, taken by pushing it forward: another process finds them again only when this one has died. */
export async function takeDueAttempts(
  q: Queryable,
  { at, leasedUntil, limit }: { at: Date; leasedUntil: Date; limit: number },
): Promise<readonly AttemptRow[]> {
  const { rows } = await sql<StoredAttempt>`
    with due as (
      select chain_id, attempt_id from payment_attempts where look_at <= ${at} order by look_at limit ${limit} for update skip locked
    ) update payment_attempts a set look_at = ${leasedUntil} from due
       where a.chain_id = due.chain_id and a.attempt_id = due.attempt_id returning a.*`.execute(q);
  return rows.map(attemptOf);
}

/**
 * Notes a look that changed nothing. An attempt that became final meanwhile is left alone, and so is the nearer moment of one that was
 * superseded meanwhile.
 */
export async function noteLook(q: Queryable, attempt: AttemptRow, next: Date | undefined, trouble: string | null): Promise<void> {
  await sql`
    update payment_attempts set looks = looks + 1, last_error = ${trouble},
           look_at = case when superseded_at is not distinct from ${attempt.supersededAt ?? null}::timestamptz then coalesce(${next ?? null}::timestamptz, look_at) else look_at end
     where chain_id = ${attempt.chainId} and attempt_id = ${attempt.attemptId} and look_at is not null`.execute(q);
}

/**
 * The provider is asked for a page from now on, in these words unless it was asked before. Undefined: the attempt has its page, or is not to be paid
 * any more.
 */
export async function noteAsked(
  q: Queryable,
  { chainId, attemptId }: AttemptKey,
  { request, at, lookAt }: { request: PageRequest; at: Date; lookAt: Date },
): Promise<AttemptRow | undefined> {
  const { rows } = await sql<StoredAttempt>`
    update payment_attempts set asked_at = coalesce(asked_at, ${at}), request = coalesce(request, ${JSON.stringify(request)}::jsonb), look_at = ${lookAt}
     where chain_id = ${chainId} and attempt_id = ${attemptId} and status in ('intended', 'open') and page_url is null and superseded_at is null
       and payable_until > ${at} returning *`.execute(q);
  return rows[0] && attemptOf(rows[0]);
}

/** `status` and what goes with it, as the settling transaction decided. The attempt is locked. */
export async function writeAttempt(
  tx: Tx,
  attempt: AttemptRow,
  is: {
    status: AttemptStatus;
    lookAt: Date | undefined;
    providerPaymentId: string | undefined;
    captured?: { minor: bigint; currency: string; at: Date };
    refundedMinor?: bigint;
  },
): Promise<void> {
  await sql`
    update payment_attempts set status = ${is.status}, look_at = ${is.lookAt ?? null}, looks = looks + 1, last_error = null,
           provider_payment_id = coalesce(provider_payment_id, ${is.providerPaymentId ?? null}),
           captured_minor = ${is.captured?.minor ?? attempt.capturedMinor}, captured_currency = coalesce(captured_currency, ${is.captured?.currency ?? null}),
           captured_at = coalesce(captured_at, ${is.captured?.at ?? null}), refunded_minor = ${is.refundedMinor ?? attempt.refundedMinor},
           request = case when ${is.lookAt ?? null}::timestamptz is null then null else request end
     where chain_id = ${attempt.chainId} and attempt_id = ${attempt.attemptId}`.execute(tx);
}

/** No other page that asks for any of this order should be paid any more: they are closed at the provider as soon as possible. */
export async function supersedeAttempts(
  tx: Tx,
  chainId: string,
  order: Order,
  { except, at }: { except: string | undefined; at: Date },
): Promise<void> {
  await sql`
    update payment_attempts set superseded_at = ${at}, look_at = ${at}
     where chain_id = ${chainId} and attempt_id in (select x.attempt_id from attempts_about_order(${chainId}, ${order.kind}, ${order.id}) x)
       and attempt_id <> ${except ?? ''} and status in ('intended', 'open') and superseded_at is null`.execute(tx);
}

export interface LinePlace {
  readonly lineNo: number;
  readonly outcome: Exclude<LineOutcome, 'pending'>;
  readonly accountId: string;
  readonly placedMinor: bigint;
}

export async function writeLinePlaces(tx: Tx, attempt: AttemptKey, places: readonly LinePlace[], at: Date): Promise<void> {
  const rows = JSON.stringify(
    places.map((one) => ({ line_no: one.lineNo, outcome: one.outcome, account_id: one.accountId, placed_minor: one.placedMinor.toString() })),
  );
  await sql`
    update payment_lines l set outcome = p.outcome, account_id = p.account_id, placed_minor = p.placed_minor, placed_at = ${at}
      from jsonb_to_recordset(${rows}::jsonb) as p(line_no smallint, outcome text, account_id text, placed_minor bigint)
     where l.chain_id = ${attempt.chainId} and l.attempt_id = ${attempt.attemptId} and l.line_no = p.line_no`.execute(tx);
}

/** A line of its own for money beyond what was asked, or beyond what its purpose could take. */
export async function addSurplusLine(tx: Tx, attempt: AttemptKey, line: LinePlace & { readonly purpose: Purpose }, at: Date): Promise<void> {
  await sql`
    insert into payment_lines (chain_id, attempt_id, line_no, purpose_kind, purpose_id, amount_minor, outcome, account_id, placed_minor, placed_at)
    values (${attempt.chainId}, ${attempt.attemptId}, ${line.lineNo}, ${line.purpose.kind}, ${line.purpose.id}, ${line.placedMinor}, ${line.outcome},
            ${line.accountId}, ${line.placedMinor}, ${at})`.execute(tx);
}

export async function writeLineRefunds(tx: Tx, attempt: AttemptKey, refunds: readonly { lineNo: number; refundMinor: bigint }[]): Promise<void> {
  const rows = JSON.stringify(refunds.map((one) => ({ line_no: one.lineNo, refund: one.refundMinor.toString() })));
  await sql`
    update payment_lines l set refunded_minor = l.refunded_minor + p.refund
      from jsonb_to_recordset(${rows}::jsonb) as p(line_no smallint, refund bigint)
     where l.chain_id = ${attempt.chainId} and l.attempt_id = ${attempt.attemptId} and l.line_no = p.line_no`.execute(tx);
}

export async function connectionById(q: Queryable, chainId: string, connectionId: string): Promise<ConnectionRow | undefined> {
  const { rows } = await sql<{ location_id: string; provider: string; sandbox: boolean; credentials: Uint8Array }>`
    select location_id, provider, sandbox, credentials from provider_connections
     where chain_id = ${chainId} and connection_id = ${connectionId}`.execute(q);
  const [row] = rows;
  return row && { chainId, connectionId, locationId: row.location_id, provider: row.provider, sandbox: row.sandbox, credentials: row.credentials };
}
