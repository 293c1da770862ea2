import type { AttemptStatus } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import { disputesDiffer } from './check-disputes.ts';
import type { PaymentsContext } from './context.ts';
import { openConnectionById } from './read-credentials.ts';
import { readNote } from './read-note.ts';

/** A disagreement between an attempt and something else that knows about it, in words. */
export interface PaymentFault {
  readonly chainId: string;
  readonly attemptId: string;
  readonly says: string;
}

/** Attempts, their lines and the ledger must tell the same story. Reads everything: for the audit. */
export async function checkPaymentsAgainstLedger(q: Queryable): Promise<readonly PaymentFault[]> {
  const { rows } = await sql<{ chain_id: string; attempt_id: string; says: string }>`
    with posted as (
      select e.chain_id, split_part(e.cause_id, ':', 1) attempt_id,
             coalesce(sum(p.amount_minor) filter (where e.cause_kind in ('payment_captured', 'payment_captured_more')), 0)::bigint captured,
             coalesce(sum(p.amount_minor) filter (where e.cause_kind = 'provider_refund'), 0)::bigint refunded
        from ledger_entries e join ledger_postings p on p.chain_id = e.chain_id and p.entry_id = e.entry_id
       where e.cause_kind in ('payment_captured', 'payment_captured_more', 'provider_refund') group by 1, 2),
    lines as (
      select chain_id, attempt_id, sum(placed_minor)::bigint placed, sum(refunded_minor)::bigint refunded, bool_or(outcome = 'pending') pending
        from payment_lines group by 1, 2)
    select coalesce(a.chain_id, x.chain_id) chain_id, coalesce(a.attempt_id, x.attempt_id) attempt_id,
           case when a.attempt_id is null then 'the ledger has money of an attempt that is not there'
                else format('captured %s, ledger %s, lines %s; refunded %s, ledger %s, lines %s; status %s%s', a.captured_minor, coalesce(x.captured, 0), coalesce(l.placed, 0),
                            a.refunded_minor, coalesce(x.refunded, 0), coalesce(l.refunded, 0), a.status, case when l.pending then ', a line is pending' else '' end) end says
      from payment_attempts a
      full join posted x on x.chain_id = a.chain_id and x.attempt_id = a.attempt_id
      left join lines l on l.chain_id = a.chain_id and l.attempt_id = a.attempt_id
     where a.attempt_id is null or a.captured_minor <> coalesce(x.captured, 0) or a.refunded_minor <> coalesce(x.refunded, 0)
        or a.captured_minor <> coalesce(l.placed, 0) or a.refunded_minor <> coalesce(l.refunded, 0) or (a.status = 'captured') = coalesce(l.pending, true)`.execute(
    q,
  );
  return rows.map((row) => ({ chainId: row.chain_id, attemptId: row.attempt_id, says: row.says }));
}

interface Asked {
  readonly chain_id: string;
  readonly attempt_id: string;
  readonly connection_id: string;
  readonly reference: string;
  readonly provider_payment_id: string | null;
  readonly created_at: Date;
  readonly asked_at: Date | null;
  readonly payable_until: Date;
  readonly status: AttemptStatus;
  readonly currency: string;
  readonly captured_minor: bigint;
  readonly captured_currency: string | null;
  readonly refunded_minor: bigint;
}

/** Every attempt the provider was ever asked about must stand there as it stands here. Asks the provider about each of them. */
export async function checkPaymentsAgainstProvider(ctx: PaymentsContext): Promise<{ asked: number; faults: readonly PaymentFault[] }> {
  const { rows } = await sql<Asked>`
    select chain_id, attempt_id, connection_id, reference, provider_payment_id, created_at, asked_at, payable_until, status, currency, captured_minor, captured_currency, refunded_minor
      from payment_attempts where asked_at is not null order by chain_id, attempt_id`.execute(ctx.db.read);
  const faults: PaymentFault[] = [];
  for (const attempt of rows) {
    const says = await disagreement(ctx, attempt);
    if (says) faults.push({ chainId: attempt.chain_id, attemptId: attempt.attempt_id, says });
  }
  return { asked: rows.length, faults };
}

async function disagreement(ctx: PaymentsContext, attempt: Asked): Promise<string | undefined> {
  const { provider, credentials } = await openConnectionById(ctx, attempt.chain_id, attempt.connection_id);
  const read = await provider.readPayment(credentials, {
    reference: attempt.reference,
    providerPaymentId: attempt.provider_payment_id ?? undefined,
    createdAt: attempt.asked_at ?? attempt.created_at,
    payableUntil: attempt.payable_until,
    currency: attempt.currency,
    noted: provider.capabilities.notedByHand ? await readNote(ctx.db.read, attempt.chain_id, attempt.attempt_id) : undefined,
  });
  if (read.kind !== 'done') return `the provider could not be asked: ${read.message}`;
  const fact = read.value;
  if (!fact) return attempt.provider_payment_id || attempt.captured_minor > 0n ? 'the provider does not know this payment' : undefined;
  const disputed = await disputesDiffer(ctx, { chainId: attempt.chain_id, attemptId: attempt.attempt_id }, fact);
  if (disputed) return disputed;
  if (fact.capturedMinor !== attempt.captured_minor) return `captured ${attempt.captured_minor} here, ${fact.capturedMinor} at the provider`;
  if (fact.refundedMinor !== attempt.refunded_minor) return `refunded ${attempt.refunded_minor} here, ${fact.refundedMinor} at the provider`;
  if (attempt.captured_currency && fact.currency !== attempt.captured_currency)
    return `captured in ${attempt.captured_currency} here, in ${fact.currency} at the provider`;
  const final = attempt.status === 'failed' || attempt.status === 'closed';
  if (final && (fact.state === 'open' || fact.state === 'processing'))
    return `${attempt.status} here, ${fact.state} at the provider: it can still be paid unseen`;
  return undefined;
}

/** What we have captured, by the reference under which a provider knows it. */
export async function capturedByReference(q: Queryable): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await sql<{ reference: string; captured_minor: bigint }>`select reference, captured_minor from payment_attempts`.execute(q);
  return new Map(rows.map((row) => [row.reference, row.captured_minor]));
}
